package program

import (
	"assay/ir/tensor"
)

// realMap is a constant linear map before its weights are rounded.
type realMap interface {
	// scale multiplies row i by s[i]; false when the form of the map cannot express it.
	scale(s []float64) (realMap, bool)
	// quantize rounds weight * factor.
	quantize(factor float64) Map
	// fanIn is the number of entries of a row, at most.
	fanIn() int
	// coefficients are all the weights.
	coefficients() []float64
}

type realDense struct {
	in, out, batch int
	weights        []float64        // [out][in]
	rounded        map[float64]Ints // weights by the factor that they were multiplied by
}

func (m *realDense) scale(s []float64) (realMap, bool) {
	for i := range s {
		if s[i] != s[i%m.out] {
			return nil, false
		}
	}
	r := *m
	r.weights, r.rounded = make([]float64, len(m.weights)), map[float64]Ints{}
	for i, w := range m.weights {
		r.weights[i] = w * s[i/m.in]
	}
	return &r, true
}

func (m *realDense) fanIn() int { return m.in }

func (m *realDense) coefficients() []float64 { return m.weights }

func (m *realDense) quantize(f float64) Map {
	w, ok := m.rounded[f]
	if !ok {
		w = roundAll(m.weights, f)
		m.rounded[f] = w
	}
	return &DenseMap{In: m.in, Out: m.out, Batch: m.batch, Weights: w}
}

type realConv struct {
	batch, in, out, groups int
	spatial                []int
	window                 tensor.Window
	outSize                int
	weights                []float64 // [out][in/groups][kernel]
}

func (m *realConv) scale(s []float64) (realMap, bool) {
	for i := range s {
		if s[i] != s[i/m.outSize%m.out*m.outSize] {
			return nil, false
		}
	}
	r := *m
	r.weights = make([]float64, len(m.weights))
	per := len(m.weights) / m.out
	for i, w := range m.weights {
		r.weights[i] = w * s[i/per*m.outSize]
	}
	return &r, true
}

func (m *realConv) fanIn() int { return len(m.weights) / m.out }

func (m *realConv) coefficients() []float64 { return m.weights }

func (m *realConv) quantize(f float64) Map {
	return &ConvMap{Batch: m.batch, In: m.in, Out: m.out, Groups: m.groups, Spatial: m.spatial, Window: m.window, Weights: roundAll(m.weights, f)}
}

type realWindow struct {
	planes  int
	spatial []int
	window  tensor.Window
	weights []float64
}

func (m *realWindow) scale(s []float64) (realMap, bool) {
	n := len(m.weights)
	for i := range s {
		if s[i] != s[i%n] {
			return nil, false
		}
	}
	r := *m
	r.weights = make([]float64, n)
	for i, w := range m.weights {
		r.weights[i] = w * s[i]
	}
	return &r, true
}

func (m *realWindow) fanIn() int { return tensor.Shape(m.window.Kernel).Size() }

func (m *realWindow) coefficients() []float64 { return m.weights }

func (m *realWindow) quantize(f float64) Map {
	return &WindowMap{Planes: m.planes, Spatial: m.spatial, Window: m.window, Weights: roundAll(m.weights, f)}
}

type realDiagonal struct {
	size    int
	weights []float64 // each serves size/len(weights) elements
}

func (m *realDiagonal) scale(s []float64) (realMap, bool) {
	r := &realDiagonal{m.size, expand(m.weights, m.size)}
	for i := range r.weights {
		r.weights[i] *= s[i]
	}
	r.weights = compress(r.weights)
	return r, true
}

func (m *realDiagonal) fanIn() int { return 1 }

func (m *realDiagonal) coefficients() []float64 { return m.weights }

func (m *realDiagonal) quantize(f float64) Map {
	return &DiagonalMap{Size: m.size, Weights: roundAll(m.weights, f)}
}

// expand repeats each element so that the result has n, a multiple of len(v).
func expand(v []float64, n int) []float64 {
	r := make([]float64, n)
	for i := range r {
		r[i] = v[i/(n/len(v))]
	}
	return r
}

// compress is the inverse of expand with the longest repeat.
func compress(v []float64) []float64 {
	repeat := len(v)
	for i := 1; i < len(v); i++ {
		if v[i] != v[i-1] {
			repeat = gcd(repeat, i)
		}
	}
	r := make([]float64, len(v)/repeat)
	for i := range r {
		r[i] = v[i*repeat]
	}
	return r
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
