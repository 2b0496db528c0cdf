package circuits

import (
	"slices"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// Weights come from files: whatever they are, a plan is refused or has tables of a size that can be made.
func TestWeightsMakeNoEndlessTable(t *testing.T) {
	b := testprogram.New(t, "far beyond a table")
	x := b.Input(tensor.Shape{1, 200}, 0, 255)
	weights := make([]int64, 200*200)
	for i := range weights {
		weights[i] = 1 << 40
	}
	y := b.Add(testprogram.Dense(x, 200, []int64{0}, weights))
	p := b.Done(b.Add(&program.Lookup{Arg: y, Table: program.Ints{1, 2, 3}}))
	for _, w := range []Weights{{}, {Domain: -1}, {Domain: 1, Lookup: -1}, {Domain: 1, Advice: -1}, {Domain: 1e-300, Advice: 1}, {Domain: 1, Lookup: 1e4}} {
		_, err := NewModelBy(w, p, Public, Public)
		require.ErrorContains(t, err, "weights: want positive numbers", "%+v", w)
	}
	for _, w := range []Weights{Reference, {Domain: 1, Lookup: 1000, Advice: 1000}, {Domain: 1e-300}, {Domain: 1e300, Lookup: 1e300, Advice: 1e300}} {
		m, err := NewModelBy(w, p, Public, Public)
		require.NoError(t, err, "%+v", w)
		require.Less(t, m.Plan.Constraints(), 200_000, "%+v", w)
	}
	plan, err := newPlanner(p, Weights{Domain: 1e-300, Advice: 1}).at(8, false)
	require.NoError(t, err)
	require.Equal(t, 3, plan.Functions[0].Rows())
}

// What a full-size wire costs decides what a matrix product is proven by, and rows of a constant are chosen by.
func TestWeightsChooseForms(t *testing.T) {
	for name, want := range map[string][2]string{
		"matrix product at a challenge with constants": {"challenge", "products"},
		"rows of a constant":                           {"rows", "one-hot"},
	} {
		i := slices.IndexFunc(forms, func(f form) bool { return f.name == name })
		for j, w := range []Weights{small, {Domain: 1, Lookup: 100, Advice: 0.05}} {
			plan, err := NewPlan(forms[i].build(t), 0, w)
			require.NoError(t, err)
			require.True(t, slices.ContainsFunc(plan.Nodes, func(n NodePlan) bool { return n.Form == want[j] }), "%s by %+v: want %q, got %+v", name, w, want[j], plan.Nodes)
		}
	}
}
