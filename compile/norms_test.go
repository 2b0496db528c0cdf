package compile

import (
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"

	"github.com/stretchr/testify/require"
)

// Scores of many elements keep their shares to 2^-8 at 8 bits, in the midst of a model.
func TestSoftmaxIsPrecise(t *testing.T) {
	for _, n := range []int{64, 1024} {
		rng := rand.New(rand.NewSource(1))
		m := optest.Model{Opset: 20, Name: "test", Outputs: []string{"y"}, Init: []optest.Tensor{number("k", 2)},
			Nodes:  []optest.Node{{Name: "s", Op: "Softmax", In: []string{"x"}, Out: []string{"s"}}, {Name: "y", Op: "Mul", In: []string{"s", "k"}, Out: []string{"y"}}},
			Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{4, n}}}}
		g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
		require.NoError(t, err)
		var all []Sample
		for range 4 {
			x := tensor.New[float64](tensor.Shape{4, n})
			for i := range x.Data {
				x.Data[i] = rng.NormFloat64() * float64(1+i/n*2)
			}
			all = append(all, Sample{"x": x})
		}
		res, err := Compile(g, all, Options{Bits: 8, InputBits: 16})
		require.NoError(t, err)
		require.Less(t, res.Report.Calibration.Outputs[0].MaxAbs, 2.0/256, "%d elements", n)
	}
}
