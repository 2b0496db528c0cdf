package program

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Trees are decision trees over real features, whose leaves add to targets.
type Trees struct {
	Roots   []int // of each tree; inner nodes are named by their index, leaf i by -1-i
	Nodes   []Branch
	Leaves  []float64 // values, Width a leaf
	Width   int
	Targets []int // to which target a value goes, Width a tree; -1 for none
}

// Branch is an inner node. A row of features goes right where Feature is greater than Threshold, or with Equal
// equal to it too, or with Members is one of them; else left.
type Branch struct {
	Feature     int
	Threshold   float64
	Equal       bool
	Members     []float64
	Left, Right int
}

const (
	leafBits    = 24 // precision of the largest value of a leaf
	featureBits = 36 // precision of features that are sums
)

// Leaves gives, for rows x features, the values of the leaves that each tree reaches: rows x trees x Width. Features,
// thresholds and members are compared on the features' own grid, to which they round alike: what is equal in reals
// stays equal, and an order is lost only between numbers less than a step apart.
func (b *Builder) Leaves(x *Value, t *Trees) (*Value, error) {
	id, err := b.leaves(x, t)
	if err != nil {
		return nil, err
	}
	return newValue(b.p.Tensors[id].Shape, leaf{id}), nil
}

// Forest is the sum over all trees of the values of Leaves, by target: rows x targets. It is scaled by factor, and bias
// is added, one element a target.
func (b *Builder) Forest(x *Value, t *Trees, factor float64, bias []float64) (*Value, error) {
	id, err := b.leaves(x, t)
	if err != nil {
		return nil, err
	}
	rows, in, out := x.shape[0], len(t.Targets), len(bias)
	m := &DenseMap{In: in, Out: out, Batch: rows, Weights: make(Ints, in*out)}
	for i, target := range t.Targets {
		if target >= out {
			return nil, fmt.Errorf("%s: forest: want targets below %d, got %d", b.name, out, target)
		}
		if target >= 0 {
			m.Weights[target*in+i] = 1
		}
	}
	scale := b.p.Tensors[id].Scale * factor
	if id, err = b.add(&Gather{Operands: []int{id}, Shape: tensor.Shape{rows, in}}, b.p.Tensors[id].Scale); err != nil {
		return nil, err
	}
	k := &Linear{Terms: []Term{{id, m}}, Shape: tensor.Shape{rows, out}}
	for range rows {
		k.Bias = append(k.Bias, roundAll(bias, 1/scale)...)
	}
	if id, err = b.add(k, scale); err != nil {
		return nil, err
	}
	return newValue(k.Shape, leaf{id}), nil
}

func (b *Builder) leaves(x *Value, t *Trees) (int, error) {
	if len(x.shape) != 2 || x.constant != nil {
		return 0, fmt.Errorf("%s: forest: want variable rows of features, got shape %v", b.name, x.shape)
	}
	fs, err := b.features(x)
	if err != nil {
		return 0, err
	}
	k := &Forest{Width: t.Width}
	for _, r := range t.Roots {
		k.Roots = append(k.Roots, int64(r))
	}
	var sets spans
	r := b.p.Tensors[fs.id].Range
	for _, n := range t.Nodes {
		if n.Feature < 0 || n.Feature >= x.shape[1] {
			return 0, fmt.Errorf("%s: forest: want features below %d, got %d", b.name, x.shape[1], n.Feature)
		}
		feature, threshold, left, right := n.Feature, 0.0, n.Left, n.Right
		if n.Members != nil {
			var values []Span
			for _, v := range n.Members {
				values = append(values, Point(fs.of(n.Feature, v)))
			}
			feature = x.shape[1] + sets.of(n.Feature, values)
		} else {
			equal := n.Equal
			if fs.scale[n.Feature] < 0 {
				// The order turns: what was not greater is.
				left, right, equal = right, left, !equal
			}
			if threshold = math.RoundToEven(fs.of(n.Feature, n.Threshold)); equal {
				threshold--
			}
			threshold = min(max(threshold, float64(r.Min-1)), float64(r.Max))
		}
		k.Feature, k.Threshold = append(k.Feature, int64(feature)), append(k.Threshold, int64(threshold))
		k.Left, k.Right = append(k.Left, int64(left)), append(k.Right, int64(right))
	}
	if k.Arg, err = sets.append(b, fs.id); err != nil {
		return 0, err
	}
	largest := 0.0
	for _, v := range t.Leaves {
		largest = max(largest, math.Abs(v))
	}
	unit := powerOver(largest, leafBits)
	k.Values = roundAll(t.Leaves, 1/unit)
	return b.add(k, unit)
}

// powerOver is the least power of two of which at most 2^bits make up v.
func powerOver(v float64, bits int) float64 {
	if v == 0 {
		return 1
	}
	_, e := math.Frexp(v)
	return math.Ldexp(1, e-bits)
}
