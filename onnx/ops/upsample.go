package ops

import "assay/ir/graph"

func init() {
	register("Upsample", 1, decodeUpsample1)
	register("Upsample", 7, decodeUpsample7)
	register("Upsample", 9, decodeResize10)
}

// Upsample (ONNX 1): scales of height and width are attributes.
func decodeUpsample1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newUpsample(a, []float64{1, 1, a.float("height_scale", 0), a.float("width_scale", 0)})
}

// Upsample (ONNX 7): scales are an attribute. Since 9 they are a constant input; with 10 Resize took its place.
func decodeUpsample7(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newUpsample(a, a.floats("scales", nil))
}

// newUpsample samples at x / scale, and rounds as ONNX Runtime does.
func newUpsample(a *Attrs, scales []float64) (graph.Op, error) {
	o := resize{mode: "asymmetric", scales: scales, policy: "stretch"}
	switch mode := a.string("mode", "nearest"); {
	case mode == "linear", mode == "bilinear" && a.Opset < 7:
		o.interpolation = interpolation{kernel: triangle, reach: 1}
	case mode != "nearest":
		a.refuse("mode", "nearest or linear", mode)
	}
	return spread{o.plan}, nil
}
