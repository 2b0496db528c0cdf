package verifier_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/verifier"
)

func tensor(change func(*verifier.Tensor)) verifier.Tensor {
	t := verifier.Tensor{Name: "x", Role: verifier.Input, Visibility: verifier.Public, Shape: []int{1, 40}, Max: 255, Scale: 1, Bytes: 1}
	if change != nil {
		change(&t)
	}
	return t
}

func TestPackLayout(t *testing.T) {
	s, err := verifier.NewSchema(
		tensor(func(t *verifier.Tensor) { t.Shape, t.Min, t.Max = []int{32}, -128, 127 }),
		tensor(func(t *verifier.Tensor) { t.Name, t.Visibility = "c", verifier.Committed }),
		tensor(func(t *verifier.Tensor) { t.Role, t.Shape, t.Max, t.Bytes = verifier.Output, []int{11}, 0x10000, 3 }),
	)
	require.NoError(t, err)
	require.Equal(t, 5, s.Values())
	x := make([]int64, 32)
	x[0], x[1], x[30], x[31] = -128+0xab, -128+0xcd, -128+0xef, -128+0x12
	for i := 2; i < 30; i++ {
		x[i] = -128
	}
	data := []verifier.Data{{Elements: x}, {Digest: fr.NewElement(99)}, {Elements: []int64{0x10000, 5, 0, 0, 0, 0, 0, 0, 0, 0xfffe, 7}}}
	values, err := s.Pack(data)
	require.NoError(t, err)
	hex := make([]string, len(values))
	for i := range values {
		hex[i] = values[i].BigInt(new(big.Int)).Text(16)
	}
	zeros := func(n int) string { return string(make0(2 * n)) }
	require.Equal(t, []string{
		"abcd" + zeros(28) + "ef",
		"12" + zeros(30),
		"63",
		"10000" + "000005" + zeros(21) + "00fffe" + "00", // ten elements, one byte free
		"7" + zeros(28),
	}, hex)
	got, err := s.Unpack(values)
	require.NoError(t, err)
	require.Equal(t, data, got)
}

func make0(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return b
}

func anySchema(t *rapid.T) *verifier.Schema {
	var tensors []verifier.Tensor
	for i := range rapid.IntRange(1, 4).Draw(t, "tensors") {
		bytes := rapid.IntRange(1, 8).Draw(t, "bytes")
		min := rapid.Int64().Draw(t, "min")
		room := uint64(math.MaxInt64) - uint64(min)
		if bytes < 8 {
			room = rapid.Uint64Range(0, 1<<(8*bytes)-1).Draw(t, "span")
			if room > uint64(math.MaxInt64)-uint64(min) {
				room = uint64(math.MaxInt64) - uint64(min)
			}
		}
		tensors = append(tensors, verifier.Tensor{
			Name: string(rune('a' + i)), Role: verifier.Input,
			Visibility: rapid.SampledFrom([]verifier.Visibility{verifier.Public, verifier.Committed}).Draw(t, "visibility"),
			Shape:      rapid.SliceOfN(rapid.IntRange(1, 9), 0, 3).Draw(t, "shape"),
			Min:        min, Max: int64(uint64(min) + room), Scale: 1, Bytes: bytes,
		})
	}
	s, err := verifier.NewSchema(tensors...)
	require.NoError(t, err)
	return s
}

func anyData(t *rapid.T, s *verifier.Schema) []verifier.Data {
	data := make([]verifier.Data, len(s.Tensors))
	for i, x := range s.Tensors {
		if x.Visibility == verifier.Committed {
			data[i].Digest.SetBytes(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "digest"))
			continue
		}
		data[i].Elements = rapid.SliceOfN(rapid.Int64Range(x.Min, x.Max), x.Elements(), x.Elements()).Draw(t, "elements")
	}
	return data
}

func TestUnpackInvertsPack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySchema(t)
		data := anyData(t, s)
		values, err := s.Pack(data)
		require.NoError(t, err)
		require.Len(t, values, s.Values())
		got, err := s.Unpack(values)
		require.NoError(t, err)
		require.Equal(t, data, got)
	})
}

// One list of tensors has one list of values: whatever Unpack accepts, Pack gives back.
func TestPackInvertsUnpack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySchema(t)
		values, err := s.Pack(anyData(t, s))
		require.NoError(t, err)
		i := rapid.IntRange(0, len(values)-1).Draw(t, "place")
		b := values[i].Bytes()
		b[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		values[i].SetBytes(b[:])
		data, err := s.Unpack(values)
		if err != nil {
			return
		}
		again, err := s.Pack(data)
		require.NoError(t, err)
		require.Equal(t, values, again)
	})
}

func TestUnpackRefuses(t *testing.T) {
	s, err := verifier.NewSchema(tensor(func(t *verifier.Tensor) { t.Max = 200 }))
	require.NoError(t, err)
	values, err := s.Pack([]verifier.Data{{Elements: make([]int64, 40)}})
	require.NoError(t, err)
	set := func(i, byteIndex int, v byte) []fr.Element {
		out := append([]fr.Element{}, values...)
		b := out[i].Bytes()
		b[byteIndex] = v
		require.NoError(t, out[i].SetBytesCanonical(b[:]))
		return out
	}
	_, err = s.Unpack(set(1, 9, 200))
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		values []fr.Element
		want   error
	}{
		"beyond the range":   {set(0, 1, 201), verifier.ErrElementRange},
		"first padding byte": {set(1, 10, 1), verifier.ErrPadding},
		"last padding byte":  {set(1, 31, 1), verifier.ErrPadding},
		"above the chunk":    {set(0, 0, 1), verifier.ErrPadding},
		"too few":            {values[:1], verifier.ErrValueCount},
		"too many":           {append(values[:2:2], fr.Element{}), verifier.ErrValueCount},
	} {
		_, err := s.Unpack(tt.values)
		require.ErrorIs(t, err, tt.want, name)
	}
}

func TestPackRefuses(t *testing.T) {
	s, err := verifier.NewSchema(tensor(func(t *verifier.Tensor) { t.Min, t.Max = -5, 200 }))
	require.NoError(t, err)
	at := func(v int64) []verifier.Data {
		x := make([]int64, 40)
		x[39] = v
		return []verifier.Data{{Elements: x}}
	}
	for _, v := range []int64{-5, 200} {
		_, err = s.Pack(at(v))
		require.NoError(t, err)
	}
	for _, v := range []int64{-6, 201, math.MinInt64, math.MaxInt64} {
		_, err = s.Pack(at(v))
		require.ErrorIs(t, err, verifier.ErrElementRange)
	}
	_, err = s.Pack(nil)
	require.ErrorIs(t, err, verifier.ErrTensorShape)
	_, err = s.Pack([]verifier.Data{{Elements: make([]int64, 39)}})
	require.ErrorIs(t, err, verifier.ErrTensorShape)
}

func TestSchemaRefuses(t *testing.T) {
	for name, change := range map[string]func(*verifier.Tensor){
		"role":               func(t *verifier.Tensor) { t.Role = "weights" },
		"visibility":         func(t *verifier.Tensor) { t.Visibility = "" },
		"zero dimension":     func(t *verifier.Tensor) { t.Shape = []int{0} },
		"negative dimension": func(t *verifier.Tensor) { t.Shape = []int{-1, -1} },
		"overflowing shape":  func(t *verifier.Tensor) { t.Shape = []int{1 << 31, 1 << 31, 4} },
		"no bytes":           func(t *verifier.Tensor) { t.Bytes = 0 },
		"nine bytes":         func(t *verifier.Tensor) { t.Bytes = 9 },
		"empty range":        func(t *verifier.Tensor) { t.Min = 256 },
		"range too wide":     func(t *verifier.Tensor) { t.Max = 256 },
		"full range":         func(t *verifier.Tensor) { t.Min, t.Max, t.Bytes = math.MinInt64, math.MaxInt64, 7 },
		"zero scale":         func(t *verifier.Tensor) { t.Scale = 0 },
		"negative scale":     func(t *verifier.Tensor) { t.Scale = -1 },
		"NaN scale":          func(t *verifier.Tensor) { t.Scale = math.NaN() },
		"infinite scale":     func(t *verifier.Tensor) { t.Scale = math.Inf(1) },
		"name":               func(t *verifier.Tensor) { t.Name = "\xff" },
		"too many values":    func(t *verifier.Tensor) { t.Shape = []int{65537 * 31} },
	} {
		_, err := verifier.NewSchema(tensor(change))
		require.ErrorIs(t, err, verifier.ErrSchema, name)
	}
	_, err := verifier.NewSchema()
	require.ErrorIs(t, err, verifier.ErrSchema)
	_, err = verifier.NewSchema(tensor(nil), tensor(nil))
	require.ErrorIs(t, err, verifier.ErrSchema)
	_, err = verifier.NewSchema(tensor(func(t *verifier.Tensor) { t.Min, t.Max, t.Bytes = math.MinInt64, math.MaxInt64, 8 }))
	require.NoError(t, err)
}

func TestDigestCoversEveryField(t *testing.T) {
	base := verifier.Schema{Tensors: []verifier.Tensor{tensor(nil), tensor(func(t *verifier.Tensor) { t.Name = "y" })}}
	seen := map[[32]byte]string{base.Digest(): "base"}
	for name, change := range map[string]func(*verifier.Tensor){
		"name": func(t *verifier.Tensor) { t.Name = "xx" }, "role": func(t *verifier.Tensor) { t.Role = verifier.Output },
		"visibility": func(t *verifier.Tensor) { t.Visibility = verifier.Committed },
		"shape":      func(t *verifier.Tensor) { t.Shape = []int{40} }, "shape order": func(t *verifier.Tensor) { t.Shape = []int{40, 1} },
		"min": func(t *verifier.Tensor) { t.Min = -1 }, "max": func(t *verifier.Tensor) { t.Max = 254 },
		"scale": func(t *verifier.Tensor) { t.Scale = math.Nextafter(1, 2) }, "bytes": func(t *verifier.Tensor) { t.Bytes = 2 },
		"first": func(t *verifier.Tensor) { t.First = 1 }, "count": func(t *verifier.Tensor) { t.Count = 1 },
	} {
		s := verifier.Schema{Tensors: []verifier.Tensor{tensor(change), base.Tensors[1]}}
		require.Empty(t, seen[s.Digest()], name)
		seen[s.Digest()] = name
	}
	swapped := verifier.Schema{Tensors: []verifier.Tensor{base.Tensors[1], base.Tensors[0]}}
	require.Empty(t, seen[swapped.Digest()])
}
