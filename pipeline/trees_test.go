package pipeline_test

import (
	"fmt"
	"math"
	"math/rand"
	"testing"

	"assay/circuits"
	"assay/compile"
	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/onnx/ops"

	"github.com/stretchr/testify/require"
)

// ensemble is full trees of a depth over features of several magnitudes, and typical inputs: half of their elements
// are thresholds themselves.
func ensemble(rng *rand.Rand, trees, depth, classes int, post string) (optest.Model, func() *tensor.Float) {
	magnitude := []float64{1, 1000, 0.01, 50000}
	const features = 20
	var thresholds [features][]float64
	a := map[string]any{"classlabels_int64s": []int{}, "post_transform": post}
	ints := map[string][]int{}
	var modes []string
	var values, weights []float64
	for t := range trees {
		n := 1<<(depth+1) - 1
		for i := range n {
			f, v, mode := rng.Intn(features), 0.0, "LEAF"
			if 2*i+2 < n {
				mode = []string{"BRANCH_LEQ", "BRANCH_LT"}[rng.Intn(2)]
				v = float64(float32(rng.NormFloat64() * magnitude[f%len(magnitude)]))
				thresholds[f] = append(thresholds[f], v)
			} else {
				ints["class_treeids"], ints["class_nodeids"] = append(ints["class_treeids"], t), append(ints["class_nodeids"], i)
				ints["class_ids"], weights = append(ints["class_ids"], t%classes), append(weights, float64(float32(rng.NormFloat64()*0.1)))
			}
			modes, values = append(modes, mode), append(values, v)
			for name, x := range map[string]int{"nodes_treeids": t, "nodes_nodeids": i, "nodes_featureids": f, "nodes_truenodeids": 2*i + 1, "nodes_falsenodeids": 2*i + 2} {
				ints[name] = append(ints[name], x)
			}
		}
	}
	for i := range classes {
		a["classlabels_int64s"] = append(a["classlabels_int64s"].([]int), i)
	}
	for name, v := range ints {
		a[name] = v
	}
	a["nodes_modes"], a["nodes_values"], a["class_weights"] = modes, values, weights
	m := optest.Model{Name: "trees", Domains: map[string]int{ops.DomainML: 1}, Outputs: []string{"label", "scores"},
		Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{1, features}}},
		Nodes:  []optest.Node{{Name: "trees", Op: "TreeEnsembleClassifier", Domain: ops.DomainML, Attrs: a, In: []string{"x"}, Out: []string{"label", "scores"}}}}
	return m, func() *tensor.Float {
		x := tensor.New[float64](tensor.Shape{1, features})
		for f := range x.Data {
			x.Data[f] = float64(float32(rng.NormFloat64() * magnitude[f%len(magnitude)]))
			if rng.Intn(2) == 0 {
				x.Data[f] = thresholds[f][rng.Intn(len(thresholds[f]))]
			}
		}
		return x
	}
}

// A gradient-boosted ensemble of a hundred trees of depth six is at most 25,000 constraints, and takes the paths that
// the float model takes although its features share one scale: labels agree always, sums of leaves but for rounding.
func TestTreesTakeTheirPaths(t *testing.T) {
	for _, test := range []struct {
		classes   int
		post      string
		tolerance float64
	}{{3, "NONE", 1e-5}, {5, "SOFTMAX", 0.05}} {
		t.Run(fmt.Sprintf("%d classes, %s", test.classes, test.post), func(t *testing.T) {
			rng := rand.New(rand.NewSource(int64(test.classes)))
			m, draw := ensemble(rng, 100, 6, test.classes, test.post)
			raw := m.Marshal()
			g, _, err := onnx.Decode(raw, onnx.Options{})
			require.NoError(t, err)
			var samples []compile.Sample
			for range 40 {
				samples = append(samples, compile.Sample{"x": draw()})
			}
			res, err := compile.Compile(g, samples, compile.Options{})
			require.NoError(t, err)
			model, err := circuits.NewModel(res.Program, circuits.Public, circuits.Public)
			require.NoError(t, err)
			t.Logf("%d constraints", model.Plan.Constraints())
			require.LessOrEqual(t, model.Plan.Constraints(), 25000)
			float, _, err := onnx.Decode(raw, onnx.Options{})
			require.NoError(t, err)
			agree(t, float, res, draw, test.tolerance)
		})
	}
}

func agree(t *testing.T, g *graph.Graph, res *compile.Result, draw func() *tensor.Float, tolerance float64) {
	t.Helper()
	compared := 0
	for i := range 500 {
		s := compile.Sample{"x": draw()}
		want, err := g.Run(s, nil)
		require.NoError(t, err)
		in, clamped, err := compile.Quantize(res.Program, s)
		require.NoError(t, err)
		if clamped > 0 {
			continue
		}
		trace, err := res.Program.Run(in)
		require.NoError(t, err)
		got := compile.Dequantize(res.Program, res.Program.OutputsOf(trace))
		require.Equal(t, want["label"].Data, got["label"].Data, "input %d", i)
		for j, p := range want["scores"].Data {
			require.LessOrEqual(t, math.Abs(p-got["scores"].Data[j]), tolerance, "input %d", i)
		}
		compared++
	}
	require.Greater(t, compared, 200)
}
