package ntt

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"assay/internal/simd"
	"assay/prover/msm"
)

// quotient is Transform.Quotient by gnark-crypto's transforms.
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
		simd.Leave()
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
		simd.Leave()
	})
}
