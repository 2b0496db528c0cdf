package reference

import (
	"slices"

	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		a := attrs{}
		a.maybe(d, "perm", d.Perm(len(s)))
		return d.use(a, 1, d.normal(s))
	}, "Transpose")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		return d.use(attrs{"axis": d.Intn(len(s) + 1)}, 1, d.normal(s))
	}, "Flatten")
	register(func(d *draw) optest.Case {
		n := d.between(1, 4)
		return d.use(nil, 1, d.normal(tensor.Shape{2, n, 6}), one(d, list(-1, 2*n), list(0, -1), list(3, 0, 4), list(2*n, 2, 3), list(0, 0, 2, 3)))
	}, "Reshape")
	register(func(d *draw) optest.Case {
		x, axes := d.normal(tensor.Shape{1, 3, 1, 2}), one(d, []int{0}, []int{2}, []int{0, 2}, []int{-2})
		if d.op == "Unsqueeze" {
			x, axes = d.normal(tensor.Shape{3, 2}), one(d, []int{0}, []int{1}, []int{0, 3}, []int{-1}, []int{2, 0})
		}
		if d.opset < 13 {
			return d.use(attrs{"axes": axes}, 1, x)
		}
		return d.use(nil, 1, x, list(axes...))
	}, "Squeeze", "Unsqueeze")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		axis := d.axis(len(s))
		var in []optest.Tensor
		for range d.between(1, 3) {
			p := slices.Clone(s)
			p[(axis+len(s))%len(s)] = d.between(1, 4)
			in = append(in, d.normal(p))
		}
		return d.use(attrs{"axis": axis}, 1, in...)
	}, "Concat")
	register(func(d *draw) optest.Case {
		s := tensor.Shape{d.between(1, 3), 6, d.between(1, 3)}
		parts := one(d, []int{2, 4}, []int{1, 2, 3}, []int{6}, []int{3, 3})
		a := attrs{"axis": one(d, 1, -2)}
		switch {
		case d.opset < 13:
			a["split"] = parts
			return d.use(a, len(parts), d.normal(s))
		case d.opset >= 18 && d.chance(2):
			a["num_outputs"] = 4
			return d.use(a, 4, d.normal(tensor.Shape{s[0], 7, s[2]}))
		}
		return d.use(a, len(parts), d.normal(s), list(parts...))
	}, "Split")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		axes := d.axes(len(s))
		var starts, ends, steps []int
		for range axes {
			starts, ends, steps = append(starts, d.between(-6, 6)), append(ends, d.between(-6, 6)), append(steps, one(d, 1, 1, 2, -1, -2))
		}
		if d.opset < 10 {
			return d.use(attrs{"starts": starts, "ends": ends, "axes": axes}, 1, d.normal(s))
		}
		return d.use(nil, 1, d.normal(s), list(starts...), list(ends...), list(axes...), list(steps...))
	}, "Slice")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 4)
		for i := range s {
			s[i] += 2
		}
		pads := make([]int, 2*len(s))
		for i := range pads {
			pads[i] = d.between(0, 2)
		}
		mode := one(d, "constant", "reflect", "edge")
		if d.opset >= 19 {
			mode = one(d, "constant", "reflect", "edge", "wrap")
		}
		if d.opset < 11 {
			return d.use(attrs{"mode": mode, "pads": pads, "value": 0.5}, 1, d.normal(s))
		}
		in := []optest.Tensor{d.normal(s), list(pads...)}
		if mode == "constant" && d.chance(2) {
			in = append(in, optest.Number(0.5))
		}
		return d.use(attrs{"mode": mode}, 1, in...)
	}, "Pad")
	register(func(d *draw) optest.Case {
		s := d.shape(1, 3)
		var n []int
		for range s {
			n = append(n, d.between(1, 3))
		}
		return d.use(nil, 1, d.normal(s), list(n...))
	}, "Tile")
	register(func(d *draw) optest.Case {
		s := d.broadcast(2)
		return d.use(nil, 1, d.normal(s[0]), list(s[1]...))
	}, "Expand")
	register(func(d *draw) optest.Case {
		b := d.between(1, 3)
		s := tensor.Shape{1, b * b * 2, 2, 3}
		a := attrs{"blocksize": b}
		if d.op == "SpaceToDepth" {
			s = tensor.Shape{1, 2, 2 * b, 3 * b}
		} else if d.opset >= 11 {
			a.maybe(d, "mode", one(d, "DCR", "CRD"))
		}
		return d.use(a, 1, d.normal(s))
	}, "DepthToSpace", "SpaceToDepth")
	register(func(d *draw) optest.Case {
		s := d.shape(2, 3)
		a := attrs{}
		a.maybe(d, "upper", d.Intn(2))
		if d.chance(2) {
			return d.use(a, 1, d.normal(s))
		}
		return d.use(a, 1, d.normal(s), optest.Fix(optest.I(nil, float64(d.between(-3, 3)))))
	}, "Trilu")
	register(resize, "Resize")
	register(func(d *draw) optest.Case {
		scale := round(1 + 2*d.Float64())
		return d.use(attrs{"mode": one(d, "nearest", "linear")}, 1, d.normal(tensor.Shape{1, 2, 3, 4}), floats(1, 1, scale, 2))
	}, "Upsample")
}

// resize draws modes, rounding and coordinates together.
func resize(d *draw) optest.Case {
	s := tensor.Shape{1, 2, d.between(2, 5), d.between(2, 5)}
	mode := one(d, "nearest", "linear", "cubic")
	if d.opset == 10 {
		return d.use(attrs{"mode": one(d, "nearest", "linear")}, 1, d.normal(s), floats(1, 1, one(d, 0.5, 1.5, 2.0), one(d, 0.6, 2.0, 3.0)))
	}
	a := attrs{"mode": mode}
	a.maybe(d, "coordinate_transformation_mode", one(d, "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"))
	if mode == "nearest" {
		a.maybe(d, "nearest_mode", one(d, "round_prefer_floor", "round_prefer_ceil", "floor", "ceil"))
	}
	if mode == "cubic" {
		a.maybe(d, "cubic_coeff_a", -0.5)
		a.maybe(d, "exclude_outside", d.Intn(2))
	}
	roi := optest.Omitted()
	if d.opset < 13 {
		roi = floats()
	}
	if d.chance(2) {
		y, x := one(d, 0.5, 0.8, 1.5, 2.0), one(d, 0.6, 2.0, 3.0)
		if a["coordinate_transformation_mode"] == "align_corners" {
			// ONNX aligns the corners of an output whose extent is not rounded, by its own tests; ONNX Runtime rounds it.
			y, x = 2, 3
		}
		return d.use(a, 1, d.normal(s), roi, floats(1, 1, y, x))
	}
	scales := optest.Omitted()
	if d.opset < 13 {
		scales = floats()
	}
	return d.use(a, 1, d.normal(s), roi, scales, list(1, 2, d.between(1, 9), d.between(1, 9)))
}
