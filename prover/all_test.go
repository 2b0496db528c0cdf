package prover_test

import (
	"errors"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/tensor"
	"assay/prover"
	"assay/verifier"
)

func TestProveAll(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	m, err := circuits.NewModel(testprogram.Convnet(t, rng), circuits.Public, circuits.Public)
	require.NoError(t, err)
	p := newProver(t, m)
	ctx, errRead := [32]byte{5}, errors.New("unreadable")
	const n, unreadable, misshapen = 7, 2, 4
	inputs := make([][]*tensor.Int, n)
	for i := range inputs {
		inputs[i] = testprogram.Inputs(rng, m.Program)
	}
	inputs[misshapen] = []*tensor.Int{tensor.New[int64](tensor.Shape{1})}
	var order []int
	got := map[int]*prover.Result{}
	errs := map[int]error{}
	p.ProveAll(ctx, func(yield func([]*tensor.Int, error) bool) {
		for i, in := range inputs {
			order = append(order, i)
			var err error
			if i == unreadable {
				in, err = nil, errRead
			}
			if !yield(in, err) {
				return
			}
		}
	}, func(i int, r *prover.Result, err error) {
		require.NotContains(t, errs, i, "told twice")
		got[i], errs[i] = r, err
	})
	require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6}, order)
	require.Len(t, errs, n)
	for i := range n {
		switch i {
		case unreadable:
			require.ErrorIs(t, errs[i], errRead)
		case misshapen:
			require.ErrorContains(t, errs[i], "want shape")
		default:
			require.NoError(t, errs[i])
			require.NoError(t, verifier.Verify(p.Key, p.Schema, got[i].Envelope, ctx))
			trace, err := m.Program.Run(inputs[i])
			require.NoError(t, err)
			require.Equal(t, m.Program.OutputsOf(trace), got[i].Outputs, "the proof of another input")
		}
	}
	// A prover that works alone has told of an input before it asks for the next.
	p.Alone = true
	asked, told := 0, 0
	p.ProveAll(ctx, func(yield func([]*tensor.Int, error) bool) {
		for asked < 3 {
			require.Equal(t, asked, told)
			asked++
			if !yield(inputs[0], nil) {
				return
			}
		}
	}, func(_ int, r *prover.Result, err error) {
		require.NoError(t, err)
		told++
	})
	require.Equal(t, 3, told)
	p.ProveAll(ctx, func(func([]*tensor.Int, error) bool) {}, func(int, *prover.Result, error) { t.Error("told of no input") })
}
