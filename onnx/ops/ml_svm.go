package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// supports measures rows of features against support vectors by a kernel.
type supports struct {
	vectors *tensor.Float // vectors x features
	kernel  kernel
}

// kernel of a support vector machine: directly, and as an expansion over rows x features that gives rows x vectors.
type kernel struct {
	eval   func(x, v []float64) float64
	expand func(c *compose, x *graph.Value, vectors *tensor.Float) *graph.Value
}

func inner(x, v []float64) float64 {
	sum := 0.0
	for i := range x {
		sum += x[i] * v[i]
	}
	return sum
}

// dots are the products of all rows and vectors, each times factor plus shift.
func (c *compose) dots(x *graph.Value, vectors *tensor.Float, factor, shift float64) *graph.Value {
	l := linearForm{mapTensor(transpose(vectors, []int{1, 0}), func(v float64) float64 { return v * factor }), make([]float64, vectors.Shape[0])}
	for i := range l.bias {
		l.bias[i] = shift
	}
	return l.expand(c, x)
}

// kernels are the kernels of ai.onnx.ml, of parameters gamma, coef0 and degree.
var kernels = map[string]func(gamma, coef0, degree float64) kernel{
	"LINEAR": func(_, _, _ float64) kernel {
		return kernel{inner, func(c *compose, x *graph.Value, vs *tensor.Float) *graph.Value { return c.dots(x, vs, 1, 0) }}
	},
	"POLY": func(gamma, coef0, degree float64) kernel {
		return kernel{
			func(x, v []float64) float64 { return math.Pow(gamma*inner(x, v)+coef0, degree) },
			func(c *compose, x *graph.Value, vs *tensor.Float) *graph.Value {
				y := c.dots(x, vs, gamma, coef0)
				return c.op("Pow", nil, y, c.number(y, degree))
			},
		}
	},
	"SIGMOID": func(gamma, coef0, _ float64) kernel {
		return kernel{
			func(x, v []float64) float64 { return math.Tanh(gamma*inner(x, v) + coef0) },
			func(c *compose, x *graph.Value, vs *tensor.Float) *graph.Value {
				return c.op("Tanh", nil, c.dots(x, vs, gamma, coef0))
			},
		}
	},
	"RBF": func(gamma, _, _ float64) kernel {
		return kernel{
			func(x, v []float64) float64 {
				sum := 0.0
				for i := range x {
					sum += (x[i] - v[i]) * (x[i] - v[i])
				}
				return math.Exp(-gamma * sum)
			},
			func(c *compose, x *graph.Value, vs *tensor.Float) *graph.Value {
				squares := tensor.New[float64](tensor.Shape{vs.Shape[0]})
				n := vs.Shape[1]
				for i := range squares.Data {
					v := vs.Data[i*n : (i+1)*n]
					squares.Data[i] = gamma * inner(v, v)
				}
				own := c.times(c.reduce("ReduceSum", c.square(x), 1), gamma)
				d := c.sub(c.add(own, c.tensor(x, squares)), c.dots(x, vs, 2*gamma, 0))
				return c.exp(c.neg(d))
			},
		}
	},
}

// supports reads count support vectors and the kernel.
func (a *Attrs) supports(count int) supports {
	name, params, data := a.string("kernel_type", "LINEAR"), a.floats("kernel_params", nil), a.floats("support_vectors", nil)
	if len(params) == 0 {
		params = make([]float64, 3)
	}
	of, ok := kernels[name]
	if !ok || len(params) != 3 {
		a.refuse("kernel_type", "LINEAR, POLY, RBF or SIGMOID, with three kernel_params", fmt.Sprintf("%s with %d", name, len(params)))
		return supports{}
	}
	if count < 1 || len(data) == 0 || len(data)%count != 0 {
		a.refuse("support_vectors", fmt.Sprintf("of %d vectors", count), len(data))
		return supports{}
	}
	return supports{&tensor.Float{Shape: tensor.Shape{count, len(data) / count}, Data: data}, of(params[0], params[1], params[2])}
}

// rows requires rows of as many features as the vectors have.
func (s supports) rows(in []*graph.Value) (int, error) {
	if shape := in[0].Type.Shape; len(shape) != 2 || shape[0] == 0 || shape[1] != s.vectors.Shape[1] {
		return 0, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("rows of %d features", s.vectors.Shape[1]), Got: shape.String()}
	}
	return in[0].Type.Shape[0], nil
}

func (s supports) measure(x *tensor.Float) *tensor.Float {
	m, n := s.vectors.Shape[0], s.vectors.Shape[1]
	y := tensor.New[float64](tensor.Shape{x.Shape[0], m})
	for i := range y.Data {
		r, v := i/m, i%m
		y.Data[i] = s.kernel.eval(x.Data[r*n:(r+1)*n], s.vectors.Data[v*n:(v+1)*n])
	}
	return y
}
