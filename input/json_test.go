package input

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/internal/optest"
	"assay/ir/tensor"
)

// two is a model of two inputs.
var two = []Spec{{"x", tensor.Float32, tensor.Shape{1, 3}}, {"k", tensor.Int64, tensor.Shape{1}}}

func ints(v ...float64) *tensor.Float { return &tensor.Float{Shape: tensor.Shape{len(v)}, Data: v} }

func row(v ...float64) *tensor.Float { return &tensor.Float{Shape: tensor.Shape{1, len(v)}, Data: v} }

func TestDecodeJSON(t *testing.T) {
	one := []Sample{{"x": row(1, 2.5, -3), "k": ints(7)}}
	pair := []Sample{{"x": row(1, 2.5, -3), "k": ints(7)}, {"x": row(4, 5, 6), "k": ints(8)}}
	for name, c := range map[string]struct {
		json string
		want []Sample
	}{
		"protocol, flat":     {`{"id":"a","inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2.5,-3]},{"name":"k","shape":[1],"datatype":"INT64","data":[7]}]}`, one},
		"protocol, nested":   {`{"inputs":[{"name":"k","shape":[1],"datatype":"INT8","data":[7]},{"data":[[1,2.5,-3]],"datatype":"FP64","shape":[1,3],"name":"x","parameters":{}}]}`, one},
		"protocol, samples":  {`{"inputs":[{"name":"x","shape":[2,3],"datatype":"FP32","data":[1,2.5,-3,4,5,6]},{"name":"k","shape":[2,1],"datatype":"UINT8","data":[7,8]}]}`, pair},
		"protocol, no batch": {`{"inputs":[{"name":"x","shape":[3],"datatype":"FP32","data":[1,2.5,-3]},{"name":"k","shape":[],"datatype":"BOOL","data":[true]}]}`, []Sample{{"x": row(1, 2.5, -3), "k": ints(1)}}},
		"ezkl":               {`{"input_data":[[1,2.5,-3],[7]],"output_data":[[1]]}`, one},
		"ezkl, nested":       {`{"input_data":[[[1,2.5],[-3,4],[5,6]],[7,8]]}`, pair},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Decode("a.json", []byte(c.json), two, Options{})
			require.NoError(t, err)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Fatal(d)
			}
		})
	}
}

func TestDecodeJSONRoundsToTheModel(t *testing.T) {
	got, err := Decode("a.json", []byte(`{"input_data":[[0.1,16777217,1e-60],[7]]}`), two, Options{})
	require.NoError(t, err)
	require.Equal(t, []float64{float64(float32(0.1)), 16777216, 0}, got[0]["x"].Data)
}

func TestDecodeJSONRefuses(t *testing.T) {
	oip := func(x string) string {
		return `{"inputs":[{"name":"k","shape":[1],"datatype":"INT64","data":[7]},` + x + `]}`
	}
	for name, c := range map[string]struct {
		json string
		code Code
	}{
		"empty":              {``, CodeFormat},
		"syntax":             {`{"input_data":[[1,2,3],[7]]`, CodeFormat},
		"not an object":      {`[1]`, CodeFormat},
		"neither":            {`{}`, CodeFormat},
		"both":               {`{"input_data":[[1,2,3],[7]],"inputs":[]}`, CodeFormat},
		"twice":              {`{"input_data":[[1,2,3],[7]],"input_data":[[1,2,3],[7]]}`, CodeFormat},
		"unknown field":      {`{"input_date":[[1,2,3],[7]]}`, CodeFormat},
		"trailing":           {`{"input_data":[[1,2,3],[7]]} x`, CodeFormat},
		"second value":       {`{"input_data":[[1,2,3],[7]]}{}`, CodeFormat},
		"too few arrays":     {`{"input_data":[[1,2,3]]}`, CodeName},
		"too many arrays":    {`{"input_data":[[1,2,3],[7],[8]]}`, CodeName},
		"too few values":     {`{"input_data":[[1,2],[7]]}`, CodeShape},
		"no values":          {`{"input_data":[[],[7]]}`, CodeShape},
		"uneven samples":     {`{"input_data":[[1,2,3,4,5,6],[7]]}`, CodeShape},
		"ragged":             {`{"input_data":[[[1],[2,3]],[7]]}`, CodeShape},
		"deeper":             {`{"input_data":[[1,[2,3]],[7]]}`, CodeShape},
		"shallower":          {`{"input_data":[[[1,2],3],[7]]}`, CodeShape},
		"deepest":            {`{"input_data":[` + strings.Repeat("[", 100) + `]}`, CodeShape},
		"text":               {`{"input_data":[["1",2,3],[7]]}`, CodeValue},
		"null":               {`{"input_data":[[null,2,3],[7]]}`, CodeValue},
		"overflow":           {`{"input_data":[[1e400,2,3],[7]]}`, CodeValue},
		"single overflow":    {`{"input_data":[[1e39,2,3],[7]]}`, CodeValue},
		"fraction":           {`{"input_data":[[1,2,3],[7.5]]}`, CodeValue},
		"inexact":            {`{"input_data":[[1,2,3],[9007199254740993]]}`, CodeValue},
		"mixed":              {`{"input_data":[[1,2,true],[7]]}`, CodeDType},
		"name":               {oip(`{"name":"y","shape":[1,3],"datatype":"FP32","data":[1,2,3]}`), CodeName},
		"name twice":         {oip(`{"name":"k","shape":[1],"datatype":"INT64","data":[7]}`), CodeName},
		"name missing":       {oip(`{"shape":[1,3],"datatype":"FP32","data":[1,2,3]}`), CodeFormat},
		"name no text":       {oip(`{"name":1,"shape":[1,3],"datatype":"FP32","data":[1,2,3]}`), CodeFormat},
		"shape missing":      {oip(`{"name":"x","datatype":"FP32","data":[1,2,3]}`), CodeFormat},
		"shape of fractions": {oip(`{"name":"x","shape":[1,3.0],"datatype":"FP32","data":[1,2,3]}`), CodeShape},
		"shape negative":     {oip(`{"name":"x","shape":[-1,-3],"datatype":"FP32","data":[1,2,3]}`), CodeShape},
		"shape other":        {oip(`{"name":"x","shape":[3,1],"datatype":"FP32","data":[1,2,3]}`), CodeShape},
		"shape, nested data": {oip(`{"name":"x","shape":[1,3],"datatype":"FP32","data":[[1],[2],[3]]}`), CodeShape},
		"data short":         {oip(`{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2]}`), CodeShape},
		"datatype":           {oip(`{"name":"x","shape":[1,3],"datatype":"BYTES","data":["a","b","c"]}`), CodeValue},
		"datatype unknown":   {oip(`{"name":"x","shape":[1,3],"datatype":"fp32","data":[1,2,3]}`), CodeDType},
		"datatype too small": {oip(`{"name":"x","shape":[1,3],"datatype":"INT8","data":[1,2,300]}`), CodeValue},
		"booleans as reals":  {oip(`{"name":"x","shape":[1,3],"datatype":"FP32","data":[true,true,true]}`), CodeDType},
		"reals as integers":  {`{"inputs":[{"name":"k","shape":[1],"datatype":"FP32","data":[7]},{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}`, CodeDType},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode("a.json", []byte(c.json), two, Options{})
			requireCode(t, err, c.code)
		})
	}
}

func TestErrorNamesThePlace(t *testing.T) {
	_, err := Decode("a.json", []byte(`{"input_data":[[1,2,3],[7.5]]}`), two, Options{})
	require.EqualError(t, err, `a.json: input "k": input-value: want an integer from -9007199254740991 to 9007199254740991 (int64), got 7.5 at index 0`)
	_, err = Decode("a.bmp", nil, two, Options{})
	require.EqualError(t, err, `a.bmp: input-format: want a file of .jpeg .jpg .json .npy .npz .png, got extension ".bmp"`)
}

func TestLimitOnNumbers(t *testing.T) {
	for _, s := range []string{
		`{"input_data":[[1,2,3,4,5,6],[7,8]]}`,
		`{"inputs":[{"name":"x","shape":[2,3],"datatype":"FP32","data":[1,2,3,4,5,6]},{"name":"k","shape":[2],"datatype":"INT64","data":[7,8]}]}`,
	} {
		_, err := Decode("a.json", []byte(s), two, Options{MaxValues: 8})
		require.NoError(t, err)
		_, err = Decode("a.json", []byte(s), two, Options{MaxValues: 7})
		requireCode(t, err, CodeLimit)
	}
}

func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, s string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(s), 0o600))
	}
	_, err := Read(dir, two, Options{})
	requireCode(t, err, CodeFormat)
	write("b.json", `{"input_data":[[4,5,6],[8]]}`)
	write("a.JSON", `{"input_data":[[1,2,3],[7]]}`)
	write("labels.txt", "not an input")
	write(".hidden.json", "not an input")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "c.json"), 0o700))
	got, err := Read(dir, two, Options{MaxValues: 8})
	require.NoError(t, err)
	require.Equal(t, []Sample{{"x": row(1, 2, 3), "k": ints(7)}, {"x": row(4, 5, 6), "k": ints(8)}}, got)
	_, err = Read(dir, two, Options{MaxValues: 7})
	requireCode(t, err, CodeLimit)
	write("d.json", "{")
	_, err = Read(dir, two, Options{})
	requireCode(t, err, CodeFormat)
	require.ErrorContains(t, err, "d.json")
	_, err = Read(filepath.Join(dir, "none.json"), two, Options{})
	require.ErrorIs(t, err, os.ErrNotExist)
}

// Whatever array is cut into samples, they put together are the array.
func TestSamplesAreTheArray(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := tensor.Shape(rapid.SliceOfN(rapid.IntRange(1, 4), 0, 4).Draw(t, "shape"))
		count := rapid.IntRange(1, 5).Draw(t, "count")
		a := array{name: "x", dtype: tensor.Float64, shape: append(tensor.Shape{count}, shape...)}
		if len(shape) > 0 && rapid.Bool().Draw(t, "batched") {
			a.shape = append(tensor.Shape{count * shape[0]}, shape[1:]...)
		}
		for i := range count * shape.Size() {
			a.data = append(a.data, float64(i))
		}
		got, err := assemble([]array{a}, []Spec{{"x", tensor.Float64, shape}}, Options{})
		require.NoError(t, err)
		require.Len(t, got, count)
		next := 0.0
		for _, s := range got {
			require.True(t, s["x"].Shape.Equal(shape))
			for _, v := range s["x"].Data {
				require.Equal(t, next, v)
				next++
			}
		}
	})
}

func FuzzDecodeJSON(f *testing.F) {
	f.Add([]byte(`{"id":"a","inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2.5,-3]},{"name":"k","shape":[1],"datatype":"INT64","data":[7]}]}`))
	f.Add([]byte(`{"input_data":[[[1,2.5],[-3,4],[5,6]],[7,8]]}`))
	f.Add([]byte(`{"input_data":[[[],[]],[true]]}`))
	f.Fuzz(func(t *testing.T, b []byte) { checkDecode(t, "a.json", b, two) })
}

// checkDecode requires well-formed samples or an *Error.
func checkDecode(t *testing.T, name string, b []byte, specs []Spec) {
	t.Helper()
	var got []Sample
	var err error
	optest.Frugal(t, func() { got, err = Decode(name, b, specs, Options{}) })
	if err != nil {
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, name, e.File)
		return
	}
	require.NotEmpty(t, got)
	for _, s := range got {
		require.Len(t, s, len(specs))
		for _, spec := range specs {
			require.True(t, s[spec.Name].Shape.Equal(spec.Shape))
			require.Len(t, s[spec.Name].Data, spec.Shape.Size())
		}
	}
}
