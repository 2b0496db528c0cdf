package oip

import (
	"encoding/json"
	"testing"

	"assay/ir/tensor"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDecode(t *testing.T) {
	specs := []Spec{{"x", "FP32", []int{2, 2}}, {"flag", "BOOL", []int{1}}, {"n", "INT8", []int{}}}
	x := Tensor{Name: "x", Datatype: "FP32", Shape: []int{2, 2}, Data: json.RawMessage(`[[1,2],[3,0.1]]`)}
	flag := Tensor{Name: "flag", Datatype: "BOOL", Shape: []int{1}, Data: json.RawMessage(`[true]`)}
	n := Tensor{Name: "n", Datatype: "INT8", Shape: []int{}, Data: json.RawMessage(`[-128]`)}

	got, err := Decode(specs, []Tensor{n, x, flag})
	require.NoError(t, err)
	tenth := float64(float32(0.1))
	require.Empty(t, cmp.Diff([]float64{1, 2, 3, tenth}, got["x"].Data))
	require.Equal(t, tensor.Shape{2, 2}, got["x"].Shape)
	require.Equal(t, []float64{1}, got["flag"].Data)
	require.Equal(t, []float64{-128}, got["n"].Data)

	with := func(base Tensor, change func(*Tensor)) Tensor { change(&base); return base }
	data := func(s string) func(*Tensor) { return func(t *Tensor) { t.Data = json.RawMessage(s) } }
	for name, c := range map[string]struct {
		tensors []Tensor
		want    string
	}{
		"missing":        {[]Tensor{x, flag}, `tensor "n": missing`},
		"twice":          {[]Tensor{x, x, flag, n}, `tensor "x": given twice`},
		"unknown":        {[]Tensor{x, flag, n, {Name: "y"}}, `tensor "y": want one of [x flag n]`},
		"datatype":       {[]Tensor{with(x, func(t *Tensor) { t.Datatype = "FP64" })}, "want datatype FP32, got FP64"},
		"shape":          {[]Tensor{with(x, func(t *Tensor) { t.Shape = []int{4} })}, "want shape [2 2], got [4]"},
		"too few":        {[]Tensor{with(x, data(`[1,2,3]`))}, "want 4 elements, got 3"},
		"too many":       {[]Tensor{with(x, data(`[1,2,3,4,5]`))}, "want 4 elements, got more"},
		"no data":        {[]Tensor{with(x, data(``))}, "want 4 elements, got 0"},
		"null":           {[]Tensor{with(x, data(`null`))}, "want a number, got <nil>"},
		"object":         {[]Tensor{with(x, data(`[{"a":1}]`))}, "want arrays of numbers"},
		"string":         {[]Tensor{with(x, data(`["1",2,3,4]`))}, "want a number, got 1"},
		"bare number":    {[]Tensor{with(n, data(`1`))}, "want an array"},
		"out of range":   {[]Tensor{with(n, data(`[128]`))}, "want INT8 in [-128, 127], got 128"},
		"fraction":       {[]Tensor{with(n, data(`[1.5]`))}, "want INT8, got 1.5"},
		"float overflow": {[]Tensor{with(x, data(`[1e39,0,0,0]`))}, "want FP32 in"},
		"huge number":    {[]Tensor{with(x, data(`[1e999,0,0,0]`))}, "read data"},
		"number as bool": {[]Tensor{with(flag, data(`[1]`))}, "want true or false"},
		"bool as number": {[]Tensor{with(n, data(`[true]`))}, "want a number, got true"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode(specs, c.tensors)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestShapeIsNotTrustedForMemory(t *testing.T) {
	big := Tensor{Name: "x", Datatype: "FP32", Shape: []int{1 << 30}, Data: json.RawMessage(`[1]`)}
	_, err := big.Decode()
	require.ErrorContains(t, err, "want 1073741824 elements, got 1")
	over := Tensor{Name: "x", Datatype: "FP32", Shape: []int{1 << 40, 1 << 40}, Data: json.RawMessage(`[1]`)}
	_, err = over.Decode()
	require.ErrorContains(t, err, "want at most")
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Datatype(rapid.SampledFrom([]string{"FP64", "FP32", "INT64", "UINT8", "BOOL"}).Draw(t, "datatype"))
		shape := tensor.Shape(rapid.SliceOfN(rapid.IntRange(1, 4), 0, 3).Draw(t, "shape"))
		in := tensor.New[float64](shape)
		l := datatypes[d]
		for i := range in.Data {
			if l.integer {
				in.Data[i] = float64(rapid.Int64Range(int64(l.min), int64(l.max)).Draw(t, "v"))
			} else {
				in.Data[i] = float64(rapid.Float32Range(-1e30, 1e30).Draw(t, "v"))
			}
		}
		enc, err := Encode("x", d, in)
		require.NoError(t, err)
		raw, err := json.Marshal(enc)
		require.NoError(t, err)
		var back Tensor
		require.NoError(t, json.Unmarshal(raw, &back))
		out, err := Decode([]Spec{{"x", d, shape}}, []Tensor{back})
		require.NoError(t, err)
		require.Equal(t, in.Data, out["x"].Data)
	})
}

func TestOf(t *testing.T) {
	d, err := Of(tensor.Float32)
	require.NoError(t, err)
	require.Equal(t, Datatype("FP32"), d)
	_, err = Of(tensor.Float16)
	require.ErrorContains(t, err, "float16")
}
