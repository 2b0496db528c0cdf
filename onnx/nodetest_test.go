package onnx_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
)

// refusals are node tests of supported operators that are refused by design, and with which code: training,
// whose result is not fixed, outputs that are no tensors, and element types below 8 bits or 8-bit floats.
var refusals = []struct {
	name *regexp.Regexp
	code string
}{
	{regexp.MustCompile(`training`), onnx.CodeBadAttribute},
	{regexp.MustCompile(`^test_split_to_sequence`), onnx.CodeType}, // a model's output must be a tensor
	{regexp.MustCompile(`^test_cast.*_to_(FLOAT8|FLOAT4|U?INT[24]$)`), onnx.CodeBadAttribute},
}

func refusal(name string) string {
	for _, r := range refusals {
		if r.name.MatchString(name) {
			return r.code
		}
	}
	return ""
}

// TestNodes runs ONNX's own node tests for the operators that are supported. Inputs that have to be constant are
// given as constants: first none, then all but the first, then all.
func TestNodes(t *testing.T) {
	root := optest.Shared(t, "onnx-node")
	index, err := os.ReadFile(filepath.Join(root, "index.tsv"))
	require.NoError(t, err)
	passed, refused, unsupported := 0, 0, 0
	counts := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(string(index)), "\n")[1:] {
		col := strings.Split(line, "\t")
		dir := filepath.Join(root, col[0])
		model, err := os.ReadFile(filepath.Join(dir, "model.onnx"))
		require.NoError(t, err)
		t.Run(col[0], func(t *testing.T) {
			err := runNode(t, dir, model)
			var un *onnx.UnsupportedError
			var coded *onnx.Error
			switch {
			case errors.As(err, &un), errors.As(err, &coded) && coded.Code == onnx.CodeOpset:
				unsupported++
				t.SkipNow()
			case refusal(col[0]) != "":
				require.ErrorAs(t, err, &coded)
				require.Equal(t, refusal(col[0]), coded.Code, err)
				refused++
				return
			}
			require.NoError(t, err)
			passed++
			counts[col[2]]++
		})
	}
	var list []string
	for op, n := range counts {
		list = append(list, fmt.Sprintf("%s %d", op, n))
	}
	slices.Sort(list)
	t.Logf("%d node tests match, %d refused by design, %d of other operators or opsets: %s", passed, refused, unsupported, strings.Join(list, ", "))
	require.Greater(t, passed, 100)
}

func runNode(t *testing.T, dir string, model []byte) error {
	info, err := onnx.Survey(model)
	if err != nil {
		return err
	}
	read := func(kind string, i int) (optest.Tensor, bool) {
		b, err := os.ReadFile(filepath.Join(dir, "test_data_set_0", fmt.Sprintf("%s_%d.pb", kind, i)))
		if err != nil {
			return optest.Tensor{}, false
		}
		_, typ, v, err := onnx.ReadTensor(b, onnx.Options{})
		if err != nil {
			t.Skipf("test data: %v", err)
		}
		return optest.Tensor{DType: typ.DType, Value: v}, true
	}
	var data []optest.Tensor
	dims := map[string]int{}
	variable := len(info.Inputs)
	for i, p := range info.Inputs {
		x, ok := read("input", i)
		if !ok {
			return fmt.Errorf("no data for input %d", i)
		}
		x.Name = p.Name
		data = append(data, x)
		for a, d := range p.Dims {
			if n := x.Value.Shape[a]; n == 0 {
				variable = min(variable, i)
			} else if d.Size <= 0 {
				dims[fmt.Sprintf("%s.%d", p.Name, a)] = n
			}
		}
	}
	var g *graph.Graph
	for ; variable >= 0; variable = min(variable, 2) - 1 {
		constants := map[string]*tensor.Float{}
		for _, x := range data[variable:] {
			constants[x.Name] = x.Value
		}
		g, _, err = onnx.Decode(model, onnx.Options{Dims: within(dims, data[:variable]), Constants: constants})
		var coded *onnx.Error
		if !errors.As(err, &coded) || coded.Code != onnx.CodeNotConstant {
			break
		}
	}
	if err != nil {
		return err
	}
	in := map[string]*tensor.Float{}
	for _, x := range data[:variable] {
		in[x.Name] = x.Value
	}
	got, err := g.Run(in, nil)
	if err != nil {
		return err
	}
	for i, p := range info.Outputs {
		want, ok := read("output", i)
		if !ok {
			return fmt.Errorf("no data for output %d", i)
		}
		if err := optest.Near(got[p.Name], want.Value, 1e-5, 1e-3); err != nil {
			return fmt.Errorf("output %s: %w", p.Name, err)
		}
	}
	return nil
}

// within keeps the bindings that name a dimension of the given inputs.
func within(dims map[string]int, data []optest.Tensor) map[string]int {
	kept := map[string]int{}
	for _, x := range data {
		for a := range x.Value.Shape {
			if place := fmt.Sprintf("%s.%d", x.Name, a); dims[place] > 0 {
				kept[place] = dims[place]
			}
		}
	}
	return kept
}
