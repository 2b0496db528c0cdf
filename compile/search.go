package compile

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// CodeBudget is the code of a budget that no choice of bits meets.
const CodeBudget = "COMPILE_BUDGET" // no choice of bits reaches the accuracy, or stays within the constraints, that was asked for

const (
	leastBits, mostBits = 4, 16 // of an activation
	searchSamples       = 16    // samples that a trial is measured on, or more where they are cheap
	searchWork          = 2e10  // multiply-adds that all trials together may take, so that a search ends
	soughtCosine        = 0.999 // sought by default
	soughtRelative      = 0.03
	soughtAgreement     = 0.98
)

// trial is one choice of bits.
type trial struct {
	grain
	tensor map[string]int
	low    *lowered
	seen   Fidelity
	cost   int // constraints; 0 when nothing counts them
}

// search chooses the bits of each tensor.
//
// With an accuracy it takes the least uniform bits that reach it, then looks whether fewer bits do where only the
// tensors whose rounding moves the outputs most have more (see sensitivity). With a bound on constraints it takes the
// most uniform bits that stay within it, then gives the most sensitive tensors more while they do.
func (m *model) search() (*trial, error) {
	s := &searcher{m: m, left: searchWork}
	first, err := s.try(grain{bits: m.opt.Bits}, nil)
	if err != nil {
		return nil, err
	}
	var best *trial
	switch {
	case !m.free:
		best = first
	case m.opt.Constraints > 0:
		best, err = s.within(first)
	default:
		best, err = s.accurate(first)
	}
	if err != nil {
		return nil, err
	}
	if m.opt.Accuracy > 0 && best.seen.Accuracy() < m.opt.Accuracy {
		return nil, &graph.Error{Code: CodeBudget, Want: fmt.Sprintf("accuracy %v on the calibration samples", m.opt.Accuracy),
			Got: fmt.Sprintf("at best %.8g, with %d bits", best.seen.Accuracy(), best.bits), Err: s.refused}
	}
	return best, nil
}

type searcher struct {
	m    *model
	left float64                    // work
	want []map[string]*tensor.Float // what the graph answers to the samples of a trial

	refused error // of the last choice of bits that no program could be made of, such as for want of room in a table
}

// try lowers with bits, and tensor where it says, and measures.
func (s *searcher) try(g grain, tensor map[string]int) (*trial, error) {
	opt := g.apply(s.m.opt, s.m.shifted)
	if tensor != nil {
		opt.TensorBits = tensor
	}
	t := &trial{grain: g, tensor: tensor}
	var err error
	if t.low, err = lower(s.m.graph, s.m.observed, opt); err != nil {
		return nil, err
	}
	if !s.m.free {
		return t, nil
	}
	each := work(t.low.program)
	n := max(searchSamples, min(reportSamples, int(searchWork)/(100*max(each, 1))))
	samples := s.m.calibration[:min(n, len(s.m.calibration))]
	c := &comparison{m: s.m, program: t.low.program, want: s.want}
	if t.seen, err = c.run(samples, nil); err != nil {
		return nil, err
	}
	s.want = c.want
	s.left -= float64(each) * float64(len(samples)+10)
	if s.m.opt.Cost != nil {
		if t.cost, err = s.m.opt.Cost(t.low.program); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// work is about the multiply-adds of one evaluation.
func work(p *program.Program) int {
	n := 0
	var buf []program.Entry
	for _, node := range p.Nodes {
		n += p.Tensors[node.Out].Shape.Size()
		l, ok := node.Kernel.(*program.Linear)
		if !ok {
			continue
		}
		rows := l.Shape.Size()
		for _, t := range l.Terms {
			buf = t.Map.Row(rows/2, buf[:0])
			n += len(buf) * rows
		}
	}
	return n
}

// meets reports whether a trial is accurate enough.
func (s *searcher) meets(t *trial) bool {
	if a := s.m.opt.Accuracy; a > 0 {
		return t.seen.Accuracy() >= a
	}
	for _, o := range t.seen.Outputs {
		if o.Measure == "cosine" && (o.Cosine < soughtCosine || o.Relative > soughtRelative) || o.Measure != "cosine" && (o.Accuracy < soughtAgreement || o.Measure == "top1" && o.Cosine < soughtCosine) {
			return false
		}
	}
	return true
}

// faithful reports whether more bits would hardly show.
func (s *searcher) faithful(t *trial) bool {
	for _, o := range t.seen.Outputs {
		if o.Cosine < 0.99999 || o.Accuracy < 0.99999 {
			return false
		}
	}
	return s.meets(t)
}

// closer reports whether a is nearer to the float model than b.
func closer(a, b *trial) bool {
	if x, y := a.seen.Accuracy(), b.seen.Accuracy(); x != y {
		return x > y
	}
	cosine := func(t *trial) float64 {
		c := 1.0
		for _, o := range t.seen.Outputs {
			c = min(c, o.Cosine)
		}
		return c
	}
	return cosine(a) > cosine(b)
}

// accurate looks for the accuracy that is sought, from the default bits up, and down where one was asked for.
func (s *searcher) accurate(first *trial) (*trial, error) {
	best, last := first, first
	if s.meets(first) {
		if s.m.opt.Accuracy == 0 {
			return s.lean(first)
		}
		for bits := first.bits - 1; bits >= leastBits && s.left > 0; bits-- {
			t, err := s.try(grain{bits: bits}, nil)
			if err != nil {
				return nil, err
			}
			if !s.meets(t) {
				return s.mixed(t, best)
			}
			best = t
		}
		return best, nil
	}
	for bits := first.bits + 2; bits <= mostBits && s.left > 0; bits += 2 {
		t, err := s.try(grain{bits: bits}, nil)
		if err != nil {
			s.refused = err // what was reached stands
			break
		}
		if s.meets(t) {
			if between, err := s.try(grain{bits: bits - 1}, nil); err != nil {
				return nil, err
			} else if s.meets(between) && (s.m.opt.Accuracy > 0 || s.comfortable(between, t)) {
				t = between
			}
			return s.mixed(last, t)
		}
		if closer(t, best) {
			best = t
		}
		last = t
	}
	return best, nil
}

// mixed looks for fewer constraints than those of enough by giving the most sensitive tensors of lacking the bits of
// enough and more.
func (s *searcher) mixed(lacking, enough *trial) (*trial, error) {
	order, err := s.sensitive(lacking)
	if err != nil {
		return nil, err
	}
	best := enough
	low, high := 0, len(order) // how many tensors have more bits: low lack, high are enough
	for high-low > 1 && s.left > 0 {
		k := (low + high) / 2
		t, err := s.try(lacking.grain, promote(order[:k], min(enough.bits+2, mostBits)))
		if err != nil {
			return nil, err
		}
		if !s.meets(t) {
			low = k
			continue
		}
		if high = k; t.cost < best.cost || t.cost == 0 && best.cost == 0 {
			best = t
		}
	}
	return best, nil
}

// within takes the most bits that the bound on constraints affords, and that show.
func (s *searcher) within(first *trial) (*trial, error) {
	bound := s.m.opt.Constraints
	best, last := first, first
	for g := first.grain.coarser(); best.cost > bound; g = g.coarser() {
		if g.bits < leastBits || s.left <= 0 {
			return nil, &graph.Error{Code: CodeBudget, Want: fmt.Sprintf("at most %d constraints", bound), Got: fmt.Sprintf("%d with %d bits", last.cost, last.bits)}
		}
		t, err := s.try(g, nil)
		if err != nil {
			return nil, err
		}
		best, last = t, t
	}
	for bits := first.bits + 1; (best == first || best.bits >= bits-1 && best.bits > first.bits) && bits <= mostBits && s.left > 0 && !s.faithful(best); bits++ {
		t, err := s.try(grain{bits: bits}, nil)
		if err != nil {
			s.refused = err
			break
		}
		if t.cost > bound {
			break
		}
		if closer(t, best) {
			best = t
		}
	}
	order, err := s.sensitive(best)
	if err != nil {
		return nil, err
	}
	base := best
	low, high := 0, len(order)+1 // how many tensors have more bits: low fit, high do not
	for high-low > 1 && s.left > 0 && !s.faithful(best) {
		k := (low + high) / 2
		t, err := s.try(base.grain, promote(order[:k], min(base.bits+3, mostBits)))
		if err != nil {
			s.refused, high = err, k
			continue
		}
		if t.cost > bound {
			high = k
			continue
		}
		if low = k; closer(t, best) {
			best = t
		}
	}
	return best, nil
}

// promote gives every value of groups bits.
func promote(groups []group, bits int) map[string]int {
	m := map[string]int{}
	for _, g := range groups {
		for _, v := range g.values {
			m[v.Name] = bits
		}
	}
	return m
}
