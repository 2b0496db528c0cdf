package optest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/ir/tensor"
)

// Golden is an input of a model and what ONNX Runtime makes of it, by name.
type Golden struct {
	Inputs, Outputs map[string]*tensor.Float
}

// ReadGolden reads a file of float32 and int64 tensors in base64, as the models beside the repository have them.
func ReadGolden(t testing.TB, path string) Golden {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	type entry struct {
		Name, Type string
		Dims       []int
		B64        string
	}
	var file struct{ Inputs, Outputs []entry }
	require.NoError(t, json.Unmarshal(raw, &file))
	read := func(es []entry) map[string]*tensor.Float {
		m := map[string]*tensor.Float{}
		for _, e := range es {
			b, err := base64.StdEncoding.DecodeString(e.B64)
			require.NoError(t, err)
			var data []float64
			switch e.Type {
			case "float32":
				for ; len(b) >= 4; b = b[4:] {
					data = append(data, float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
				}
			case "int64":
				for ; len(b) >= 8; b = b[8:] {
					data = append(data, float64(int64(binary.LittleEndian.Uint64(b))))
				}
			default:
				t.Skipf("golden tensor of %s", e.Type)
			}
			m[e.Name], err = tensor.From(tensor.Shape(e.Dims), data)
			require.NoError(t, err)
		}
		return m
	}
	return Golden{read(file.Inputs), read(file.Outputs)}
}
