package suite

import (
	"fmt"
	"math/rand"
	"time"

	"assay/circuits"
	"assay/compile"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// Calibration takes at most this many samples, and fewer where the float execution of them would take longer than
// calibrationTime.
const (
	calibrationSamples = 20
	calibrationTime    = 20 * time.Second
)

// cost is what a program would take to prove, for the search of bits.
func cost(p *program.Program) (int, error) {
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	if err != nil {
		return 0, err
	}
	return m.Plan.Constraints(), nil
}

// integer is the integer stage: it compiles and plans the program, and runs it on the input.
func (r *run) integer() error {
	for _, w := range r.set.outputs {
		if w.value != nil && !finite(w.value) {
			return skip("output %s holds infinity or NaN, which no integer stands for", w.name)
		}
	}
	samples := r.material.calibration
	if samples == nil {
		n := calibrationSamples
		if r.took > 0 {
			n = min(n, max(1, int(calibrationTime/r.took)))
		}
		samples = around(rand.New(rand.NewSource(2)), r.graph, r.input, n)
	}
	g, err := r.importer.decode() // the passes of compile rewrite their graph
	if err != nil {
		return err
	}
	if r.result, err = compile.Compile(g, samples, compile.Options{Cost: cost}); err != nil {
		return err
	}
	p := r.result.Program
	if r.inputs, _, err = compile.Quantize(p, r.input); err != nil {
		return err
	}
	trace, err := p.Run(r.inputs)
	if err != nil {
		return err
	}
	if r.model, err = circuits.NewModel(p, circuits.Public, circuits.Public); err != nil {
		return err
	}
	r.Constraints = r.model.Plan.Constraints()
	reals := compile.Dequantize(p, p.OutputsOf(trace))
	r.Cosine, r.Error, r.Top1 = 1, 0, nil
	for i, v := range r.graph.Outputs {
		got, ok := reals[p.Tensors[p.Outputs[i]].Name]
		if !ok {
			return fmt.Errorf("output %s: the program has none", v.Name)
		}
		got, reader, err := r.read(v, got, p.Tensors[p.Outputs[i]].Name)
		if err != nil {
			return err
		}
		if err := r.judge(v, got, reader); err != nil {
			return fmt.Errorf("output %s: %w", v.Name, err)
		}
	}
	return nil
}

// read applies the operator that is left to the reader of output v, if there is one.
func (r *run) read(v *graph.Value, proven *tensor.Float, name string) (got *tensor.Float, reader bool, err error) {
	for _, left := range r.result.Reader {
		if left.Output != name {
			continue
		}
		n := r.graph.Producers()[v]
		if n == nil || n.Kind != left.Kind {
			continue
		}
		out, err := n.Op.Eval([]*tensor.Float{proven})
		if err != nil {
			return nil, false, fmt.Errorf("read output %s: %w", v.Name, err)
		}
		return out[0], true, nil
	}
	return proven, false, nil
}

// classifiers are operators whose output is read by its largest element.
var classifiers = map[string]bool{"Softmax": true, "LogSoftmax": true, "Hardmax": true}

// judge compares an output of the program with the stored one.
func (r *run) judge(v *graph.Value, got *tensor.Float, reader bool) error {
	for _, w := range r.set.outputs {
		if w.name != v.Name || w.value == nil {
			continue
		}
		if !got.Shape.Equal(w.value.Shape) {
			return fmt.Errorf("want shape %v, got %v", w.value.Shape, got.Shape)
		}
		if !v.Type.DType.IsFloat() {
			return exact(got, w.value)
		}
		c := compare(got, w.value)
		r.Cosine, r.Error = min(r.Cosine, c.cosine), max(r.Error, c.relative)
		n := r.graph.Producers()[v]
		classifies := reader || n != nil && classifiers[n.Kind]
		if classifies && r.Kind == Model {
			top := c.top1 && (r.Top1 == nil || *r.Top1)
			r.Top1 = &top
			if top {
				return nil
			}
		}
		if c.cosine < MinCosine || c.relative > MaxError {
			return fmt.Errorf("want cosine at least %v and relative error at most %v, got %.5f and %.4f", MinCosine, MaxError, c.cosine, c.relative)
		}
	}
	return nil
}
