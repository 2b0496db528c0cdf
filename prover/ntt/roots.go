//go:build amd64 && !purego

package ntt

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// limbs are an element at radix 2^260 by limbs of 52 bits, and block is eight at radix 2^256, limb i of all in block[i].
// Products at radix 2^260 of an element and limbs are elements.
type (
	limbs [5]uint64
	block [5][8]uint64
)

// lane is where the element of a row is in a block.
var lane = [8]int{0, 2, 1, 3, 4, 6, 5, 7}

// direction are the powers of a root of unity.
type direction struct {
	eighth [4]fr.Element // of order 8
	roots  []limbs       // of rows: those of order 2 m at m, m + 1, ...
	high   []block       // of lane k the powers by chunk rev(k), 2 chunk rev(k), ...
	low    []block       // and by rev(k), 2 rev(k), ...
}

// coset are the powers of a shift for a row in bit-reversed order, times one for each lane.
type coset struct {
	powers []limbs
	lane   block
}

func newDirection(root fr.Element, n int) (d direction) {
	rows := n / 8
	d.eighth[0].SetOne()
	d.eighth[1] = power(root, rows)
	d.eighth[2].Square(&d.eighth[1])
	d.eighth[3].Mul(&d.eighth[1], &d.eighth[2])
	d.roots = make([]limbs, rows)
	row := power(root, 8)
	x := fr.One()
	for j := range rows / 2 {
		d.roots[rows/2+j] = newLimbs(x)
		x.Mul(&x, &row)
	}
	for m := rows / 4; m >= 1; m /= 2 {
		for j := range m {
			d.roots[m+j] = d.roots[2*m+2*j]
		}
	}
	d.low, d.high = make([]block, min(chunk, rows)), make([]block, (rows+chunk-1)/chunk)
	for k := range 8 {
		step := power(root, reversed(k, 8))
		x := fr.One()
		for i := range d.low {
			d.low[i].set(k, x)
			x.Mul(&x, &step)
		}
		step, x = power(step, chunk), fr.One()
		for i := range d.high {
			d.high[i].set(k, x)
			x.Mul(&x, &step)
		}
	}
	return d
}

func newCoset(g, factor fr.Element, n int) (c coset) {
	rows := n / 8
	c.powers = make([]limbs, rows)
	step, x := power(g, 8), fr.One()
	for i := range rows {
		c.powers[reversed(i, rows)] = newLimbs(x)
		x.Mul(&x, &step)
	}
	for k := range 8 {
		x := power(g, reversed(k, 8))
		x.Mul(&x, &factor)
		c.lane.set(k, x)
	}
	return c
}

func power(x fr.Element, k int) fr.Element {
	y := fr.One()
	for i := bits.Len(uint(k)) - 1; i >= 0; i-- {
		y.Square(&y)
		if k>>i&1 == 1 {
			y.Mul(&y, &x)
		}
	}
	return y
}

// reversed is i, below the power of two n, with its bits in reverse.
func reversed(i, n int) int {
	if n == 1 {
		return 0
	}
	return int(bits.Reverse64(uint64(i)) >> (64 - bits.TrailingZeros(uint(n))))
}

func newLimbs(x fr.Element) limbs {
	for range 4 {
		x.Double(&x)
	}
	const mask = 1<<52 - 1
	return limbs{x[0] & mask, (x[0]>>52 | x[1]<<12) & mask, (x[1]>>40 | x[2]<<24) & mask, (x[2]>>28 | x[3]<<36) & mask, x[3] >> 16}
}

// set makes x, at radix 2^260, the element of row k.
func (b *block) set(k int, x fr.Element) {
	for i, l := range newLimbs(x) {
		b[i][lane[k]] = l
	}
}
