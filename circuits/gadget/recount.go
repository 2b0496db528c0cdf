package gadget

// Recount is the advice of an engine walk, which has not been finished, with the multiplicities that its queries
// call for: the best that a prover who forged the rest can commit to. ok is false where a query is not a row, so
// that no multiplicities serve. It is for tests of soundness.
func (s *Synth) Recount() (a Advice, ok bool) {
	if !s.engine {
		return nil, false
	}
	value := func(v any) (int64, bool) {
		x, _ := s.api.Compiler().ConstantValue(v)
		return x.Int64(), x.IsInt64()
	}
	a = append(a, s.advice[:s.calls]...)
	for _, t := range s.tables {
		counts := make([]int64, t.rows)
		if t.packed {
			rows := make(map[int64]int, t.rows)
			for i := range t.rows {
				rows[t.low+int64(i)+t.values[i].X<<packing] = i
			}
			for i, k := range t.keys {
				q, ok := value(s.api.Add(k, s.api.Mul(t.vals[i], int64(1)<<packing), int64(1)<<62))
				row, found := rows[q-1<<62]
				if !ok || !found {
					return nil, false
				}
				counts[row]++
			}
			a = append(a, counts)
			continue
		}
		for i, k := range t.keys {
			// Below zero a key is a large element of the field; its row is not.
			key, ok := value(s.api.Sub(k, t.low))
			if !ok || key < 0 || key >= int64(t.rows) {
				return nil, false
			}
			for j := range t.columns {
				if d, ok := value(s.api.Sub(t.vals[i*t.columns+j], t.values[int(key)*t.columns+j].V)); !ok || d != 0 {
					return nil, false
				}
			}
			counts[key]++
		}
		a = append(a, counts)
	}
	return a, true
}

// OnAdvice makes the walk call f from within each advice call, with its number. It is for tests of soundness: they
// hold the places in the code that ask for advice against those whose advice they have forged.
func (s *Synth) OnAdvice(f func(call int)) { s.onAdvice = f }
