package ops

import (
	"math"

	"assay/ir/graph"
)

func init() { register("Gelu", 20, decodeGelu) }

// Gelu (ONNX 20): x*Phi(x), with Phi by the error function, or by tanh where approximate says so.
func decodeGelu(a *Attrs) (graph.Op, error) {
	switch mode := a.string("approximate", "none"); mode {
	case "none":
		return newUnary(a, false, func(x float64) float64 { return 0.5 * x * (1 + math.Erf(x/math.Sqrt2)) })
	case "tanh":
		return newUnary(a, false, func(x float64) float64 {
			return 0.5 * x * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
		})
	default:
		a.refuse("approximate", "none or tanh", mode)
		return nil, nil
	}
}
