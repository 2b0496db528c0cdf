package msm

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// points1 are n points of unknown relation.
func points1(n int) []bn254.G1Affine {
	_, _, g, _ := bn254.Generators()
	return bn254.BatchScalarMultiplicationG1(&g, random(n, n))
}

func points2(n int) []bn254.G2Affine {
	_, _, _, g := bn254.Generators()
	return bn254.BatchScalarMultiplicationG2(&g, random(n, n))
}

func random(n, seed int) []fr.Element {
	rng := rand.New(rand.NewSource(int64(seed)))
	s := make([]fr.Element, n)
	for i := range s {
		s[i].SetBigInt(new(big.Int).Rand(rng, fr.Modulus()))
	}
	return s
}

// scalar draws a scalar of one of the classes that provers meet, and of those at their edges.
func scalar(t *rapid.T) fr.Element {
	var x fr.Element
	switch rapid.IntRange(0, 9).Draw(t, "class") {
	case 0:
	case 1:
		x.SetOne()
	case 2:
		x.SetInt64(-1)
	case 3:
		x.SetUint64(rapid.Uint64Range(0, 255).Draw(t, "byte"))
	case 4:
		x.SetUint64(rapid.Uint64Range(0, 1<<17).Draw(t, "word"))
	case 5:
		x.SetInt64(rapid.Int64().Draw(t, "integer"))
	case 6: // around a power of two, where digits carry
		var d fr.Element
		x.SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(rapid.IntRange(0, 253).Draw(t, "power"))))
		x.Add(&x, d.SetInt64(rapid.Int64Range(-2, 2).Draw(t, "difference")))
	case 7: // around r/2, where the sign changes
		h := new(big.Int).Rsh(fr.Modulus(), 1)
		x.SetBigInt(h.Add(h, big.NewInt(rapid.Int64Range(-2, 2).Draw(t, "difference"))))
	default:
		x.SetBigInt(new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "bytes")))
	}
	return x
}

func clone(s []fr.Element) []fr.Element { return append([]fr.Element(nil), s...) }

func sum1(e *Engine, points []bn254.G1Affine, scalars []fr.Element) (r bn254.G1Affine) {
	var j bn254.G1Jac
	e.Run(G1(&j, NewBases(points, nil), e.NewScalars(clone(scalars))))
	return *r.FromJacobian(&j)
}

func sum2(e *Engine, points []bn254.G2Affine, scalars []fr.Element) (r bn254.G2Affine) {
	var j bn254.G2Jac
	e.Run(G2(&j, NewBases(points, nil), e.NewScalars(clone(scalars))))
	return *r.FromJacobian(&j)
}

// plain1 is the sum by the library's multiplication, a point at a time.
func plain1(points []bn254.G1Affine, scalars []fr.Element) (r bn254.G1Affine) {
	var acc bn254.G1Jac
	for i := range points {
		var p bn254.G1Jac
		var k big.Int
		p.FromAffine(&points[i])
		p.ScalarMultiplication(&p, scalars[i].BigInt(&k))
		acc.AddAssign(&p)
	}
	return *r.FromJacobian(&acc)
}

func plain2(points []bn254.G2Affine, scalars []fr.Element) (r bn254.G2Affine) {
	var acc bn254.G2Jac
	for i := range points {
		var p bn254.G2Jac
		var k big.Int
		p.FromAffine(&points[i])
		p.ScalarMultiplication(&p, scalars[i].BigInt(&k))
		acc.AddAssign(&p)
	}
	return *r.FromJacobian(&acc)
}

// Sums of a few products of any class, over points that may be equal, opposite or at infinity.
func TestSumsOfFew(t *testing.T) {
	base1, base2 := points1(6), points2(6)
	engines := []*Engine{New(1), New(3)}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		p1, p2, s := make([]bn254.G1Affine, n), make([]bn254.G2Affine, n), make([]fr.Element, n)
		for i := range n {
			k := rapid.IntRange(-6, 6).Draw(t, "point")
			switch {
			case k > 0:
				p1[i], p2[i] = base1[k-1], base2[k-1]
			case k < 0:
				p1[i].Neg(&base1[-k-1])
				p2[i].Neg(&base2[-k-1])
			}
			s[i] = scalar(t)
		}
		e := engines[rapid.IntRange(0, 1).Draw(t, "engine")]
		if got, want := sum1(e, p1, s), plain1(p1, s); !got.Equal(&want) {
			t.Fatalf("G1: want %v, got %v", &want, &got)
		}
		if got, want := sum2(e, p2, s), plain2(p2, s); !got.Equal(&want) {
			t.Fatalf("G2: want %v, got %v", &want, &got)
		}
	})
}

// Long sums against gnark-crypto's, for scalars and points of every pattern.
func TestSumsOfMany(t *testing.T) {
	const n = 5000
	e := New(2)
	p1, p2 := points1(n), points2(n)
	same := make([]bn254.G1Affine, n)
	pairs := append([]bn254.G1Affine(nil), p1...)
	holes := append([]bn254.G1Affine(nil), p1...)
	for i := range n {
		same[i] = p1[0]
		if i%2 == 1 {
			pairs[i].Neg(&p1[i-1])
		}
		if i%3 == 0 {
			holes[i].SetInfinity()
		}
	}
	fill := func(f func(i int) fr.Element) []fr.Element {
		s := make([]fr.Element, n)
		for i := range s {
			s[i] = f(i)
		}
		return s
	}
	of := func(x int64) fr.Element { var e fr.Element; return *e.SetInt64(x) }
	full := random(n, 1)
	for _, c := range []struct {
		name    string
		scalars []fr.Element
	}{
		{"random", full},
		{"equal", fill(func(int) fr.Element { return full[0] })},
		{"zero", fill(func(int) fr.Element { return of(0) })},
		{"one", fill(func(int) fr.Element { return of(1) })},
		{"minus one", fill(func(int) fr.Element { return of(-1) })},
		{"bytes", fill(func(i int) fr.Element { return of(int64(i*i) % 256) })},
		{"words", fill(func(i int) fr.Element { return of(int64(i*i*7) % (1 << 17)) })},
		{"signed", fill(func(i int) fr.Element { return of(int64(i*i*i) - 1<<30) })},
		{"mixed", fill(func(i int) fr.Element {
			if i%3 == 0 {
				return full[i]
			}
			return of(int64(i % 300))
		})},
		{"alternating", fill(func(i int) fr.Element {
			x := full[0]
			if i%2 == 1 {
				x.Neg(&x)
			}
			return x
		})},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, points := range map[string][]bn254.G1Affine{"points": p1, "equal points": same, "opposite points": pairs, "points at infinity": holes} {
				var want bn254.G1Affine
				_, err := want.MultiExp(points, c.scalars, ecc.MultiExpConfig{})
				require.NoError(t, err)
				got := sum1(e, points, c.scalars)
				require.True(t, got.Equal(&want), name)
			}
			var want bn254.G2Affine
			_, err := want.MultiExp(p2, c.scalars, ecc.MultiExpConfig{})
			require.NoError(t, err)
			got := sum2(e, p2, c.scalars)
			require.True(t, got.Equal(&want), "G2")
		})
	}
}

// Bases may name the scalars of their points, and sums that run together share scalars.
func TestSumsShareScalars(t *testing.T) {
	e := New(2)
	points, s := points1(300), random(400, 2)
	index := make([]uint32, len(points))
	picked := make([]fr.Element, len(points))
	for i := range index {
		index[i] = uint32((i * 7) % len(s))
		picked[i] = s[index[i]]
	}
	scalars := e.NewScalars(clone(s))
	var a, b bn254.G1Jac
	e.Run(G1(&a, NewBases(points, index), scalars), G1(&b, NewBases(points, nil), scalars))
	var got bn254.G1Affine
	want := plain1(points, picked)
	require.True(t, got.FromJacobian(&a).Equal(&want))
	want = plain1(points, s)
	require.True(t, got.FromJacobian(&b).Equal(&want))
}

func TestRecoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := scalar(t)
		want := new(big.Int)
		x.BigInt(want)
		if h := new(big.Int).Rsh(fr.Modulus(), 1); want.Cmp(h) > 0 {
			want.Sub(want, fr.Modulus())
		}
		n := int(magnitude(&x))
		if n != want.BitLen() {
			t.Fatalf("length: want %d, got %d", want.BitLen(), n)
		}
		r := newRecoding(rapid.IntRange(minWidth, maxWidth).Draw(t, "width"), max(n, rapid.IntRange(0, scalarBits).Draw(t, "length")))
		got := new(big.Int)
		for j := r.digits - 1; j >= 0; j-- {
			w := r.window(j)
			d := w.digit((*[4]uint64)(&x))
			if d > int32(r.buckets()) || -d > int32(r.buckets()) {
				t.Fatalf("digit %d: want a magnitude of at most %d, got %d", j, r.buckets(), d)
			}
			got.Add(got.Lsh(got, uint(r.c)), big.NewInt(int64(d)))
		}
		if got.Cmp(want) != 0 {
			t.Fatalf("want %v, got %v", want, got)
		}
	})
}

// Tables change no sum, whatever their size, for scalars that are full or small and rows with and without multiples.
func TestTables(t *testing.T) {
	e := New(2)
	const n = 700
	points, s := points1(n), random(n, 3)
	points[5].SetInfinity()
	for i := 0; i < n; i += 4 {
		s[i].SetUint64(uint64(i))
	}
	scalars := e.NewScalars(clone(s))
	want := plain1(points, s)
	b := NewBases(points, nil)
	full := b.Full(scalars)
	require.Len(t, full, n*3/4-1)
	for _, fold := range []int{1, 2, 3, 7, 30, scalarBits} {
		for _, rows := range [][]uint32{full, full[:len(full)/2], {0, 1, 2, 3, 4}} {
			e.Tabulate(b, rows, fold)
			require.Equal(t, fold > 1, b.table != nil)
			var sum bn254.G1Jac
			var got bn254.G1Affine
			e.Run(G1(&sum, b, scalars))
			require.True(t, got.FromJacobian(&sum).Equal(&want), "fold %d of %d rows", fold, len(rows))
		}
	}
	require.Equal(t, 1, Folds(1000, 63999))
	require.Equal(t, 2, Folds(1000, 64000))
	require.LessOrEqual(t, Folds(0, 0), scalarBits)
}

// A point of a longer sum takes fewer additions, and never fewer than the widest windows have digits.
func TestAdditions(t *testing.T) {
	last := float64(scalarBits)
	for n := 64; n <= 1<<24; n *= 4 {
		each := float64(Additions(n)) / float64(n)
		require.Less(t, each, last, "%d points", n)
		require.Greater(t, each, float64(scalarBits)/maxWidth)
		last = each
	}
}
