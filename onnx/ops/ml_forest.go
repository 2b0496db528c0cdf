package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// forest gives what trees make of rows of features: the sums of their leaves by target, or with apart the values of
// each tree's leaf. It is what the tree ensembles expand to; no kind of ONNX names it.
type forest struct {
	trees
	features tensor.DType
	apart    bool
}

var (
	_ graph.Lowerer    = forest{}
	_ graph.Comparison = forest{}
	_ graph.Precise    = forest{}
)

func (o forest) Infer(in []*graph.Value) ([]graph.Type, error) {
	rows, err := o.check(in)
	s := tensor.Shape{rows, o.targets}
	if o.apart {
		s = tensor.Shape{rows, len(o.Roots), o.Width}
	}
	return []graph.Type{{DType: tensor.Float32, Shape: s}}, err
}

func (o forest) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	f := o.sums
	if o.apart {
		f = o.values
	}
	y, err := f(in[0], o.features)
	return []*tensor.Float{y}, err
}

func (o forest) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if o.apart {
		return one(b.Leaves(in[0], &o.Trees))
	}
	return one(b.Forest(in[0], &o.Trees, o.factor, o.base))
}

// InputBits tells thresholds apart to a millionth of the largest of each feature.
func (o forest) InputBits(r program.Interval) int {
	largest := map[int]float64{}
	see := func(feature int, t float64) {
		if t = math.Abs(t); !math.IsInf(t, 0) {
			largest[feature] = max(largest[feature], t)
		}
	}
	for _, n := range o.Nodes {
		see(n.Feature, n.Threshold)
		for _, t := range n.Members {
			see(n.Feature, t)
		}
	}
	span := max(math.Abs(r.Min), math.Abs(r.Max), math.SmallestNonzeroFloat32)
	finest := span
	for _, t := range largest {
		if t > 0 {
			finest = min(finest, t)
		}
	}
	return min(max(int(math.Ceil(math.Log2(span/finest)))+thresholdBits, minFeatureBits), maxFeatureBits)
}

const (
	thresholdBits  = 20 // precision of the largest threshold of a feature
	minFeatureBits = 24
	maxFeatureBits = 44
)

// Compares implements graph.Comparison.
func (o forest) Compares() bool { return true }
