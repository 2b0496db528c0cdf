package models

import (
	"bytes"
	"compress/gzip"
	"errors"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/input"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
)

// The float model must answer its test samples about as well as training measured on the whole test set.
func TestBundledModelsAnswerTheirSamples(t *testing.T) {
	all, err := All()
	require.NoError(t, err)
	require.Len(t, all, 2)
	for _, m := range all {
		t.Run(m.Name, func(t *testing.T) {
			require.NotEmpty(t, m.Title)
			require.GreaterOrEqual(t, len(m.Samples), 100)
			require.GreaterOrEqual(t, len(m.Calibration), 100)
			right := 0
			g, _, err := onnx.Decode(m.ONNX, onnx.Options{})
			require.NoError(t, err)
			for _, s := range m.Samples {
				require.Less(t, s.Label, len(m.Classes))
				if argmax(logits(t, g, s.Inputs)) == s.Label {
					right++
				}
			}
			got := float64(right) / float64(len(m.Samples))
			require.InDelta(t, m.Accuracy, got, 0.06)
			require.Greater(t, m.Accuracy, 0.9)
		})
	}
}

func TestGetUnknown(t *testing.T) {
	_, err := Get("lenet6")
	require.ErrorContains(t, err, "lenet5")
}

// All files of the bundled models together stay under 2 MB.
func TestBundleIsSmall(t *testing.T) {
	total := 0
	entries, err := files.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		b, err := files.ReadFile(e.Name())
		require.NoError(t, err)
		total += len(b)
	}
	require.Less(t, total, 2_000_000)
}

// The picture, read as any user's picture is, is the first test sample.
func TestPictureIsTheFirstSample(t *testing.T) {
	m, err := Get("lenet5")
	require.NoError(t, err)
	b, err := files.ReadFile("lenet5.png")
	require.NoError(t, err)
	_, err = png.DecodeConfig(bytes.NewReader(b))
	require.NoError(t, err)
	specs := []input.Spec{{Name: "image", DType: tensor.Float32, Shape: tensor.Shape{1, 1, 28, 28}}}
	got, err := input.Decode("lenet5.png", b, specs, input.Options{})
	require.NoError(t, err)
	require.Equal(t, m.Samples[0].Inputs, got[0])
}

func TestFashionTest(t *testing.T) {
	all, err := FashionTest(FashionDir)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("Debian's dataset-fashion-mnist is not installed")
	}
	require.NoError(t, err)
	require.Len(t, all, 10000)
	m, err := Get("lenet5")
	require.NoError(t, err)
	require.Equal(t, m.Samples, all[:len(m.Samples)])
}

func TestReadIDX(t *testing.T) {
	good := []byte{0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9}
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"good":       {good, ""},
		"magic":      {append([]byte{0, 0, 9}, good[3:]...), "magic"},
		"rank":       {append([]byte{0, 0, 8, 3}, good[4:]...), "magic"},
		"none":       {append([]byte{0, 0, 8, 1, 0, 0, 0, 0}, good[8:]...), "want 1 to"},
		"huge":       {append([]byte{0, 0, 8, 1, 255, 255, 255, 255}, good[8:]...), "want 1 to"},
		"short":      {good[:10], "unexpected EOF"},
		"long":       {append(good[:11:11], 1), "got more"},
		"no header":  {good[:5], "EOF"},
		"empty file": {nil, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.gz")
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			_, err := w.Write(c.body)
			require.NoError(t, err)
			require.NoError(t, w.Close())
			require.NoError(t, os.WriteFile(path, z.Bytes(), 0o600))
			got, err := readIDX(path, 1)
			if c.want != "" {
				require.ErrorContains(t, err, c.want)
				return
			}
			require.NoError(t, err)
			require.Equal(t, &idx{dims: []int{3}, data: []byte{7, 8, 9}}, got)
		})
	}
	_, err := readIDX(filepath.Join(t.TempDir(), "none.gz"), 1)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func argmax(v []float64) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

// logits runs the float model.
func logits(t *testing.T, g *graph.Graph, in map[string]*tensor.Float) []float64 {
	t.Helper()
	out, err := g.Run(in, nil)
	require.NoError(t, err)
	require.Contains(t, out, "logits")
	return out["logits"].Data
}
