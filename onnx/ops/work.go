package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// Operators whose elements are sums of products, or visit whole windows, say how much work that is.
var (
	_ graph.Worker = conv{}
	_ graph.Worker = matMul{}
	_ graph.Worker = gemm{}
	_ graph.Worker = recurrent{}
	_ graph.Worker = maxPool{}
	_ graph.Worker = averagePool{}
	_ graph.Worker = convTranspose{}
	_ graph.Worker = einsum{}
)

// Weighs reports whether op multiplies by constants and adds up, so that they must be finite.
func Weighs(op graph.Op) bool {
	_, ok := op.(interface{ weighs() })
	return ok
}

func (conv) weighs()          {}
func (convTranspose) weighs() {}
func (matMul) weighs()        {}
func (gemm) weighs()          {}
func (recurrent) weighs()     {}

func (o conv) Work(in []*graph.Value, out []graph.Type) int64 {
	return graph.Times(out[0].Shape.Size(), in[1].Type.Shape[1:].Size())
}

func (matMul) Work(in []*graph.Value, out []graph.Type) int64 { return products(in[0], out[0]) }

// products is the multiply-adds of a product of matrices, the first of which is x, or a vector.
func products(x *graph.Value, out graph.Type) int64 {
	s := x.Type.Shape
	return graph.Times(out.Shape.Size(), s[len(s)-1])
}

func (o gemm) Work(in []*graph.Value, out []graph.Type) int64 { return matrices(in[0], out[0]) }

// matrices is the multiply-adds of a product of two matrices, the first of which is x or its transposition.
func matrices(x *graph.Value, out graph.Type) int64 {
	n := x.Type.Shape.Size()
	if m := out.Shape[0]; m > 0 {
		n /= m
	}
	return graph.Times(out.Shape.Size(), n)
}

// Each element of the input goes to all taps of each channel.
func (o convTranspose) Work(in []*graph.Value, _ []graph.Type) int64 {
	return graph.Times(in[0].Type.Shape.Size(), in[1].Type.Shape[1:].Size())
}

// Every position of all labels is visited.
func (o einsum) Work(in []*graph.Value, _ []graph.Type) int64 {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Type.Shape
	}
	l, err := o.label(shapes)
	if err != nil {
		return 0
	}
	counts := []int{len(in) + 1, len(l.extent)}
	for _, n := range l.extent {
		counts = append(counts, n)
	}
	return graph.Times(counts...)
}

func (o recurrent) Work(in []*graph.Value, _ []graph.Type) int64 {
	x := in[0].Type.Shape
	return graph.Times(x[0], x[1], in[1].Type.Shape.Size()+in[2].Type.Shape.Size())
}

// visit is how many multiply-adds an element under the window of a pool costs.
const visit = 8

// visits is the work of a pool.
func (g geometry) visits(out graph.Type) int64 {
	return graph.Times(visit, out.Shape.Size(), tensor.Shape(g.kernel).Size())
}

func (o maxPool) Work(_ []*graph.Value, out []graph.Type) int64 { return o.visits(out[0]) }

func (o averagePool) Work(_ []*graph.Value, out []graph.Type) int64 { return o.visits(out[0]) }
