package prover

import (
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// A layer of many inputs costs what the plan says: its combinations do not become constraints of their own.
func TestCompileKeepsLongCombinations(t *testing.T) {
	b := testprogram.New(t, "wide")
	x := b.Input(tensor.Shape{1, 700}, 0, 1)
	weights := make([]int64, 3*700)
	for i := range weights {
		weights[i] = int64(i%5) - 2
	}
	y := b.Add(testprogram.Dense(x, 700, []int64{0}, weights))
	p := b.Done(b.Add(&program.Lookup{Arg: y, Shift: 4, Low: -2, Table: program.Ints{0, 1, 2, 3}}))
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	require.NoError(t, err)
	r, err := Compile(m)
	require.NoError(t, err)
	require.Equal(t, m.Plan.Constraints(), r.GetNbConstraints())
}

// A program of one constant and no input is proven like any other: every point of its verifying key is finite.
func TestSetupOfAConstant(t *testing.T) {
	b := testprogram.New(t, "constant")
	p := b.Done(b.Add(&program.Constant{Shape: tensor.Shape{1}, Values: program.Ints{5}}))
	for _, v := range []circuits.Visibility{circuits.Public, circuits.Committed} {
		m, err := circuits.NewModel(p, v, v)
		require.NoError(t, err)
		r, err := Compile(m)
		require.NoError(t, err)
		_, _, _, err = SetupInsecure(m, r)
		require.NoError(t, err)
	}
}
