package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("LinearClassifier", 1, decodeLinearClassifier) }

// linearClassifier decides by linear forms of each row of features.
type linearClassifier struct {
	linearForm
	decision
}

// LinearClassifier (ai.onnx.ml 1). The number of scores is that of the intercepts. Several are decided by the largest,
// the first of equals; one by whether it exceeds 0, and it is reported for two classes as 1-s and s.
func decodeLinearClassifier(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.ignore("multi_class")
	a.outputs = 2
	l := a.labels("classlabels_ints", "classlabels_strings")
	weights, bias := a.floats("coefficients", nil), a.floats("intercepts", nil)
	n := len(bias)
	if len(weights) == 0 || n == 0 || len(weights)%n != 0 {
		a.refuse("coefficients", "of as many forms as intercepts", fmt.Sprintf("%d and %d", len(weights), n))
		return nil, nil
	}
	d := decision{labels: l, report: a.transformOf()}
	switch {
	case n > 1 && n != l.count():
		a.refuse("intercepts", fmt.Sprintf("1 or %d", l.count()), n)
	case n > 1:
		d.among = every(n)
	case l.count() == 2:
		d.pair = [2]float64{l.of(0), l.of(1)}
		d.report = a.singleScore(complement)
	default:
		d.pair = [2]float64{0, 1}
	}
	return linearClassifier{newLinearForm(weights, n, bias), d}, nil
}

func (o linearClassifier) Infer(in []*graph.Value) ([]graph.Type, error) {
	n, err := o.linearForm.rows(in)
	if err != nil {
		return nil, err
	}
	return o.types(n, len(o.bias)), nil
}

func (o linearClassifier) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return o.decision.rows(o.linearForm.eval(in[0])), nil
}

func (o linearClassifier) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.decision.expand(c, o.linearForm.expand(c, in[0]))...)
}
