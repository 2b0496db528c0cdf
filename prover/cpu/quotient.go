package cpu

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"assay/prover/msm"
)

// quotient computes the polynomial (A B - C)/(X^n - 1) of the values a, b and c = a b at the n-th roots of unity. Its
// coefficients replace a, in bit-reversed order; b and c are spent.
//
// On the coset of the domain by g the divisor is the constant g^n - 1, and interpolation is linear: the quotient is
// that of A B on the coset, interpolated, less C, which needs no values on the coset. That is six transforms; gnark's
// prover does seven.
func quotient(e *msm.Engine, d *fft.Domain, a, b, c []fr.Element) {
	threads := fft.WithNbTasks(e.Threads())
	for _, v := range [][]fr.Element{a, b, c} {
		d.FFTInverse(v, fft.DIF, threads)
	}
	d.FFT(a, fft.DIT, fft.OnCoset(), threads)
	d.FFT(b, fft.DIT, fft.OnCoset(), threads)
	e.Parallel(len(a), func(from, to int) {
		v := fr.Vector(a[from:to])
		v.Mul(v, b[from:to])
	})
	d.FFTInverse(a, fft.DIF, fft.OnCoset(), threads)
	var over, one fr.Element
	one.SetOne()
	over.Exp(d.FrMultiplicativeGen, new(big.Int).SetUint64(d.Cardinality))
	over.Sub(&over, &one).Inverse(&over)
	e.Parallel(len(a), func(from, to int) {
		v := fr.Vector(a[from:to])
		v.Sub(v, c[from:to])
		v.ScalarMul(v, &over)
	})
}

// padded extends the values of a side of the constraints by zeros to the domain's n.
func padded(v []fr.Element, n int) []fr.Element {
	if cap(v) < n {
		v = append(make([]fr.Element, 0, n), v...)
	}
	k := len(v)
	v = v[:n]
	clear(v[k:])
	return v
}
