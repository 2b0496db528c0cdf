package ops

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// trees are decision trees of ai.onnx.ml, with what their leaves add up to.
type trees struct {
	program.Trees
	targets int
	factor  float64   // of the sums
	base    []float64 // one a target, added to the sums
}

// splits are how the modes of an inner node compare; swap says that the true branch is the one to the right.
var splits = map[string]struct{ equal, swap, member bool }{
	"BRANCH_LEQ":    {},
	"BRANCH_LT":     {equal: true},
	"BRANCH_GTE":    {equal: true, swap: true},
	"BRANCH_GT":     {swap: true},
	"BRANCH_EQ":     {swap: true, member: true},
	"BRANCH_NEQ":    {member: true},
	"BRANCH_MEMBER": {swap: true, member: true},
}

// plant collects trees as a model writes them: nodes in any order, children by their number.
type plant struct {
	branches []program.Branch // Left and Right name an inner node, or leaf i by -1-i
	leaves   []map[int]float64
	roots    []int
}

// branch makes an inner node of a mode; members are those of BRANCH_MEMBER.
func (a *Attrs) branch(mode string, feature int, threshold float64, members []float64, yes, no int) program.Branch {
	s, ok := splits[mode]
	if !ok {
		a.refuse("nodes_modes", "of branches or leaves", mode)
	}
	if feature < 0 {
		a.refuse("nodes_featureids", "at least 0", feature)
	}
	if threshold != threshold {
		a.refuse("nodes_values", "numbers", threshold)
	}
	b := program.Branch{Feature: feature, Threshold: threshold, Equal: s.equal, Left: yes, Right: no}
	if s.member {
		b.Members = append([]float64{}, members...)
		if mode != "BRANCH_MEMBER" {
			b.Members = []float64{threshold}
		}
		b.Threshold = 0
	}
	if s.swap {
		b.Left, b.Right = b.Right, b.Left
	}
	return b
}

// unfolded bounds the nodes of trees, as a multiple of those written, when nodes that several paths share are copied.
const unfolded = 8

// grow orders the nodes so that children follow parents, drops those that no path reaches, and copies those that
// several reach. Chains that look for one member after the other become one look for all.
func (p *plant) grow(a *Attrs, targets int) trees {
	t := trees{targets: targets, factor: 1, base: make([]float64, targets)}
	type place struct{ tree, at int }
	var open, leaves []place
	ends := map[place]int{}
	p.join()
	arrive := func(tree, node int) int {
		if node < 0 {
			l := place{tree, -1 - node}
			if _, ok := ends[l]; !ok {
				ends[l] = len(leaves)
				leaves = append(leaves, l)
			}
			return -1 - ends[l]
		}
		if len(open) > unfolded*(len(p.branches)+1) {
			a.refuse("nodes", fmt.Sprintf("of trees, of at most %d times as many nodes", unfolded), "more, or a cycle")
			return -1
		}
		open = append(open, place{tree, node})
		return len(open) - 1
	}
	for i, r := range p.roots {
		t.Roots = append(t.Roots, arrive(i, r))
	}
	for i := 0; i < len(open); i++ {
		b := p.branches[open[i].at]
		b.Left, b.Right = arrive(open[i].tree, b.Left), arrive(open[i].tree, b.Right)
		t.Nodes = append(t.Nodes, b)
	}
	// The leaves of a tree have a column for each target that one of them adds to.
	columns := make([][]int, len(p.roots))
	seen := map[place]bool{}
	for _, l := range leaves {
		for target := range p.leaves[l.at] {
			if c := (place{l.tree, target}); !seen[c] {
				seen[c] = true
				columns[l.tree] = append(columns[l.tree], target)
			}
		}
	}
	t.Width = 1
	for _, c := range columns {
		slices.Sort(c)
		t.Width = max(t.Width, len(c))
	}
	for _, c := range columns {
		for j := range t.Width {
			if j < len(c) {
				t.Targets = append(t.Targets, c[j])
			} else {
				t.Targets = append(t.Targets, -1)
			}
		}
	}
	t.Leaves = make([]float64, len(leaves)*t.Width)
	for i, l := range leaves {
		for j, target := range columns[l.tree] {
			t.Leaves[i*t.Width+j] = p.leaves[l.at][target]
		}
	}
	return t
}

// join makes an inner node that looks for members take in those of its left child, where that looks at the same
// feature and goes to the same right child, and so on: exporters write a set of categories as such a chain.
func (p *plant) join() {
	for i := range p.branches {
		b := &p.branches[i]
		for range p.branches {
			if b.Members == nil || b.Left < 0 {
				break
			}
			c := p.branches[b.Left]
			if c.Members == nil || c.Feature != b.Feature || c.Right != b.Right {
				break
			}
			b.Members, b.Left = slices.Concat(b.Members, c.Members), c.Left
		}
	}
}

// check requires that the features exist.
func (t trees) check(in []*graph.Value) (rows int, err error) {
	s := in[0].Type.Shape
	if len(s) != 2 || s[0] == 0 {
		return 0, &graph.Error{Code: CodeShape, Want: "rows of features", Got: s.String()}
	}
	for _, n := range t.Nodes {
		if n.Feature >= s[1] {
			return 0, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("more than %d features", n.Feature), Got: s.String()}
		}
	}
	return s[0], nil
}

// leaf is the leaf that row x reaches in the tree.
func (t trees) leaf(tree int, x []float64) int {
	at := t.Roots[tree]
	for at >= 0 {
		n := t.Nodes[at]
		v := x[n.Feature]
		right := v > n.Threshold || n.Equal && v == n.Threshold
		if n.Members != nil {
			right = slices.Contains(n.Members, v)
		}
		if at = n.Left; right {
			at = n.Right
		}
	}
	return -1 - at
}

// values are the leaves' values: rows x trees x Width. Features of the type float32 are rounded to it, as thresholds are.
func (t trees) values(x *tensor.Float, d tensor.DType) (*tensor.Float, error) {
	rows, features := x.Shape[0], x.Shape[1]
	y := tensor.New[float64](tensor.Shape{rows, len(t.Roots), t.Width})
	row := make([]float64, features)
	for r := range rows {
		for i := range row {
			v := x.Data[r*features+i]
			if row[i] = v; d != tensor.Float64 {
				row[i] = float64(float32(v))
			}
			if v != v {
				return nil, fmt.Errorf("tree ensemble: row %d, feature %d: want a number, got NaN", r, i)
			}
		}
		for i := range t.Roots {
			l := t.leaf(i, row)
			copy(y.Data[(r*len(t.Roots)+i)*t.Width:], t.Leaves[l*t.Width:(l+1)*t.Width])
		}
	}
	return y, nil
}

// sums are the scores: rows x targets.
func (t trees) sums(x *tensor.Float, d tensor.DType) (*tensor.Float, error) {
	v, err := t.values(x, d)
	if err != nil {
		return nil, err
	}
	y := tensor.New[float64](tensor.Shape{x.Shape[0], t.targets})
	for i, w := range v.Data {
		if to := t.Targets[i%len(t.Targets)]; to >= 0 {
			y.Data[i/len(t.Targets)*t.targets+to] += w
		}
	}
	for i := range y.Data {
		y.Data[i] = y.Data[i]*t.factor + t.base[i%t.targets]
	}
	return y, nil
}
