package ops

import "assay/ir/graph"

func init() { register("ImageScaler", 1, decodeImageScaler) }

// ImageScaler (ONNX 1, experimental): x*scale plus the bias of the channel.
func decodeImageScaler(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	o := shifted{a.float("scale", 1), a.floats("bias", nil)}
	if len(o.shift) == 0 {
		o.shift = []float64{0}
	}
	return o, nil
}
