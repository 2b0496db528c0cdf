package suite

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/ir/tensor"
)

var outcomes = []Outcome{
	{Name: "node/test_relu", Kind: Node, Operators: []string{"Relu"}, Opset: 14, Stage: Proof, Status: Pass, Constraints: 900, Cosine: 1},
	{Name: "node/test_relu_6", Kind: Node, Operators: []string{"Relu"}, Opset: 6, Stage: Circuit, Status: Pass, Constraints: 700, Cosine: 1},
	{Name: "node/test_shape", Kind: Node, Operators: []string{"Shape"}, Opset: 15, Stage: Float, Status: Pass, Folded: true},
	{Name: "node/test_dft", Kind: Node, Operators: []string{"DFT"}, Opset: 17, Stage: Import, Status: Fail, Code: "ONNX_UNSUPPORTED_OP", Detail: "no | DFT"},
	{Name: "node/test_rand", Kind: Node, Operators: []string{"Bernoulli"}, Stage: Import, Status: Skip, Detail: "drawn"},
	{Name: "node/test_loop", Kind: Node, Operators: []string{"Add", "Loop"}, Opset: 11, Stage: Integer, Status: Fail, Detail: "too far"},
	{Name: "operators/relu_0", Kind: Node, Operators: []string{"Relu"}, Opset: 15, Stage: Circuit, Status: Pass, Constraints: 600, Cosine: 1},
	{Name: "models/a", Kind: Model, Stage: Circuit, Status: Pass, Constraints: 12345, Cosine: 0.99951, Error: 0.0123, Top1: new(bool)},
}

func TestReport(t *testing.T) {
	b, err := json.Marshal(NewReport(outcomes[3:4]))
	require.NoError(t, err)
	require.JSONEq(t, `{"cases":[{"name":"node/test_dft","stage":"import","status":"fail","detail":"no | DFT"}]}`, string(b))
	b, err = json.Marshal(NewReport(nil))
	require.NoError(t, err)
	require.JSONEq(t, `{"cases":[]}`, string(b))
}

func TestRecord(t *testing.T) {
	r := Record{Options: Defaults, Cases: outcomes}
	b, err := r.Marshal()
	require.NoError(t, err)
	var back Record
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, r, back)
	require.Equal(t, len(outcomes)+6, strings.Count(string(b), "\n"))
}

func TestTable(t *testing.T) {
	var b strings.Builder
	require.NoError(t, Table(&b, outcomes, false))
	require.Contains(t, b.String(), "8 cases: 5 passed, 2 failed, 1 skipped. 1 to proof. 3 to circuit. 1 to float.")
	require.Contains(t, b.String(), "test_dft")
	require.NotContains(t, b.String(), "test_relu")
	require.Equal(t, 2, Failures(outcomes))
	b.Reset()
	require.NoError(t, Table(&b, outcomes, true))
	require.Contains(t, b.String(), "test_relu")
}

func TestCoverage(t *testing.T) {
	r := Record{Cases: outcomes}
	text := func(f func(w *strings.Builder) error) string {
		var b strings.Builder
		require.NoError(t, f(&b))
		return b.String()
	}
	summary := text(func(w *strings.Builder) error { return r.Summary(w) })
	require.Contains(t, summary, "| node | 6 | 1 | 5 | 3 | 60.0% | 1 | 2 | 1 | 1 | 0 | 1 | 0 | 0 |\n")
	require.Contains(t, summary, "| models | 1 | 0 | 1 | 1 | 100.0% | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |\n")
	ops := text(func(w *strings.Builder) error { return r.ByOperator(w) })
	require.Contains(t, ops, "| Relu | 6 to 15 | 2 | 2 | 2 | 0 | 0 | 1 of 1 | 600 to 900 |  |\n")
	require.Contains(t, ops, "| DFT | 17 | 1 | 0 | 0 | 0 | 0 | 0 of 0 |  | 1 at import, ONNX_UNSUPPORTED_OP ×1 |\n")
	require.Contains(t, ops, "| (several) | 11 | 1 | 0 | 0 | 0 | 0 | 0 of 0 |  | 1 at integer, no code ×1 |\n")
	models := text(func(w *strings.Builder) error { return r.Models(w) })
	require.Contains(t, models, "| models/a | pass | circuit | 12345 | 0.99951 | 0.0123 | no | 0.0 |  |\n")
	refusals := text(func(w *strings.Builder) error { return r.Refusals(w) })
	require.Contains(t, refusals, "| ONNX_UNSUPPORTED_OP at import | 1 | 0 | DFT |\n")
}

func TestCompare(t *testing.T) {
	f := func(v ...float64) *tensor.Float { return &tensor.Float{Shape: tensor.Shape{len(v)}, Data: v} }
	c := compare(f(1, 2, 3), f(1, 2, 3))
	require.InDelta(t, 1, c.cosine, 1e-12)
	require.Zero(t, c.relative)
	require.True(t, c.top1)
	c = compare(f(2, 4, 6), f(1, 2, 3))
	require.InDelta(t, 1, c.cosine, 1e-12)
	require.InDelta(t, 1, c.relative, 1e-12)
	c = compare(f(0, 0), f(1, 2))
	require.Zero(t, c.cosine)
	c = compare(f(1e-9, 0), f(0, 0))
	require.Equal(t, 1.0, c.cosine)
	c = compare(f(1, 0), f(0, 0))
	require.Zero(t, c.cosine)
	require.False(t, compare(f(3, 2), f(1, 2)).top1)

	require.NoError(t, exact(f(3, -4), f(3, -4)))
	require.Error(t, exact(f(3.001, -4), f(3, -4)))
	require.Error(t, exact(f(4, -4), f(3, -4)))
	require.NoError(t, near(f(math.NaN(), math.Inf(1)), f(math.NaN(), math.Inf(1)), tensor.Float32))
	require.Error(t, near(f(1), f(1.1), tensor.Float32))
	require.Error(t, near(f(1), f(1.005), tensor.Float32))
	require.NoError(t, near(f(1), f(1.005), tensor.BFloat16))
	require.Error(t, near(f(1), f(1.1), tensor.BFloat16))
	require.Error(t, near(f(math.NaN()), f(1), tensor.Float32))
	require.Error(t, near(f(1, 2), f(1), tensor.Float32))
}

func TestChoose(t *testing.T) {
	require.Equal(t, [][]int{nil}, choose(3, 0))
	require.Equal(t, [][]int{{0}, {1}, {2}}, choose(3, 1))
	require.Equal(t, [][]int{{0, 1}, {0, 2}, {1, 2}}, choose(3, 2))
}
