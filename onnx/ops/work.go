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
)

func (o conv) Work(in []*graph.Value, out []graph.Type) int64 {
	return graph.Times(out[0].Shape.Size(), in[1].Type.Shape[1:].Size())
}

func (matMul) Work(in []*graph.Value, out []graph.Type) int64 {
	x := in[0].Type.Shape
	return graph.Times(out[0].Shape.Size(), x[len(x)-1])
}

func (o gemm) Work(in []*graph.Value, out []graph.Type) int64 {
	n := in[0].Type.Shape.Size()
	if m := out[0].Shape[0]; m > 0 {
		n /= m
	}
	return graph.Times(out[0].Shape.Size(), n)
}

func (o recurrent) Work(in []*graph.Value, _ []graph.Type) int64 {
	x := in[0].Type.Shape
	return graph.Times(x[0], x[1], in[1].Type.Shape.Size()+in[2].Type.Shape.Size())
}

// visit is how many multiply-adds an element under the window of a pool costs.
const visit = 8

func (o maxPool) Work(_ []*graph.Value, out []graph.Type) int64 {
	return graph.Times(visit, out[0].Shape.Size(), tensor.Shape(o.kernel).Size())
}

func (o averagePool) Work(_ []*graph.Value, out []graph.Type) int64 {
	return graph.Times(visit, out[0].Shape.Size(), tensor.Shape(o.kernel).Size())
}
