package circuits

import (
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
	plan, err := newPlanner(p).at(8, Weights{Domain: 1e-300, Advice: 1}, false)
	require.NoError(t, err)
	require.Equal(t, 3, plan.Functions[0].Rows())
}
