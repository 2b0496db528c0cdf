package ops

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// mover describes an operator that only copies elements of its data inputs.
type mover interface {
	// shapes gives the shapes of the outputs for the shapes of the data inputs.
	shapes(in []tensor.Shape) ([]tensor.Shape, error)
	// index gives, for each element of output o of shape out, the element of the concatenated data inputs that
	// it copies, or -1 for the fill value. It is called only with shapes that shapes has accepted.
	index(in []tensor.Shape, o int, out tensor.Shape) []int
}

// move is the operator of a mover over the first data inputs; later inputs are parameters resolved at decoding.
type move struct {
	mover
	data int
	fill float64
}

// newMove is the operator of m for a node with one data input.
func newMove(m mover) graph.Op { return move{mover: m, data: 1} }

func (m move) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, m.data)
	for i := range shapes {
		shapes[i] = in[i].Type.Shape
		if in[i].Type.DType != in[0].Type.DType {
			return nil, &graph.Error{Code: CodeType, Want: "inputs of one type", Got: fmt.Sprintf("%v and %v", in[0].Type, in[i].Type)}
		}
	}
	outs, err := m.shapes(shapes)
	if err != nil {
		return nil, err
	}
	types := make([]graph.Type, len(outs))
	for i, s := range outs {
		types[i] = graph.Type{DType: in[0].Type.DType, Shape: s}
	}
	return types, nil
}

// Moves implements graph.Mover. A fill is an element from elsewhere.
func (m move) Moves() bool { return m.fill == 0 }

func (m move) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, m.data)
	var src []float64
	for i := range shapes {
		shapes[i] = in[i].Shape
		if m.data == 1 {
			src = in[i].Data
		} else {
			src = append(src, in[i].Data...)
		}
	}
	outs, err := m.shapes(shapes)
	if err != nil {
		return nil, err
	}
	res := make([]*tensor.Float, len(outs))
	for o, s := range outs {
		res[o] = tensor.New[float64](s)
		for i, j := range m.index(shapes, o, s) {
			if j < 0 {
				res[o].Data[i] = m.fill
			} else {
				res[o].Data[i] = src[j]
			}
		}
	}
	return res, nil
}

func (m move) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	shapes := make([]tensor.Shape, m.data)
	for i := range shapes {
		shapes[i] = in[i].Shape()
	}
	outs, err := m.shapes(shapes)
	if err != nil {
		return nil, err
	}
	// An operand without elements does not move the others' indices.
	data := slices.DeleteFunc(slices.Clone(in[:m.data]), func(v *program.Value) bool { return v.Shape().Size() == 0 })
	res := make([]*program.Value, len(outs))
	for o, s := range outs {
		if s.Size() == 0 {
			res[o] = b.Const(tensor.New[float64](s))
			continue
		}
		if res[o], err = b.Gather(s, m.index(shapes, o, s), m.fill, data...); err != nil {
			return nil, err
		}
	}
	return res, nil
}

// walk calls f with the position along each axis of every element of s, in row-major order. f must not keep at.
func walk(s tensor.Shape, f func(i int, at []int)) {
	at := make([]int, len(s))
	for i := range s.Size() {
		f(i, at)
		for a := len(s) - 1; a >= 0; a-- {
			if at[a]++; at[a] < s[a] {
				break
			}
			at[a] = 0
		}
	}
}
