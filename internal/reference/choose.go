package reference

import (
	"slices"

	"assay/internal/optest"
	"assay/ir/tensor"
)

// index draws indices below n, from either end; fixed half of the time.
func (d *draw) index(s tensor.Shape, n int) optest.Tensor {
	x := d.whole(tensor.Int64, s, -n, n-1)
	x.Fixed = d.chance(2)
	return x
}

func init() {
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		axis := d.axis(len(s))
		return d.use(attrs{"axis": axis}, 1, d.normal(s), d.index(d.shape(0, 2), s[(axis+len(s))%len(s)]))
	}, "Gather")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 3)
		axis := d.axis(len(s))
		at := slices.Clone(s)
		at[(axis+len(s))%len(s)] = d.between(1, 4)
		return d.use(attrs{"axis": axis}, 1, d.normal(s), d.index(at, s[(axis+len(s))%len(s)]))
	}, "GatherElements")
	register(func(d *draw) optest.Case {
		a := attrs{}
		s := tensor.Shape{2, 3, 3}
		at := one(d, tensor.Shape{2, 1}, tensor.Shape{2, 2}, tensor.Shape{2, 2, 1})
		if d.opset >= 12 && d.chance(3) {
			a["batch_dims"], at = 1, tensor.Shape{2, 2, 1}
		}
		return d.use(a, 1, d.normal(s), d.index(at, 2))
	}, "GatherND")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 3)
		axis := d.axis(len(s))
		a := attrs{"axis": axis}
		reduction := ""
		if d.opset >= 16 {
			reduction = one(d, "none", "add", "mul")
			if d.opset >= 18 {
				reduction = one(d, "none", "add", "mul", "min", "max")
			}
			a["reduction"] = reduction
		}
		n := s[(axis+len(s))%len(s)]
		at := slices.Clone(s)
		at[(axis+len(s))%len(s)] = d.between(1, n)
		index := d.distinct(at, (axis+len(s))%len(s), n)
		if reduction != "none" && reduction != "" {
			index = d.index(at, n)
		}
		return d.use(a, 1, d.normal(s), index, d.normal(at))
	}, "ScatterElements")
	register(func(d *draw) optest.Case {
		a := attrs{}
		p := d.Perm(4)[:2]
		index := optest.I(tensor.Shape{2, 1}, float64(p[0]), float64(p[1]))
		index.Fixed = d.chance(2)
		if d.opset >= 16 {
			a.maybe(d, "reduction", one(d, "none", "add", "mul"))
		}
		return d.use(a, 1, d.normal(tensor.Shape{4, 3}), index, d.normal(tensor.Shape{2, 3}))
	}, "ScatterND")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 2)
		low := -4
		if d.opset < 11 {
			low = 0 // ONNX takes negative indices as out of range then, ONNX Runtime counts them from the end
		}
		return d.use(attrs{"axis": d.axis(len(s) + 1)}, 1, d.whole(tensor.Int64, s, low, 3), optest.Fix(optest.I(nil, 4)), optest.Fix(d.normal(tensor.Shape{2})))
	}, "OneHot")
	register(func(d *draw) optest.Case {
		a := attrs{"batch_axis": 1, "time_axis": 0}
		s := tensor.Shape{4, 3, 2}
		if d.chance(2) {
			a, s = attrs{"batch_axis": 0, "time_axis": 1}, tensor.Shape{3, 4, 2}
		}
		n := d.whole(tensor.Int64, tensor.Shape{3}, 1, 4)
		return d.use(a, 1, d.normal(s), optest.Fix(n))
	}, "ReverseSequence")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 3)
		axis := d.axis(len(s))
		keep := d.truth(tensor.Shape{s[(axis+len(s))%len(s)]})
		keep.Value.Data[0] = 1
		return d.use(attrs{"axis": axis}, 1, d.normal(s), optest.Fix(keep))
	}, "Compress")
	register(func(d *draw) optest.Case {
		a := attrs{}
		a.maybe(d, "k", d.between(-2, 2))
		return d.use(a, 1, d.normal(tensor.Shape{d.between(1, 4), d.between(1, 4)}))
	}, "EyeLike")
}

// distinct draws indices along an axis that differ, so that what is scattered does not depend on an order.
func (d *draw) distinct(s tensor.Shape, axis, n int) optest.Tensor {
	x := d.whole(tensor.Int64, s, 0, 0)
	inner := 1
	for _, e := range s[axis+1:] {
		inner *= e
	}
	for at := 0; at < len(x.Value.Data); at += inner * s[axis] {
		for i := range inner {
			p := d.Perm(n)
			for j := range s[axis] {
				x.Value.Data[at+j*inner+i] = float64(p[j])
			}
		}
	}
	x.Fixed = d.chance(2)
	return x
}
