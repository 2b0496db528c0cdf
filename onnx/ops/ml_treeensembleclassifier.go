package ops

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("TreeEnsembleClassifier", 1, decodeTreeEnsembleClassifier) }

// treeClassifier is a classification by decision trees: rows of features to labels, and rows of scores.
type treeClassifier struct {
	trees
	decision
	features tensor.DType
}

var _ graph.Composite = treeClassifier{}

// TreeEnsembleClassifier (ai.onnx.ml 1, 3). With more than two classes the label is the class of the largest score
// among those that leaves add to, or that have base values; with two see binary.
func decodeTreeEnsembleClassifier(a *Attrs) (graph.Op, error) {
	a.outputs = 2
	l := a.labels("classlabels_int64s", "classlabels_strings")
	o := treeClassifier{decision: decision{labels: l, report: a.transformOf()}}
	base := a.reals("base_values")
	if n := l.count(); len(base) != 0 && len(base) != n && !(n == 2 && len(base) == 1) {
		a.refuse("base_values", fmt.Sprintf("none or %d", n), len(base))
	}
	if a.err != nil {
		return nil, nil
	}
	o.trees = a.ensemble("class", l.count())
	if a.err != nil {
		return nil, nil
	}
	o.features = a.In[0].Type.DType
	if l.count() <= 2 {
		o.binary(a, base)
		return o, nil
	}
	copy(o.base, base)
	o.among = every(l.count())
	if len(base) == 0 {
		o.among = o.classes()
	}
	return o, nil
}

// classes are those that leaves add to, ascending.
func (t trees) classes() []int {
	var cs []int
	for i := range t.targets {
		if slices.Contains(t.Targets, i) {
			cs = append(cs, i)
		}
	}
	return cs
}

// every is 0 to n-1.
func every(n int) []int {
	r := make([]int, n)
	for i := range r {
		r[i] = i
	}
	return r
}

// only keeps the score of one target, and adds base.
func (t *trees) only(target int, base float64) {
	for i, to := range t.Targets {
		t.Targets[i] = -1
		if to == target {
			t.Targets[i] = 0
		}
	}
	t.targets, t.base = 1, []float64{base}
}

// binary decides between at most two classes as ONNX Runtime does. The deciding score s is that of class 1 where leaves
// add to it, else that of class 0. It must exceed 0, or 0.5 where leaves add to one class alone and none of their
// weights is negative. Two base values beside leaves for class 1 make s the score of class 0 plus the second of them.
// The label is 1 or 0 where leaves add to both classes, whatever the labels are called.
func (o *treeClassifier) binary(a *Attrs, base []float64) {
	classes := o.classes()
	alone := o.targets == 2 && len(classes) == 1
	second := slices.Contains(classes, 1)
	positive := !slices.ContainsFunc(o.Leaves, func(w float64) bool { return w < 0 })
	o.pair = [2]float64{0, 1}
	if alone {
		o.pair = [2]float64{o.labels.of(0), o.labels.of(1)}
		if positive {
			o.above = 0.5
		}
	}
	switch first := append(base, 0)[0]; {
	case o.targets == 1:
		o.base[0], o.report = first, o.report.of(1)
	case second && alone && len(base) == 2:
		a.refuse("base_values", "at most 1 where leaves add to the second of two classes alone", len(base))
	case second && len(base) == 2:
		o.only(0, base[1])
		o.report = after(opposite, o.report)
	case second:
		o.of = 1
		if slices.Contains(classes, 0) {
			o.base[0] = first
		}
	case len(base) == 2:
		o.base[0] = first
	default:
		o.only(0, first)
		plain := opposite
		if alone && positive {
			plain = complement
		}
		o.report = a.singleScore(plain)
	}
}

func (o treeClassifier) Infer(in []*graph.Value) ([]graph.Type, error) {
	rows, err := o.check(in)
	if err != nil {
		return nil, err
	}
	return o.types(rows, o.targets), nil
}

func (o treeClassifier) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y, err := o.sums(in[0], o.features)
	if err != nil {
		return nil, err
	}
	return o.rows(y), nil
}

func (o treeClassifier) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.expand(c, c.apply("Forest", forest{o.trees, o.features, false}, in[0]))...)
}
