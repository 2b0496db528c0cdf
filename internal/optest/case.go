package optest

import (
	"fmt"

	"assay/ir/tensor"
)

// Case is one use of an operator.
type Case struct {
	Name   string // what it shows, when the operator has more than one
	Domain string // of the operator; "" is ONNX's own
	Opset  int    // version of the domain
	Attrs  map[string]any
	In     []Tensor
	Out    []Tensor
	Err    string  // code with which import must refuse the case; Out is then not used
	Lower  string  // code with which Lower must refuse it; "" when the integer program must agree with Out
	Tol    float64 // largest error of the integer program, as a share of the output's range; by default 0.02 for reals, none for others
}

var cases = map[string][]Case{}

// Register adds cases of an operator.
func Register(op string, c ...Case) { cases[op] = append(cases[op], c...) }

// All is the registered cases, by operator.
func All() map[string][]Case { return cases }

// F is a float32 tensor, an input that varies.
func F(shape tensor.Shape, data ...float64) Tensor { return of(tensor.Float32, shape, data) }

// I is an int64 tensor.
func I(shape tensor.Shape, data ...float64) Tensor { return of(tensor.Int64, shape, data) }

// B is a tensor of truth values.
func B(shape tensor.Shape, data ...float64) Tensor { return of(tensor.Bool, shape, data) }

// List is a fixed list of int64.
func List(data ...float64) Tensor { return Fix(I(tensor.Shape{len(data)}, data...)) }

// Number is a fixed float32 scalar.
func Number(v float64) Tensor { return Fix(F(nil, v)) }

// Fix makes a tensor an initializer.
func Fix(t Tensor) Tensor { t.Fixed = true; return t }

// Omitted is an optional input that is left out.
func Omitted() Tensor { return Tensor{} }

// Of is a tensor of type d.
func Of(d tensor.DType, shape tensor.Shape, data ...float64) Tensor { return of(d, shape, data) }

func of(d tensor.DType, s tensor.Shape, data []float64) Tensor {
	v, err := tensor.From(s, data)
	if err != nil {
		panic(fmt.Sprintf("optest: %v", err))
	}
	return Tensor{DType: d, Value: v}
}

// Seq is a float32 tensor of start, start+step, ...
func Seq(shape tensor.Shape, start, step float64) Tensor {
	data := make([]float64, shape.Size())
	for i := range data {
		data[i] = start + float64(i)*step
	}
	return of(tensor.Float32, shape, data)
}
