package program

import (
	"fmt"

	"assay/ir/tensor"
)

// TransposedMap is the transpose of a convolution (ONNX ConvTranspose): element p of the N x In x Spatial input is
// added, times the weights, to the output positions p * Strides - Begin + k * Dilations within Extent.
type TransposedMap struct {
	Batch     int   `json:"batch"`
	In        int   `json:"in"`     // C
	Out       int   `json:"out"`    // M
	Groups    int   `json:"groups"` // divides C and M
	Spatial   []int `json:"spatial"`
	Extent    []int `json:"extent"` // of the output
	Kernel    []int `json:"kernel"`
	Strides   []int `json:"strides"`
	Dilations []int `json:"dilations"`
	Begin     []int `json:"begin"`   // output positions that are cut off before each axis
	Weights   Ints  `json:"weights"` // row-major [C][M/Groups][kernel]

	inSize, outSize, taps int
	offsets               [][]Entry // per output position: Index is the input position, Coef the tap
}

func init() { registerMap("transposed", func() Map { return new(TransposedMap) }) }

// Kind implements Map.
func (m *TransposedMap) Kind() string { return "transposed" }

// Stored implements Map.
func (m *TransposedMap) Stored() Ints { return m.Weights }

// Check implements Map.
func (m *TransposedMap) Check(in tensor.Shape) (int, error) {
	if want := append(tensor.Shape{m.Batch, m.In}, m.Spatial...); !in.Equal(want) {
		return 0, fmt.Errorf("transposed: want shape %v, got %v", want, in)
	}
	if err := m.place(); err != nil {
		return 0, err
	}
	if m.Groups < 1 || m.Out < 1 || m.In < 1 || m.In%m.Groups != 0 || m.Out%m.Groups != 0 ||
		!counts(m.Weights, m.In, m.Out/m.Groups, m.taps) {
		return 0, fmt.Errorf("transposed: %d weights, %d groups do not fit %d -> %d channels of %d taps", len(m.Weights), m.Groups, m.In, m.Out, m.taps)
	}
	return (append(tensor.Shape{m.Batch, m.Out}, m.Extent...)).CheckedSize(tensor.MaxElements)
}

// maxPlaced bounds the positions of a plane, and the taps at all of them, which are kept.
const maxPlaced = 1 << 24

// place finds, for each output position, the input positions and taps that reach it.
func (m *TransposedMap) place() error {
	n := len(m.Spatial)
	for _, s := range [][]int{m.Extent, m.Kernel, m.Strides, m.Dilations, m.Begin} {
		if len(s) != n {
			return fmt.Errorf("transposed: want %d spatial axes, got %v", n, s)
		}
	}
	for i := range n {
		for _, v := range []int{m.Spatial[i], m.Extent[i], m.Kernel[i], m.Strides[i], m.Dilations[i], m.Begin[i] + 1} {
			if v < 1 || v > maxPlaced {
				return fmt.Errorf("transposed: axis %d: want extents, strides and dilations within [1, %d], got %d", i, maxPlaced, v)
			}
		}
	}
	var err error
	if m.inSize, err = tensor.Shape(m.Spatial).CheckedSize(maxPlaced); err != nil {
		return err
	}
	if m.outSize, err = tensor.Shape(m.Extent).CheckedSize(maxPlaced); err != nil {
		return err
	}
	if m.taps, err = tensor.Shape(m.Kernel).CheckedSize(maxPlaced); err != nil {
		return err
	}
	if m.inSize > maxPlaced/m.taps {
		return fmt.Errorf("transposed: want at most %d taps at all positions, got %d at each of %d", maxPlaced, m.taps, m.inSize)
	}
	m.offsets = make([][]Entry, m.outSize)
	var visit func(axis, at, tap, out int)
	visit = func(axis, at, tap, out int) {
		if axis == n {
			m.offsets[out] = append(m.offsets[out], Entry{at, int64(tap)})
			return
		}
		for p := range m.Spatial[axis] {
			for k := range m.Kernel[axis] {
				if o := p*m.Strides[axis] + k*m.Dilations[axis] - m.Begin[axis]; o >= 0 && o < m.Extent[axis] {
					visit(axis+1, at*m.Spatial[axis]+p, tap*m.Kernel[axis]+k, out*m.Extent[axis]+o)
				}
			}
		}
	}
	visit(0, 0, 0, 0)
	return nil
}

func (m *TransposedMap) held() int { return 4 * (m.outSize + m.inSize*m.taps) }

// channels gives the first input channel that output channel o reads, their number, and where the weights of the
// first begin. Those of the next channel begin step further.
func (m *TransposedMap) channels(o int) (first, count, at, step int) {
	cg, og := m.In/m.Groups, m.Out/m.Groups
	first = o / og * cg
	return first, cg, (first*og + o%og) * m.taps, og * m.taps
}

// Row implements Map.
func (m *TransposedMap) Row(i int, dst []Entry) []Entry {
	pos, ch := i%m.outSize, i/m.outSize
	first, count, at, step := m.channels(ch % m.Out)
	for c := range count {
		base := (ch/m.Out*m.In + first + c) * m.inSize
		for _, e := range m.offsets[pos] {
			if w := m.Weights[at+c*step+int(e.Coef)]; w != 0 {
				dst = append(dst, Entry{base + e.Index, w})
			}
		}
	}
	return dst
}

func (m *TransposedMap) accumulate(x, y []int64) {
	for i := range m.Batch * m.Out {
		first, count, at, step := m.channels(i % m.Out)
		plane := y[i*m.outSize : (i+1)*m.outSize]
		for c := range count {
			w := m.Weights[at+c*step:][:m.taps]
			src := x[(i/m.Out*m.In+first+c)*m.inSize:][:m.inSize]
			for p, offs := range m.offsets {
				for _, e := range offs {
					plane[p] += w[e.Coef] * src[e.Index]
				}
			}
		}
	}
}

// String implements Map.
func (m *TransposedMap) String() string {
	return fmt.Sprintf("transposed[%d->%d k%v s%v p%v d%v g%d]", m.In, m.Out, m.Kernel, m.Strides, m.Begin, m.Dilations, m.Groups)
}
