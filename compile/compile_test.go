package compile

import (
	"math"
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// layers is a model of every kind of pass: dense, fused swish, dense, softmax.
func layers(rng *rand.Rand) ([]optest.Node, []optest.Tensor) {
	return []optest.Node{op("MatMul", "a", "x", "w"), op("Sigmoid", "s", "a"), op("Mul", "h", "a", "s"), op("MatMul", "logits", "h", "v"), op("Softmax", "y", "logits")},
		[]optest.Tensor{matrix("w", 4, 6, rng), matrix("v", 6, 3, rng)}
}

func compiled(t *testing.T, calibration []Sample, opt Options) *Result {
	t.Helper()
	nodes, constants := layers(rand.New(rand.NewSource(1)))
	res, err := Compile(decode(t, nodes, constants...), calibration, opt)
	require.NoError(t, err)
	return res
}

func TestCompile(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	res := compiled(t, append(samples(rng, 40, 1), samples(rng, 40, 1.5)...), Options{})
	require.Equal(t, 64, res.Report.Calibration.Samples)
	require.Equal(t, 16, res.Report.HeldBack.Samples)
	require.Equal(t, []Reader{{"logits", "Softmax"}}, res.Reader)
	for _, f := range []Fidelity{res.Report.Calibration, res.Report.HeldBack} {
		require.Len(t, f.Outputs, 1)
		require.Equal(t, "logits", f.Outputs[0].Name)
		require.Greater(t, f.Outputs[0].Cosine, 0.999)
		require.Less(t, f.Outputs[0].MaxAbs, 0.1)
		require.LessOrEqual(t, f.Outputs[0].Mean, f.Outputs[0].MaxAbs)
	}
	require.NotEmpty(t, res.Report.Layers)
	for i := range res.Report.Layers[1:] {
		require.GreaterOrEqual(t, res.Report.Layers[i].Relative, res.Report.Layers[i+1].Relative, "worst first")
	}

	// The program answers as the graph does, and everywhere in its declared range.
	for _, s := range samples(rng, 30, 1) {
		in, _, err := Quantize(res.Program, s)
		require.NoError(t, err)
		trace, err := res.Program.Run(in)
		require.NoError(t, err)
		want, err := res.Graph.Run(s, nil)
		require.NoError(t, err)
		require.NoError(t, optest.Near(Dequantize(res.Program, res.Program.OutputsOf(trace))["logits"], want["logits"], 0.15, 0.02))
	}
	d := res.Program.Tensors[res.Program.Inputs[0]]
	for k := range 16 {
		x := tensor.New[int64](d.Shape)
		for i := range x.Data {
			x.Data[i] = []int64{d.Range.Min, d.Range.Max}[k>>i&1]
		}
		trace, err := res.Program.Run([]*tensor.Int{x})
		require.NoError(t, err)
		for id, y := range trace {
			for _, v := range y.Data {
				require.True(t, res.Program.Tensors[id].Range.Contains(v))
			}
		}
	}
}

// More bits are closer.
func TestCompileBits(t *testing.T) {
	var last float64 = math.Inf(1)
	for _, bits := range []int{3, 6, 9, 12} {
		res := compiled(t, samples(rand.New(rand.NewSource(3)), 12, 1), Options{Bits: bits})
		got := res.Report.Calibration.Outputs[0].Mean
		require.Less(t, got, last, "%d bits", bits)
		last = got
	}
}

// Every fifth sample measures and does not calibrate.
func TestHeldBackSamplesAreNotSeen(t *testing.T) {
	outlier := func(at int) []Sample {
		s := samples(rand.New(rand.NewSource(4)), 10, 1)
		s[at]["x"].Data[0] = 50
		return s
	}
	top := func(r *Result) float64 {
		d := r.Program.Tensors[r.Program.Inputs[0]]
		return float64(d.Range.Max) * d.Scale
	}
	seen := compiled(t, outlier(3), Options{})
	require.InDelta(t, 50, top(seen), 0.01)
	require.Zero(t, seen.Report.Clamped-clampedOf(t, seen, outlier(3)))
	held := compiled(t, outlier(4), Options{})
	require.Less(t, top(held), 1.01)
	require.Equal(t, 2, held.Report.HeldBack.Samples)
	require.Positive(t, held.Report.Clamped)
	require.Equal(t, clampedOf(t, held, outlier(4)), held.Report.Clamped)

	few := samples(rand.New(rand.NewSource(4)), 9, 1)
	require.Zero(t, compiled(t, few, Options{}).Report.HeldBack.Samples)
	require.Equal(t, 9, compiled(t, few, Options{}).Report.Calibration.Samples)
}

// clampedOf counts the clamped elements of the held-back samples.
func clampedOf(t *testing.T, r *Result, all []Sample) int {
	n := 0
	for i := 4; i < len(all); i += 5 {
		_, c, err := Quantize(r.Program, all[i])
		require.NoError(t, err)
		n += c
	}
	return n
}

func TestDeclaredRange(t *testing.T) {
	res := compiled(t, samples(rand.New(rand.NewSource(5)), 4, 1), Options{Ranges: map[string]Bounds{"x": {Min: -8, Max: 2}}, InputBits: 10})
	d := res.Program.Tensors[res.Program.Inputs[0]]
	require.InDelta(t, -8, float64(d.Range.Min)*d.Scale, 0.02)
	require.InDelta(t, 2, float64(d.Range.Max)*d.Scale, 0.02)
	require.Equal(t, int64(1023), d.Range.Span())
}

func TestQuantize(t *testing.T) {
	p := &program.Program{Tensors: []program.Tensor{{Name: "x", Shape: tensor.Shape{4}, Range: program.Range{Min: -8, Max: 7}, Scale: 0.5}}, Inputs: []int{0}}
	x := func(v ...float64) Sample { return Sample{"x": &tensor.Float{Shape: tensor.Shape{len(v)}, Data: v}} }
	for _, c := range []struct {
		in      Sample
		want    []int64
		clamped int
	}{
		{x(0, 0.5, -0.5, 3.5), []int64{0, 1, -1, 7}, 0},
		{x(0.24, 0.25, -0.25, 0.75), []int64{0, 0, 0, 2}, 0}, // halves go to the even neighbour
		{x(-4, 3.74, -4.24, 3.5), []int64{-8, 7, -8, 7}, 0},
		{x(-4.3, 3.8, 1e300, -1e300), []int64{-8, 7, 7, -8}, 4},
	} {
		got, clamped, err := Quantize(p, c.in)
		require.NoError(t, err)
		require.Equal(t, c.want, got[0].Data)
		require.Equal(t, c.clamped, clamped)
	}
	two := x(0, 0, 0, 0)
	two["y"] = two["x"]
	for _, c := range []struct {
		err string
		in  Sample
	}{
		{"element 2: want a finite number, got NaN", x(0, 0, math.NaN(), 0)},
		{"element 0: want a finite number, got +Inf", x(math.Inf(1), 0, 0, 0)},
		{"element 3: want a finite number, got -Inf", x(0, 0, 0, math.Inf(-1))},
		{"want shape 4, got 3", x(0, 0, 0)},
		{"x is missing", Sample{"y": x(0)["x"]}},
		{"want 1, got 2", two},
		{"want 1, got 0", Sample{}},
	} {
		_, _, err := Quantize(p, c.in)
		require.ErrorContains(t, err, c.err)
	}
}

func TestCompileRefuses(t *testing.T) {
	rng := rand.New(rand.NewSource(6))
	some := samples(rng, 3, 1)
	nan := samples(rng, 3, 1)
	nan[1]["x"].Data[2] = math.NaN()
	graph := func() []optest.Node { return []optest.Node{op("Relu", "y", "x")} }
	for _, c := range []struct {
		name, err string
		nodes     []optest.Node
		samples   []Sample
		opt       Options
	}{
		{"no samples", "at least one", graph(), nil, Options{}},
		{"NaN", "sample 1: x: want finite", graph(), nan, Options{}},
		{"a result that is not finite", "sample 0: y/fused: want finite", []optest.Node{op("Log", "l", "x"), op("Relu", "y", "l")}, some, Options{}},
		{"a sample of another shape", "want shape", graph(), []Sample{{"x": tensor.New[float64](tensor.Shape{4})}}, Options{}},
		{"a sample of another name", "missing", graph(), []Sample{{"z": some[0]["x"]}}, Options{}},
		{"one bit", "bits: want", graph(), some, Options{Bits: 1}},
		{"17 bits", "bits: want", graph(), some, Options{Bits: 17}},
		{"one input bit", "input bits: want", graph(), some, Options{InputBits: 1}},
		{"25 input bits", "input bits: want", graph(), some, Options{InputBits: 25}},
		{"shift of 3", "shift: want", graph(), some, Options{Shift: 3}},
		{"shift of 17", "shift: want", graph(), some, Options{Shift: 17}},
		{"3 output bits", "output bits: want", graph(), some, Options{OutputBits: 3}},
		{"33 output bits", "output bits: want", graph(), some, Options{OutputBits: 33}},
		{"an empty declared range", "no interval", graph(), some, Options{Ranges: map[string]Bounds{"x": {Min: 1, Max: 0}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Compile(decode(t, c.nodes), c.samples, c.opt)
			require.ErrorContains(t, err, c.err)
		})
	}
}

// A graph whose values are more than a program could hold is refused before it runs.
func TestCompileRefusesHugeGraphs(t *testing.T) {
	g := decode(t, []optest.Node{op("Relu", "y", "x")})
	big := tensor.Shape{1, maxElements / 2}
	last := g.Nodes[0].Out[0]
	for i := range 2 {
		out := &graph.Value{Name: string(rune('a' + i)), Type: graph.Type{DType: tensor.Float32, Shape: big}}
		g.Nodes = append(g.Nodes, &graph.Node{Name: out.Name, Kind: "Expand", In: []*graph.Value{last}, Out: []*graph.Value{out}})
		last = out
	}
	var coded *graph.Error
	require.ErrorAs(t, bounded(g), &coded)
	require.Equal(t, graph.CodeLarge, coded.Code)
	require.Equal(t, "b", coded.Node)
	g.Nodes = g.Nodes[:2]
	require.NoError(t, bounded(g))
}
