package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Gemm", 7, decodeGemm) }

// gemm (ONNX 7, 9, 11, 13) is alpha*A*B + beta*C on matrices, A and B transposed where asked; C broadcasts to the
// result and is optional since opset 11.
type gemm struct {
	alpha, beta    float64
	transA, transB bool
}

func decodeGemm(a *Attrs) (graph.Op, error) {
	a.inputs(map[bool]int{false: 3, true: 2}[a.Opset >= 11], 3)
	return gemm{a.float("alpha", 1), a.float("beta", 1), a.flag("transA", false), a.flag("transB", false)}, nil
}

func (o gemm) extents(in []tensor.Shape) (m, k, n int, err error) {
	x, y := in[0], in[1]
	if len(x) != 2 || len(y) != 2 {
		return 0, 0, 0, fmt.Errorf("gemm: want matrices, got %v and %v", x, y)
	}
	if o.transA {
		x = tensor.Shape{x[1], x[0]}
	}
	if o.transB {
		y = tensor.Shape{y[1], y[0]}
	}
	if x[1] != y[0] {
		return 0, 0, 0, fmt.Errorf("gemm %v by %v: want equal inner extents", x, y)
	}
	out := tensor.Shape{x[0], y[1]}
	if len(in) > 2 {
		if s, err := tensor.Broadcast(out, in[2]); err != nil || !s.Equal(out) {
			return 0, 0, 0, fmt.Errorf("gemm: want C to broadcast to %v, got %v", out, in[2])
		}
	}
	return x[0], x[1], y[1], nil
}

func (o gemm) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		if v == nil {
			shapes = shapes[:i]
			break
		}
		shapes[i] = v.Type.Shape
	}
	m, _, n, err := o.extents(shapes)
	return []graph.Type{{DType: in[0].Type.DType, Shape: tensor.Shape{m, n}}}, err
}

func (o gemm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	m, k, n, err := o.extents([]tensor.Shape{in[0].Shape, in[1].Shape})
	if err != nil {
		return nil, err
	}
	x, y := in[0], in[1]
	if o.transA {
		x = transpose(x, swapLast(2))
	}
	out := tensor.New[float64](tensor.Shape{m, n})
	if o.transB {
		for i := range m {
			for j := range n {
				out.Data[i*n+j] = dot(x.Data[i*k:(i+1)*k], y.Data[j*k:(j+1)*k])
			}
		}
	} else {
		multiply(out.Data, x.Data, y.Data, m, k, n)
	}
	for i := range out.Data {
		out.Data[i] *= o.alpha
	}
	if len(in) > 2 && in[2] != nil {
		for i, c := range in[2].BroadcastTo(out.Shape).Data {
			out.Data[i] += o.beta * c
		}
	}
	return []*tensor.Float{out}, nil
}

func (o gemm) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	shapes := []tensor.Shape{in[0].Shape(), in[1].Shape()}
	m, _, n, err := o.extents(shapes)
	if err != nil {
		return nil, err
	}
	v, err := o.lowerProduct(b, in[0], in[1])
	if err != nil {
		return nil, err
	}
	if len(in) > 2 && in[2] != nil {
		if v, err = o.lowerBias(b, v, in[2]); err != nil {
			return nil, err
		}
	}
	return one(b.Reshape(v, tensor.Shape{m, n}))
}

// lowerBias adds beta*C before the result takes its shape, so that the sum is not rounded on the way.
func (o gemm) lowerBias(b *program.Builder, v, c *program.Value) (*program.Value, error) {
	if t := c.Const(); t != nil {
		return b.Affine(v, nil, mapTensor(t, func(x float64) float64 { return o.beta * x }))
	}
	c, err := expand(b, c, v.Shape())
	if err != nil {
		return nil, err
	}
	return b.Add([]*program.Value{v, c}, []float64{1, o.beta})
}

// lowerProduct is alpha*A*B, perhaps with leading axes of extent 1.
func (o gemm) lowerProduct(b *program.Builder, x, y *program.Value) (v *program.Value, err error) {
	scaled := func(t *tensor.Float, swap bool) *tensor.Float {
		if swap {
			t = transpose(t, swapLast(2))
		}
		return mapTensor(t, func(x float64) float64 { return o.alpha * x })
	}
	switch {
	case y.Const() != nil:
		if o.transA {
			if x, err = lowerTranspose(b, x, swapLast(2)); err != nil {
				return nil, err
			}
		}
		return b.Dense(x, scaled(y.Const(), o.transB), nil)
	case x.Const() != nil:
		if o.transB {
			if y, err = lowerTranspose(b, y, swapLast(2)); err != nil {
				return nil, err
			}
		}
		return lowerLeft(b, scaled(x.Const(), o.transA), y, nil)
	}
	if x, err = b.Round(x); err != nil {
		return nil, err
	}
	if o.transA {
		if x, err = lowerTranspose(b, x, swapLast(2)); err != nil {
			return nil, err
		}
	}
	if y, err = b.Round(y); err != nil {
		return nil, err
	}
	if o.transB {
		if y, err = lowerTranspose(b, y, swapLast(2)); err != nil {
			return nil, err
		}
	}
	if v, err = b.MatMul(x, y); err != nil {
		return nil, err
	}
	return b.Affine(v, tensor.Scalar(o.alpha), nil)
}

// dot is the inner product of two vectors of the same length.
func dot(x, y []float64) float64 {
	var a, b, c, d float64
	y = y[:len(x)]
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += x[i] * y[i]
		b += x[i+1] * y[i+1]
		c += x[i+2] * y[i+2]
		d += x[i+3] * y[i+3]
	}
	for ; i < len(x); i++ {
		a += x[i] * y[i]
	}
	return a + b + c + d
}
