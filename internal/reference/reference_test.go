package reference

import (
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
)

const root = "../.."

func start(t *testing.T) *Runtime {
	t.Helper()
	r, err := Start(root)
	if errors.Is(err, ErrAbsent) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { r.Close() })
	t.Log(r.Versions)
	return r
}

// verdicts counts how comparisons ended, by operator.
type verdicts struct {
	agree, refusedThere, refusedHere map[string]int
	why                              map[string]string // a refusal here, by operator and code
}

func newVerdicts() *verdicts {
	return &verdicts{map[string]int{}, map[string]int{}, map[string]int{}, map[string]string{}}
}

func (v *verdicts) log(t *testing.T) {
	sum := func(m map[string]int) (n int) {
		for _, x := range m {
			n += x
		}
		return n
	}
	t.Logf("%d agree, of %d operators; ONNX Runtime refuses %d, this import %d that it takes", sum(v.agree), len(v.agree), sum(v.refusedThere), sum(v.refusedHere))
	for _, op := range slices.Sorted(maps.Keys(v.why)) {
		t.Logf("refused here: %s: %s", op, v.why[op])
	}
}

// compare runs a model here and there. Refusals with a code are counted, differences are errors.
func (v *verdicts) compare(r *Runtime, op string, model []byte, in []optest.Tensor) error {
	want, err := r.Run(model, in)
	var refused Refused
	if errors.As(err, &refused) {
		v.refusedThere[op]++
		return nil
	}
	if err != nil {
		return err
	}
	g, _, err := onnx.Decode(model, onnx.Options{})
	if err != nil {
		return v.refuse(op, err)
	}
	feed := map[string]*tensor.Float{}
	for _, x := range in {
		feed[x.Name] = x.Value
	}
	got, err := g.Run(feed, nil)
	if err != nil {
		return v.refuse(op, err)
	}
	for i, o := range g.Outputs {
		if i >= len(want) || want[i] == nil {
			continue
		}
		if err := near(got[o.Name], want[i], !o.Type.DType.IsFloat()); err != nil {
			return fmt.Errorf("output %d: %w", i, err)
		}
	}
	v.agree[op]++
	return nil
}

func (v *verdicts) refuse(op string, err error) error {
	var many *onnx.UnsupportedError
	var coded *graph.Error
	code := ""
	switch {
	case errors.As(err, &many):
		code = onnx.CodeUnsupportedOp
	case errors.As(err, &coded):
		code = coded.Code
	default:
		return fmt.Errorf("an error without a code: %w", err)
	}
	v.refusedHere[op]++
	v.why[op+" "+code] = fmt.Sprintf("%.160v", err)
	return nil
}

// name names the inputs of a case as its model does.
func name(c optest.Case) (in []optest.Tensor) {
	for i, x := range c.In {
		if x.Value != nil && !x.Fixed {
			x.Name = fmt.Sprintf("x%d", i)
			in = append(in, x)
		}
	}
	return in
}

// Random uses of operators at every opset give what ONNX Runtime gives.
func TestVariations(t *testing.T) {
	r := start(t)
	v := newVerdicts()
	tested := map[string]bool{}
	for _, f := range families {
		if tested[f.op] = true; len(opsets(f.op, 1)) == 0 {
			continue
		}
		t.Run(f.op, func(t *testing.T) {
			list := opsets(f.op, 1)
			for i := range 100 {
				d := &draw{Rand: rand.New(rand.NewSource(int64(i))), op: f.op}
				d.opset = list[d.Intn(len(list))]
				c := f.make(d)
				if err := v.compare(r, f.op, c.Model(f.op, false).Marshal(), name(c)); err != nil {
					t.Errorf("draw %d, opset %d, attributes %v, inputs %s: %v", i, c.Opset, c.Attrs, inputs(c), err)
				}
			}
		})
	}
	v.log(t)
	require.Greater(t, len(v.agree), 60)
}

func inputs(c optest.Case) string {
	var list []string
	for _, x := range c.In {
		if x.Value == nil {
			list = append(list, "-")
			continue
		}
		s := fmt.Sprintf("%v[%v]", x.DType, x.Value.Shape)
		if x.Fixed {
			s += fmt.Sprintf("=%.6v", x.Value.Data)
		}
		list = append(list, s)
	}
	return strings.Join(list, " ")
}

// differ are cases in which ONNX Runtime does otherwise, and why that is not followed.
var differ = map[string]string{
	"onehot_2_beyond_the_axis":       "ONNX takes negative indices as out of range before opset 11: ONNX Runtime counts them from the end",
	"dropout_3_mask_before_opset_10": "the mask of an inference before opset 12: ONNX Runtime gives zeros, here it keeps every element as later opsets do",
}

// The operators' own cases give what ONNX Runtime gives: their wanted outputs are right.
func TestCases(t *testing.T) {
	dir := filepath.Join(root, "build", "operators")
	folders, err := filepath.Glob(filepath.Join(dir, "*", "model.onnx"))
	require.NoError(t, err)
	if len(folders) == 0 {
		t.Skip("the operators' cases have not been exported: run make operators")
	}
	r := start(t)
	v := newVerdicts()
	for _, file := range folders {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			if why := differ[name]; why != "" {
				t.Skip(why)
			}
			model, err := os.ReadFile(file)
			require.NoError(t, err)
			var in []optest.Tensor
			for i := 0; ; i++ {
				b, err := os.ReadFile(filepath.Join(filepath.Dir(file), "test_data_set_0", fmt.Sprintf("input_%d.pb", i)))
				if errors.Is(err, os.ErrNotExist) {
					break
				}
				require.NoError(t, err)
				_, typ, x, err := onnx.ReadTensor(b, onnx.Options{})
				require.NoError(t, err)
				in = append(in, optest.Tensor{DType: typ.DType, Value: x})
			}
			info, err := onnx.Survey(model)
			require.NoError(t, err)
			for i := range in {
				in[i].Name = info.Inputs[i].Name
			}
			require.NoError(t, v.compare(r, name, model, in))
		})
	}
	v.log(t)
}

// Public models give what ONNX Runtime gives, on inputs of noise.
func TestModels(t *testing.T) {
	folder := optest.Shared(t, "models")
	r := start(t)
	v := newVerdicts()
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.onnx"))
	require.NoError(t, err)
	for _, file := range files {
		info, err := os.Stat(file)
		require.NoError(t, err)
		if info.Size() > 3<<20 {
			continue // larger ones are compared with stored outputs
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".onnx"), func(t *testing.T) {
			model, err := os.ReadFile(file)
			require.NoError(t, err)
			g, _, err := onnx.Decode(model, onnx.Options{})
			if err != nil {
				t.Skipf("refused: %.200v", err)
			}
			rng := rand.New(rand.NewSource(7))
			var in []optest.Tensor
			for _, p := range g.Inputs {
				x := tensor.New[float64](p.Type.Shape)
				for i := range x.Data {
					if x.Data[i] = float64(float32(rng.Float64())); !p.Type.DType.IsFloat() {
						x.Data[i] = float64(rng.Intn(2))
					}
				}
				in = append(in, optest.Tensor{Name: p.Name, DType: p.Type.DType, Value: x})
			}
			require.NoError(t, v.compare(r, "model", model, in))
		})
	}
	v.log(t)
}
