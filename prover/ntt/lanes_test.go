//go:build amd64 && !purego

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

// numbers are below bound, many of them where limbs carry and where multiples of r begin.
func numbers(rng *rand.Rand, bound *big.Int, n int) (out []*big.Int) {
	for len(out) < n {
		x := new(big.Int).Rand(rng, bound)
		switch rng.Intn(5) {
		case 0:
			x.Mul(fr.Modulus(), big.NewInt(int64(rng.Intn(4))))
			x.Add(x, big.NewInt(int64(rng.Intn(5)-2)))
		case 1: // a topmost limb at which 2 r is taken off
			x.Mul(fr.Modulus(), big.NewInt(2)).Rsh(x, 208).Add(x, big.NewInt(int64(rng.Intn(5)-2))).Lsh(x, 208)
			x.Add(x, new(big.Int).Rand(rng, new(big.Int).Lsh(big.NewInt(1), uint(rng.Intn(210)))))
		case 2:
			x.Sub(bound, big.NewInt(1+int64(rng.Intn(3))))
		case 3:
			x.Lsh(big.NewInt(1), uint(rng.Intn(255)))
			x.Sub(x, big.NewInt(int64(rng.Intn(2))))
		}
		if x.Sign() >= 0 && x.Cmp(bound) < 0 {
			out = append(out, x)
		}
	}
	return out
}

func (b *block) put(k int, x *big.Int) {
	for i := range b {
		v := new(big.Int).Rsh(x, uint(52*i))
		if i < 4 {
			v.And(v, big.NewInt(1<<52-1))
		}
		b[i][lane[k]] = v.Uint64()
	}
}

func (b *block) number(k int) *big.Int {
	x := new(big.Int)
	for i := 4; i >= 0; i-- {
		x.Lsh(x, 52).Add(x, new(big.Int).SetUint64(b[i][lane[k]]))
	}
	return x
}

func blocks(xs []*big.Int) []block {
	bs := make([]block, len(xs)/8)
	for i, x := range xs {
		bs[i/8].put(i%8, x)
	}
	return bs
}

// Steps over elements as large as they may become give what arithmetic does, and elements that are hardly larger.
func TestSteps(t *testing.T) {
	if !vectors {
		t.Skip("the processor has no AVX-512 IFMA")
	}
	rng := rand.New(rand.NewSource(1))
	r := fr.Modulus()
	slack := new(big.Int).Lsh(big.NewInt(1), 236)
	bound := new(big.Int).Add(new(big.Int).Lsh(r, 1), slack)
	after := new(big.Int).Add(bound, slack)
	down := new(big.Int).ModInverse(new(big.Int).Lsh(big.NewInt(1), 260), r)
	const n = 8 // blocks
	same := func(want, got *big.Int, what string, args ...any) {
		t.Helper()
		require.Zero(t, new(big.Int).Mod(want, r).Cmp(new(big.Int).Mod(got, r)), fmt.Sprintf(what, args...))
		require.Negative(t, got.Cmp(after), fmt.Sprintf(what, args...)+": too large")
	}
	for range 400 {
		a, b := numbers(rng, bound, 8*n), numbers(rng, bound, 8*n)
		ws := make([]limbs, n)
		var w []*big.Int
		for i := range ws {
			x := numbers(rng, r, 1)[0]
			w = append(w, x)
			for j := range ws[i] {
				ws[i][j] = new(big.Int).And(new(big.Int).Rsh(x, uint(52*j)), big.NewInt(1<<52-1)).Uint64()
			}
		}
		times := func(x *big.Int, factors ...*big.Int) *big.Int {
			y := new(big.Int).Set(x)
			for _, f := range factors {
				y.Mul(y, f).Mul(y, down)
			}
			return y
		}
		x := append(blocks(a), blocks(b)...)
		split(&x[0], &ws[0], n, n, 1)
		for i := range 8 * n {
			same(new(big.Int).Add(a[i], b[i]), x[i/8].number(i%8), "%v + %v", a[i], b[i])
			same(times(new(big.Int).Sub(a[i], b[i]), w[i/8]), x[n+i/8].number(i%8), "%v (%v - %v)", w[i/8], a[i], b[i])
		}
		x = append(blocks(a), blocks(b)...)
		join(&x[0], &ws[0], n, n, 1)
		for i := range 8 * n {
			p := times(b[i], w[i/8])
			same(new(big.Int).Add(a[i], p), x[i/8].number(i%8), "%v + %v %v", a[i], w[i/8], b[i])
			same(new(big.Int).Sub(a[i], p), x[n+i/8].number(i%8), "%v - %v %v", a[i], w[i/8], b[i])
		}
		c, u := numbers(rng, r, 8), numbers(rng, r, 8*n)
		bc, bu := blocks(c), blocks(u)
		x = blocks(a)
		twist(&x[0], &bc[0], &bu[0], n)
		y := blocks(b)
		shift(&y[0], &bc[0], &ws[0], n)
		for i := range 8 * n {
			same(times(a[i], c[i%8], u[i]), x[i/8].number(i%8), "%v twisted by %v %v", a[i], c[i%8], u[i])
			same(times(b[i], c[i%8], w[i/8]), y[i/8].number(i%8), "%v shifted by %v %v", b[i], c[i%8], w[i/8])
		}
		x = blocks(a)
		out := make([]fr.Element, 8*n)
		scatter(&out[0], n, &x[0], &bc[0], n)
		back := make([]block, n)
		gather(&back[0], &out[0], n, n)
		for i := range 8 * n {
			e := out[i%8*n+i/8]
			got := new(big.Int)
			for j := 3; j >= 0; j-- {
				got.Lsh(got, 64).Add(got, new(big.Int).SetUint64(e[j]))
			}
			require.Negative(t, got.Cmp(r), "%v %v is not reduced", a[i], c[i%8])
			same(times(a[i], c[i%8]), got, "%v %v", a[i], c[i%8])
			require.Zero(t, got.Cmp(back[i/8].number(i%8)), "gathered")
		}
	}
}

// Values of few kinds meet in sums at the ends of what elements may be; a processor without vectors comes to the same.
func TestQuotientOfPatterns(t *testing.T) {
	if !vectors {
		t.Skip("the processor has no AVX-512 IFMA")
	}
	rng := rand.New(rand.NewSource(2))
	of := func(k int64) (e fr.Element) { e.SetInt64(k); return e }
	random := draw(rng)
	for _, log := range []int{9, 12, 15} {
		n := 1 << log
		d := fft.NewDomain(uint64(n))
		fast := New(d)
		for _, kind := range []string{"zeros", "ones", "one element", "alternating", "largest and zero", "few", "no products"} {
			a, b, c := make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)
			for i := range n {
				switch kind {
				case "ones":
					a[i], b[i] = of(1), of(1)
				case "one element":
					if i == n/3 {
						a[i], b[i] = random(), of(-1)
					}
				case "alternating":
					a[i], b[i] = of(int64(i%2*2-1)), of(int64(i/2%2*2-1))
				case "largest and zero":
					a[i], b[i] = of(-int64(rng.Intn(2))), of(-int64(rng.Intn(2)))
				case "few":
					a[i], b[i] = of(int64(rng.Intn(5)-2)), of(int64(rng.Intn(5)-2))
				case "no products":
					a[i], b[i], c[i] = random(), random(), random()
					continue // the numbers are no quotient then, but are the same all the same
				}
				c[i].Mul(&a[i], &b[i])
			}
			for _, threads := range []int{1, 3} {
				e := msm.New(threads)
				want, got := clone(a), clone(a)
				quotient(e, d, want, clone(b), clone(c))
				fast.Quotient(e, got, clone(b), clone(c))
				require.Equal(t, want, got, "%s, 2^%d", kind, log)
			}
		}
	}
}

func draw(rng *rand.Rand) func() fr.Element {
	return func() (e fr.Element) { e.SetBigInt(new(big.Int).Rand(rng, fr.Modulus())); return e }
}
