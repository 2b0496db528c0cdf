package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"assay/ir/tensor"
)

func TestConstants(t *testing.T) {
	got, err := constants([]string{"rate=16000", "a=b=[[1,2.5],[-3,4]]", "none=[]", "on=true"})
	require.NoError(t, err)
	want := map[string]*tensor.Float{
		"rate": {Shape: tensor.Shape{}, Data: []float64{16000}},
		"a=b":  {Shape: tensor.Shape{2, 2}, Data: []float64{1, 2.5, -3, 4}},
		"none": {Shape: tensor.Shape{0}, Data: []float64{}},
		"on":   {Shape: tensor.Shape{}, Data: []float64{1}},
	}
	require.Empty(t, cmp.Diff(want, got))
	for _, bad := range []string{"", "rate", "=1", "a=x", "a=[1,[2]]", "a=[[1],[2,3]]", "a=[[1],2]", `a="1"`, "a=null", "a=[null]", "a={}"} {
		_, err := constants([]string{bad})
		require.ErrorContains(t, err, "--const", bad)
	}
}
