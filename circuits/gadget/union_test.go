package gadget

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
)

// two folds, of which the first needs a row of its far end in its core, and the second rows beyond those of the range table.
func twoFolds(t *testing.T, queries int) *Union {
	u, err := NewUnion(3, queries, []Fold{
		{Column: []int64{0, 1, 2}, Rise: 3, Near: 4, Far: 5, Queries: 20},
		{Column: []int64{5, 3, 9, 4}, Rise: -7, Near: 10, Far: 2, Queries: 20},
	})
	require.NoError(t, err)
	require.Equal(t, 10, u.length)
	require.Equal(t, []int64{0, 1, 2, 3}, u.folds[0].Column)
	require.Equal(t, 10+3+3, u.Rows())
	require.Equal(t, 4*(5+1), u.Checks())
	return u
}

// unites looks the first number up in the range table, and the others, in pairs, in the folds in turn.
func unites(u *Union) statement {
	return func(s *Synth, xs []Wire) {
		r := s.NewRanges(u.width)
		tables := r.Unite(u)
		r.Bits(xs[0], u.width)
		for i := 1; i < len(xs); i += 2 {
			tables[i/2%len(tables)].Maps(xs[i], xs[i+1])
		}
	}
}

func TestUnion(t *testing.T) {
	for queries, words := range map[int]int{60: 1, 1 << 30: 2, 1 << 40: 3} {
		u := twoFolds(t, queries)
		require.Equal(t, words, u.words())
		unites(u).accepts(t, 0, -3, 0, -9, 5, 2, 2, 3, 4, 1, 1, 1, 3, 3, 3, 4, -2, 4, 3, 5, -2, 7, 3, 2, 9)
	}
	f := unites(twoFolds(t, 60))
	f.accepts(t, 7, 0, 0, 0, 5)
	f.accepts(t, 0, -3, 0, -9, 5, 2, 2, 3, 4, 1, 1, 1, 3, 3, 3, 4, -2, 4, 3, 5, -2, 7, 3, 2, 9)
	for _, xs := range [][]int64{{8, 0, 0, 0, 5}, {0, -4, 0, 0, 5}, {0, 9, 3, 0, 5}, {0, 1, 0, 0, 5}, {0, 1, 2, 0, 5}, {0, 0, 3, 0, 5}, {0, 3, 0, 0, 5}, {0, 0, 0, 4, 5}, {0, 0, 0, 0, -2}, {0, 0, 0, 6, -2}} {
		_, err := f.trace(xs)
		require.Error(t, err, "%v", xs)
	}
}

// Whatever row a pair that is none is said to be, the sums differ.
func TestUnionRefusesOtherPairs(t *testing.T) {
	u := twoFolds(t, 60)
	f := unites(u)
	honest, err := f.trace([]int64{0, 0, 0, 0, 5})
	require.NoError(t, err)
	for _, pair := range [][2]int64{{0, 3}, {1, 0}, {1, 2}, {-1, 1}, {3, 0}, {5, 0}, {2, 3}} {
		for at := range honest[0] {
			a := append(Advice{}, honest...)
			a[0] = make([]int64, len(honest[0]))
			a[0][at] = 1
			f.refuses(t, a, 0, pair[0], pair[1], 0, 5)
		}
	}
	// What the caller must rule out: the next pair of a row, and one a fraction of the way.
	rows, rise := u.Period(0)
	r := ecc.BN254.ScalarField()
	honest, err = f.trace([]int64{0, 1, 1, 0, 5})
	require.NoError(t, err)
	require.NoError(t, f.solve(bigs(0, 1+rows, 1+rise, 0, 5), honest.hint))
	key := new(big.Int).ModInverse(big.NewInt(rise), r)
	key.Mul(key, big.NewInt(rows)).Add(key, big.NewInt(1)).Mod(key, r)
	require.NoError(t, f.solve([]*big.Int{big.NewInt(0), key, big.NewInt(2), big.NewInt(0), big.NewInt(5)}, honest.hint))
}

// A prover has a row counted by someone who owns it for a query of someone who does not, with the fraction that makes the
// residue right: only the bound on the sum of such counts refuses it.
func TestUnionRefusesQueriesOfOthers(t *testing.T) {
	u := twoFolds(t, 60)
	f := unites(u)
	r := ecc.BN254.ScalarField()
	weight := func(fold int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), u.digit*uint(fold+1)) } // -1 for the range table
	big_ := func(v fr.Element) *big.Int { return v.BigInt(new(big.Int)) }
	sum := func(fold int, at []int, counts [2][]*big.Int) *big.Int {
		s := new(big.Int)
		for _, i := range at {
			s.Add(s, counts[fold][i])
		}
		return s.Mod(s, r)
	}
	// try has who query the row of the given value, and the count at of owner stand for it, times off the fraction.
	try := func(who int, value *big.Int, owner, at int, off int64) error {
		xs, calls := bigs(0, 0, 0, 0, 5), field{}
		counts := [2][]*big.Int{bigs(make([]int64, u.size(0))...), bigs(make([]int64, u.size(1))...)}
		ranges := bigs(make([]int64, 1<<u.width)...)
		for fold := range counts {
			if fold != who {
				ranges[0].Add(ranges[0], weight(fold)) // of its key 0
			}
		}
		if who < 0 {
			xs[0] = value
		} else {
			xs[1+2*who] = new(big.Int).Mod(new(big.Int).Neg(value), r) // with the result of key 0
		}
		share := new(big.Int).ModInverse(weight(owner), r)
		share.Mul(share, weight(who)).Mul(share, big.NewInt(off)).Mod(share, r)
		counts[owner][at] = new(big.Int).Add(counts[owner][at], share)
		calls[0], calls[1] = counts[0], counts[1]
		if who >= 0 {
			ranges[0].Add(ranges[0], weight(-1))
		}
		calls[int64(2+len(u.groups))] = ranges
		var err error
		for _, whole := range []bool{true, false} { // bits, or a half of the sum in place of one
			for i, g := range u.groups {
				s := sum(g.fold, g.at, counts)
				bits := make([]*big.Int, u.bits(g))
				for j := range bits {
					bits[j] = big.NewInt(int64(s.Bit(j)))
					if !whole {
						bits[j] = big.NewInt(0)
					}
				}
				if !whole {
					bits[1] = s.Mul(s, new(big.Int).ModInverse(big.NewInt(2), r)).Mod(s, r)
				}
				calls[int64(2+i)] = bits
			}
			if err = f.solve(xs, calls.over(nil)); err == nil {
				return nil
			}
		}
		return err
	}
	for i := range u.folds {
		first := map[int]int{}
		u.beyond(i, func(row, at int) {
			if _, ok := first[row]; !ok {
				first[row] = at
			}
		})
		for row := 1 << u.width; row < u.length; row++ {
			want, has := first[row]
			at, ok := u.at(i, row)
			require.Equal(t, has, ok)
			require.True(t, !ok || at == want, "fold %d, row %d", i, row)
		}
	}
	beyond := -1 // the number of the second fold's count of row 9
	u.beyond(1, func(row, at int) {
		if row == 9 {
			beyond = at
		}
	})
	// What an owner does is accepted, with a multiple of the share that is right refused.
	first, second := big_(u.core[0].value), big_(u.core[4].value)
	require.Equal(t, []owner{{1, 1}}, u.core[4].owners)
	require.NoError(t, try(0, first, 0, 0, 1))
	require.NoError(t, try(1, second, 1, 1, 1))
	require.NoError(t, try(1, big.NewInt(9), 1, beyond, 1))
	require.Error(t, try(1, second, 1, 1, 2))
	for _, forged := range []struct {
		who       int
		value     *big.Int
		owner, at int
	}{
		{-1, first, 0, 0},
		{-1, second, 1, 1},
		{-1, big.NewInt(9), 1, beyond},
		{0, second, 1, 1},
		{1, first, 0, 0},
	} {
		require.Error(t, try(forged.who, forged.value, forged.owner, forged.at, 1), fmt.Sprint(forged))
	}
}

func TestUnionsThatCannotBe(t *testing.T) {
	fold := Fold{Column: []int64{0, 1, 2}, Rise: 3, Near: 1, Far: 1, Queries: 1}
	even, steep, none, full := fold, fold, fold, []Fold{}
	even.Rise, steep.Rise, none.Column = 4, -1<<32-1, nil
	for range UnionDigits {
		full = append(full, fold)
	}
	for name, folds := range map[string][]Fold{"an even rise": {even}, "a steep one": {steep}, "no rows": {none}, "no room for weights": full} {
		_, err := NewUnion(4, 10, folds)
		require.Error(t, err, name)
	}
	s := NewTrace()
	r := s.NewRanges(4)
	r.Unite(twoFolds(t, 60))
	require.Error(t, s.Err(), "a union for another width")

	u := twoFolds(t, 60)
	u.folds[0].Queries = 1
	unites(u).accepts(t, 0, 0, 0, 0, 5)
	require.ErrorContains(t, unites(u).solve(bigs(0, 0, 0, 0, 5, 0, 0), nil), "queries of fold 0")
	u = twoFolds(t, 60)
	u.digit = 1
	many := func(s *Synth, xs []Wire) {
		unites(u)(s, xs)
		s.tables[0].Contains(xs[0])
	}
	require.ErrorContains(t, statement(many).solve(bigs(0, 0, 0, 0, 5), nil), "queries of the range table")
}
