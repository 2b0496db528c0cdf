package ops

import (
	"math"
	"slices"

	"assay/ir/graph"
)

// transform is a post_transform of ai.onnx.ml: what it makes of the scores of one row, and of all rows of an
// expansion, whose last axis it runs along.
type transform struct {
	eval   func(scores []float64) []float64
	expand func(c *compose, scores *graph.Value) *graph.Value
	lone   bool // applies to a score that is alone
}

// of is the transform of k scores of a regression: ONNX Runtime leaves a single one as it is, but for PROBIT.
func (t transform) of(k int) transform {
	if k == 1 && !t.lone {
		return transforms["NONE"]
	}
	return t
}

// singleScore is how ONNX Runtime reports one score for two classes: as plain says, but for LOGISTIC.
func (a *Attrs) singleScore(plain transform) transform {
	switch name := a.string("post_transform", "NONE"); name {
	case "PROBIT":
		a.refuse("post_transform", "not PROBIT for one score of two classes", name)
		return plain
	case "LOGISTIC":
		return odds
	default:
		return plain
	}
}

// transforms are numbered as TreeEnsemble (ai.onnx.ml 5) numbers them.
var transformNames = []string{"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"}

var transforms = map[string]transform{
	"NONE": {
		eval:   func(s []float64) []float64 { return s },
		expand: func(_ *compose, s *graph.Value) *graph.Value { return s },
	},
	"SOFTMAX": {
		eval:   softmaxRow,
		expand: func(c *compose, s *graph.Value) *graph.Value { return c.op("Softmax", attrs{"axis": int64(-1)}, s) },
	},
	"LOGISTIC":     each("Sigmoid", logistic, false),
	"SOFTMAX_ZERO": {eval: softmaxZeroRow, expand: expandSoftmaxZero},
	"PROBIT":       each("Probit", probit, true),
}

// transformOf reads the attribute post_transform.
func (a *Attrs) transformOf() transform {
	name := a.string("post_transform", "NONE")
	t, ok := transforms[name]
	if !ok {
		a.refuse("post_transform", "NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO or PROBIT", name)
	}
	return t
}

// each applies a function that never decreases to each score.
func each(kind string, f func(float64) float64, lone bool) transform {
	return transform{
		eval: func(s []float64) []float64 {
			r := make([]float64, len(s))
			for i, x := range s {
				r[i] = f(x)
			}
			return r
		},
		expand: func(c *compose, s *graph.Value) *graph.Value { return c.apply(kind, unary{f: f, monotone: true}, s) },
		lone:   lone,
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// probit is the quantile function of the normal distribution by the approximation of ONNX Runtime: Winitzki's of the
// inverse error function, with 3.14159 for pi.
func probit(p float64) float64 {
	const a = 0.147
	x := 2*p - 1
	log := math.Log((1 - x) * (1 + x))
	v := 2/(3.14159*a) + log/2
	return math.Copysign(math.Sqrt2*math.Sqrt(math.Sqrt(v*v-log/a)-v), x)
}

func softmaxRow(s []float64) []float64 {
	top, sum := slices.Max(s), 0.0
	r := make([]float64, len(s))
	for i, x := range s {
		r[i] = math.Exp(x - top)
		sum += r[i]
	}
	for i := range r {
		r[i] /= sum
	}
	return r
}

// zeroScore bounds the scores that SOFTMAX_ZERO takes for zero.
const zeroScore = 1e-7

// softmaxZeroRow is softmax over the scores that are not zero. The others keep zero, but for what is below zeroScore.
func softmaxZeroRow(s []float64) []float64 {
	top, sum := slices.Max(s), 0.0
	r := make([]float64, len(s))
	for i, x := range s {
		if math.Abs(x) > zeroScore {
			r[i] = math.Exp(x - top)
			sum += r[i]
		}
	}
	for i := range r {
		if sum > 0 {
			r[i] /= sum
		}
	}
	return r
}

func expandSoftmaxZero(c *compose, s *graph.Value) *graph.Value {
	if c.err != nil {
		return nil
	}
	axis := len(s.Type.Shape) - 1
	counts := c.cast(c.op("Greater", nil, c.abs(s), c.number(s, zeroScore)), s.Type.DType)
	e := c.mul(c.exp(c.sub(s, c.reduce("ReduceMax", s, axis))), counts)
	return c.div(e, c.op("Max", nil, c.reduce("ReduceSum", e, axis), c.number(s, 1e-9)))
}
