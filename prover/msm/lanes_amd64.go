//go:build !purego

package msm

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/utils/cpu"
)

// vectors reports whether the processor multiplies eight numbers of 52 bits at a time (AVX-512 IFMA).
var vectors = cpu.SupportAVX512IFMA

// block is eight elements by limbs of 52 bits, limb i of all in block[i], in the order of lane.
type block [5][8]uint64

// lane is where an element of eight is in a block.
var lane = [8]int{0, 2, 1, 3, 4, 6, 5, 7}

// lanes are the constants of the assembly, by words: q in limbs of 52 bits, -1/q modulo 2^52, 2^52 - 1; 2 q, 4 q and
// 8 q in limbs; and the topmost limbs of 4.5 q, 3 q and 2.6 q.
//
//lint:ignore U1000 the assembly reads them
var lanes = func() (c [25]uint64) {
	q := fp.Modulus()
	multiple := func(at int, num, den int64) *big.Int {
		m := new(big.Int).Mul(q, big.NewInt(num))
		m.Quo(m, big.NewInt(den))
		for i := range 5 {
			c[at+i] = limb(m, i)
		}
		return m
	}
	multiple(0, 1, 1)
	word := new(big.Int).Lsh(big.NewInt(1), 52)
	inverse := new(big.Int).ModInverse(q, word)
	c[5] = new(big.Int).Sub(word, inverse).Uint64()
	c[6] = 1<<52 - 1
	multiple(7, 2, 1)
	multiple(12, 4, 1)
	multiple(17, 8, 1)
	for i, ratio := range [][2]int64{{9, 2}, {3, 1}, {13, 5}} {
		m := new(big.Int).Mul(q, big.NewInt(ratio[0]))
		c[22+i] = m.Quo(m, big.NewInt(ratio[1])).Rsh(m, 208).Uint64()
	}
	return c
}()

// limb is limb i of m, all that is left for the topmost.
//
//lint:ignore U1000 lanes are made of them
func limb(m *big.Int, i int) uint64 {
	l := new(big.Int).Rsh(m, uint(52*i))
	if i < 4 {
		l.And(l, new(big.Int).SetUint64(1<<52-1))
	}
	return l.Uint64()
}

// mulLanes multiplies n blocks: a b / 2^260, below q + a b / 2^260 for any a and b below 2^260.
//
//go:noescape
func mulLanes(dst, a, b *block, n int)

// subLanes gives a - b + 4 q for n blocks of elements below 4 q.
//
//go:noescape
func subLanes(dst *block, a, b *fp.Element, n int)

// addLanes finishes additions of points below 4 q with slopes rise times inverse: rise below 8 q, inverse below 2 q. The
// sums are below 4 q.
//
//go:noescape
func addLanes(x3, y3, x1, y1, x2 *fp.Element, rise, inverse *block, n int)

// get is element i, which is below 2^256.
func (b *block) get(i int) (e fp.Element) {
	l := lane[i]
	e[0] = b[0][l] | b[1][l]<<52
	e[1] = b[1][l]>>12 | b[2][l]<<40
	e[2] = b[2][l]>>24 | b[3][l]<<28
	e[3] = b[3][l]>>36 | b[4][l]<<16
	return e
}

// set makes e element i.
func (b *block) set(i int, e *fp.Element) {
	l := lane[i]
	const mask = 1<<52 - 1
	b[0][l] = e[0] & mask
	b[1][l] = (e[0]>>52 | e[1]<<12) & mask
	b[2][l] = (e[1]>>40 | e[2]<<24) & mask
	b[3][l] = (e[2]>>28 | e[3]<<36) & mask
	b[4][l] = e[3] >> 16
}
