package program

import "math"

// settle chooses units for a sum that climbs no stairs, in which its multipliers are exact if that is possible, and
// whether halves occur. A sum with coefficients of no common unit has been rounded itself, and needs no rule for them.
func (s *roundedSum) settle() {
	uneven := false
	for _, l := range s.lanes {
		for _, u := range l.uneven {
			uneven = uneven || u
		}
	}
	step := max(s.b.opt.Shift, 1)
	align := func(spare int) {
		if s.k = (s.fraction+spare+step-1)/step*step - spare; s.k > s.limit {
			s.k = s.fraction
		}
		s.scaleTo()
	}
	align(0)
	if uneven || s.fraction == 0 {
		return
	}
	align(1)
	slack := int64(1) << max(0, s.k-gridSlack)
	if near, known := s.nearHalf(slack); !known || near {
		s.even, s.slack = true, min(slack, int64(1)<<s.k/2-1)
		return
	}
	align(0)
}

// scaleTo writes lanes and bias in units of 2^-k steps.
func (s *roundedSum) scaleTo() {
	for _, l := range s.lanes {
		l.scaleTo(s.k)
	}
	s.ints = make([]int64, len(s.bias))
	for i, v := range s.bias {
		s.ints[i] = int64(math.Round(math.Ldexp(s.ratio.real(v, i), s.k)))
		if l := s.lanes[0]; len(s.lanes) == 1 && v != 0 {
			if t, ok := l.multiple(i, v); ok {
				s.ints[i] = t * int64(l.slopes[l.block(i)])
			}
		}
	}
}

// nearHalf searches the sums of all elements that the operands can have for one within slack of a half. It is not
// known where they are too many, or the rows differ.
func (s *roundedSum) nearHalf(slack int64) (near, known bool) {
	for _, v := range s.ints {
		if v != s.ints[0] {
			return false, false
		}
	}
	sums := []int64{s.ints[0]}
	for _, l := range s.lanes {
		d, ok := l.m.(*realDiagonal)
		if !ok || len(d.weights) != 1 {
			return false, false
		}
		r := s.b.p.Tensors[l.id].Range
		if r.Span() >= gridSets || int64(len(sums))*(r.Span()+1) > gridSets {
			return false, false
		}
		m := int64(math.Round(d.weights[0]/l.units[0])) * int64(l.slopes[0])
		var next []int64
		for q := r.Min; q <= r.Max; q++ {
			for _, v := range sums {
				next = append(next, v+m*q)
			}
		}
		sums = next
	}
	half := int64(1) << s.k >> 1
	for _, v := range sums {
		if off := v&(1<<s.k-1) - half; -slack <= off && off <= slack {
			return true, true
		}
	}
	return false, true
}
