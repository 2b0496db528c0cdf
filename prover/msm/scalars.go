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

// NewScalars takes over the elements, in Montgomery form, and overwrites them. They are s.Release's to give back.
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

// recoding cuts magnitudes in signed digits of c bits, from -2^(c-1) to 2^(c-1), lowest first: an offset is added that
// makes every digit but the last nonnegative, so that each can be read apart from those below it.
type recoding struct {
	c, digits int
	offset    [4]uint64
}

// newRecoding is that of magnitudes of so many bits.
func newRecoding(c, length int) recoding {
	r := recoding{c: c, digits: (length + c) / c}
	for j := range r.digits - 1 {
		at := j*c + c - 1
		r.offset[at/64] |= 1 << (at % 64)
	}
	return r
}

// buckets is how many magnitudes a digit can have, apart from 0.
func (r *recoding) buckets() int { return 1 << (r.c - 1) }

// digit is digit j of the magnitude in s, negated if s is negative.
func (r *recoding) digit(s *[4]uint64, j int) int32 {
	var v [5]uint64
	var carry uint64
	v[0], carry = bits.Add64(s[0], r.offset[0], 0)
	v[1], carry = bits.Add64(s[1], r.offset[1], carry)
	v[2], carry = bits.Add64(s[2], r.offset[2], carry)
	v[3], _ = bits.Add64(s[3]&^negative, r.offset[3], carry)
	at := j * r.c
	limb, shift := at>>6&3, uint(at&63)
	d := int32((v[limb]>>shift | v[limb+1]<<(64-shift)) & (1<<r.c - 1))
	if j < r.digits-1 {
		d -= 1 << (r.c - 1)
	}
	if s[3]&negative != 0 {
		return -d
	}
	return d
}
