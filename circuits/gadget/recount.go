package gadget

import (
	"math/big"
	"strconv"
)

// Recount is the advice of an engine walk, which has not been finished, with the multiplicities that its queries
// call for: the best that a prover who forged the rest can commit to. ok is false where a query is not a row, so
// that no multiplicities serve: they are then those that the other queries call for. It is for tests of soundness.
func (s *Synth) Recount() (a Advice, ok bool) {
	if !s.engine {
		return nil, false
	}
	ok = true
	value := func(v any) (int64, bool) {
		x, _ := s.api.Compiler().ConstantValue(v)
		return x.Int64(), x.IsInt64()
	}
	a = append(a, s.advice[:s.calls]...)
	for _, u := range s.unions {
		counts, rows := u.recount()
		ok = ok && rows
		a = append(a, counts...)
	}
	for _, t := range s.tables {
		counts := make([]int64, t.rows)
		if t.union != nil {
			copy(counts, t.counts) // of the folds
		}
		if t.packed {
			rows := make(map[int64]int, t.rows)
			for i := range t.rows {
				rows[t.low+int64(i)+t.values[i].X<<packing] = i
			}
			for i, k := range t.keys {
				q, small := value(s.api.Add(k, s.api.Mul(t.vals[i], int64(1)<<packing), int64(1)<<62))
				if row, found := rows[q-1<<62]; small && found {
					counts[row]++
				} else {
					ok = false
				}
			}
			a = append(a, counts)
			continue
		}
		for i, k := range t.keys {
			// Below zero a key is a large element of the field; its row is not.
			key, row := value(s.api.Sub(k, t.low))
			row = row && 0 <= key && key < int64(t.rows)
			for j := 0; row && j < t.columns; j++ {
				d, small := value(s.api.Sub(t.vals[i*t.columns+j], t.values[int(key)*t.columns+j].V))
				row = small && d == 0
			}
			if row {
				counts[key]++
			} else {
				ok = false
			}
		}
		a = append(a, counts)
	}
	for _, u := range s.unions {
		a = append(a, u.words...)
	}
	return a, ok
}

// OnAdvice makes the walk call f from within each advice call, with its number. It is for tests of soundness: they
// hold the places in the code that ask for advice against those whose advice they have forged.
func (s *Synth) OnAdvice(f func(call int)) { s.onAdvice = f }

// recount gives the counts of all folds, and the bits of the sums that bound shows. Its counts in words, and in the range table's,
// are those of the folds alone then.
func (u *united) recount() (a Advice, ok bool) {
	value := func(v any) string {
		x, _ := u.s.api.Compiler().ConstantValue(u.s.foreign(v))
		return x.String()
	}
	ok = true
	clear(u.ranges.counts)
	for _, w := range u.words {
		clear(w)
	}
	index := map[string]int{} // of the core
	for i, r := range u.core {
		index[r.value.BigInt(new(big.Int)).String()] = i
	}
	for i, t := range u.tables {
		clear(t.counts)
		for j, k := range t.keys {
			q := value(u.fingerprint(t, k, t.vals[j]).V)
			if row, err := strconv.Atoi(q); err == nil && row < u.length {
				ok = u.add(t, row) && ok
				continue
			}
			at := -1
			if r, core := index[q]; core {
				for _, o := range u.core[r].owners {
					if o.fold == i {
						at = o.at
					}
				}
			}
			if at < 0 {
				ok = false
				continue
			}
			t.counts[at]++
		}
		if len(t.counts) > 0 {
			a = append(a, t.counts)
		}
	}
	for _, g := range u.groups {
		sum := int64(0)
		for _, at := range g.at {
			sum += u.tables[g.fold].counts[at]
		}
		bits := make([]int64, u.bits(g))
		for i := range bits {
			bits[i] = sum >> i & 1
		}
		a = append(a, bits)
	}
	return a, ok
}
