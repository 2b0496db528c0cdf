package input

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"assay/ir/tensor"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return b
}

func requireCode(t testing.TB, err error, want Code) {
	t.Helper()
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, want, e.Code, "%v", err)
	require.NotEmpty(t, e.File)
	require.NotEmpty(t, e.Want)
	require.NotEmpty(t, e.Got)
}

func TestReadNPYOfNumPy(t *testing.T) {
	plain := []float64{0, 1, 2, 100, 101, 127}
	minus := []float64{0, -1, -2, -100, -101, -127}
	twoByThree := tensor.Shape{2, 3}
	transposed := make([]float64, 24)
	for i := range transposed {
		transposed[i] = float64(i)
	}
	for name, want := range map[string]array{
		"u1":       {"", tensor.Uint8, twoByThree, plain},
		"u2":       {"", tensor.Uint16, twoByThree, plain},
		"u4":       {"", tensor.Uint32, twoByThree, plain},
		"u8":       {"", tensor.Uint64, twoByThree, plain},
		"i1":       {"", tensor.Int8, twoByThree, minus},
		"i2":       {"", tensor.Int16, twoByThree, minus},
		"i4":       {"", tensor.Int32, twoByThree, minus},
		"i8":       {"", tensor.Int64, twoByThree, minus},
		"f2":       {"", tensor.Float16, twoByThree, minus},
		"f4":       {"", tensor.Float32, twoByThree, minus},
		"f8":       {"", tensor.Float64, twoByThree, minus},
		"b1":       {"", tensor.Bool, twoByThree, []float64{0, 0, 1, 1, 1, 1}},
		"f2_edges": {"", tensor.Float16, tensor.Shape{5}, []float64{0x1p-14, 0x1p-24, 65504, -0x1.554p-2, 2048}},
		"version2": {"", tensor.Float32, twoByThree, plain},
		"version3": {"", tensor.Float32, twoByThree, plain},
		"fortran":  {"", tensor.Float32, tensor.Shape{2, 3, 4}, transposed},
		"scalar":   {"", tensor.Float64, tensor.Shape{}, []float64{2.5}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readNPY(file(t, name+".npy"), 100)
			require.NoError(t, err)
			if d := cmp.Diff(want, got, cmp.AllowUnexported(array{})); d != "" {
				t.Fatal(d)
			}
		})
	}
}

func TestFortranOrderIsStoredAsSuch(t *testing.T) {
	require.Contains(t, string(file(t, "fortran.npy")), "'fortran_order': True")
}

func TestDecodeNPYRefuses(t *testing.T) {
	x := []Spec{{"x", tensor.Float32, tensor.Shape{1, 3}}}
	for name, c := range map[string]struct {
		specs []Spec
		code  Code
	}{
		"bad_big.npy":     {x, CodeDType},
		"bad_complex.npy": {x, CodeDType},
		"bad_text.npy":    {x, CodeDType},
		"bad_record.npy":  {x, CodeFormat},
		"bad_object.npy":  {x, CodeDType},
		"bad_nan.npy":     {x, CodeValue},
		"bad_inf.npy":     {x, CodeValue},
		"large.npy":       {[]Spec{{"x", tensor.Int64, tensor.Shape{1}}}, CodeValue},
		"fortran.npy":     {x, CodeShape},
		"f4.npy":          {[]Spec{{"x", tensor.Int32, tensor.Shape{1, 3}}}, CodeDType},
		"i4.npy":          {[]Spec{{"x", tensor.Uint8, tensor.Shape{1, 3}}}, CodeValue},
		"u8.npy":          {[]Spec{{"x", tensor.Bool, tensor.Shape{1, 3}}}, CodeDType},
		"f8.npy":          {append(x, Spec{"y", tensor.Float32, tensor.Shape{1}}), CodeName},
		"samples.npy":     {[]Spec{{"x", tensor.Float32, tensor.Shape{3, 3}}}, CodeShape},
		"scalar.npy":      {[]Spec{{"x", tensor.String, tensor.Shape{}}}, CodeDType},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode(name, file(t, name), c.specs, Options{})
			requireCode(t, err, c.code)
		})
	}
}

// Each damage leaves a file that is not the array any more.
func TestReadNPYRefusesDamage(t *testing.T) {
	good := string(file(t, "f4.npy"))
	_, err := readNPY([]byte(good), 6)
	require.NoError(t, err)
	swap := func(old, new string) string {
		s := strings.Replace(good, old, new, 1)
		require.NotEqual(t, good, s)
		return s
	}
	for name, s := range map[string]string{
		"empty":         "",
		"magic":         "\x94" + good[1:],
		"version":       good[:6] + "\x04" + good[7:],
		"minor version": good[:7] + "\x01" + good[8:],
		"header length": good[:8] + "\xff\xff" + good[10:],
		"short":         good[:len(good)-1],
		"long":          good + "\x00",
		"no key":        swap("'descr': '<f4', ", "                "),
		"unknown key":   swap("'descr'", "'decsr'"),
		"key twice":     swap("'fortran_order': False", "'descr':        '<f4'"),
		"order":         swap("False", "  0  "),
		"shape":         swap("(2, 3)", "(2  3)"),
		"negative":      swap("(2, 3)", "(2,-3)"),
		"not a tuple":   swap("(2, 3)", "(  6 )"),
		"after":         swap("}  ", "} x"),
		"escape":        swap("'<f4'", "'\\f4'"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readNPY([]byte(s), 6)
			requireCode(t, named(err, "x"), CodeFormat)
		})
	}
	_, err = readNPY([]byte(good), 5)
	requireCode(t, named(err, "x"), CodeLimit)
}

func TestReadNPYSizesBeforeAllocating(t *testing.T) {
	header := "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999, 99999999999999), }"
	b := []byte(npyMagic + "\x01\x00" + string([]byte{byte(len(header)), 0}) + header)
	_, err := readNPY(b, math.MaxInt32)
	requireCode(t, named(err, "x"), CodeLimit)
}

func TestHalfAgainstRounding(t *testing.T) {
	for b := range 1 << 16 {
		v := half(uint16(b))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		require.Equal(t, v, round(v, tensor.Float16), "%04x", b)
		up := half(uint16(b + 1))
		if b&0x7fff < 0x7bff { // the next magnitude is finite: what lies under the middle rounds down
			require.Equal(t, v, round(v+(up-v)*0.49, tensor.Float16), "%04x", b)
			require.Equal(t, up, round(v+(up-v)*0.51, tensor.Float16), "%04x", b)
		}
	}
	require.True(t, math.IsInf(round(65520, tensor.Float16), 1))
	require.True(t, math.IsInf(round(-math.MaxFloat64, tensor.Float16), -1))
	require.Equal(t, 0x1p-133, round(0x1p-133, tensor.BFloat16))
	require.Equal(t, 1+0x1p-7, round(1+0x1.2p-7, tensor.BFloat16))
}

func FuzzReadNPY(f *testing.F) {
	for _, name := range []string{"f2", "i8", "fortran", "version3", "scalar", "bad_record"} {
		f.Add(file(f, name+".npy"))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := readNPY(b, 1000)
		if err == nil && (len(a.data) != a.shape.Size() || len(a.data) > 1000) {
			t.Fatalf("shape %v with %d values", a.shape, len(a.data))
		}
	})
}
