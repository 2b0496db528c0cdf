package compile

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// comparison runs graph and program on the same samples.
type comparison struct {
	m       *model
	program *program.Program
	points  int // elements of each output to keep
	shown   []Point
	clamped int                        // input elements outside the declared range
	want    []map[string]*tensor.Float // what the graph answers to the samples, as far as it is known
}

// pointsOfOutput bounds how many elements of an output a report shows.
const pointsOfOutput = 500

// run compares the outputs over samples, at most reportSamples of them. layer sees each value of the graph beside the
// program's tensors.
func (c *comparison) run(samples []Sample, layer func(program.Trace, *graph.Value, *tensor.Float)) (Fidelity, error) {
	if len(samples) > reportSamples {
		samples = samples[:reportSamples]
	}
	f := Fidelity{Samples: len(samples)}
	p := c.program
	sums := make([]errorSum, len(p.Outputs))
	top := make([]int, len(p.Outputs))
	for i, s := range samples {
		in, n, err := Quantize(p, s)
		if err != nil {
			return f, fmt.Errorf("measure: sample %d: %w", i, err)
		}
		c.clamped += n
		trace, err := p.Run(in)
		if err != nil {
			return f, fmt.Errorf("measure: sample %d: %w", i, err)
		}
		var observe func(*graph.Value, *tensor.Float)
		if layer != nil {
			observe = func(v *graph.Value, t *tensor.Float) { layer(trace, v, t) }
		}
		if i == len(c.want) {
			c.want = append(c.want, nil)
		}
		if c.want[i] == nil || observe != nil {
			if c.want[i], err = c.m.graph.Run(s, observe); err != nil {
				return f, fmt.Errorf("measure: sample %d: %w", i, err)
			}
		}
		want := c.want[i]
		for o, q := range p.OutputsOf(trace) {
			w, scale := want[c.m.graph.Outputs[o].Name], p.Tensors[p.Outputs[o]].Scale
			sums[o].add(w.Data, q.Data, scale)
			if argmax(w.Data) == argmax(q.Data) {
				top[o]++
			}
			step := 1 + len(w.Data)*len(samples)/max(1, c.points)
			for k := (i * len(w.Data)) % step; c.points > 0 && k < len(w.Data); k += step {
				c.shown = append(c.shown, Point{p.Tensors[p.Outputs[o]].Name, w.Data[k], float64(q.Data[k]) * scale})
			}
		}
	}
	for o, id := range p.Outputs {
		if len(samples) == 0 {
			break
		}
		s := sums[o]
		out := Output{Name: p.Tensors[id].Name, MaxAbs: s.max, Mean: s.abs / float64(s.n), Cosine: s.cosine(), Relative: s.relative(),
			Top1: float64(top[o]) / float64(len(samples)), Exact: float64(s.exact) / float64(s.n)}
		switch v := c.m.graph.Outputs[o]; {
		case !v.Type.DType.IsFloat():
			out.Measure, out.Accuracy = "exact", out.Exact
		case c.m.ordered[v.Name]:
			out.Measure, out.Accuracy = "top1", out.Top1
		default:
			out.Measure, out.Accuracy = "cosine", min(out.Cosine, 1-out.Relative*out.Relative/2)
		}
		f.Outputs = append(f.Outputs, out)
	}
	return f, nil
}

// Accuracy is that of the worst output; 1 without samples.
func (f Fidelity) Accuracy() float64 {
	a := 1.0
	for _, o := range f.Outputs {
		a = math.Min(a, o.Accuracy)
	}
	return a
}
