package ntt

import (
	"fmt"
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/stretchr/testify/require"

	"assay/prover/msm"
)

// sides are values of the sides of n satisfied constraints.
func sides(n int, largest bool) (a, b, c []fr.Element) {
	rng := rand.New(rand.NewSource(1))
	a, b, c = make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)
	for i := range n {
		a[i].SetBigInt(new(big.Int).Rand(rng, fr.Modulus()))
		b[i].SetUint64(rng.Uint64())
		if largest {
			a[i].SetInt64(-1)
			b[i].SetInt64(-1)
		}
		c[i].Mul(&a[i], &b[i])
	}
	return a, b, c
}

// seven computes the quotient by seven transforms, as gnark's prover does: (A B - C)/(g^n - 1) on the coset.
func seven(d *fft.Domain, a, b, c []fr.Element) []fr.Element {
	for _, v := range [][]fr.Element{a, b, c} {
		d.FFTInverse(v, fft.DIF)
		d.FFT(v, fft.DIT, fft.OnCoset())
	}
	var over, one fr.Element
	one.SetOne()
	over.Exp(d.FrMultiplicativeGen, new(big.Int).SetUint64(d.Cardinality))
	over.Sub(&over, &one).Inverse(&over)
	for i := range a {
		a[i].Mul(&a[i], &b[i]).Sub(&a[i], &c[i]).Mul(&a[i], &over)
	}
	d.FFTInverse(a, fft.DIF, fft.OnCoset())
	return a
}

func clone(v []fr.Element) []fr.Element { return append([]fr.Element(nil), v...) }

func TestQuotient(t *testing.T) {
	for _, log := range []int{0, 1, 5, 8, 9, 10, 11, 13, 14, 16} {
		for _, threads := range []int{1, 2, 5} {
			for _, largest := range []bool{false, true} {
				t.Run(fmt.Sprint(log, threads, largest), func(t *testing.T) {
					e := msm.New(threads)
					n := 1 << log
					d := fft.NewDomain(uint64(n))
					a, b, c := sides(n, largest)
					want := seven(d, clone(a), clone(b), clone(c))
					transform := New(d)
					for range 2 {
						got := clone(a)
						transform.Quotient(e, got, clone(b), clone(c))
						require.Equal(t, want, got)
						require.True(t, got[n-1].IsZero(), "the key has no point for the topmost coefficient")
					}
				})
			}
		}
	}
}

func BenchmarkQuotient(b *testing.B) {
	for _, log := range []int{15, 18} {
		n := 1 << log
		d := fft.NewDomain(uint64(n))
		x, y, z := sides(n, false)
		e := msm.New(0)
		b.Run(fmt.Sprintf("2^%d/assay", log), func(b *testing.B) {
			t := New(d)
			for b.Loop() {
				t.Quotient(e, x, y, z)
			}
		})
		b.Run(fmt.Sprintf("2^%d/plain", log), func(b *testing.B) {
			for b.Loop() {
				quotient(e, d, x, y, z)
			}
		})
		b.Run(fmt.Sprintf("2^%d/gnark", log), func(b *testing.B) {
			for b.Loop() {
				seven(d, x, y, z)
			}
		})
	}
}
