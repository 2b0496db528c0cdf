package fixed

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// hard are scalars whose sums meet infinity, equal and opposite points on the way.
func hard(width int) []fr.Element {
	var out []fr.Element
	put := func(v *big.Int) {
		for _, k := range []int64{-1, 0, 1} {
			var e fr.Element
			e.SetBigInt(new(big.Int).Add(v, big.NewInt(k)))
			out = append(out, e)
			out = append(out, *new(fr.Element).Neg(&e))
		}
	}
	put(new(big.Int))
	put(new(big.Int).Rsh(fr.Modulus(), 1))
	for j := range places(width) {
		for _, m := range []int64{1, 2, 1 << (width - 2), 1 << (width - 1), 1<<width - 1} {
			put(new(big.Int).Lsh(big.NewInt(m), uint(j*width)))
		}
	}
	return out
}

func random(n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i].MustSetRandom()
	}
	return out
}

func TestMultiply(t *testing.T) {
	_, _, g, h := bn254.Generators()
	for _, n := range []int{1, 300, 60000} {
		t.Run(fmt.Sprintf("width %d", Width(n)), func(t *testing.T) {
			scalars := append(hard(Width(n)), random(Batch+77)...)
			one, two := make([]bn254.G1Affine, len(scalars)), make([]bn254.G2Affine, len(scalars))
			NewG1(g, n).Multiply(one, scalars)
			NewG2(h, n).Multiply(two, scalars)
			require.Equal(t, bn254.BatchScalarMultiplicationG1(&g, scalars), one)
			require.Equal(t, bn254.BatchScalarMultiplicationG2(&h, scalars), two)
		})
	}
}

// A width of 4 has places enough for sums to meet the point that they add: small multiples repeat.
func TestAddHandlesEveryPair(t *testing.T) {
	_, _, g, h := bn254.Generators()
	b1, b2 := newBatch(g1{}), newBatch(g2{})
	n := 0
	var want1 []bn254.G1Affine
	var want2 []bn254.G2Affine
	multiple := func(k int64) (p bn254.G1Affine, q bn254.G2Affine) {
		p.ScalarMultiplication(&g, big.NewInt(k))
		q.ScalarMultiplication(&h, big.NewInt(k))
		return p, q
	}
	for i := range int64(9) {
		for j := range int64(9) {
			p, q := multiple(i - 4)
			b1.group.store(b1.x, b1.y, n, p)
			b2.group.store(b2.x, b2.y, n, q)
			p, q = multiple(j - 4)
			b1.group.store(b1.tx, b1.ty, n, p)
			b2.group.store(b2.tx, b2.ty, n, q)
			p, q = multiple(i + j - 8)
			want1, want2 = append(want1, p), append(want2, q)
			n++
		}
	}
	b1.add(n)
	b2.add(n)
	for i := range n {
		require.Equal(t, want1[i], b1.group.load(b1.x, b1.y, i), "pair %d", i)
		require.Equal(t, want2[i], b2.group.load(b2.x, b2.y, i), "pair %d", i)
	}
}

func TestSplitAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(4, maxWidth).Draw(t, "width")
		var e fr.Element
		e.SetBytes(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "scalar"))
		if rapid.Bool().Draw(t, "negate") {
			e.Neg(&e)
		}
		digits := make([]int32, places(width))
		split(&e, width, digits, 1)
		sum := new(big.Int)
		for j := len(digits) - 1; j >= 0; j-- {
			d := int(digits[j])
			if max(d, -d) > entries(width, j) {
				t.Fatalf("digit %d of width %d: want at most %d, got %d", j, width, entries(width, j), d)
			}
			sum.Add(sum.Lsh(sum, uint(width)), big.NewInt(int64(d)))
		}
		if want := e.BigInt(new(big.Int)); sum.Cmp(want) != 0 {
			t.Fatalf("want %v, got %v", want, sum)
		}
	})
}

func benchmark[P any](b *testing.B, t func(n int) *Table[P], gnark func([]fr.Element) []P) {
	const n = 1 << 15
	scalars := random(n)
	dst := make([]P, n)
	b.Run("gnark", func(b *testing.B) {
		for b.Loop() {
			gnark(scalars)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/point")
	})
	for _, count := range []int{n, 1 << 18, 1 << 24} {
		table := t(count)
		b.Run(fmt.Sprintf("width=%d", table.width), func(b *testing.B) {
			for b.Loop() {
				each(n/Batch, func(i int) { table.Multiply(dst[i*Batch:(i+1)*Batch], scalars[i*Batch:(i+1)*Batch]) })
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/point")
		})
	}
	b.Run("table", func(b *testing.B) {
		for b.Loop() {
			t(1 << 18)
		}
	})
}

func BenchmarkG1(b *testing.B) {
	_, _, g, _ := bn254.Generators()
	benchmark(b, func(n int) *Table[bn254.G1Affine] { return NewG1(g, n) }, func(s []fr.Element) []bn254.G1Affine { return bn254.BatchScalarMultiplicationG1(&g, s) })
}

func BenchmarkG2(b *testing.B) {
	_, _, _, g := bn254.Generators()
	benchmark(b, func(n int) *Table[bn254.G2Affine] { return NewG2(g, n) }, func(s []fr.Element) []bn254.G2Affine { return bn254.BatchScalarMultiplicationG2(&g, s) })
}
