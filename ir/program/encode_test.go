package program_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sample has every kernel and every map.
func sample(t *testing.T) *program.Program {
	b := testprogram.New(t, "sample")
	x := b.Input(tensor.Shape{1, 1, 3, 3}, -8, 7)
	c := &program.ConvMap{Batch: 1, In: 1, Out: 2, Groups: 1, Spatial: []int{3, 3}, Window: testprogram.Window([]int{2, 2}, 1, 0), Weights: program.Ints{1, -2, 3, 4, 0, 6, -7, 300}}
	w := &program.WindowMap{Planes: 2, Spatial: []int{2, 2}, Window: testprogram.Window([]int{1, 1}, 1, 0), Weights: program.Ints{1, 2, 3, 4}}
	y := b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: c}}, Bias: program.Ints{5, -5}, Shape: tensor.Shape{1, 2, 2, 2}})
	y = b.Add(&program.Linear{Terms: []program.Term{{Arg: y, Map: w}}, Bias: program.Ints{0}, Shape: tensor.Shape{1, 2, 2, 2}})
	y = b.Add(&program.Max{Arg: y, Planes: 2, Spatial: []int{2, 2}, Window: testprogram.Window([]int{2, 2}, 2, 0)})
	y = b.Add(&program.Lookup{Arg: y, Shift: 6, Low: -2, Table: program.Ints{0, 0, 0, 1, 2, 3}})
	z := b.Add(&program.Constant{Shape: tensor.Shape{1, 2}, Values: program.Ints{9, -9}})
	g := b.Add(&program.Gather{Operands: []int{y, z}, Shape: tensor.Shape{1, 4}, Index: program.Ints{3, 0, -1, 1}, Fill: 2})
	d := b.Add(testprogram.Dense(g, 4, []int64{1}, []int64{1, 2, 3, 4}))
	d = b.Add(&program.Linear{Terms: []program.Term{{Arg: d, Map: &program.DiagonalMap{Size: 1, Weights: program.Ints{7}}}}, Bias: program.Ints{0}, Shape: tensor.Shape{1, 1}})
	return b.Done(b.Add(&program.Remainder{Arg: d, Divisor: 10}), b.Add(&program.Gather{Operands: []int{g}, Shape: tensor.Shape{4}}))
}

func encode(t *testing.T, p *program.Program) []byte {
	var b bytes.Buffer
	require.NoError(t, p.Encode(&b))
	return b.Bytes()
}

func TestEncodeRoundTrip(t *testing.T) {
	p := sample(t)
	b := encode(t, p)
	q, err := program.Decode(b)
	require.NoError(t, err)
	require.Equal(t, b, encode(t, q), "equal programs give equal bytes")
	rapid.Check(t, func(t *rapid.T) {
		x := tensor.New[int64](tensor.Shape{1, 1, 3, 3})
		for i := range x.Data {
			x.Data[i] = rapid.Int64Range(-8, 7).Draw(t, "x")
		}
		want, err := p.Run([]*tensor.Int{x})
		require.NoError(t, err)
		got, err := q.Run([]*tensor.Int{x})
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// The hash is what keys and proofs name: it changes only with the format's version.
func TestHashAndDump(t *testing.T) {
	p := sample(t)
	h, err := p.Hash()
	require.NoError(t, err)
	require.Equal(t, wantHash, hex.EncodeToString(h[:]))
	var b strings.Builder
	require.NoError(t, p.Dump(&b))
	require.Equal(t, strings.ReplaceAll(strings.TrimPrefix(wantDump, "\n"), "HASH", wantHash), b.String())
}

// edit changes the JSON of the sample.
func edit(t *testing.T, f func(j map[string]any)) []byte {
	var j map[string]any
	d := json.NewDecoder(bytes.NewReader(encode(t, sample(t))))
	d.UseNumber()
	require.NoError(t, d.Decode(&j))
	f(j)
	b, err := json.Marshal(j)
	require.NoError(t, err)
	return b
}

func at(j any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			j = j.(map[string]any)[p]
		case int:
			j = j.([]any)[p]
		}
	}
	return j
}

func set(j any, v any, path ...any) {
	last := len(path) - 1
	switch p := path[last].(type) {
	case string:
		at(j, path[:last]...).(map[string]any)[p] = v
	case int:
		at(j, path[:last]...).([]any)[p] = v
	}
}

func TestDecodeRefusesForgeries(t *testing.T) {
	_, err := program.Decode(edit(t, func(map[string]any) {}))
	require.NoError(t, err, "the unchanged sample")
	varints := func(b ...byte) string { return base64.StdEncoding.EncodeToString(b) }
	kernel := func(i int, path ...any) []any { return append([]any{"nodes", i, "kernel"}, path...) }
	for _, c := range []struct {
		name, err string
		value     any
		path      []any
	}{
		{"version", "version", 2, []any{"version"}},
		{"unknown field", "unknown field", 1, []any{"extra"}},
		{"unknown field of a tensor", "unknown field", 1, []any{"tensors", 0, "extra"}},
		{"unknown field of a node", "unknown field", 1, []any{"nodes", 0, "extra"}},
		{"unknown field of a kernel", "unknown field", 1, kernel(0, "extra")},
		{"unknown field of a map", "unknown field", 1, kernel(0, "terms", 0, "map", "extra")},
		{"unknown kernel", "kernel", "softmax", []any{"nodes", 0, "kind"}},
		{"unknown map", "unknown kind", "no such map", kernel(0, "terms", 0, "kind")},
		{"kernel of null", "node 0", nil, kernel(0)},
		{"term of null", "unknown kind", nil, kernel(0, "terms", 0)},
		{"long varint", "shortest", varints(0x81, 0x00), kernel(0, "bias")},
		{"endless varint", "varint", varints(0x81), kernel(0, "bias")},
		{"varint beyond 64 bits", "varint", varints(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), kernel(0, "bias")},
		{"not base64", "decode integers", "A", kernel(0, "bias")},
		{"loose base64", "decode integers", "AB==", kernel(0, "bias")},
		{"wider range", "derives", -9999, []any{"tensors", 1, "range", "min"}},
		{"narrower range", "derives", 0, []any{"tensors", 1, "range", "max"}},
		{"empty input range", "bad range", 8, []any{"tensors", 0, "range", "min"}},
		{"input range beyond 62 bits", "bad range", json.Number("4611686018427387904"), []any{"tensors", 0, "range", "max"}},
		{"input range from the least integer", "bad range", json.Number("-9223372036854775808"), []any{"tensors", 0, "range", "min"}},
		{"shape of a result", "derives", []int{1, 2, 4, 1}, []any{"tensors", 1, "shape"}},
		{"shape of an input", "want shape", []int{1, 1, 9}, []any{"tensors", 0, "shape"}},
		{"negative shape", "elements", []int{1, 1, -3, -3}, []any{"tensors", 0, "shape"}},
		{"empty shape", "elements", []int{1, 1, 0, 3}, []any{"tensors", 0, "shape"}},
		{"shape beyond memory", "elements", []int{1 << 30, 1 << 30, 3, 3}, []any{"tensors", 0, "shape"}},
		{"scale of zero", "scale", 0, []any{"tensors", 0, "scale"}},
		{"negative scale", "scale", -1, []any{"tensors", 0, "scale"}},
		{"no outputs", "no outputs", []int{}, []any{"outputs"}},
		{"output of nothing", "not defined", []int{99}, []any{"outputs"}},
		{"input defined twice", "twice", []int{0, 0}, []any{"inputs"}},
		{"input of nothing", "index", []int{99}, []any{"inputs"}},
		{"input that is a result", "twice", []int{0, 1}, []any{"inputs"}},
		{"operand of nothing", "not defined", -1, kernel(2, "arg")},
		{"operand from later", "not defined", 9, kernel(2, "arg")},
		{"result of an earlier tensor", "twice", 0, []any{"nodes", 0, "out"}},
		{"weights missing", "weights", varints(2), kernel(0, "terms", 0, "map", "weights")},
		{"groups of zero", "groups", 0, kernel(0, "terms", 0, "map", "groups")},
		{"bias missing", "biases", "", kernel(0, "bias")},
		{"bias beyond 62 bits", "63 bits", varints(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01), kernel(0, "bias")},
		{"stride of zero", "stride", []int{0, 1}, kernel(0, "terms", 0, "map", "window", "strides")},
		{"window that overflows", "at most", []int{1 << 40, 1 << 40}, kernel(0, "terms", 0, "map", "window", "begin")},
		{"window beyond memory", "elements", []int{1 << 20, 1 << 20}, kernel(0, "terms", 0, "map", "window", "begin")},
		{"window of one axis", "spatial axes", []int{2}, kernel(0, "terms", 0, "map", "window", "kernel")},
		{"shift", "bounds", 41, kernel(3, "shift")},
		{"no table", "bounds", "", kernel(3, "table")},
		{"table from beyond 62 bits", "bounds", json.Number("9223372036854775807"), kernel(3, "low")},
		{"index of nothing", "reads", varints(2, 4, 6, 8), kernel(5, "index")},
		{"fill beyond 62 bits", "63 bits", json.Number("9223372036854775807"), kernel(5, "fill")},
		{"divisor of zero", "divisor", 0, kernel(8, "divisor")},
		{"divisor beyond 31 bits", "divisor", 1<<31 + 1, kernel(8, "divisor")},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := program.Decode(edit(t, func(j map[string]any) { set(j, c.value, c.path...) }))
			require.ErrorContains(t, err, c.err)
		})
	}
	b := encode(t, sample(t))
	_, err = program.Decode(append(b, ' ', '\n'))
	require.NoError(t, err, "white space")
	_, err = program.Decode(append(b, '0'))
	require.ErrorContains(t, err, "trailing")
	_, err = program.Decode(b[:len(b)-3])
	require.Error(t, err, "truncated")
}

func TestRunRefusesInputs(t *testing.T) {
	p := sample(t)
	x := tensor.New[int64](tensor.Shape{1, 1, 3, 3})
	_, err := p.Run(nil)
	require.ErrorContains(t, err, "want 1 inputs")
	_, err = p.Run([]*tensor.Int{tensor.New[int64](tensor.Shape{9})})
	require.ErrorContains(t, err, "want shape")
	for _, v := range []int64{-9, 8} {
		x.Data[4] = v
		_, err = p.Run([]*tensor.Int{x})
		require.ErrorContains(t, err, "element 4")
	}
}

func TestVerifyRefusesScales(t *testing.T) {
	p := sample(t)
	inf := 1e308
	p.Tensors[0].Scale = inf * 10
	require.ErrorContains(t, p.Verify(), "scale")
}
