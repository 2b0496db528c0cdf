package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("STFT", 17, decodeSTFT) }

// stft (ONNX 17) is the Fourier transform of frames of a signal, batch by length by parts, each weighed with a window:
// one linear map.
type stft struct {
	step, frame int
	window      *tensor.Float // nil for ones
	onesided    bool
}

var _ graph.Composite = stft{}

// decodeSTFT reads signal, frame step, window and frame length. All but the signal are constant.
func decodeSTFT(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 4) {
		return nil, nil
	}
	o := stft{step: saturate(a.constScalar(1, 1)), window: a.constant(2), onesided: a.flag("onesided", true)}
	if o.window != nil {
		o.frame = len(o.window.Data)
	}
	if a.input(3) != nil {
		o.frame = saturate(a.constScalar(3, 0))
	}
	if a.err == nil && (o.step < 1 || o.frame < 1 || o.window != nil && len(o.window.Data) != o.frame) {
		a.fail(CodeShape, "a step and a frame of at least 1, and a window as long as the frame", fmt.Sprintf("step %d, frame %d", o.step, o.frame))
	}
	return o, nil
}

// plan gives the number of frames, the map of one frame and the parts of its results.
func (o stft) plan(s tensor.Shape) (frames int, w *tensor.Float, parts int, err error) {
	if len(s) != 3 || s[2] != 1 && s[2] != 2 || s[1] < o.frame {
		return 0, nil, 0, fmt.Errorf("stft of %v: want batch by length by one part or two, of a length of at least %d", s, o.frame)
	}
	if o.frame > tensor.MaxElements/(4*o.frame) {
		return 0, nil, 0, fmt.Errorf("stft: want a frame of fewer elements, got %d", o.frame)
	}
	w, parts = fourier(o.frame, s[2], o.frame, false, o.onesided)
	for i := range w.Data {
		if o.window != nil {
			w.Data[i] *= o.window.Data[i/w.Shape[1]/s[2]]
		}
	}
	return 1 + (s[1]-o.frame)/o.step, w, parts, nil
}

// Infer implements graph.Op.
func (o stft) Infer(in []*graph.Value) ([]graph.Type, error) {
	s := in[0].Type.Shape
	frames, w, parts, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: tensor.Shape{s[0], frames, w.Shape[1] / parts, parts}}}, nil
}

// Eval implements graph.Op.
func (o stft) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s := in[0].Shape
	frames, w, parts, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	n, m := w.Shape[0], w.Shape[1]
	y := tensor.New[float64](tensor.Shape{s[0], frames, m / parts, parts})
	for b := range s[0] {
		for f := range frames {
			multiply(y.Data[(b*frames+f)*m:][:m], in[0].Data[b*s[1]*s[2]+f*o.step*s[2]:], w.Data, 1, n, m)
		}
	}
	return []*tensor.Float{y}, nil
}

// Expand implements graph.Composite.
func (o stft) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	s := in[0].Type.Shape
	frames, w, parts, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	var list []*graph.Value
	for f := range frames {
		list = append(list, c.reshape(c.slice(in[0], 1, f*o.step, f*o.step+o.frame), tensor.Shape{s[0], 1, w.Shape[0]}))
	}
	v := c.reshape(c.concat(1, list...), tensor.Shape{s[0] * frames, w.Shape[0]})
	v = c.matmul(v, c.tensor(in[0], w))
	return c.done(c.reshape(v, tensor.Shape{s[0], frames, w.Shape[1] / parts, parts}))
}
