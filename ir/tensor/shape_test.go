package tensor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCheckedSize(t *testing.T) {
	for _, c := range []struct {
		s    Shape
		want int
		err  string
	}{
		{nil, 1, ""}, {Shape{2, 3}, 6, ""}, {Shape{2, 0, 3}, 0, ""}, {Shape{100}, 100, ""},
		{Shape{101}, 0, "at most 100"}, {Shape{-1}, 0, "axis 0"}, {Shape{1 << 62, 4}, 0, "at most 100"}, {Shape{-2, -3}, 0, "axis 0"},
		{Shape{0, 1 << 62, 1 << 62}, 0, ""},
	} {
		n, err := c.s.CheckedSize(100)
		if c.err != "" {
			require.ErrorContains(t, err, c.err, "%v", []int(c.s))
			continue
		}
		require.NoError(t, err, "%v", []int(c.s))
		require.Equal(t, c.want, n)
		require.Equal(t, c.want, c.s.Size())
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct{ axis, rank, want int }{{0, 1, 0}, {-1, 3, 2}, {2, 3, 2}, {-3, 3, 0}} {
		got, err := Axis(c.axis, c.rank)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	for _, c := range [][2]int{{1, 1}, {-2, 1}, {0, 0}, {-1, 0}} {
		_, err := Axis(c[0], c[1])
		require.Error(t, err, "axis %d of %d", c[0], c[1])
	}
}

func TestBroadcast(t *testing.T) {
	for _, c := range []struct{ a, b, want Shape }{
		{Shape{2, 3}, Shape{3}, Shape{2, 3}}, {Shape{2, 1}, Shape{1, 3}, Shape{2, 3}}, {nil, Shape{4}, Shape{4}},
		{Shape{1}, nil, Shape{1}}, {Shape{5, 1, 2}, Shape{4, 1}, Shape{5, 4, 2}}, {Shape{1}, Shape{0}, Shape{0}},
	} {
		got, err := Broadcast(c.a, c.b)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
		got, err = Broadcast(c.b, c.a)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "the other way round")
	}
	_, err := Broadcast(Shape{2}, Shape{3})
	require.ErrorContains(t, err, "2 and 3")
}

// Each element of a broadcast is the element whose index it has on the axes that are not stretched.
func TestBroadcastTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		out := Shape(rapid.SliceOfN(rapid.IntRange(1, 3), 0, 4).Draw(t, "out"))
		s := out[rapid.IntRange(0, len(out)).Draw(t, "drop"):].Clone()
		for i := range s {
			if rapid.Bool().Draw(t, "stretch") {
				s[i] = 1
			}
		}
		x := New[int](s)
		for i := range x.Data {
			x.Data[i] = i
		}
		y := x.BroadcastTo(out)
		require.True(t, y.Shape.Equal(out))
		for i, got := range y.Data {
			want, rest := 0, i
			for a, st := range out.Strides() {
				at := rest / st
				rest %= st
				if k := a - (len(out) - len(s)); k >= 0 && s[k] > 1 {
					want += at * s.Strides()[k]
				}
			}
			require.Equal(t, want, got, "element %d of %v to %v", i, s, out)
		}
	})
}

func TestString(t *testing.T) {
	require.Equal(t, "1x3x32", Shape{1, 3, 32}.String())
	require.Equal(t, "scalar", Shape(nil).String())
	require.Equal(t, "int8", Int8.String())
	require.Equal(t, "onnx-dtype-99", DType(99).String())
}

func TestFrom(t *testing.T) {
	_, err := From(Shape{2, 2}, []int{1, 2, 3})
	require.ErrorContains(t, err, "want 4 elements, got 3")
	x, err := From(Shape{2, 2}, []int{1, 2, 3, 4})
	require.NoError(t, err)
	y, err := x.Reshape(Shape{4})
	require.NoError(t, err)
	y.Data[0] = 9
	require.Equal(t, 9, x.Data[0], "the data is shared")
	_, err = x.Reshape(Shape{3})
	require.Error(t, err)
}

func TestDType(t *testing.T) {
	for d, name := range dtypeNames {
		require.Equal(t, name, d.String())
		require.False(t, d.IsFloat() && d.IsInteger(), name)
	}
	require.True(t, BFloat16.IsFloat())
	require.True(t, Uint64.IsInteger())
	require.False(t, Bool.IsInteger())
}

func TestBroadcastToFollowsTheIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		out := Shape(rapid.SliceOfN(rapid.IntRange(0, 4), 0, 4).Draw(t, "out"))
		in := out[rapid.IntRange(0, len(out)).Draw(t, "dropped"):].Clone()
		for i := range in {
			if rapid.Bool().Draw(t, "repeated") {
				in[i] = 1
			}
		}
		x := New[int](in)
		for i := range x.Data {
			x.Data[i] = i
		}
		y := x.BroadcastTo(out)
		require.True(t, y.Shape.Equal(out))
		require.Equal(t, out.Size(), len(y.Data))
		for i, j := range in.BroadcastIndex(out) {
			require.Equal(t, j, y.Data[i])
		}
	})
}
