package ops

import (
	"fmt"
	"maps"
	"slices"

	"assay/ir/graph"
)

func init() {
	register("Resize", 10, decodeResize10)
	register("Resize", 11, decodeResize)
}

// interpolations are the values of mode.
var interpolations = map[string]func(a *Attrs) interpolation{
	"nearest": func(a *Attrs) interpolation {
		return interpolation{nearest: choice(a, "nearest_mode", "round_prefer_floor", nearest)}
	},
	"linear": func(*Attrs) interpolation { return interpolation{kernel: triangle, reach: 1} },
	"cubic": func(a *Attrs) interpolation {
		return interpolation{kernel: cubic(a.float("cubic_coeff_a", -0.75)), reach: 2}
	},
}

// Resize (ONNX 10): scales is a constant input; coordinates are those of Upsample.
func decodeResize10(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return newUpsample(a, a.constFloats(1))
}

// Resize (ONNX 11, 13, 18, 19): roi, scales and sizes are constant inputs. antialias, axes and
// keep_aspect_ratio_policy came with 18, half_pixel_symmetric with 19; tf_half_pixel_for_nn went with 13.
func decodeResize(a *Attrs) (graph.Op, error) {
	a.inputs(1, 4)
	o := resize{mode: choice(a, "coordinate_transformation_mode", "half_pixel", coordinates), beyond: a.float("extrapolation_value", 0), policy: "stretch"}
	a.ignore("nearest_mode", "cubic_coeff_a")
	o.interpolation = interpolations[choice(a, "mode", "nearest", interpolations)](a)
	o.inside = a.flag("exclude_outside", false)
	if a.Opset >= 18 {
		o.antialias = a.flag("antialias", false)
		o.axes = a.ints("axes")
		o.policy = a.string("keep_aspect_ratio_policy", "stretch")
		if !slices.Contains([]string{"stretch", "not_larger", "not_smaller"}, o.policy) {
			a.refuse("keep_aspect_ratio_policy", "stretch, not_larger or not_smaller", o.policy)
		}
	}
	switch {
	case o.mode == "tf_half_pixel_for_nn" && a.Opset >= 13, o.mode == "half_pixel_symmetric" && a.Opset < 19:
		a.refuse("coordinate_transformation_mode", fmt.Sprintf("of opset %d", a.Opset), o.mode)
	case o.mode == cropAndResize:
		o.roi = a.constFloats(1)
	}
	if sizes := a.constInts(3); len(sizes) > 0 {
		o.sizes = sizes
	} else {
		o.scales = a.constFloats(2)
	}
	return spread{o.plan}, nil
}

// choice is a string attribute that must be a key of options, other than "".
func choice[T any](a *Attrs, name, def string, options map[string]T) string {
	v := a.string(name, def)
	if _, ok := options[v]; !ok || v == "" {
		a.refuse(name, fmt.Sprintf("one of %q", slices.Sorted(maps.Keys(options))), v)
		return def
	}
	return v
}

// constFloats is a constant list of reals, nil when it is omitted.
func (a *Attrs) constFloats(i int) []float64 {
	t := a.constant(i)
	if t == nil {
		return nil
	}
	return t.Data
}
