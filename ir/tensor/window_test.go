package tensor

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWindowOut(t *testing.T) {
	for _, c := range []struct {
		name string
		w    Window
		in   []int
		want []int
		err  string
	}{
		{"valid", Window{[]int{3}, []int{1}, []int{1}, []int{0}, []int{0}}, []int{5}, []int{3}, ""},
		{"same", Window{[]int{3, 3}, []int{1, 1}, []int{1, 1}, []int{1, 1}, []int{1, 1}}, []int{5, 4}, []int{5, 4}, ""},
		{"strides round down", Window{[]int{2}, []int{2}, []int{1}, []int{0}, []int{0}}, []int{5}, []int{2}, ""},
		{"dilated", Window{[]int{3}, []int{1}, []int{2}, []int{0}, []int{1}}, []int{5}, []int{2}, ""},
		{"no axes", Window{}, nil, []int{}, ""},
		{"too long", Window{[]int{3}, []int{1}, []int{3}, []int{0}, []int{1}}, []int{5}, nil, "longer"},
		{"kernel of zero", Window{[]int{0}, []int{1}, []int{1}, []int{0}, []int{0}}, []int{5}, nil, "kernel"},
		{"negative padding", Window{[]int{1}, []int{1}, []int{1}, []int{-1}, []int{0}}, []int{5}, nil, "padding"},
		{"another rank", Window{[]int{1}, []int{1}, []int{1}, []int{0}, []int{0}}, []int{5, 5}, nil, "2 spatial axes"},
		{"an extent that overflows", Window{[]int{2}, []int{1}, []int{1 << 62}, []int{0}, []int{0}}, []int{5}, nil, "at most"},
		{"padding that overflows", Window{[]int{1}, []int{1}, []int{1}, []int{1 << 62}, []int{1 << 62}}, []int{5}, nil, "at most"},
		{"a result beyond memory", Window{[]int{1, 1}, []int{1, 1}, []int{1, 1}, []int{1 << 20, 1 << 20}, []int{0, 0}}, []int{5, 5}, nil, "at most"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.w.Out(c.in)
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

// Two axes have a path of their own; a third axis of extent one must not change what it visits.
func TestWindowVisit(t *testing.T) {
	w := Window{[]int{2, 3}, []int{2, 1}, []int{1, 2}, []int{1, 0}, []int{0, 2}}
	in := []int{4, 6}
	out, err := w.Out(in)
	require.NoError(t, err)
	thick := Window{append([]int{1}, w.Kernel...), append([]int{1}, w.Strides...), append([]int{1}, w.Dilations...), append([]int{0}, w.Begin...), append([]int{0}, w.End...)}
	type visit struct{ tap, at int }
	for o := range Shape(out).Size() {
		var a, b []visit
		w.Visit(in, out, o, func(tap, at int) { a = append(a, visit{tap, at}) })
		thick.Visit(append([]int{1}, in...), append([]int{1}, out...), o, func(tap, at int) { b = append(b, visit{tap, at}) })
		require.NotEmpty(t, a)
		require.Equal(t, b, a, "position %d", o)
	}
	var first []visit
	w.Visit(in, out, 0, func(tap, at int) { first = append(first, visit{tap, at}) })
	require.Equal(t, []visit{{3, 0}, {4, 2}, {5, 4}}, first, "the first row is padding")
}
