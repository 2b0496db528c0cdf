package cpu

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
func sides(n int) (a, b, c []fr.Element) {
	rng := rand.New(rand.NewSource(1))
	a, b, c = make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)
	for i := range n {
		a[i].SetBigInt(new(big.Int).Rand(rng, fr.Modulus()))
		b[i].SetUint64(rng.Uint64())
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

func TestQuotient(t *testing.T) {
	e := msm.New(2)
	for _, n := range []int{1, 2, 5, 64, 1000, 5000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d := fft.NewDomain(uint64(n))
			size := int(d.Cardinality)
			a, b, c := sides(n)
			a, b, c = padded(a, size), padded(b, size), padded(c, size)
			want := seven(d, append([]fr.Element(nil), a...), append([]fr.Element(nil), b...), append([]fr.Element(nil), c...))
			quotient(e, d, a, b, c)
			require.Equal(t, want, a)
			require.True(t, a[size-1].IsZero(), "the key has no point for the topmost coefficient")
		})
	}
}

// Room beyond the values may hold those of an earlier proof.
func TestPadded(t *testing.T) {
	v := make([]fr.Element, 8)
	for i := range v {
		v[i].SetUint64(9)
	}
	got := padded(v[:3], 6)
	require.Len(t, got, 6)
	require.True(t, got[3].IsZero() && got[5].IsZero())
	require.Equal(t, v[0], padded(v[:3], 20)[2])
}

func BenchmarkQuotient(b *testing.B) {
	const n = 1 << 16
	d := fft.NewDomain(n)
	a, bb, c := sides(n)
	e := msm.New(0)
	b.Run("six", func(b *testing.B) {
		for b.Loop() {
			quotient(e, d, a, bb, c)
		}
	})
	b.Run("seven", func(b *testing.B) {
		for b.Loop() {
			seven(d, a, bb, c)
		}
	})
}
