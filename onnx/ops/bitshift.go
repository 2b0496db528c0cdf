package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("BitShift", 11, decodeBitShift) }

// BitShift (ONNX 11, 28) of integers, LEFT or RIGHT by as many bits as the second input says. A shift to the left
// wraps around in the width of the type; one to the right keeps the sign. By a negative number or by the width and
// beyond, nothing but the sign is left: -1 of a negative number to the right, 0 otherwise.
func decodeBitShift(a *Attrs) (graph.Op, error) {
	if integers(a); !a.inputs(2, 2) {
		return nil, nil
	}
	d := a.In[0].Type.DType
	_, err := unsigned(d)
	width, signed := widths[d], err != nil
	over := func(by float64) bool { return by < 0 || by >= float64(width) }
	switch v := a.string("direction", ""); v {
	case "LEFT":
		return binary{
			f: func(x, by float64) float64 {
				if over(by) {
					return 0
				}
				u := uint64(int64(x)) << uint(by) << (64 - width)
				if signed {
					return float64(int64(u) >> (64 - width))
				}
				return float64(u >> (64 - width))
			},
			lower: func(b *program.Builder, x, by *program.Value) (*program.Value, error) {
				x, by = alike(b, x, by)
				return b.ShiftLeft(x, by, width, signed)
			},
		}, nil
	case "RIGHT":
		return binary{
			f: func(x, by float64) float64 {
				if over(by) {
					by = 64
				}
				return math.Floor(math.Ldexp(x, -int(by)))
			},
			lower: func(b *program.Builder, x, by *program.Value) (*program.Value, error) {
				x, by = alike(b, x, by)
				return b.ShiftRight(x, by, width)
			},
		}, nil
	default:
		a.refuse("direction", "LEFT or RIGHT", v)
		return nil, nil
	}
}
