package gadget

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/stretchr/testify/require"
)

func TestTableOfKeys(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		table := s.NewRange(3)
		for _, x := range xs {
			table.Contains(x)
		}
	})
	f.accepts(t, 0)
	f.accepts(t, 7, 7, 0, 3)
	honest, err := f.trace([]int64{7, 7, 0})
	require.NoError(t, err)
	for row := range honest[0] {
		for _, d := range []int64{1, -1, 5} {
			a := Advice{append([]int64(nil), honest[0]...)}
			a[0][row] += d
			f.refuses(t, a, 7, 7, 0)
		}
	}
	swapped := Advice{append([]int64(nil), honest[0]...)}
	swapped[0][0], swapped[0][7] = 2, 1
	f.refuses(t, swapped, 7, 7, 0)
	for _, x := range []int64{8, -1, 1 << 20} {
		_, err := f.trace([]int64{x})
		require.Error(t, err)
		for row := range 8 {
			a := Advice{make([]int64, 8)}
			a[0][row] = 1
			f.refuses(t, a, x)
		}
	}
}

func TestTableOfPairs(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		table := s.NewFunction(-2, []int64{5, -7, 0, 9})
		for i := 0; i < len(xs); i += 2 {
			table.Maps(xs[i], xs[i+1])
		}
	})
	f.accepts(t, 1, 9)
	a, err := f.trace([]int64{-2, 5, -1, -7, 1, 9, 1, 9})
	require.NoError(t, err)
	r := ecc.BN254.ScalarField()
	mod := func(xs []*big.Int) []*big.Int {
		for _, x := range xs {
			x.Mod(x, r)
		}
		return xs
	}
	good := mod(bigs(-2, 5, -1, -7, 1, 9, 1, 9))
	require.NoError(t, f.solve(good, a.hint))
	require.NoError(t, f.engine(good, a))
	for _, pair := range [][2]int64{{1, 5}, {1, 10}, {1, 8}, {1, -9}, {-2, 9}, {2, 0}, {2, 9}, {-3, 5}, {0, 9}, {-1, 7}, {9, 1}, {1, 0}, {5, -2}} {
		_, err := f.trace(pair[:])
		require.Error(t, err, "trace %v", pair)
		for row := range 4 {
			counts := make([]int64, 4)
			counts[row] = 1
			f.refuses(t, Advice{counts}, pair[0], pair[1])
		}
	}
	// Two wrong pairs that have keys and values of two right ones between them.
	for _, counts := range [][]int64{{1, 0, 0, 1}, {2, 0, 0, 0}, {0, 0, 0, 2}} {
		f.refuses(t, Advice{counts}, -2, 9, 1, 5)
	}
}

// Multiplicities are elements of the field: wrong ones do not help, however large.
func TestMultiplicitiesOfTheField(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		table := s.NewRange(2)
		for _, x := range xs {
			table.Contains(x)
		}
	})
	r := ecc.BN254.ScalarField()
	half := new(big.Int).ModInverse(big.NewInt(2), r)
	less := new(big.Int).Sub(r, big.NewInt(1))
	for _, ms := range [][]*big.Int{
		{half, half, big.NewInt(0), big.NewInt(0)}, {less, big.NewInt(2), big.NewInt(0), big.NewInt(0)},
		{half, half, half, half}, {less, less, less, less}, {big.NewInt(0), big.NewInt(0), big.NewInt(0), big.NewInt(0)}} {
		for _, x := range []int64{0, 4, 9} {
			require.Error(t, f.solve(bigs(x), field{0: ms}.over(Advice{nil})), "key %d, multiplicities %v", x, ms)
		}
	}
	require.NoError(t, f.solve(bigs(2), field{0: bigs(0, 0, 1, 0)}.over(Advice{nil})))
}

// Tables are apart: a query of one is not served by another's row.
func TestTablesAreApart(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		small, large := s.NewRange(1), s.NewRange(3)
		small.Contains(xs[0])
		large.Contains(xs[1])
	})
	f.accepts(t, 1, 5)
	for _, a := range []Advice{{{0, 0}, {0, 1, 0, 0, 0, 1, 0, 0}}, {{1, 0}, {0, 0, 0, 0, 0, 1, 0, 0}}, {{0, 1}, {0, 0, 0, 0, 0, 1, 0, 0}}} {
		f.refuses(t, a, 5, 1)
	}
}

func TestTableOfTheOtherKind(t *testing.T) {
	s := NewTrace()
	s.NewRange(2).Maps(Wire{}, Wire{})
	require.Error(t, s.Err())
	s = NewTrace()
	s.NewFunction(0, []int64{1}).Contains(Wire{})
	require.Error(t, s.Err())
}

func TestTableOfPackedPairs(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		table := s.NewPacked(-2, []int64{5, -7, 0, 9})
		for i := 0; i < len(xs); i += 2 {
			table.Maps(xs[i], xs[i+1])
		}
	})
	f.accepts(t, 1, 9)
	f.accepts(t, -2, 5, -1, -7, 1, 9, 1, 9)
	for _, pair := range [][2]int64{{1, 5}, {1, 10}, {1, 8}, {1, -9}, {-2, 9}, {2, 0}, {2, 9}, {-3, 5}, {0, 9}, {-1, 7}, {1 << 39, 9}} {
		_, err := f.trace(pair[:])
		require.Error(t, err, "trace %v", pair)
		for row := range 4 {
			counts := make([]int64, 4)
			counts[row] = 1
			f.refuses(t, Advice{counts}, pair[0], pair[1])
		}
	}
	// What the caller must rule out: a key 2^40 away.
	r := ecc.BN254.ScalarField()
	far := bigs(1+1<<40, 8)
	for _, x := range far {
		x.Mod(x, r)
	}
	require.NoError(t, f.solve(far, Advice{{0, 0, 0, 1}}.hint))
}
