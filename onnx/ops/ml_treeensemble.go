package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

var zeroBranch program.Branch

func init() {
	registerML("TreeEnsembleRegressor", 1, decodeTreeEnsembleRegressor)
	registerML("TreeEnsemble", 5, decodeTreeEnsemble)
}

// treeEnsemble is a regression by decision trees: rows of features to rows of targets.
type treeEnsemble struct {
	trees
	aggregation
	report   transform
	features tensor.DType
	out      tensor.DType
}

var _ graph.Composite = treeEnsemble{}

// TreeEnsembleRegressor (ai.onnx.ml 1, 3).
func decodeTreeEnsembleRegressor(a *Attrs) (graph.Op, error) {
	targets := a.int("n_targets", 1)
	if targets < 1 || targets > maxTargets {
		a.refuse("n_targets", fmt.Sprintf("within [1, %d]", maxTargets), targets)
		return nil, nil
	}
	o := treeEnsemble{trees: a.ensemble("target", targets), report: a.transformOf().of(targets), out: tensor.Float32}
	o.aggregation = a.aggregate(a.string("aggregate_function", "SUM"), &o.trees)
	if base := a.reals("base_values"); len(base) == targets {
		copy(o.base, base)
	} else if len(base) != 0 {
		a.refuse("base_values", fmt.Sprintf("none or %d", targets), len(base))
	}
	return o.finish(a)
}

// maxTargets bounds the targets of an ensemble.
const maxTargets = 1 << 16

// TreeEnsemble (ai.onnx.ml 5).
func decodeTreeEnsemble(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.ignore("nodes_hitrates", "nodes_missing_value_tracks_true")
	targets := a.int("n_targets", 1)
	if targets < 1 || targets > maxTargets {
		a.refuse("n_targets", fmt.Sprintf("within [1, %d]", maxTargets), targets)
		return nil, nil
	}
	named := func(attr string, names []string, def int) string {
		i := a.int(attr, def)
		if i < 0 || i >= len(names) {
			a.refuse(attr, fmt.Sprintf("below %d", len(names)), i)
			return names[0]
		}
		return names[i]
	}
	p := a.plant(targets)
	if a.err != nil {
		return nil, nil
	}
	post := transforms[named("post_transform", transformNames, 0)]
	o := treeEnsemble{trees: p.grow(a, targets), report: post.of(targets)}
	o.aggregation = a.aggregate(named("aggregate_function", aggregationNames, 1), &o.trees)
	if a.err == nil {
		o.out = a.In[0].Type.DType
	}
	return o.finish(a)
}

// modeNames are the modes of nodes in TreeEnsemble's numbering.
var modeNames = []string{"BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MEMBER"}

// plant reads the nodes and leaves of a TreeEnsemble.
func (a *Attrs) plant(targets int) *plant {
	data := func(name string) []float64 {
		if t := read(a, name, Tensor{}); t.Value != nil {
			return t.Value.Data
		}
		return nil
	}
	modes, splits, members := data("nodes_modes"), data("nodes_splits"), data("membership_values")
	feature := a.ints("nodes_featureids")
	children := [2][]int{a.ints("nodes_truenodeids"), a.ints("nodes_falsenodeids")}
	ends := [2][]int{a.ints("nodes_trueleafs"), a.ints("nodes_falseleafs")}
	weights, target := data("leaf_weights"), a.ints("leaf_targetids")
	p := &plant{roots: a.ints("tree_roots")}
	n := len(modes)
	for name, length := range map[string]int{"nodes_splits": len(splits), "nodes_featureids": len(feature), "nodes_truenodeids": len(children[0]),
		"nodes_falsenodeids": len(children[1]), "nodes_trueleafs": len(ends[0]), "nodes_falseleafs": len(ends[1])} {
		if length != n {
			a.refuse(name, fmt.Sprintf("of %d nodes", n), length)
		}
	}
	if len(weights) != len(target) || n == 0 || len(p.roots) == 0 {
		a.refuse("tree_roots, leaf_weights and leaf_targetids", "of trees and leaves", fmt.Sprintf("%d, %d and %d", len(p.roots), len(weights), len(target)))
	}
	for _, r := range p.roots {
		if r < 0 || r >= n {
			a.refuse("tree_roots", fmt.Sprintf("below %d", n), r)
		}
	}
	for _, t := range target {
		if t < 0 || t >= targets {
			a.refuse("leaf_targetids", fmt.Sprintf("below %d", targets), t)
		}
	}
	if a.err != nil {
		return nil
	}
	for i, w := range weights {
		p.leaves = append(p.leaves, map[int]float64{target[i]: w})
	}
	child := func(i, side int) int {
		c, limit := children[side][i], n
		if ends[side][i] == 1 {
			limit = len(p.leaves)
		}
		if c < 0 || c >= limit {
			a.refuse("nodes_truenodeids and nodes_falsenodeids", fmt.Sprintf("below %d", limit), c)
			return -1
		}
		if ends[side][i] == 1 {
			return -1 - c
		}
		return c
	}
	for i := range n {
		m := int(modes[i])
		if m < 0 || m >= len(modeNames) {
			a.refuse("nodes_modes", fmt.Sprintf("below %d", len(modeNames)), m)
			return nil
		}
		var set []float64
		if modeNames[m] == "BRANCH_MEMBER" {
			end := 0
			for end < len(members) && members[end] == members[end] {
				end++
			}
			set, members = members[:end], members[min(end+1, len(members)):]
			splits[i] = 0
		}
		p.branches = append(p.branches, a.branch(modeNames[m], feature[i], splits[i], set, child(i, 0), child(i, 1)))
	}
	// A tree that is a leaf is written as a node with that leaf on both sides.
	for i, r := range p.roots {
		if b := p.branches[r]; b.Left == b.Right && b.Left < 0 {
			p.roots[i] = b.Left
		}
	}
	return p
}

func (o treeEnsemble) finish(a *Attrs) (graph.Op, error) {
	if a.err != nil {
		return nil, nil
	}
	o.features = a.In[0].Type.DType
	return o, nil
}

func (o treeEnsemble) Infer(in []*graph.Value) ([]graph.Type, error) {
	rows, err := o.check(in)
	return []graph.Type{{DType: o.out, Shape: tensor.Shape{rows, o.targets}}}, err
}

func (o treeEnsemble) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	f := o.sums
	if o.better != nil {
		f = func(x *tensor.Float, d tensor.DType) (*tensor.Float, error) { return o.extremes(o.trees, x, d) }
	}
	y, err := f(in[0], o.features)
	if err != nil {
		return nil, err
	}
	for r := range y.Shape[0] {
		row := y.Data[r*o.targets : (r+1)*o.targets]
		copy(row, o.report.eval(row))
	}
	return []*tensor.Float{y}, nil
}

func (o treeEnsemble) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	f := forest{o.trees, o.features, o.better != nil}
	y := c.apply("Forest", f, in[0])
	if o.better != nil {
		values := y
		rows := in[0].Type.Shape[0]
		values = c.reshape(values, tensor.Shape{rows, len(o.Targets)})
		var ys []*graph.Value
		for target := range o.targets {
			v := c.number(values, 0)
			if at := o.columns(target); len(at) > 0 {
				v = c.reduce(o.reduction, c.op("Gather", attrs{"axis": int64(1)}, values, c.ints(at...)), 1)
			}
			ys = append(ys, c.expand(c.plus(v, o.base[target]), tensor.Shape{rows, 1}))
		}
		y = c.concat(1, ys...)
	}
	return c.done(c.cast(o.report.expand(c, y), o.out))
}
