package compile

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
)

func TestQuadratic(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(float64) float64
		want bool
	}{
		{"affine", func(x float64) float64 { return 3*x - 2 }, true},
		{"square", func(x float64) float64 { return x * x }, true},
		{"product of affine functions", func(x float64) float64 { return (2*x - 1) * (x + 5) }, true},
		{"cube", func(x float64) float64 { return x * x * x }, false},
		{"magnitude", math.Abs, false},
		{"pole", func(x float64) float64 { return 1 / x }, false},
	} {
		require.Equal(t, c.want, quadratic(c.f), c.name)
	}
}

// A square that a sum reads stays a product; one inside of another function is part of its table.
func TestSquaresStayProducts(t *testing.T) {
	kinds := func(nodes []optest.Node, constants ...optest.Tensor) map[string]int {
		g := decode(t, nodes, constants...)
		require.NoError(t, runPasses(g, &Result{}))
		n := map[string]int{}
		for _, node := range g.Nodes {
			n[node.Kind]++
		}
		return n
	}
	require.Equal(t, map[string]int{"Mul": 1, "ReduceSum": 1}, kinds([]optest.Node{op("Mul", "s", "x", "x"), op("ReduceSum", "y", "s")}))
	require.Equal(t, map[string]int{"Fused": 1}, kinds([]optest.Node{op("Mul", "s", "x", "x"), op("Tanh", "y", "s")}))
}
