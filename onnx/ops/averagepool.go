package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("AveragePool", 1, decodeAveragePool7)
	register("AveragePool", 7, decodeAveragePool7)
	register("AveragePool", 10, decodeAveragePool10)
	register("AveragePool", 19, decodeAveragePool)
}

// averagePool is the mean under each window; padding counts as zeros only where countPad says so, and the
// reach of ceil_mode beyond the padding never counts.
type averagePool struct {
	geometry
	countPad bool
}

// AveragePool (ONNX 1, 7). count_include_pad came with 7.
func decodeAveragePool7(a *Attrs) (graph.Op, error) {
	if a.has("dilations") && a.Opset < 19 {
		a.refuse("dilations", "absent before opset 19", a.ints("dilations"))
	}
	a.inputs(1, 1)
	o := averagePool{readGeometry(a), a.flag("count_include_pad", false)}
	if o.kernel == nil {
		a.refuse("kernel_shape", "present", "none")
	}
	return o, nil
}

// AveragePool (ONNX 10, 11) adds ceil_mode.
func decodeAveragePool10(a *Attrs) (graph.Op, error) {
	ceil := a.flag("ceil_mode", false)
	op, err := decodeAveragePool7(a)
	if err != nil {
		return nil, err
	}
	o := op.(averagePool)
	o.ceil = ceil
	return o, nil
}

// AveragePool (ONNX 19, 22) adds dilations.
func decodeAveragePool(a *Attrs) (graph.Op, error) { return decodeAveragePool10(a) }

// weights gives, for each output position, one over the number of elements that count.
func (o averagePool) weights(win tensor.Window, after []int, in, out []int) []float64 {
	w := make([]float64, tensor.Shape(out).Size())
	walk(out, func(i int, at []int) {
		n := 1
		for a, p := range at {
			low, high := 0, in[a]
			if o.countPad {
				low, high = -win.Begin[a], in[a]+after[a]
			}
			hits := 0
			for k := range win.Kernel[a] {
				if x := p*win.Strides[a] - win.Begin[a] + k*win.Dilations[a]; x >= low && x < high {
					hits++
				}
			}
			n *= hits
		}
		w[i] = 1 / float64(n)
	})
	return w
}

func (o averagePool) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, out, err := o.pooled(in[0].Type.Shape)
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

func (o averagePool) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	win, after, shape, err := o.pooled(x.Shape)
	if err != nil {
		return nil, err
	}
	w := o.weights(win, after, x.Shape[2:], shape[2:])
	out := tensor.New[float64](shape)
	slide(x, out, win, func(hits []float64, place int) float64 {
		sum := 0.0
		for _, v := range hits {
			sum += v
		}
		return sum * w[place]
	})
	return []*tensor.Float{out}, nil
}

func (o averagePool) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	x := in[0].Shape()
	win, after, shape, err := o.pooled(x)
	if err != nil {
		return nil, err
	}
	return one(b.WindowSum(in[0], win, o.weights(win, after, x[2:], shape[2:])))
}
