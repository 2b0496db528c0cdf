package onnx_test

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
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

func (g goldenTensor) tensor(t *testing.T) *tensor.Float {
	b, err := base64.StdEncoding.DecodeString(g.B64)
	require.NoError(t, err)
	r := tensor.New[float64](g.Dims)
	for i := range r.Data {
		switch g.Type {
		case "float32":
			r.Data[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
		case "float64":
			r.Data[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		case "int64":
			r.Data[i] = float64(int64(binary.LittleEndian.Uint64(b[8*i:])))
		case "int32":
			r.Data[i] = float64(int32(binary.LittleEndian.Uint32(b[4*i:])))
		case "bool", "uint8":
			r.Data[i] = float64(b[i])
		default:
			t.Fatalf("golden tensor %s: type %s", g.Name, g.Type)
		}
	}
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
			if err != nil {
				var coded *onnx.Error
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
