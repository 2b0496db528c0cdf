package compile

import (
	"fmt"
	"math"
	"sort"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// Report says how far the program's answers are from the float model's.
type Report struct {
	Calibration Fidelity `json:"calibration"`       // on the samples that chose the scales
	HeldBack    Fidelity `json:"held_back"`         // on samples that calibration did not see
	Layers      []Layer  `json:"layers"`            // worst first
	Clamped     int      `json:"clamped_held_back"` // input elements of held-back samples outside the declared range
}

// Fidelity compares outputs over a set of samples.
type Fidelity struct {
	Samples int      `json:"samples"`
	Outputs []Output `json:"outputs,omitempty"`
}

// Output compares one output.
type Output struct {
	Name   string  `json:"name"`
	MaxAbs float64 `json:"max_abs_error"`
	Mean   float64 `json:"mean_abs_error"`
	Cosine float64 `json:"cosine"` // of all samples' outputs, concatenated
	Top1   float64 `json:"top1"`   // share of samples with the same largest element; 1 for outputs of one element
}

// Layer compares one rounded tensor, on the calibration samples.
type Layer struct {
	Node     string  `json:"node"`
	Kind     string  `json:"kind"`
	MaxAbs   float64 `json:"max_abs_error"`
	Relative float64 `json:"relative_error"` // root of mean square error over root of mean square value
}

// reportSamples bounds how many samples of a set a report runs.
const reportSamples = 64

func measure(g *graph.Graph, l *lowered, calibration, held []Sample) (*Report, error) {
	r := &Report{}
	layers := make([]errorSum, len(l.tensors))
	index := map[*graph.Value]int{}
	for i, h := range l.tensors {
		index[h.value] = i
	}
	var err error
	if r.Calibration, _, err = compare(g, l.program, calibration, func(t program.Trace, v *graph.Value, f *tensor.Float) {
		if i, ok := index[v]; ok {
			id := l.tensors[i].tensor
			layers[i].add(f.Data, t[id].Data, l.program.Tensors[id].Scale)
		}
	}); err != nil {
		return nil, err
	}
	if r.HeldBack, r.Clamped, err = compare(g, l.program, held, nil); err != nil {
		return nil, err
	}
	for i, h := range l.tensors {
		r.Layers = append(r.Layers, Layer{h.node.Name, h.node.Kind, layers[i].max, layers[i].relative()})
	}
	sort.SliceStable(r.Layers, func(i, j int) bool { return r.Layers[i].Relative > r.Layers[j].Relative })
	return r, nil
}

// compare runs graph and program on samples.
func compare(g *graph.Graph, p *program.Program, samples []Sample, layer func(program.Trace, *graph.Value, *tensor.Float)) (Fidelity, int, error) {
	if len(samples) > reportSamples {
		samples = samples[:reportSamples]
	}
	f := Fidelity{Samples: len(samples)}
	sums := make([]errorSum, len(p.Outputs))
	top := make([]int, len(p.Outputs))
	clamped := 0
	for i, s := range samples {
		in, c, err := Quantize(p, s)
		if err != nil {
			return f, 0, fmt.Errorf("measure: sample %d: %w", i, err)
		}
		clamped += c
		trace, err := p.Run(in)
		if err != nil {
			return f, 0, fmt.Errorf("measure: sample %d: %w", i, err)
		}
		want, err := g.Run(s, func(v *graph.Value, t *tensor.Float) {
			if layer != nil {
				layer(trace, v, t)
			}
		})
		if err != nil {
			return f, 0, fmt.Errorf("measure: sample %d: %w", i, err)
		}
		for o, q := range p.OutputsOf(trace) {
			w := want[g.Outputs[o].Name]
			sums[o].add(w.Data, q.Data, p.Tensors[p.Outputs[o]].Scale)
			if argmax(w.Data) == argmax(q.Data) {
				top[o]++
			}
		}
	}
	for o, id := range p.Outputs {
		if len(samples) > 0 {
			s := sums[o]
			f.Outputs = append(f.Outputs, Output{p.Tensors[id].Name, s.max, s.abs / float64(s.n), s.cosine(), float64(top[o]) / float64(len(samples))})
		}
	}
	return f, clamped, nil
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

// errorSum accumulates a comparison of reals with quantized integers.
type errorSum struct {
	n                         int
	max, abs, sq, ww, qq, dot float64
}

func (s *errorSum) add(want []float64, got []int64, scale float64) {
	for i, w := range want {
		q := float64(got[i]) * scale
		e := math.Abs(w - q)
		s.n++
		s.max = math.Max(s.max, e)
		s.abs += e
		s.sq += e * e
		s.ww += w * w
		s.qq += q * q
		s.dot += w * q
	}
}

func (s *errorSum) relative() float64 {
	if s.ww == 0 {
		return math.Sqrt(s.sq)
	}
	return math.Sqrt(s.sq / s.ww)
}

func (s *errorSum) cosine() float64 {
	if s.ww == 0 && s.qq == 0 {
		return 1
	}
	if s.ww == 0 || s.qq == 0 {
		return 0
	}
	return s.dot / math.Sqrt(s.ww*s.qq)
}
