package tensor

// Number is what is multiplied and added.
type Number interface{ int64 | float64 }

// Correlation is the geometry of a convolution (ONNX Conv): of an N x C x spatial tensor with weights of shape
// M x C/Groups x kernel. Padding reads zero.
type Correlation struct {
	Batch, In, Out, Groups int // N, C, M, and a divisor of both C and M
	Spatial                []int
	Result                 []int // Window.Out(Spatial)
	Window                 Window
}

// tileBytes is about how much of what windows read is multiplied by all weights at a time.
const tileBytes = 1 << 18

// Correlate adds the correlation of x with w to y, which is row-major N x M x Result. The order of additions does not
// depend on the number of processors.
func Correlate[T Number](c Correlation, x, w, y []T) {
	places, taps := Shape(c.Result).Size(), Shape(c.Window.Kernel).Size()
	k := c.In / c.Groups * taps
	tile := min(max(tileBytes/8/max(k, 1)&^1, 4), 64)
	Parallel(places, tile*max(1, min(16, places/tile/32)), func(from, to int) {
		t := correlated[T]{Correlation: c, x: x, w: w, y: y, places: places, taps: taps}
		for ; from < to; from += tile {
			t.run(from, min(from+tile, to))
		}
	})
}

// correlated is the work of some places of the result.
type correlated[T Number] struct {
	Correlation
	x, w, y      []T
	places, taps int
	from         int
	start        []int // of the reads of each place, and their end
	reads        []Run
	columns      []T // what each place reads, for one group
}

func (t *correlated[T]) run(from, to int) {
	t.from, t.reads, t.start = from, t.reads[:0], append(t.start[:0], 0)
	for p := from; p < to; p++ {
		t.reads = t.Window.Runs(t.Spatial, t.Result, p, t.reads)
		t.start = append(t.start, len(t.reads))
	}
	area, cg, mg := Shape(t.Spatial).Size(), t.In/t.Groups, t.Out/t.Groups
	for n := range t.Batch {
		for g := range t.Groups {
			src := t.x[(n*t.In+g*cg)*area : (n*t.In+(g+1)*cg)*area]
			w := t.w[g*mg*cg*t.taps : (g+1)*mg*cg*t.taps]
			dst := t.y[(n*t.Out+g*mg)*t.places : (n*t.Out+(g+1)*mg)*t.places]
			if mg == 1 {
				t.single(src, w, dst, area)
			} else {
				t.multiply(src, w, dst, area)
			}
		}
	}
}

// single is one channel of the result.
func (t *correlated[T]) single(src, w, dst []T, area int) {
	d := t.Window.Dilations[len(t.Spatial)-1]
	for i := range len(t.start) - 1 {
		var s T
		for c := 0; c*area < len(src); c++ {
			plane, weights := src[c*area:(c+1)*area], w[c*t.taps:(c+1)*t.taps]
			for _, r := range t.reads[t.start[i]:t.start[i+1]] {
				at := r.At
				for _, v := range weights[r.Tap : r.Tap+r.Count] {
					s += v * plane[at]
					at += d
				}
			}
		}
		dst[t.from+i] += s
	}
}

// multiply copies what each place reads into a column, and multiplies the columns by the rows of weights.
func (t *correlated[T]) multiply(src, w, dst []T, area int) {
	n, k := len(t.start)-1, len(src)/area*t.taps
	if cap(t.columns) < n*k {
		t.columns = make([]T, n*k)
	}
	t.columns = t.columns[:n*k]
	clear(t.columns)
	d := t.Window.Dilations[len(t.Spatial)-1]
	for i := range n {
		column := t.columns[i*k : (i+1)*k]
		for c := 0; c*area < len(src); c++ {
			plane, to := src[c*area:(c+1)*area], column[c*t.taps:(c+1)*t.taps]
			for _, r := range t.reads[t.start[i]:t.start[i+1]] {
				at := r.At
				for j := range r.Count {
					to[r.Tap+j] = plane[at]
					at += d
				}
			}
		}
	}
	m := len(w) / k
	for o := 0; o < m; o += 2 {
		// The last of an odd number of rows is multiplied alone, twice.
		w0, w1 := w[o*k:(o+1)*k], w[min(o+1, m-1)*k:]
		d0, d1 := dst[o*t.places+t.from:], dst[min(o+1, m-1)*t.places+t.from:]
		for i := 0; i < n; i += 2 {
			j := min(i+1, n-1)
			a, b, c, d := quad(w0, w1, t.columns[i*k:], t.columns[j*k:])
			d0[i] += a
			if j > i {
				d0[j] += b
			}
			if o+1 < m {
				if d1[i] += c; j > i {
					d1[j] += d
				}
			}
		}
	}
}

// quad is the inner products of two vectors with two others, of the length of the first. It names no element, so that
// the sums of integers stay in registers.
func quad[T Number](a0, a1, b0, b1 []T) (T, T, T, T) {
	n := len(a0)
	a1, b0, b1 = a1[:n], b0[:n], b1[:n]
	var a, b, c, d T
	for i := 0; i < n; i++ {
		a += a0[i] * b0[i]
		c += a1[i] * b0[i]
		b += a0[i] * b1[i]
		d += a1[i] * b1[i]
	}
	return a, b, c, d
}
