package reference

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	// axesInput is the opset from which the axes are an input.
	reduce := func(axesInput int, low, high float64) func(d *draw) optest.Case {
		return func(d *draw) optest.Case {
			s := d.shape(1, 4)
			a := attrs{}
			a.maybe(d, "keepdims", d.Intn(2))
			axes := d.axes(len(s))
			if d.chance(2) {
				axes[0] -= len(s)
			}
			in := []optest.Tensor{d.real(s, low, high)}
			switch {
			case d.chance(4):
			case d.opset < axesInput:
				a["axes"] = axes
			default:
				in = append(in, list(axes...))
				a.maybe(d, "noop_with_empty_axes", d.Intn(2))
			}
			return d.use(a, 1, in...)
		}
	}
	register(reduce(13, -3, 3), "ReduceSum")
	register(reduce(18, -3, 3), "ReduceL1", "ReduceL2", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSumSquare")
	register(reduce(18, 0.1, 3), "ReduceLogSum")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		a := attrs{"axis": d.axis(len(s))}
		a.maybe(d, "keepdims", d.Intn(2))
		if d.opset >= 12 {
			a.maybe(d, "select_last_index", d.Intn(2))
		}
		return d.use(a, 1, d.whole(tensor.Float32, s, -2, 2))
	}, "ArgMax", "ArgMin")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		a := attrs{}
		a.maybe(d, "axis", d.axis(len(s)))
		return d.use(a, 1, d.normal(s))
	}, "Hardmax", "LogSoftmax", "Softmax")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 3)
		a := attrs{}
		a.maybe(d, "exclusive", d.Intn(2))
		a.maybe(d, "reverse", d.Intn(2))
		return d.use(a, 1, d.normal(s), optest.Fix(optest.I(nil, float64(d.axis(len(s))))))
	}, "CumSum")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 3)
		axis := d.axis(len(s))
		k := d.between(1, s[(axis+len(s))%len(s)])
		a := attrs{"axis": axis}
		if d.opset >= 11 {
			a.maybe(d, "largest", d.Intn(2))
			a["sorted"] = 1
		}
		if d.opset < 10 {
			a["k"] = k
			return d.use(a, 2, d.normal(s))
		}
		return d.use(a, 2, d.normal(s), list(k))
	}, "TopK")

	register(func(d *draw) optest.Case {
		s := d.shape(2, 4)
		c := tensor.Shape{s[1]}
		a := attrs{}
		a.maybe(d, "epsilon", 1e-3)
		in := []optest.Tensor{d.normal(s), d.real(c, 0.5, 2), d.normal(c)}
		if d.op == "BatchNormalization" {
			in = append(in, d.normal(c), d.real(c, 0.5, 2))
		} else {
			in[0] = d.normal(append(s[:2:2], 3, 4))
		}
		return d.use(a, 1, in...)
	}, "BatchNormalization", "InstanceNormalization")
	register(func(d *draw) optest.Case {
		s := d.shape(2, 4)
		axis := d.axis(len(s))
		inner := s[(axis+len(s))%len(s):]
		a := attrs{"axis": axis}
		a.maybe(d, "epsilon", 1e-3)
		in := []optest.Tensor{d.normal(s), d.normal(inner)}
		if d.op == "LayerNormalization" && d.chance(2) {
			in = append(in, d.normal(inner))
		}
		return d.use(a, 1, in...)
	}, "LayerNormalization", "RMSNormalization")
	register(func(d *draw) optest.Case {
		groups := d.between(1, 3)
		c := groups * d.between(1, 3)
		per := c
		if d.opset < 21 {
			per = groups
		}
		return d.use(attrs{"num_groups": groups}, 1, d.normal(tensor.Shape{2, c, 3, 2}), d.normal(tensor.Shape{per}), d.normal(tensor.Shape{per}))
	}, "GroupNormalization")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		return d.use(attrs{"axis": d.axis(len(s)), "p": d.between(1, 2)}, 1, d.normal(s))
	}, "LpNormalization")
	register(func(d *draw) optest.Case {
		a := attrs{"size": one(d, 1, 3, 5)}
		a.maybe(d, "alpha", 0.01)
		a.maybe(d, "beta", 0.5)
		a.maybe(d, "bias", 2.0)
		return d.use(a, 1, d.normal(tensor.Shape{2, d.between(1, 6), 2, 3}))
	}, "LRN")
	register(func(d *draw) optest.Case {
		return d.use(attrs{"axes": one(d, []int{0, 2, 3}, []int{1}, []int{2, 3})}, 1, d.normal(tensor.Shape{2, 3, 2, 4}))
	}, "MeanVarianceNormalization")
}
