package gadget

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/frontend"
)

// Table proves that looked-up keys, or (key, value) pairs, are rows of a constant table (LogUp, Haböck,
// "Multivariate lookups based on logarithmic derivatives", ePrint 2022/1530):
//
//	sum over queries of 1/(X - q)  =  sum over rows of m/(X - t)
//
// with q = key + B*value, likewise t, and m the number of queries of the row. Keys, values and multiplicities are
// fixed by the commitment before X and B are drawn, and rows are distinct because their keys are, so both sides
// agree at a random X only if every query is a row, but for a chance of (queries + rows)/r for X and as much for
// B to merge two different pairs.
//
// A query costs one constraint, and one more for the product B*value of a pair; a row costs one.
type Table struct {
	s      *Synth
	low    int64
	values []int64 // nil for a table of keys alone
	rows   int
	keys   []frontend.Variable
	vals   []frontend.Variable
	counts []int64
}

// NewRange is the table of the integers in [0, 2^bits).
func (s *Synth) NewRange(bits uint) *Table {
	return s.addTable(&Table{s: s, rows: 1 << bits})
}

// NewFunction is the table of pairs (low+i, values[i]).
func (s *Synth) NewFunction(low int64, values []int64) *Table {
	return s.addTable(&Table{s: s, low: low, values: values, rows: len(values)})
}

func (s *Synth) addTable(t *Table) *Table {
	t.counts = make([]int64, t.rows)
	s.tables = append(s.tables, t)
	return t
}

// Contains looks up key in a table of keys.
func (t *Table) Contains(key Wire) { t.query(key, Wire{}, false) }

// Maps looks up the pair (key, value).
func (t *Table) Maps(key, value Wire) { t.query(key, value, true) }

func (t *Table) query(key, value Wire, pair bool) {
	if pair != (t.values != nil) {
		t.s.fail(fmt.Errorf("table: a pair asked of a table of keys, or a key of a table of pairs"))
		return
	}
	if t.s.evaluates {
		row := key.X - t.low
		if row < 0 || row >= int64(t.rows) || pair && t.values[row] != value.X {
			t.s.fail(fmt.Errorf("table of %d rows from %d: no row (%d, %d)", t.rows, t.low, key.X, value.X))
			return
		}
		t.counts[row]++
	}
	if t.s.api != nil {
		t.keys = append(t.keys, key.V)
		if pair {
			t.vals = append(t.vals, value.V)
		}
	}
}

// check makes the argument's constraints.
func (t *Table) check(multiplicities []Wire, x, b frontend.Variable) {
	api := t.s.api
	left := make([]frontend.Variable, len(t.keys))
	for i, k := range t.keys {
		if t.vals != nil {
			k = api.Add(k, api.Mul(b, t.vals[i]))
		}
		left[i] = api.Inverse(api.Sub(x, k))
	}
	denominators := make([]frontend.Variable, t.rows)
	ms := make([]frontend.Variable, t.rows)
	for i := range denominators {
		row := frontend.Variable(t.low + int64(i))
		if t.values != nil {
			row = api.Add(row, api.Mul(b, t.values[i]))
		}
		denominators[i] = api.Sub(x, row)
		ms[i] = multiplicities[i].V
	}
	right, err := api.Compiler().NewHint(Quotients, t.rows, append(ms, denominators...)...)
	if err != nil {
		t.s.fail(err)
		return
	}
	for i, q := range right {
		t.s.AssertProduct(q, denominators[i], ms[i])
	}
	api.AssertIsEqual(t.s.Sum(left), t.s.Sum(right))
}

// Quotients divides the first half of its inputs by the second, element by element.
func Quotients(field *big.Int, in, out []*big.Int) error {
	n := len(out)
	if len(in) != 2*n {
		return fmt.Errorf("quotients: want %d inputs, got %d", 2*n, len(in))
	}
	// Montgomery's trick: one inversion for all.
	prefix := make([]*big.Int, n+1)
	prefix[0] = big.NewInt(1)
	for i := range n {
		if in[n+i].Sign() == 0 {
			return fmt.Errorf("quotients: element %d: division by zero", i)
		}
		prefix[i+1] = new(big.Int).Mul(prefix[i], in[n+i])
		prefix[i+1].Mod(prefix[i+1], field)
	}
	inverse := new(big.Int).ModInverse(prefix[n], field)
	for i := n - 1; i >= 0; i-- {
		out[i].Mul(inverse, prefix[i]).Mul(out[i], in[i]).Mod(out[i], field)
		inverse.Mul(inverse, in[n+i]).Mod(inverse, field)
	}
	return nil
}
