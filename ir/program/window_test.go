package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// window is a random window over random spatial extents, of one to three axes.
func window(t *rapid.T) (spatial []int, w tensor.Window, out []int) {
	for range rapid.IntRange(1, 3).Draw(t, "axes") {
		spatial = append(spatial, rapid.IntRange(1, 5).Draw(t, "extent"))
		w.Kernel = append(w.Kernel, rapid.IntRange(1, 3).Draw(t, "kernel"))
		w.Strides = append(w.Strides, rapid.IntRange(1, 3).Draw(t, "stride"))
		w.Dilations = append(w.Dilations, rapid.IntRange(1, 2).Draw(t, "dilation"))
		w.Begin = append(w.Begin, rapid.IntRange(0, 2).Draw(t, "begin"))
		w.End = append(w.End, rapid.IntRange(0, 2).Draw(t, "end"))
	}
	for i := range spatial {
		padded := spatial[i] + w.Begin[i] + w.End[i]
		reach := w.Dilations[i]*(w.Kernel[i]-1) + 1
		if padded < reach {
			t.Skip("the window does not fit")
		}
		n := 0
		for at := 0; at+reach <= padded; at += w.Strides[i] {
			n++
		}
		out = append(out, n)
	}
	return spatial, w, out
}

// each calls f for each index below extents, in row-major order.
func each(extents []int, f func(at []int)) {
	at := make([]int, len(extents))
	var rec func(int)
	rec = func(axis int) {
		if axis == len(extents) {
			f(at)
			return
		}
		for at[axis] = 0; at[axis] < extents[axis]; at[axis]++ {
			rec(axis + 1)
		}
	}
	rec(0)
}

// read is the element of plane p under kernel position k of output position o; false in the padding.
func read(x []int64, p int, spatial []int, w tensor.Window, o, k []int) (int64, bool) {
	i := p
	for a := range spatial {
		pos := o[a]*w.Strides[a] + k[a]*w.Dilations[a] - w.Begin[a]
		if pos < 0 || pos >= spatial[a] {
			return 0, false
		}
		i = i*spatial[a] + pos
	}
	return x[i], true
}

func TestMaxEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spatial, w, out := window(t)
		n, c := rapid.IntRange(1, 2).Draw(t, "batch"), rapid.IntRange(1, 2).Draw(t, "channels")
		d, x := operand(t, "x", append(tensor.Shape{n, c}, spatial...), 30)
		k := &Max{Planes: n * c, Spatial: spatial, Window: w}
		var want []int64
		empty := false
		for p := range n * c {
			each(out, func(o []int) {
				best, found := int64(0), false
				each(w.Kernel, func(kp []int) {
					if v, ok := read(x.Data, p, spatial, w, o, kp); ok && (!found || v > best) {
						best, found = v, true
					}
				})
				empty = empty || !found
				want = append(want, best)
			})
		}
		if empty {
			_, _, err := k.Infer([]Tensor{d})
			require.ErrorContains(t, err, "padding alone")
			return
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
	})
}

func TestLinearEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spatial, w, out := window(t)
		n, c := rapid.IntRange(1, 2).Draw(t, "batch"), rapid.IntRange(1, 2).Draw(t, "channels")
		d, x := operand(t, "x", append(tensor.Shape{n, c}, spatial...), 30)
		positions := tensor.Shape(out).Size()
		taps := tensor.Shape(w.Kernel).Size()

		// window + diagonal of another tensor of the same rows
		rows := n * c * positions
		m := &WindowMap{Planes: n * c, Spatial: spatial, Window: w, Weights: ints(t, "weights", positions, 9)}
		d2, x2 := operand(t, "z", tensor.Shape{rows}, 30)
		diagonal := &DiagonalMap{Size: rows, Weights: ints(t, "diagonal", n*c, 9)}
		k := &Linear{Terms: []Term{{0, m}, {1, diagonal}}, Bias: ints(t, "bias", n, 100), Shape: append(tensor.Shape{n, c}, out...)}
		var want []int64
		for p := range n * c {
			o := 0
			each(out, func(at []int) {
				sum := int64(0)
				each(w.Kernel, func(kp []int) {
					v, _ := read(x.Data, p, spatial, w, at, kp)
					sum += v
				})
				want = append(want, sum*m.Weights[o]+diagonal.Weights[p]*x2.Data[p*positions+o]+k.Bias[p/c])
				o++
			})
		}
		check(t, k, []Tensor{d, d2}, []*tensor.Int{x, x2}, want)

		// convolution in groups
		groups := rapid.SampledFrom([]int{1, c}).Draw(t, "groups")
		filters := groups * rapid.IntRange(1, 2).Draw(t, "filters")
		cm := &ConvMap{Batch: n, In: c, Out: filters, Groups: groups, Spatial: spatial, Window: w, Weights: ints(t, "filters", filters*(c/groups)*taps, 9)}
		k = &Linear{Terms: []Term{{0, cm}}, Bias: ints(t, "bias", n*filters, 100), Shape: append(tensor.Shape{n, filters}, out...)}
		want = nil
		for b := range n {
			for f := range filters {
				each(out, func(at []int) {
					sum := k.Bias[b*filters+f]
					for g := range c / groups {
						channel := f/(filters/groups)*(c/groups) + g
						tap := 0
						each(w.Kernel, func(kp []int) {
							v, _ := read(x.Data, b*c+channel, spatial, w, at, kp)
							sum += v * cm.Weights[(f*(c/groups)+g)*taps+tap]
							tap++
						})
					}
					want = append(want, sum)
				})
			}
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
		agree(t, k, []*tensor.Int{x}, want)

		// dense on the last axis
		in := spatial[len(spatial)-1]
		batch := x.Shape.Size() / in
		outs := rapid.IntRange(1, 3).Draw(t, "out")
		dm := &DenseMap{In: in, Out: outs, Batch: batch, Weights: ints(t, "dense", in*outs, 9)}
		k = &Linear{Terms: []Term{{0, dm}}, Bias: Ints{5}, Shape: tensor.Shape{batch, outs}}
		want = nil
		for b := range batch {
			for o := range outs {
				sum := int64(5)
				for i := range in {
					sum += x.Data[b*in+i] * dm.Weights[o*in+i]
				}
				want = append(want, sum)
			}
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
		agree(t, k, []*tensor.Int{x}, want)
	})
}

// agree requires that the rows, of which circuits are made, say what Eval says.
func agree(t *rapid.T, k *Linear, in []*tensor.Int, want []int64) {
	for i, w := range want {
		sum := k.BiasOf(i)
		for a, term := range k.Terms {
			for _, e := range term.Map.Row(i, nil) {
				sum += e.Coef * in[a].Data[e.Index]
			}
		}
		require.Equal(t, w, sum, "row %d", i)
	}
}

// The ends of the inferred range of a linear kernel are attained.
func TestLinearRangeIsTight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "n")
		d, _ := operand(t, "x", tensor.Shape{n}, 1<<20)
		m := &DenseMap{In: n, Out: 1, Batch: 1, Weights: ints(t, "weights", n, 1<<20)}
		k := &Linear{Terms: []Term{{0, m}}, Bias: ints(t, "bias", 1, 1<<30), Shape: tensor.Shape{1}}
		_, r, err := k.Infer([]Tensor{d})
		require.NoError(t, err)
		low, high := tensor.New[int64](d.Shape), tensor.New[int64](d.Shape)
		for i, w := range m.Weights {
			low.Data[i], high.Data[i] = d.Range.Min, d.Range.Max
			if w < 0 {
				low.Data[i], high.Data[i] = high.Data[i], low.Data[i]
			}
		}
		for at, want := range map[*tensor.Int]int64{low: r.Min, high: r.Max} {
			y, err := k.Eval([]*tensor.Int{at})
			require.NoError(t, err)
			require.Equal(t, want, y.Data[0])
		}
	})
}
