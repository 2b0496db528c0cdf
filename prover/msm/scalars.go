package msm

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// scalarBits is the length of the largest absolute value, (r - 1)/2.
const scalarBits = fr.Bits - 1

// negative marks, in the last limb of an absolute value, that the scalar was negative.
const negative = 1 << 63

// half is (r - 1)/2, by limbs.
var half = func() (h [4]uint64) {
	m := fr.Modulus()
	m.Rsh(m, 1)
	for i, w := range m.Bits() {
		h[i] = uint64(w)
	}
	return h
}()

// modulus is r, by limbs.
var modulus = func() (q [4]uint64) {
	for i, w := range fr.Modulus().Bits() {
		q[i] = uint64(w)
	}
	return q
}()

// Scalars are field elements as sums use them: x as the integer of least magnitude that is x modulo r.
type Scalars struct {
	abs    []fr.Element // not in Montgomery form; the sign in the last bit
	length []uint8      // of the magnitude in bits
}

// NewScalars takes over the elements, in Montgomery form, and overwrites them.
func (e *Engine) NewScalars(elements []fr.Element) *Scalars {
	s := &Scalars{abs: elements, length: make([]uint8, len(elements))}
	e.Parallel(len(elements), func(from, to int) {
		for i := from; i < to; i++ {
			s.length[i] = magnitude(&s.abs[i])
		}
	})
	return s
}

// magnitude turns x from Montgomery form to magnitude and sign, and gives the magnitude's length.
func magnitude(x *fr.Element) uint8 {
	v := x.Bits()
	if greater(&v, &half) {
		var b uint64
		v[0], b = bits.Sub64(modulus[0], v[0], 0)
		v[1], b = bits.Sub64(modulus[1], v[1], b)
		v[2], b = bits.Sub64(modulus[2], v[2], b)
		v[3], _ = bits.Sub64(modulus[3], v[3], b)
		n := length(&v)
		v[3] |= negative
		*x = v
		return n
	}
	*x = v
	return length(&v)
}

func greater(a, b *[4]uint64) bool {
	for i := 3; i > 0; i-- {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return a[0] > b[0]
}

func length(v *[4]uint64) uint8 {
	for i := 3; i >= 0; i-- {
		if v[i] != 0 {
			return uint8(64*i + bits.Len64(v[i]))
		}
	}
	return 0
}

// recoding cuts magnitudes in signed digits of c bits, from -2^(c-1) to 2^(c-1), lowest first, by Booth's method: digit j
// is bits [c j, c j + c) plus the bit below them less 2^c times the topmost, so each can be read apart from the others.
type recoding struct {
	c, digits int
}

// newRecoding is that of magnitudes of so many bits.
func newRecoding(c, length int) recoding { return recoding{c: c, digits: (length + c) / c} }

// buckets is how many magnitudes a digit can have, apart from 0.
func (r *recoding) buckets() int { return 1 << (r.c - 1) }

// window is where a digit is in a magnitude: its bits and the one below begin at bit shift of limb low, and go on in limb
// high where they are cut. There is nothing below the first digit.
type window struct {
	low, high         int
	lowMask, highMask uint64 // without the sign
	shift, back       uint
	first             uint // 1 for the first digit
	c                 uint
}

// window is that of digit j.
func (r *recoding) window(j int) window {
	w := window{c: uint(r.c), back: 64, lowMask: ^uint64(0), highMask: ^uint64(0)}
	at := j*r.c - 1
	if j == 0 {
		at, w.first = 0, 1
	}
	w.low, w.shift = at/64, uint(at%64)
	w.high = w.low
	if w.shift+w.c+1 > 64 && w.low < 3 {
		w.high, w.back = w.low+1, 64-w.shift
	}
	if w.low == 3 {
		w.lowMask &^= negative
	}
	if w.high == 3 {
		w.highMask &^= negative
	}
	return w
}

// digit is the digit in window w of the magnitude in s, negated if s is negative.
func (w *window) digit(s *[4]uint64) int32 {
	v := (s[w.low&3]&w.lowMask)>>w.shift | (s[w.high&3]&w.highMask)<<w.back
	v = v << w.first & (2<<w.c - 1)
	d := int32((v+1)>>1) - int32(v>>w.c<<w.c)
	sign := int32(int64(s[3]) >> 63)
	return (d ^ sign) - sign
}
