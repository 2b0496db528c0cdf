package gadget

import (
	"fmt"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Fold is a function that is constant at both ends, for a Union. Its keys are counted from the near end: the result is Column[0]
// up to key 0, Column[key] at 1 to len(Column)-1, and Column[0] + Rise from key len(Column) on.
type Fold struct {
	Column  []int64
	Rise    int64 // odd
	Near    int   // keys of the near end that queries may have, the last of which is 0
	Far     int   // keys of the far end that queries may have, the first of which is len(Column)
	Queries int   // at most
}

// Union is a range table and the folds that share its rows. With b = len(Column), L the rows of the interval [0, L), which has
// those of the range table and any that a fold needs further, and n = b + L - 1, the pair (key, value) of a fold is looked up as
//
//	q = (n/Rise) * (value - Column[0]) - key.
//
// At the near end q is -key, and at the far end it is n - key: both lie in the interval, and need no row of their own. The keys
// between, the fold's core, have b - 1 rows besides.
//
// # What a row says of a pair
//
// Rise has no factor in common with n or 2. Let value be a small integer, key one over a power of two, and q a row. Then
// Rise*(q + key) = n*(value - Column[0]), with the q of an integer u at the ends and with q = (n/Rise)*(f(t) - Column[0]) - t in
// the core: an equation of integers once it is multiplied by the power of two and, in the core, holds of the differences value -
// f(t) and key - t. So Rise divides value - Column[0], or value - f(t), and for an integer e
//
//	value = Column[0] + e*Rise,  key = -u + e*n      or      value = f(t) + e*Rise,  key = t + e*n.
//
// The caller proves, of what key is, that it lies in [-(L-1), b+L-1], that is in [b-n, n]. So e is 0 in the core, since t + n is
// beyond n and t - n below b - n. At the ends it is 0 or 1, since -u + 2n is beyond n and -u - n below b - n; where it is 0, key is
// at most 0, and where it is 1, at least b: value is the function's result. An even Rise would have an e of one half, with a key
// that is half an integer. The integers are far from the modulus: a key's power of two is at most 2^64, n less than 2^40 and Rise
// below 2^32, as NewUnion sees to, and u, key and value lie within 2^80, so each side within 2^184.
//
// # Whose query a row serves
//
// All queries are in one sum (see Table), with weights: 1 for those of the range table, and B^i for those of fold i, counted from
// 1. So the residue of the sum at a row's value is c_0 + B*c_1 + B^2*c_2 + ..., with c_i the number of fold i's queries there, and
// a row may be given the multiplicity c_0 + B*c_1 + ... with c_i advice that nothing bounds. That would let anyone query any row.
// Rows of [0, 2^Width) are for all. The others have owners: those of the interval, the folds; those of a core, its fold, or all
// folds in whose core that value is. Their multiplicity has only the weights of their owners; and for all rows with the same
// owners together, the sum of each owner's advice is shown to be an integer in [0, B), by its bits, where B exceeds the number of all
// queries. The sum of the residues of these rows is on the one side a number of which each digit in base B is the number of
// queries of a kind, and on the other one whose digits are those sums, 0 for who is no owner. Both are below B^(folds+1), which
// is below the modulus. So digits agree: no query but an owner's is at such a row.
type Union struct {
	width  uint
	folds  []Fold
	length int
	digit  uint         // of B = 2^digit
	factor []fr.Element // n/Rise, of each fold
	core   []coreRow
	groups []group
}

// coreRow is a row beyond the interval.
type coreRow struct {
	value  fr.Element
	owners []owner
}

// owner is a fold and which of its counts is that of the row.
type owner struct{ fold, at int }

// group is what is summed of the rows with the same owners: the counts of one of them.
type group struct {
	fold int
	at   []int
}

// UnionDigits are the bits that the weights of a union may take.
const UnionDigits = 250

// NewUnion unites folds with a range table of 2^width rows, for at most as many queries as given, of all together. Where a
// fold's Rise has a factor in common with its n, it gets rows of its far end in its core.
func NewUnion(width uint, queries int, folds []Fold) (*Union, error) {
	u := &Union{width: width, length: 1 << width, digit: uint(bits.Len(uint(queries)))}
	for _, f := range folds {
		u.length = max(u.length, f.Near, f.Far)
	}
	if uint(len(folds)+1)*u.digit > UnionDigits {
		return nil, fmt.Errorf("union of %d functions: want %d bits of weights at most, got %d each", len(folds), UnionDigits, u.digit)
	}
	index := map[fr.Element]int{}
	for i, f := range folds {
		if len(f.Column) == 0 || f.Rise%2 == 0 || f.Rise >= 1<<32 || f.Rise <= -1<<32 {
			return nil, fmt.Errorf("fold %d: want a row or more and an odd rise of at most 32 bits, got %d and %d", i, len(f.Column), f.Rise)
		}
		if f.Queries < 1 || f.Queries > queries {
			return nil, fmt.Errorf("fold %d: want 1 to %d queries, got %d", i, queries, f.Queries)
		}
		f.Column = f.Column[:len(f.Column):len(f.Column)]
		for common(u.rows(f), f.Rise) > 1 {
			f.Column = append(f.Column, f.Column[0]+f.Rise)
		}
		var factor, rise fr.Element
		factor.SetInt64(u.rows(f))
		rise.SetInt64(f.Rise)
		factor.Div(&factor, &rise)
		u.folds, u.factor = append(u.folds, f), append(u.factor, factor)
		for t := 1; t < len(f.Column); t++ {
			var v, key fr.Element
			v.SetInt64(f.Column[t] - f.Column[0])
			v.Sub(v.Mul(&v, &factor), key.SetInt64(int64(t)))
			if v.IsUint64() && v.Uint64() < uint64(u.length) {
				return nil, fmt.Errorf("fold %d: the row of key %d is one of the interval", i, t)
			}
			at, ok := index[v]
			if !ok {
				at = len(u.core)
				index[v] = at
				u.core = append(u.core, coreRow{value: v})
			}
			u.core[at].owners = append(u.core[at].owners, owner{i, t - 1})
		}
	}
	u.group()
	return u, nil
}

// rows is n of a fold.
func (u *Union) rows(f Fold) int64 { return int64(len(f.Column) + u.length - 1) }

// group collects the counts that are summed: those of rows with the same owners, owner by owner.
func (u *Union) group() {
	of := map[string]int{} // the first group of some owners
	add := func(owners []owner) {
		key := ""
		for _, o := range owners {
			key += fmt.Sprint(o.fold, " ")
		}
		first, ok := of[key]
		if !ok {
			first = len(u.groups)
			of[key] = first
			for _, o := range owners {
				u.groups = append(u.groups, group{fold: o.fold})
			}
		}
		for j, o := range owners {
			u.groups[first+j].at = append(u.groups[first+j].at, o.at)
		}
	}
	for _, r := range u.core {
		add(r.owners)
	}
	for i := range u.folds {
		// Each fold's counts are a group of their own: the owners of these rows are all folds, those that have none there with
		// the sum 0.
		g := group{fold: i}
		u.beyond(i, func(_, at int) { g.at = append(g.at, at) })
		if len(g.at) > 0 {
			u.groups = append(u.groups, g)
		}
	}
}

// beyond gives the rows of the interval beyond those of the range table that fold i may query, and their numbers among its
// counts, which follow those of its core: first the near end's, then the far end's. A row may be given twice.
func (u *Union) beyond(i int, yield func(row, at int)) {
	f, at := u.folds[i], len(u.folds[i].Column)-1
	for row := 1 << u.width; row < f.Near; row++ {
		yield(row, at)
		at++
	}
	for row := max(u.length-f.Far, 1<<u.width); row < u.length; row++ {
		yield(row, at)
		at++
	}
}

// at is the first number of a row that beyond gives.
func (u *Union) at(i, row int) (at int, ok bool) {
	f, first := u.folds[i], 1<<u.width
	at = len(f.Column) - 1
	if row < f.Near {
		return at + row - first, true
	}
	far := max(u.length-f.Far, first)
	return at + max(f.Near-first, 0) + row - far, row >= far
}

// size is how many counts fold i has.
func (u *Union) size(i int) int {
	n := len(u.folds[i].Column) - 1
	u.beyond(i, func(int, int) { n++ })
	return n
}

// word is how many bits of a multiplicity one advice wire has.
const word = 62

// digits is how many digits one advice wire has of the multiplicity of a row that is for all, the first that of the range table.
func (u *Union) digits() int { return max(word/int(u.digit), 1) }

// words is how many wires such a multiplicity takes.
func (u *Union) words() int { return len(u.folds)/u.digits() + 1 }

// Period is by what key and value of a fold differ from another pair of the same row: n and Rise.
func (u *Union) Period(fold int) (rows, rise int64) { return u.rows(u.folds[fold]), u.folds[fold].Rise }

// Length is the number of rows of the interval.
func (u *Union) Length() int { return u.length }

// Rows is the number of rows, those of the range table among them.
func (u *Union) Rows() int { return u.length + len(u.core) }

// Checks is the number of constraints that bound the sums of rows with owners.
func (u *Union) Checks() int {
	n := 0
	for _, g := range u.groups {
		n += u.bits(g) + 1
	}
	return n
}

// bits is those of the sum of a group.
func (u *Union) bits(g group) int { return bits.Len(uint(u.folds[g.fold].Queries)) }

// common is the greatest common divisor of a positive integer and any other.
func common(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
