package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("LinearRegressor", 1, decodeLinearRegressor) }

// linearRegressor is a linear form of each row of features.
type linearRegressor struct {
	linearForm
	report transform
}

// LinearRegressor (ai.onnx.ml 1).
func decodeLinearRegressor(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	targets, weights := a.int("targets", 1), a.floats("coefficients", nil)
	bias := a.floats("intercepts", nil)
	if targets < 1 || len(weights) == 0 || len(weights)%targets != 0 {
		a.refuse("coefficients", fmt.Sprintf("of %d targets", targets), len(weights))
		return nil, nil
	}
	if bias == nil {
		bias = make([]float64, targets)
	}
	if len(bias) != targets {
		a.refuse("intercepts", fmt.Sprintf("none or %d", targets), len(bias))
	}
	return linearRegressor{newLinearForm(weights, targets, bias), a.transformOf().of(targets)}, nil
}

func (o linearRegressor) Infer(in []*graph.Value) ([]graph.Type, error) {
	n, err := o.rows(in)
	return []graph.Type{{DType: tensor.Float32, Shape: tensor.Shape{n, len(o.bias)}}}, err
}

func (o linearRegressor) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := o.eval(in[0])
	k := len(o.bias)
	for r := range y.Shape[0] {
		copy(y.Data[r*k:], o.report.eval(y.Data[r*k:(r+1)*k]))
	}
	return []*tensor.Float{y}, nil
}

func (o linearRegressor) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.report.expand(c, o.expand(c, in[0])))
}
