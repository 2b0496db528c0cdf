package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("BitShift", 11, decodeBitShift) }

// BitShift (ONNX 11) of unsigned integers, LEFT or RIGHT by as many bits as the second input says.
func decodeBitShift(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	d := a.string("direction", "")
	width, err := unsigned(a.In[0].Type.DType)
	if err != nil {
		return nil, err
	}
	switch d {
	case "LEFT":
		return binary{
			f: func(x, by float64) float64 { return float64(uint64(x) << uint64(by) & (1<<width - 1)) },
			lower: func(b *program.Builder, x, by *program.Value) (*program.Value, error) {
				x, by = alike(b, x, by)
				return b.ShiftLeft(x, by, width)
			},
		}, nil
	case "RIGHT":
		return binary{
			f: func(x, by float64) float64 { return math.Floor(math.Ldexp(x, -int(by))) },
			lower: func(b *program.Builder, x, by *program.Value) (*program.Value, error) {
				x, by = alike(b, x, by)
				return b.ShiftRight(x, by, width)
			},
		}, nil
	default:
		a.refuse("direction", "LEFT or RIGHT", d)
		return nil, nil
	}
}
