//go:build amd64 && !purego

package ntt

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"assay/internal/simd"
	"assay/prover/msm"
)

// least is the smallest domain that makes rows.
const least = 512

// chunk is how many columns are turned to blocks at a time, and inCache how many blocks are transformed step by step.
const (
	chunk   = 64
	inCache = 1024
)

// Transform computes quotients over one domain. The n values are eight rows, one to a lane, of n/8 columns: three steps
// across the rows, one multiplication of each row by the powers of a root, and transforms of the rows side by side.
type Transform struct {
	plain   *fft.Domain // where the processor has no lanes, or the domain is small
	n       int
	forward direction
	inverse direction
	up      coset // to the coset, over n
	down    coset // from the coset, over n and g^n - 1
	over    block // in all lanes 1 / n (g^n - 1)
	one     block
}

// New prepares quotients over d.
func New(d *fft.Domain) *Transform {
	n := int(d.Cardinality)
	if !vectors || n < least {
		return &Transform{plain: d, n: n}
	}
	t := &Transform{n: n, forward: newDirection(d.Generator, n), inverse: newDirection(d.GeneratorInv, n)}
	var size, over, one fr.Element
	one.SetOne()
	size.SetUint64(uint64(n)).Inverse(&size)
	over = power(d.FrMultiplicativeGen, n)
	over.Sub(&over, &one).Inverse(&over)
	over.Mul(&over, &size)
	t.up = newCoset(d.FrMultiplicativeGen, size, n)
	t.down = newCoset(d.FrMultiplicativeGenInv, over, n)
	for l := range 8 {
		t.over.set(l, over)
		t.one.set(l, one)
	}
	return t
}

// Quotient computes the polynomial (A B - C)/(X^n - 1) of the values a, b and c = a b at the n-th roots of unity. Its
// coefficients replace a, in bit-reversed order; b and c are spent.
//
// On the coset of the domain by g the divisor is the constant g^n - 1, and interpolation is linear: the quotient is
// that of A B on the coset, interpolated, less C, which needs no values on the coset. That is six transforms; gnark's
// prover does seven.
func (t *Transform) Quotient(e *msm.Engine, a, b, c []fr.Element) {
	if t.plain != nil {
		quotient(e, t.plain, a, b, c)
		return
	}
	x := make([]block, t.n/8)
	for _, v := range [][]fr.Element{a, b} {
		t.interpolate(e, x, v)
		t.shift(e, x, &t.up)
		t.evaluate(e, v, x)
	}
	e.Parallel(t.n, func(from, to int) {
		v := fr.Vector(a[from:to])
		v.Mul(v, b[from:to])
		simd.Leave()
	})
	t.interpolate(e, x, a)
	t.shift(e, x, &t.down)
	t.write(e, a, x, &t.one)
	t.interpolate(e, x, c)
	t.write(e, c, x, &t.over)
	e.Parallel(t.n, func(from, to int) {
		v := fr.Vector(a[from:to])
		v.Sub(v, c[from:to])
	})
}
