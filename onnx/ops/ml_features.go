package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// wantFeatures refuses n parameters for the features of shape s.
func wantFeatures(n int, s tensor.Shape) error {
	return &graph.Error{Code: CodeShape, Want: fmt.Sprintf("parameters for one feature or each of %v", s), Got: fmt.Sprint(n)}
}

// linearForm is rows of features times weights of shape outputs x features, plus one bias an output.
type linearForm struct {
	weights *tensor.Float // features x outputs
	bias    []float64
}

// newLinearForm takes weights of shape outputs x features.
func newLinearForm(weights []float64, outputs int, bias []float64) linearForm {
	n := len(weights) / max(outputs, 1)
	return linearForm{transpose(&tensor.Float{Shape: tensor.Shape{outputs, n}, Data: weights}, []int{1, 0}), bias}
}

// rows requires rows of as many features as there are weights.
func (l linearForm) rows(in []*graph.Value) (int, error) {
	s := in[0].Type.Shape
	if len(s) != 2 || s[0] == 0 || s[1] != l.weights.Shape[0] {
		return 0, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("rows of %d features", l.weights.Shape[0]), Got: s.String()}
	}
	return s[0], nil
}

func (l linearForm) eval(x *tensor.Float) *tensor.Float {
	n, k := l.weights.Shape[0], l.weights.Shape[1]
	y := tensor.New[float64](tensor.Shape{x.Shape[0], k})
	for i := range y.Data {
		y.Data[i] = l.bias[i%k]
		for j := range n {
			y.Data[i] += x.Data[i/k*n+j] * l.weights.Data[j*k+i%k]
		}
	}
	return y
}

func (l linearForm) expand(c *compose, x *graph.Value) *graph.Value {
	x = c.cast(x, tensor.Float32)
	return c.op("Gemm", nil, x, c.tensor(x, l.weights), c.tensor(x, row(l.bias)))
}
