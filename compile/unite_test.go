package compile

import (
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/program"

	"github.com/stretchr/testify/require"
)

// seen is what calibration saw of results, by name.
func seen(g *graph.Graph, over map[string]program.Interval) map[*graph.Value]observation {
	m := map[*graph.Value]observation{}
	for _, n := range g.Nodes {
		if r, ok := over[n.Out[0].Name]; ok {
			m[n.Out[0]] = observation{Interval: r}
		}
	}
	return m
}

func TestIntervalsOfOneFunctionAreUnited(t *testing.T) {
	g := decode(t, []optest.Node{op("Sigmoid", "a", "x"), op("Sigmoid", "b", "x"), op("Sigmoid", "c", "x"), op("Tanh", "d", "x"), op("Relu", "e", "x"), op("Relu", "f", "x"),
		op("Add", "g", "a", "b"), op("Add", "h", "c", "d"), op("Add", "i", "e", "f"), op("Add", "j", "g", "h"), op("Add", "y", "i", "j")})
	m := united(g, seen(g, map[string]program.Interval{"a": {Min: 0, Max: 0.5}, "b": {Min: 0.05, Max: 0.55}, "c": {Min: 0.8, Max: 1}, "d": {Min: 0, Max: 0.5},
		"e": {Min: 0, Max: 1}, "f": {Min: 0, Max: 1.1}}))
	got := map[string]program.Interval{}
	for n, r := range m {
		got[n.Out[0].Name] = r
	}
	require.Equal(t, map[string]program.Interval{
		"a": {Min: 0, Max: 0.55}, "b": {Min: 0, Max: 0.55}, // one is a tenth wider
		"c": {Min: 0.8, Max: 1}, // far from the others
		"d": {Min: 0, Max: 0.5}, // another function
	}, got)
}

// Layers of one function whose results have about the same interval share a table.
func TestUnitedFunctionsShareATable(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	g := decode(t, []optest.Node{op("MatMul", "a", "x", "w"), op("Sigmoid", "b", "a"), op("MatMul", "c", "x", "v"), op("Sigmoid", "d", "c"), op("Add", "y", "b", "d")},
		matrix("w", 4, 300, rng), matrix("v", 4, 300, rng))
	res, err := Compile(g, samples(rng, 20, 0.2), Options{Bits: 8})
	require.NoError(t, err)
	var tables []program.Ints
	for _, n := range res.Program.Nodes {
		if l, ok := n.Kernel.(*program.Lookup); ok {
			tables = append(tables, l.Table)
		}
	}
	require.Len(t, tables, 2)
	require.Equal(t, tables[0], tables[1])
}
