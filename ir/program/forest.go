package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Forest walks binary decision trees from root to leaf, each over every row of Arg, whose shape is rows x features:
// at an inner node v it goes right where feature Feature[v] is greater than Threshold[v], else left. The result has
// shape rows x trees x Width and holds the values of the leaves that are reached.
//
// Roots, Left and Right name an inner node by its index v >= 0, and leaf i by -1-i. An inner node has one parent or is
// one root, and comes after its parent; a leaf may be shared. The values of leaf i are
// Values[i*Width : (i+1)*Width]. A threshold t lies within [min-1, max] of Arg's range, which is enough to send
// every row either way.
type Forest struct {
	Arg       int  `json:"arg"`
	Roots     Ints `json:"roots"`
	Feature   Ints `json:"feature"`
	Threshold Ints `json:"threshold"`
	Left      Ints `json:"left"`
	Right     Ints `json:"right"`
	Width     int  `json:"width"`
	Values    Ints `json:"values"`
}

func init() { registerKernel("forest", func() Kernel { return new(Forest) }) }

// Kind implements Kernel.
func (k *Forest) Kind() string { return "forest" }

// Args implements Kernel.
func (k *Forest) Args() []int { return []int{k.Arg} }

// Leaf is the index of the leaf that a node's name stands for; false for an inner node.
func (k *Forest) Leaf(node int64) (int, bool) { return int(-1 - node), node < 0 }

// Infer implements Kernel.
func (k *Forest) Infer(in []Tensor) (tensor.Shape, Range, error) {
	x := in[0]
	if len(x.Shape) != 2 {
		return nil, Range{}, fmt.Errorf("forest: want rows of features, got shape %v", x.Shape)
	}
	n := len(k.Feature)
	if len(k.Threshold) != n || len(k.Left) != n || len(k.Right) != n {
		return nil, Range{}, fmt.Errorf("forest: want %d thresholds and children, got %d, %d and %d", n, len(k.Threshold), len(k.Left), len(k.Right))
	}
	if len(k.Roots) == 0 || k.Width < 1 || len(k.Values) == 0 || len(k.Values)%k.Width != 0 {
		return nil, Range{}, fmt.Errorf("forest: want trees and leaves of %d values, got %d trees and %d values", k.Width, len(k.Roots), len(k.Values))
	}
	leaves := len(k.Values) / k.Width
	reached := make([]bool, n)
	reach := func(parent int, child int64) error {
		if leaf, ok := k.Leaf(child); ok {
			if leaf >= leaves {
				return fmt.Errorf("forest: node %d: want a leaf below %d, got %d", parent, leaves, leaf)
			}
			return nil
		}
		if child >= int64(n) || child <= int64(parent) || reached[child] {
			return fmt.Errorf("forest: node %d: want a later node below %d without another parent, got %d", parent, n, child)
		}
		reached[child] = true
		return nil
	}
	for _, r := range k.Roots {
		if err := reach(-1, r); err != nil {
			return nil, Range{}, err
		}
	}
	for v := range n {
		if f := k.Feature[v]; f < 0 || f >= int64(x.Shape[1]) {
			return nil, Range{}, fmt.Errorf("forest: node %d: want a feature below %d, got %d", v, x.Shape[1], f)
		}
		if t := k.Threshold[v]; t < x.Range.Min-1 || t > x.Range.Max {
			return nil, Range{}, fmt.Errorf("forest: node %d: want a threshold within %v or just below, got %d", v, x.Range, t)
		}
		for _, child := range []int64{k.Left[v], k.Right[v]} {
			if err := reach(v, child); err != nil {
				return nil, Range{}, err
			}
		}
		if !reached[v] {
			return nil, Range{}, fmt.Errorf("forest: node %d has no parent", v)
		}
	}
	s := tensor.Shape{x.Shape[0], len(k.Roots), k.Width}
	if _, err := s.CheckedSize(tensor.MaxElements); err != nil {
		return nil, Range{}, err
	}
	r := Range{slices.Min(k.Values), slices.Max(k.Values)}
	if r.Min < -maxLeaf || r.Max > maxLeaf {
		return nil, Range{}, fmt.Errorf("forest: want values of at most %d in magnitude, got %v", int64(maxLeaf), r)
	}
	return s, r, nil
}

// maxLeaf bounds the values of leaves, so that differences of their differences stay within MaxMagnitude.
const maxLeaf = MaxMagnitude / 4

// Walk is the leaf of the tree that features reach.
func (k *Forest) Walk(tree int, features []int64) int {
	v := k.Roots[tree]
	for {
		if leaf, ok := k.Leaf(v); ok {
			return leaf
		}
		if features[k.Feature[v]] > k.Threshold[v] {
			v = k.Right[v]
		} else {
			v = k.Left[v]
		}
	}
}

// Eval implements Kernel.
func (k *Forest) Eval(in []*tensor.Int) (*tensor.Int, error) {
	rows, features := in[0].Shape[0], in[0].Shape[1]
	y := tensor.New[int64](tensor.Shape{rows, len(k.Roots), k.Width})
	at := y.Data
	for r := range rows {
		x := in[0].Data[r*features : (r+1)*features]
		for t := range k.Roots {
			leaf := k.Walk(t, x)
			at = at[copy(at, k.Values[leaf*k.Width:(leaf+1)*k.Width]):]
		}
	}
	return y, nil
}

// String implements Kernel.
func (k *Forest) String() string {
	return fmt.Sprintf("(%%%d) %d trees of %d nodes and %d leaves, %d wide", k.Arg, len(k.Roots), len(k.Feature), len(k.Values)/k.Width, k.Width)
}
