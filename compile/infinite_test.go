package compile

import (
	"math"
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// agree compiles a model and compares the outputs of its program with the model's, on samples of which some are for
// calibration.
func agree(t *testing.T, nodes []optest.Node, constants ...optest.Tensor) {
	t.Helper()
	all := samples(rand.New(rand.NewSource(11)), 60, 1)
	res, err := Compile(decode(t, nodes, constants...), all[:30], Options{})
	require.NoError(t, err)
	float := decode(t, nodes, constants...)
	for _, s := range all {
		want, err := float.Run(s, nil)
		require.NoError(t, err)
		in, _, err := Quantize(res.Program, s)
		require.NoError(t, err)
		trace, err := res.Program.Run(in)
		require.NoError(t, err)
		got := Dequantize(res.Program, res.Program.OutputsOf(trace))
		require.NoError(t, optest.Near(got["y"], want["y"], 0.03, 0))
	}
}

// masking keeps of x what is below a bound, and moves the rest to minus infinity.
func masking(bound float64) ([]optest.Node, []optest.Tensor) {
	axes := optest.List(-1)
	axes.Name = "axes"
	return []optest.Node{op("Less", "kept", "x", "bound"), op("Where", "m", "kept", "x", "ninf"), op("ReduceMax", "top", "m", "axes"), op("Equal", "none", "top", "ninf")},
		[]optest.Tensor{number("bound", bound), number("ninf", math.Inf(-1)), number("zero", 0), axes}
}

func TestCompareWithInfinity(t *testing.T) {
	for _, c := range []struct {
		name  string
		bound float64
		tail  []optest.Node
	}{
		{"rows that a mask leaves nothing of", -0.2, []optest.Node{op("Softmax", "s", "m"), op("Where", "y", "none", "zero", "s")}},
		{"no such rows", 5, []optest.Node{op("Softmax", "s", "m"), op("Where", "y", "none", "zero", "s")}},
		{"each element", -0.2, []optest.Node{op("Equal", "gone", "m", "ninf"), op("Where", "y", "gone", "zero", "x")}},
		{"above minus infinity", -0.2, []optest.Node{op("Greater", "there", "m", "ninf"), op("Where", "y", "there", "x", "zero")}},
		{"infinity on the left", -0.2, []optest.Node{op("Less", "there", "ninf", "m"), op("Where", "y", "there", "x", "zero")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			nodes, constants := masking(c.bound)
			agree(t, append(nodes, c.tail...), constants...)
		})
	}
}

func TestOutputThatNoInputChanges(t *testing.T) {
	nodes := []optest.Node{op("Greater", "never", "x", "inf"), op("Where", "y", "never", "x", "two")}
	agree(t, nodes, number("inf", math.Inf(1)), number("two", 2))
	agree(t, []optest.Node{op("Equal", "y", "x", "inf")}, number("inf", math.Inf(1)))
	agree(t, []optest.Node{op("Less", "y", "x", "inf")}, number("inf", math.Inf(1)))
}

func TestNaNInAnOutputIsRefused(t *testing.T) {
	g := decode(t, []optest.Node{op("Log", "y", "x")})
	_, err := observe(g, []Sample{{"x": &tensor.Float{Shape: tensor.Shape{1, 4}, Data: []float64{-1, 1, 2, 3}}}})
	require.ErrorContains(t, err, "finite")
}
