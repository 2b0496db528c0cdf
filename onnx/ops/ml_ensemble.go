package ops

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// ensemble reads the trees of a TreeEnsembleRegressor or TreeEnsembleClassifier (ai.onnx.ml 1, 3). weights is the
// prefix of the attributes of leaves, as in target_ids. Since version 3 real attributes may be tensors instead, named
// with the suffix _as_tensor. Nodes' hit rates are ignored, and so is where missing values go: NaN is not a feature.
func (a *Attrs) ensemble(weights string, targets int) trees {
	a.ignore("nodes_hitrates", "nodes_hitrates_as_tensor", "nodes_missing_value_tracks_true")
	a.inputs(1, 1)
	modes, tree, id := a.texts("nodes_modes"), a.ints("nodes_treeids"), a.ints("nodes_nodeids")
	feature, threshold := a.ints("nodes_featureids"), a.reals("nodes_values")
	yes, no := a.ints("nodes_truenodeids"), a.ints("nodes_falsenodeids")
	n := len(modes)
	for name, length := range map[string]int{"nodes_treeids": len(tree), "nodes_nodeids": len(id), "nodes_featureids": len(feature),
		"nodes_values": len(threshold), "nodes_truenodeids": len(yes), "nodes_falsenodeids": len(no)} {
		if length != n {
			a.refuse(name, fmt.Sprintf("of %d nodes", n), length)
		}
	}
	leafTree, leafNode := a.ints(weights+"_treeids"), a.ints(weights+"_nodeids")
	leafTarget, leafWeight := a.ints(weights+"_ids"), a.reals(weights+"_weights")
	for name, length := range map[string]int{"_treeids": len(leafTree), "_nodeids": len(leafNode), "_weights": len(leafWeight)} {
		if length != len(leafTarget) {
			a.refuse(weights+name, fmt.Sprintf("of %d leaves", len(leafTarget)), length)
		}
	}
	if n == 0 {
		a.refuse("nodes_modes", "of nodes", "none")
	}
	if a.err != nil {
		return trees{}
	}
	type place struct{ tree, id int }
	var p plant
	name := map[place]int{} // of a node: its index, or -1-i for leaf i
	started := map[int]bool{}
	for i, mode := range modes {
		at := place{tree[i], id[i]}
		if _, ok := name[at]; ok {
			a.refuse("nodes_nodeids", "distinct in a tree", id[i])
		}
		if mode == "LEAF" {
			name[at] = -1 - len(p.leaves)
			p.leaves = append(p.leaves, map[int]float64{})
		} else {
			name[at] = i
		}
		if !started[at.tree] {
			started[at.tree] = true
			p.roots = append(p.roots, name[at])
		}
	}
	child := func(i, id int) int {
		c, ok := name[place{tree[i], id}]
		if !ok {
			a.refuse("nodes_truenodeids and nodes_falsenodeids", "of nodes of the same tree", id)
		}
		return c
	}
	for i, target := range leafTarget {
		at, ok := name[place{leafTree[i], leafNode[i]}]
		if !ok || target < 0 || target >= targets {
			a.refuse(weights+"_nodeids", fmt.Sprintf("of nodes, for targets below %d", targets), fmt.Sprintf("node %d, target %d", leafNode[i], target))
			return trees{}
		}
		if at < 0 {
			p.leaves[-1-at][target] += leafWeight[i]
		}
	}
	for i, mode := range modes {
		if mode == "LEAF" {
			p.branches = append(p.branches, zeroBranch)
			continue
		}
		if mode == "BRANCH_MEMBER" {
			a.refuse("nodes_modes", "of version 3 or earlier", mode)
		}
		p.branches = append(p.branches, a.branch(mode, feature[i], threshold[i], nil, child(i, yes[i]), child(i, no[i])))
	}
	if a.err != nil {
		return trees{}
	}
	return p.grow(a, targets)
}

// reals is a list of reals, which since version 3 may be a tensor.
func (a *Attrs) reals(name string) []float64 {
	if as := name + "_as_tensor"; a.has(as) && a.Opset >= 3 {
		if a.has(name) {
			a.refuse(name, "or "+as+", not both", "both")
		}
		if t := read(a, as, Tensor{}); t.Value != nil {
			return t.Value.Data
		}
		return nil
	}
	return a.floats(name, nil)
}

// aggregations are how the values of several trees become one, by name. Numbered as TreeEnsemble (ai.onnx.ml 5) does.
var aggregationNames = []string{"AVERAGE", "SUM", "MIN", "MAX"}

// aggregation is how trees combine: by sums, or for MIN and MAX by the reduction of that name.
type aggregation struct {
	reduction string
	better    func(a, b float64) bool
}

var aggregations = map[string]aggregation{
	"AVERAGE": {},
	"SUM":     {},
	"MIN":     {"ReduceMin", func(a, b float64) bool { return a < b }},
	"MAX":     {"ReduceMax", func(a, b float64) bool { return a > b }},
}

// aggregate reads how trees combine.
func (a *Attrs) aggregate(name string, t *trees) aggregation {
	g, ok := aggregations[name]
	if !ok {
		a.refuse("aggregate_function", "AVERAGE, SUM, MIN or MAX", name)
	}
	if name == "AVERAGE" && len(t.Roots) > 0 {
		t.factor = 1 / float64(len(t.Roots))
	}
	return g
}

// extremes are, for each target, the best of the values of all trees that have a column for it.
func (g aggregation) extremes(t trees, x *tensor.Float, d tensor.DType) (*tensor.Float, error) {
	v, err := t.values(x, d)
	if err != nil {
		return nil, err
	}
	y := tensor.New[float64](tensor.Shape{x.Shape[0], t.targets})
	for r := range x.Shape[0] {
		row := v.Data[r*len(t.Targets) : (r+1)*len(t.Targets)]
		for target := range t.targets {
			best, found := 0.0, false
			for i, to := range t.Targets {
				if to == target && (!found || g.better(row[i], best)) {
					best, found = row[i], true
				}
			}
			y.Data[r*t.targets+target] = best + t.base[target]
		}
	}
	return y, nil
}

// columns are the places of the values of a target among those of all trees.
func (t trees) columns(target int) []int {
	var at []int
	for i, to := range t.Targets {
		if to == target {
			at = append(at, i)
		}
	}
	return slices.Clip(at)
}
