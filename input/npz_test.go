package input

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
)

func TestDecodeNPZOfNumPy(t *testing.T) {
	want := []Sample{{"x": row(0, 1, 2), "k": ints(7)}, {"x": row(3, 4, 5), "k": ints(8)}}
	for _, name := range []string{"named.npz", "positional.npz"} {
		got, err := Decode(name, file(t, name), two, Options{})
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestDecodeNPZRefuses(t *testing.T) {
	other := []Spec{{"x", tensor.Float32, tensor.Shape{1, 3}}, {"y", tensor.Int64, tensor.Shape{1}}}
	swapped := []Spec{two[1], two[0]}
	for name, c := range map[string]struct {
		file  string
		specs []Spec
		opt   Options
		code  Code
	}{
		"array missing":  {"partial.npz", two, Options{}, CodeName},
		"array too many": {"named.npz", two[:1], Options{}, CodeName},
		"other name":     {"named.npz", other, Options{}, CodeName},
		"other order":    {"positional.npz", swapped, Options{}, CodeShape},
		"not a zip":      {"f4.npy", two, Options{}, CodeFormat},
		"limit":          {"named.npz", two, Options{MaxValues: 7}, CodeLimit},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode("a.npz", file(t, c.file), c.specs, c.opt)
			requireCode(t, err, c.code)
		})
	}
}

// archive makes a zip of alternating names and contents.
func archive(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: members[i], Method: method(members[i+1])})
		require.NoError(t, err)
		_, err = w.Write([]byte(members[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// method compresses only what is long.
func method(s string) uint16 {
	if len(s) > 1000 {
		return zip.Deflate
	}
	return zip.Store
}

func TestDecodeNPZRefusesOddArchives(t *testing.T) {
	x, k := string(file(t, "samples.npy")), string(file(t, "scalar.npy"))
	damaged := archive(t, "x.npy", x, "k.npy", k)
	damaged[bytes.Index(damaged, []byte(x))+len(x)-1] ^= 1 // an element; only the checksum tells
	for name, c := range map[string]struct {
		zip  []byte
		code Code
	}{
		"twice":     {archive(t, "x.npy", x, "x.npy", x), CodeName},
		"extension": {archive(t, "x.npy", x, "k.txt", k), CodeFormat},
		"folder":    {archive(t, "x.npy", x, "a/k.npy", k), CodeName},
		"bomb":      {archive(t, "x.npy", string(make([]byte, 1<<20)), "k.npy", k), CodeLimit},
		"damaged":   {damaged, CodeFormat},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode("a.npz", c.zip, two, Options{MaxValues: 1000})
			requireCode(t, err, c.code)
		})
	}
}

func FuzzDecodeNPZ(f *testing.F) {
	f.Add(file(f, "named.npz"))
	f.Add(file(f, "positional.npz"))
	f.Fuzz(func(t *testing.T, b []byte) { checkDecode(t, "a.npz", b, two) })
}

// TestBombs refuses archives that unpack to much, and arrays of many samples.
func TestBombs(t *testing.T) {
	header := func(descr string, n int) string {
		h := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d,)}", descr, n)
		h += strings.Repeat(" ", 117-len(h)) + "\n"
		return "\x93NUMPY\x01\x00" + string([]byte{byte(len(h)), 0}) + h
	}
	scalar := []Spec{{"x", tensor.Float32, tensor.Shape{1}}}
	for name, c := range map[string]struct {
		file string
		b    []byte
	}{
		"zeros":   {"a.npz", archive(t, "x.npy", header("<f8", 1<<24)+string(make([]byte, 1<<27)))},
		"bytes":   {"a.npz", archive(t, "x.npy", header("|u1", 1<<24)+string(make([]byte, 1<<24)))},
		"samples": {"a.npy", []byte(header("|u1", 1<<20) + string(make([]byte, 1<<20)))},
		"json":    {"a.json", []byte(`{"input_data":[[` + strings.Repeat("1,", 1<<20) + `1]]}`)},
		"deep":    {"a.json", []byte(`{"input_data":` + strings.Repeat("[", 1<<20))},
		"skipped": {"a.json", []byte(`{"parameters":` + strings.Repeat("[", 1<<20))},
	} {
		t.Run(name, func(t *testing.T) {
			optest.Frugal(t, func() {
				_, err := Decode(c.file, c.b, scalar, Options{})
				var e *Error
				require.ErrorAs(t, err, &e)
			})
		})
	}
}
