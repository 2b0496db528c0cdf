package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

func TestForest(t *testing.T) {
	x := Tensor{Shape: tensor.Shape{2, 2}, Range: Range{-5, 9}}
	build := func() *Forest {
		return &Forest{Roots: Ints{0, -2}, Feature: Ints{1, 0}, Threshold: Ints{3, -6}, Left: Ints{1, -1}, Right: Ints{-3, -2}, Width: 1, Values: Ints{10, 20, 30}}
	}
	s, r, err := build().Infer([]Tensor{x})
	require.NoError(t, err)
	require.Equal(t, tensor.Shape{2, 2, 1}, s)
	require.Equal(t, Range{10, 30}, r)
	y, err := build().Eval([]*tensor.Int{{Shape: x.Shape, Data: []int64{-5, 3, 0, 4}}})
	require.NoError(t, err)
	require.Equal(t, []int64{20, 20, 30, 20}, y.Data, "at a threshold a path goes left, above it right")
	for name, spoil := range map[string]func(*Forest){
		"a cycle":                 func(k *Forest) { k.Left[1] = 0 },
		"two parents":             func(k *Forest) { k.Right[0] = 1 },
		"no parent":               func(k *Forest) { k.Left[0] = -1 },
		"no such leaf":            func(k *Forest) { k.Right[0] = -4 },
		"no such node":            func(k *Forest) { k.Roots[1] = 2 },
		"no such feature":         func(k *Forest) { k.Feature[0] = 2 },
		"a threshold too high":    func(k *Forest) { k.Threshold[0] = 10 },
		"a threshold too low":     func(k *Forest) { k.Threshold[1] = -7 },
		"values of another width": func(k *Forest) { k.Width = 2 },
		"fewer thresholds":        func(k *Forest) { k.Threshold = k.Threshold[:1] },
		"no trees":                func(k *Forest) { k.Roots = nil },
	} {
		k := build()
		spoil(k)
		_, _, err := k.Infer([]Tensor{x})
		require.Error(t, err, name)
	}
}
