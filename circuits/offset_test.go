package circuits

import (
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
)

// Offsets of operands may lie far from the values that they offset: their sum leaves 64 bits although no element
// does. The circuit must be the program all the same.
func TestOffsetsBeyond64Bits(t *testing.T) {
	const far = 1 << 61
	b := testprogram.New(t, "offsets")
	x := b.Input(tensor.Shape{1, 1}, -far, -far+7)
	c := b.Add(&program.Constant{Shape: tensor.Shape{1, 1}, Values: program.Ints{far}})
	one := func(a int) program.Term {
		return program.Term{Arg: a, Map: &program.DiagonalMap{Size: 1, Weights: program.Ints{1}}}
	}
	k := &program.Linear{Shape: tensor.Shape{1, 1}, Bias: program.Ints{0}}
	for range 5 {
		k.Terms = append(k.Terms, one(x), one(c))
	}
	y := b.Add(k)
	p := b.Done(b.Add(&program.Lookup{Arg: y, Low: 0, Table: testprogram.Ramp(0, 40, identity)}))
	s := newSystem(t, p, Public, Public)
	for _, in := range corners(p) {
		trace, a := s.honest(t, in)
		require.NoError(t, s.solve(s.full, a, s.claim(trace)), "%d", trace[y].Data)
	}
}

// A fill that no element reads must not reach the circuit.
func TestUnusedFillIsRefused(t *testing.T) {
	k := &program.Gather{Operands: []int{0}, Shape: tensor.Shape{1, 1}, Index: program.Ints{0}, Fill: -1 << 63}
	_, _, err := k.Infer([]program.Tensor{{Shape: tensor.Shape{1, 1}, Range: program.Range{Min: -9, Max: 9}, Scale: 1}})
	require.ErrorContains(t, err, "fill")
	k.Index[0] = -1
	_, _, err = k.Infer([]program.Tensor{{Shape: tensor.Shape{1, 1}, Range: program.Range{Min: -9, Max: 9}, Scale: 1}})
	require.ErrorContains(t, err, "63 bits")
}
