package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("SVMRegressor", 1, decodeSVMRegressor) }

// svmRegressor is a linear form of a row's features, or of its kernels with the support vectors; with oneClass 1 where
// it is positive, else -1.
type svmRegressor struct {
	supports *supports // nil where the form is of the features
	form     linearForm
	oneClass bool
}

// SVMRegressor (ai.onnx.ml 1). ONNX Runtime ignores post_transform.
func decodeSVMRegressor(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.transformOf()
	weights, rho, n := a.floats("coefficients", nil), a.floats("rho", nil), a.int("n_supports", 0)
	o := svmRegressor{oneClass: a.int("one_class", 0) != 0}
	if len(weights) == 0 || len(rho) != 1 || n > 0 && len(weights) != n {
		a.refuse("coefficients", fmt.Sprintf("of %d support vectors, with one rho", n), fmt.Sprintf("%d, with %d", len(weights), len(rho)))
		return nil, nil
	}
	if n > 0 {
		s := a.supports(n)
		o.supports = &s
	} else {
		a.ignore("kernel_type", "kernel_params", "support_vectors")
	}
	o.form = newLinearForm(weights, 1, rho)
	return o, nil
}

func (o svmRegressor) Infer(in []*graph.Value) ([]graph.Type, error) {
	rows := o.form.rows
	if o.supports != nil {
		rows = o.supports.rows
	}
	n, err := rows(in)
	return []graph.Type{{DType: tensor.Float32, Shape: tensor.Shape{n, 1}}}, err
}

func (o svmRegressor) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	if o.supports != nil {
		x = o.supports.measure(x)
	}
	y := o.form.eval(x)
	if o.oneClass {
		y = mapTensor(y, func(v float64) float64 {
			if v > 0 {
				return 1
			}
			return -1
		})
	}
	return []*tensor.Float{y}, nil
}

func (o svmRegressor) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	v := c.cast(in[0], tensor.Float32)
	if o.supports != nil {
		v = o.supports.kernel.expand(c, v, o.supports.vectors)
	}
	y := o.form.expand(c, v)
	if o.oneClass {
		y = c.plus(c.times(c.cast(c.op("Greater", nil, y, c.number(y, 0)), tensor.Float32), 2), -1)
	}
	return c.done(y)
}
