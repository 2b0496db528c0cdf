//go:build amd64 && !purego

package msm

import (
	"fmt"
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/stretchr/testify/require"
)

// words are numbers below bound at which limbs of 52 and of 64 bits carry, and random ones.
func words(rng *rand.Rand, bound *big.Int, n int) []fp.Element {
	q := fp.Modulus()
	var edges []*big.Int
	for k := range int64(9) {
		edges = append(edges, new(big.Int).Mul(q, big.NewInt(k)))
	}
	for _, at := range []uint{0, 1, 51, 52, 53, 63, 64, 104, 128, 156, 192, 208, 252, 253, 254, 255, 256} {
		edges = append(edges, new(big.Int).Lsh(big.NewInt(1), at))
	}
	ones := new(big.Int).Lsh(big.NewInt(1), 256)
	for limb := range uint(5) { // all ones but a limb
		edges = append(edges, new(big.Int).Sub(ones, new(big.Int).Lsh(big.NewInt(1<<52-1), 52*limb)))
	}
	var out []fp.Element
	for len(out) < n {
		x := new(big.Int).Rand(rng, bound)
		if rng.Intn(2) == 0 {
			x.Add(edges[rng.Intn(len(edges))], big.NewInt(int64(rng.Intn(3)-1)))
			if rng.Intn(4) == 0 {
				x.Sub(bound, big.NewInt(1+int64(rng.Intn(3))))
			}
		}
		if x.Sign() < 0 || x.Cmp(bound) >= 0 || x.BitLen() > 256 {
			continue
		}
		var e fp.Element
		for i := range e {
			e[i] = new(big.Int).And(new(big.Int).Rsh(x, uint(64*i)), new(big.Int).SetUint64(^uint64(0))).Uint64()
		}
		out = append(out, e)
	}
	return out
}

// whole is the number that the words of e make.
func whole(e *fp.Element) *big.Int {
	x := new(big.Int)
	for i := 3; i >= 0; i-- {
		x.Lsh(x, 64).Add(x, new(big.Int).SetUint64(e[i]))
	}
	return x
}

// limbs is the number that lane i of a block holds.
func limbs(b *block, i int) *big.Int {
	x := new(big.Int)
	for j := 4; j >= 0; j-- {
		x.Lsh(x, 52).Add(x, new(big.Int).SetUint64(b[j][lane[i]]))
	}
	return x
}

func pack(es []fp.Element) []block {
	bs := make([]block, (len(es)+7)/8)
	for i := range es {
		bs[i/8].set(i%8, &es[i])
	}
	return bs
}

func times(k int64, of *big.Int) *big.Int { return new(big.Int).Mul(big.NewInt(k), of) }

// Blocks of numbers at the ends of what the instructions are given come to what arithmetic says, and stay below their bounds.
func TestLanes(t *testing.T) {
	if !vectors {
		t.Skip("the processor has no AVX-512 IFMA")
	}
	rng := rand.New(rand.NewSource(5))
	const n = 64
	q := fp.Modulus()
	down := new(big.Int).ModInverse(new(big.Int).Lsh(big.NewInt(1), 260), q)
	top := new(big.Int).Lsh(big.NewInt(1), 256)
	for round := range 300 {
		x, y := words(rng, top, n), words(rng, top, n)
		if round == 0 { // what cannot be exceeded, with itself
			for i := range x {
				x[i] = fp.Element{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
				y[i] = x[i]
			}
		}
		bx, by, out := pack(x), pack(y), make([]block, n/8)
		mulLanes(&out[0], &bx[0], &by[0], n/8)
		for i := range n {
			got, product := limbs(&out[i/8], i%8), new(big.Int).Mul(whole(&x[i]), whole(&y[i]))
			bound := new(big.Int).Add(q, new(big.Int).Rsh(product, 260))
			require.LessOrEqual(t, got.Cmp(bound), 0, "bound of %v %v: %v", x[i], y[i], got)
			require.Zero(t, product.Mul(product, down).Mod(product, q).Cmp(got.Mod(got, q)), "product of %v %v", x[i], y[i])
		}

		x1, x2 := words(rng, times(4, q), n), words(rng, times(4, q), n)
		subLanes(&out[0], &x2[0], &x1[0], n/8)
		for i := range n {
			want := new(big.Int).Sub(whole(&x2[i]), whole(&x1[i]))
			require.Zero(t, want.Add(want, times(4, q)).Cmp(limbs(&out[i/8], i%8)), "%v - %v", x2[i], x1[i])
		}

		// rise below 8 q is more than a word of 256 bits can be: half of them are sums of two.
		y1, inverse := words(rng, times(4, q), n), words(rng, times(2, q), n)
		high, low := words(rng, times(4, q), n), words(rng, times(4, q), n)
		rise := make([]block, n/8)
		subLanes(&rise[0], &high[0], &low[0], n/8)
		x3, y3 := make([]fp.Element, n), make([]fp.Element, n)
		bi := pack(inverse)
		addLanes(&x3[0], &y3[0], &x1[0], &y1[0], &x2[0], &rise[0], &bi[0], n/8)
		for i := range n {
			mul := func(a, b *big.Int) *big.Int { c := new(big.Int).Mul(a, b); return c.Mul(c, down).Mod(c, q) }
			slope := mul(limbs(&rise[i/8], i%8), whole(&inverse[i]))
			wx := mul(slope, slope)
			wx.Sub(wx, whole(&x1[i])).Sub(wx, whole(&x2[i])).Mod(wx, q)
			wy := mul(slope, new(big.Int).Sub(whole(&x1[i]), wx))
			wy.Sub(wy, whole(&y1[i])).Mod(wy, q)
			for what, p := range map[string][2]*big.Int{"x": {whole(&x3[i]), wx}, "y": {whole(&y3[i]), wy}} {
				require.Negative(t, p[0].Cmp(times(4, q)), "%s is %v", what, p[0])
				require.Zero(t, new(big.Int).Mod(p[0], q).Cmp(p[1]), "%s of %v %v %v", what, x1[i], y1[i], x2[i])
			}
		}
	}
}

// A batch of any length, with operands that are equal or opposite anywhere, gives what gnark-crypto's addition does,
// whatever the processor can do.
func TestBatches(t *testing.T) {
	rng := rand.New(rand.NewSource(6))
	ps := points1(40)
	_, _, g, h := bn254.Generators()
	ps = append(ps, g)
	ps2 := append(points2(40), h)
	forms := map[string]func() batch[bn254.G1Affine]{"words": func() batch[bn254.G1Affine] { return new(batch1) }}
	if vectors {
		forms["lanes"] = func() batch[bn254.G1Affine] { return new(lanes1) }
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			checkBatches(t, rng, form(), ps, func(p, q, sum *bn254.G1Affine, minus bool) {
				r := *q
				if minus {
					r.Neg(q)
				}
				sum.Add(p, &r)
			})
		})
	}
	t.Run("G2", func(t *testing.T) {
		checkBatches(t, rng, batch[bn254.G2Affine](new(batch2)), ps2, func(p, q, sum *bn254.G2Affine, minus bool) {
			r := *q
			if minus {
				r.Neg(q)
			}
			sum.Add(p, &r)
		})
	})
}

func checkBatches[P comparable](t *testing.T, rng *rand.Rand, b batch[P], ps []P, add func(p, q, sum *P, minus bool)) {
	var zero P
	for round := range 120 {
		n := []int{1, 2, 7, 8, 9, 15, 16, 17, 64, 100, 1023, 1024}[round%12]
		kind := rng.Intn(4) // of collisions: none or few, many, all equal, all opposite
		want, where := make([]P, n), make([]string, n)
		for i := range n {
			p, q, minus := ps[rng.Intn(len(ps))], ps[rng.Intn(len(ps))], rng.Intn(2) == 0
			if kind == 1 && rng.Intn(2) == 0 || kind > 1 {
				q = p
			}
			if kind > 1 {
				minus = kind == 3
			}
			twice := rng.Intn(2) == 0 // the left operand is -(-p), as a sum that was kept
			var kept, again P
			b.keep(&kept, &p, twice)
			if twice {
				var minusP P
				add(&zero, &p, &minusP, true)
				b.keep(&kept, &minusP, true)
			}
			b.left(i, &kept)
			if rng.Intn(2) == 0 {
				b.adopt(i, &q, minus)
			} else {
				b.keep(&again, &q, minus)
				b.right(i, &again)
			}
			add(&p, &q, &want[i], minus)
			where[i] = fmt.Sprintf("round %d, kind %d: %d of %d", round, kind, i, n)
		}
		b.run(n)
		for i := range n {
			var got P
			if !b.store(i, &got) {
				got = zero
				require.Equal(t, want[i], got, where[i])
				continue
			}
			b.restore(&got)
			require.Equal(t, want[i], got, where[i])
		}
	}
}

// Processors with and without vectors come to the same sums.
func TestSumsWithoutVectors(t *testing.T) {
	if !vectors {
		t.Skip("the processor has no AVX-512 IFMA: all other tests are of sums without")
	}
	defer func() { vectors = true }()
	rng := rand.New(rand.NewSource(7))
	points := points1(400)
	for i := range points {
		switch rng.Intn(5) {
		case 0:
			points[i] = points[rng.Intn(20)]
		case 1:
			points[i].Neg(&points[rng.Intn(20)])
		}
	}
	for seed := range 60 {
		n := 1 + rng.Intn(len(points))
		s := random(n, seed)
		for i := range s {
			switch rng.Intn(4) {
			case 0:
				s[i].SetUint64(uint64(rng.Intn(300)))
			case 1:
				s[i].SetInt64(-rng.Int63())
			case 2:
				s[i] = s[rng.Intn(i+1)]
			}
		}
		vectors = true
		want := sum1(New(1+seed%3), points[:n], s)
		vectors = false
		require.Equal(t, want, sum1(New(1+seed%3), points[:n], s), "seed %d", seed)
		plain := plain1(points[:n], s)
		require.Equal(t, plain, want, "seed %d", seed)
	}
}
