// Command accuracy compares the float model and the integer program of the bundled LeNet-5 on the 10,000 test images of
// Fashion-MNIST, and of the bundled tabular model on its whole test set. It prints JSON.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"

	"assay/benchmarks"
	"assay/compile"
	"assay/input"
	"assay/models"
	"assay/pipeline"
)

// result is one model's accuracy, as fractions of the test set.
type result struct {
	Model   string  `json:"model"`
	Bits    int     `json:"bits"` // of an activation; 0 is the default
	Samples int     `json:"samples"`
	Float   float64 `json:"float_accuracy"`
	Integer float64 `json:"integer_accuracy"`
	Agree   float64 `json:"same_answer"`
}

func main() {
	dir := flag.String("fashion", models.FashionDir, "folder of Debian's dataset-fashion-mnist")
	bits := flag.Int("bits", 0, "bits of an activation")
	flag.Parse()
	if err := run(*dir, *bits); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(dir string, bits int) error {
	var out struct {
		Machine benchmarks.Machine `json:"machine"`
		Rows    []result           `json:"rows"`
	}
	out.Machine = benchmarks.ThisMachine()
	for _, name := range models.Names() {
		m, err := models.Get(name)
		if err != nil {
			return err
		}
		samples := m.Samples
		if name == "lenet5" {
			if samples, err = models.FashionTest(dir); err != nil {
				return err
			}
		}
		r, err := evaluate(m, samples, bits)
		if err != nil {
			return err
		}
		out.Rows = append(out.Rows, *r)
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func evaluate(m models.Bundled, samples []models.Sample, bits int) (*result, error) {
	req := pipeline.Request{Name: m.Name, ONNX: m.ONNX, Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }}
	req.Options.Bits = bits
	c, err := pipeline.Quantize(req, nil)
	if err != nil {
		return nil, err
	}
	r := &result{Model: m.Name, Bits: bits, Samples: len(samples)}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	workers := runtime.NumCPU()
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(samples); i += workers {
				s := samples[i]
				float, integer, err := classes(c, s)
				mu.Lock()
				if err != nil {
					failed = err
				}
				r.Float += indicator(float == s.Label)
				r.Integer += indicator(integer == s.Label)
				r.Agree += indicator(float == integer)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	n := float64(len(samples))
	r.Float, r.Integer, r.Agree = r.Float/n, r.Integer/n, r.Agree/n
	return r, nil
}

// classes are the answers of the float model and of the integer program.
func classes(c *pipeline.Compiled, s models.Sample) (float, integer int, err error) {
	want, err := c.Graph.Run(s.Inputs, nil)
	if err != nil {
		return 0, 0, err
	}
	q, _, err := compile.Quantize(c.Result.Program, s.Inputs)
	if err != nil {
		return 0, 0, err
	}
	t, err := c.Result.Program.Run(q)
	if err != nil {
		return 0, 0, err
	}
	return argmax(want[c.Graph.Outputs[0].Name].Data), argmax(c.Result.Program.OutputsOf(t)[0].Data), nil
}

func argmax[T int64 | float64](xs []T) int {
	best := 0
	for i := range xs {
		if xs[i] > xs[best] {
			best = i
		}
	}
	return best
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
