package gadget

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAssertProduct(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) { s.AssertProduct(xs[0].V, xs[1].V, xs[2].V) })
	f.accepts(t, 3, 4, 12)
	f.accepts(t, 0, 4, 0)
	f.accepts(t, 1, 1, 1)
	for _, xs := range [][]int64{{3, 4, 11}, {3, 4, 0}, {3, 4, -12}, {0, 4, 1}, {12, 4, 3}, {1, 0, 1}} {
		f.refuses(t, Advice{}, xs...)
	}
	// Constants and combinations on each side.
	f = func(s *Synth, xs []Wire) {
		a := s.Combine(5, []int64{2, -1, 0}, xs...)
		s.AssertProduct(a.V, s.Combine(3, []int64{0, 0, 0}, xs...).V, s.Combine(-1, []int64{1, 1, 0}, xs...).V)
	}
	f.accepts(t, 4, 9, 0)
	f.accepts(t, 0, 4, 7)
	f.refuses(t, Advice{}, 4, 8, 0)
	f.refuses(t, Advice{}, 0, -4, 0)
}

func TestProduct(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		p := s.Product(xs[0], xs[1])
		s.NewRange(4).Contains(p)
	})
	f.accepts(t, 3, 5)
	f.accepts(t, 0, 9)
	f.refuses(t, f.best(t, []int64{4, 4}), 4, 4)
	f.refuses(t, f.best(t, []int64{-1, 1}), -1, 1)
}

func TestAssertSomeZero(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) { s.AssertSomeZero(xs) })
	f.accepts(t, 0)
	f.accepts(t, 0, 5)
	f.accepts(t, 5, 0)
	f.accepts(t, 1, 2, 0, 4)
	f.accepts(t, 0, 0, 0)
	for _, xs := range [][]int64{{1}, {-1}, {1, 1}, {1, -1}, {3, 2, 1, 5}} {
		f.refuses(t, Advice{}, xs...)
	}
	s := NewTrace()
	s.AssertSomeZero(nil)
	require.NoError(t, s.Err(), "a trace makes no constraints")
	require.Error(t, statement(func(s *Synth, _ []Wire) { s.AssertSomeZero(nil) }).engine(bigs(0), Advice{}))
}

func TestCombine(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		r := s.NewRange(4)
		r.Contains(s.Combine(-7, []int64{1, 0, -3}, xs...))
	})
	f.accepts(t, 40, 99, 9)
	f.refuses(t, f.best(t, []int64{6, 0, 0}), 6, 0, 0)
	f.refuses(t, f.best(t, []int64{23, 0, 0}), 23, 0, 0)
}

func TestAdvice(t *testing.T) {
	s := NewTrace()
	s.Advise([]int64{1, -1})
	require.ErrorContains(t, s.Err(), "element 1")

	require.Error(t, Oracle(nil, bigs(0), bigs(0)), "the oracle has no values of its own")
	a := Advice{{1, 2}}
	out := bigs(0, 0)
	require.NoError(t, a.hint(nil, bigs(0), out))
	require.Equal(t, bigs(1, 2), out)
	require.Error(t, a.hint(nil, bigs(1), out), "no such call")
	require.Error(t, a.hint(nil, bigs(0), bigs(0)), "another number of values")
	require.Error(t, a.hint(nil, bigs(0, 0), out), "two calls")
}

func TestQuotient(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		s.Later(func(Challenges) error {
			s.AssertEqual(s.Quotient(xs[0], xs[1]), xs[2])
			return nil
		})
	})
	f.accepts(t, 6, 3, 2)
	f.accepts(t, 0, 5, 0)
	f.accepts(t, -21, 7, -3)
	f.refuses(t, Advice{}, 6, 3, 3)
	f.refuses(t, Advice{}, 1, 0, 1)
	f.refuses(t, Advice{}, 7, 2, 3)
}

// A check that needs challenges sees them after the commitment, and may refuse.
func TestLater(t *testing.T) {
	f := statement(func(s *Synth, xs []Wire) {
		s.Later(func(c Challenges) error {
			v := Wire{V: c.V}
			// (x0 - x1)*V = 0
			s.AssertProduct(s.Combine(0, []int64{1, -1}, xs[0], xs[1]).V, v.V, 0)
			s.AssertProduct(v.V, v.V, s.Product(v, v).V)
			return nil
		})
	})
	f.accepts(t, 4, 4)
	f.refuses(t, Advice{}, 4, 5)
	for what, late := range map[string]func(*Synth, []Wire){
		"advice":                func(s *Synth, _ []Wire) { s.Advise([]int64{1}) },
		"a check":               func(s *Synth, _ []Wire) { s.Later(func(Challenges) error { return nil }) },
		"variable to commit to": func(s *Synth, xs []Wire) { s.Commit(xs[0].V) },
	} {
		require.ErrorContains(t, statement(func(s *Synth, xs []Wire) {
			s.Later(func(Challenges) error { late(s, xs); return nil })
		}).engine(bigs(0), Advice{{0}}), "want no "+what+" after the commitment")
	}
	require.ErrorContains(t, statement(func(s *Synth, xs []Wire) {
		ranges := s.NewRanges(4)
		s.Later(func(Challenges) error { ranges.Nonnegative(xs[0], 15); return nil })
	}).engine(bigs(3), Advice{}), "after it", "a query that no sum would have")
}
