package onnx_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
)

// golden is an input and what ONNX Runtime makes of it.
type golden struct {
	Inputs, Outputs []goldenTensor
}

type goldenTensor struct {
	Name string
	Type string
	Dims []int
	B64  string
}

var goldenTypes = map[string]tensor.DType{
	"float32": tensor.Float32, "float64": tensor.Float64, "float16": tensor.Float16, "int64": tensor.Int64,
	"int32": tensor.Int32, "uint8": tensor.Uint8, "int8": tensor.Int8, "bool": tensor.Bool,
}

func (g goldenTensor) tensor(t *testing.T) *tensor.Float {
	b, err := base64.StdEncoding.DecodeString(g.B64)
	require.NoError(t, err)
	require.Contains(t, goldenTypes, g.Type)
	_, _, r, err := onnx.ReadTensor(optest.RawTensor(goldenTypes[g.Type], g.Dims, b), onnx.Options{})
	require.NoError(t, err)
	return r
}

// mustRun are models that have to be supported.
var mustRun = []string{"mnist_cnn_ort8", "deepprove_cnn_cifar", "deepprove_mlp_iris", "agent_go1_policy", "gravity_lenet_4_8_32"}

func TestGolden(t *testing.T) {
	index, err := os.ReadFile(optest.Shared(t, "models", "index.tsv"))
	require.NoError(t, err)
	var ran, refused []string
	for _, line := range strings.Split(strings.TrimSpace(string(index)), "\n")[1:] {
		col := strings.Split(line, "\t")
		if col[3] == "" {
			continue
		}
		name := col[0]
		t.Run(name, func(t *testing.T) {
			info, err := os.Stat(optest.Shared(t, col[2]))
			require.NoError(t, err)
			if testing.Short() && info.Size() > 3<<20 {
				t.Skip("large model")
			}
			model, err := os.ReadFile(optest.Shared(t, col[2]))
			require.NoError(t, err)
			raw, err := os.ReadFile(optest.Shared(t, col[3]))
			require.NoError(t, err)
			var want golden
			require.NoError(t, json.Unmarshal(raw, &want))
			in := map[string]*tensor.Float{}
			opt := onnx.Options{Dims: map[string]int{}}
			for _, x := range want.Inputs {
				in[x.Name] = x.tensor(t)
			}
			survey, err := onnx.Survey(model)
			require.NoError(t, err)
			for _, p := range survey.Inputs {
				for a, d := range p.Dims {
					if x := in[p.Name]; x != nil && d.Size <= 0 {
						opt.Dims[fmt.Sprintf("%s.%d", p.Name, a)] = x.Shape[a]
					}
				}
			}
			g, _, err := onnx.Decode(model, opt)
			var coded *onnx.Error
			if errors.As(err, &coded) && coded.Code == onnx.CodeNotConstant {
				fixed, left := indices(survey, in)
				if g, _, err = onnx.Decode(model, onnx.Options{Dims: opt.Dims, Constants: fixed}); err == nil {
					in = left
				}
			}
			if err != nil {
				require.ErrorAs(t, err, &coded)
				require.NotContains(t, mustRun, name, err)
				refused = append(refused, fmt.Sprintf("%s: %.200v", name, err))
				return
			}
			start := time.Now()
			got, err := g.Run(in, nil)
			took := time.Since(start)
			require.NoError(t, err)
			for _, w := range want.Outputs {
				require.Contains(t, got, w.Name)
				require.NoError(t, optest.Near(got[w.Name], w.tensor(t), 1e-4, 2e-3), w.Name)
			}
			ran = append(ran, fmt.Sprintf("%s (%v)", name, took.Round(time.Microsecond)))
		})
	}
	slices.Sort(refused)
	t.Logf("%d models match ONNX Runtime:\n%s", len(ran), strings.Join(ran, "\n"))
	t.Logf("%d models refused:\n%s", len(refused), strings.Join(refused, "\n"))
	require.GreaterOrEqual(t, len(ran)+len(refused), len(mustRun))
}

// indices splits inputs into those of integers without dimensions, such as a sampling rate, and the others.
func indices(info *onnx.Info, in map[string]*tensor.Float) (fixed, left map[string]*tensor.Float) {
	fixed, left = map[string]*tensor.Float{}, map[string]*tensor.Float{}
	for _, p := range info.Inputs {
		if p.DType.IsInteger() && len(in[p.Name].Shape) == 0 {
			fixed[p.Name] = in[p.Name]
		} else {
			left[p.Name] = in[p.Name]
		}
	}
	return fixed, left
}
