package suite

import (
	"math/rand"

	"assay/compile"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// around gives n samples: s, and others made of its elements. A tensor of reals moves up to a third of the way
// towards a permutation of itself; one of integers or truth values is permuted. So every element stays within what
// the tensor holds, and an index stays an index.
func around(rng *rand.Rand, g *graph.Graph, s compile.Sample, n int) []compile.Sample {
	out := []compile.Sample{s}
	for len(out) < n {
		v := compile.Sample{}
		for _, in := range g.Inputs {
			x := s[in.Name]
			y := tensor.New[float64](x.Shape)
			for i, j := range rng.Perm(len(x.Data)) {
				if y.Data[i] = x.Data[j]; in.Type.DType.IsFloat() {
					y.Data[i] = x.Data[i] + rng.Float64()/3*(x.Data[j]-x.Data[i])
				}
			}
			v[in.Name] = y
		}
		out = append(out, v)
	}
	return out
}

// noise draws a sample for a model of which nothing is known: reals of [0, 1), and integers 0 or 1.
func noise(rng *rand.Rand, g *graph.Graph) compile.Sample {
	s := compile.Sample{}
	for _, in := range g.Inputs {
		x := tensor.New[float64](in.Type.Shape)
		for i := range x.Data {
			if x.Data[i] = rng.Float64(); !in.Type.DType.IsFloat() {
				x.Data[i] = float64(rng.Intn(2))
			}
		}
		s[in.Name] = x
	}
	return s
}

// anywhere draws integers from the declared ranges of a program's inputs: each has a proof.
func anywhere(rng *rand.Rand, p *program.Program) []*tensor.Int {
	var in []*tensor.Int
	for _, id := range p.Inputs {
		d := p.Tensors[id]
		x := tensor.New[int64](d.Shape)
		for i := range x.Data {
			x.Data[i] = d.Range.Min + rng.Int63n(d.Range.Span()+1)
		}
		in = append(in, x)
	}
	return in
}
