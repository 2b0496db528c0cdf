package msm

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/internal/simd"
)

// inverter inverts vectors of field elements that are not zero, with one inversion for all: products of pairs, and of
// pairs of those, and back (Montgomery's trick as a tree, so that each step is a product of vectors).
type inverter struct {
	tree [2 * batchSize]fp.Element // a level of n elements begins at element n
}

// leaves are the elements to invert: n of them, a power of two of at least 8.
func (v *inverter) leaves(n int) fp.Vector { return v.tree[n : 2*n] }

// run inverts the n leaves into inverses.
func (v *inverter) run(n int, inverses fp.Vector) {
	for m := n / 2; m >= 8; m /= 2 {
		simd.Mul(v.tree[m:2*m], v.tree[2*m:3*m], v.tree[3*m:4*m])
	}
	// The top is eight elements, inverted one by one.
	var before [8]fp.Element
	product := v.tree[8]
	for i := 1; i < 8; i++ {
		before[i] = product
		product.Mul(&product, &v.tree[8+i])
	}
	product.Inverse(&product)
	for i := 7; i > 0; i-- {
		inverses[i].Mul(&product, &before[i])
		product.Mul(&product, &v.tree[8+i])
	}
	inverses[0] = product
	for m := 8; m < n; m *= 2 {
		// inverses[:m] are those of a level of m, the products of the halves of the next.
		left, right := fp.Vector(v.tree[2*m:3*m]), fp.Vector(v.tree[3*m:4*m])
		low, high := inverses[:m], inverses[m:2*m]
		simd.Mul(high, low, left)
		simd.Mul(low, low, right)
	}
}

// padded is the least power of two that is at least n and 8.
func padded(n int) int {
	m := 8
	for m < n {
		m *= 2
	}
	return m
}
