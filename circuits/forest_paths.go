package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"
)

// paths walks the trees of a forest.
type paths struct {
	*walk
	k        *program.Forest
	x        *narrow
	of       program.Tensor           // x
	row      int                      // of x
	compared map[[3]int64]gadget.Wire // bits by row, feature and threshold
}

// sum is a linear combination that is not made yet.
type sum struct {
	constant int64
	coefs    []int64
	wires    []gadget.Wire
}

func (s *sum) add(coef int64, w gadget.Wire) {
	s.coefs, s.wires = append(s.coefs, coef), append(s.wires, w)
}

// tree gives the columns of the result.
func (p *paths) tree(t int) []sum {
	k := p.k
	out := make([]sum, k.Width)
	if leaf, ok := k.Leaf(k.Roots[t]); ok {
		for j := range out {
			out[j].constant = k.Values[leaf*k.Width+j]
		}
		return out
	}
	passed := map[int64]gadget.Wire{k.Roots[t]: p.s.Constant(1)}
	arrive := func(node int64, w gadget.Wire) {
		leaf, ok := k.Leaf(node)
		if !ok {
			passed[node] = w
			return
		}
		for j := range out {
			out[j].add(k.Values[leaf*k.Width+j], w)
		}
	}
	for _, l := range levels(k, t) {
		bit := p.compare(l, passed)
		rights := make([]gadget.Wire, len(l.apart))
		rest := []gadget.Wire{bit}
		coefs := []int64{1}
		for i := len(l.apart) - 1; i >= 0; i-- {
			if i == 0 && l.free {
				rights[i] = p.s.Combine(0, coefs, rest...)
				break
			}
			rights[i] = p.s.Product(bit, passed[int64(l.apart[i])])
			rest, coefs = append(rest, rights[i]), append(coefs, -1)
		}
		for i, v := range l.apart {
			arrive(k.Right[v], rights[i])
			arrive(k.Left[v], p.s.Combine(0, []int64{1, -1}, passed[int64(v)], rights[i]))
		}
		for _, v := range l.joint {
			arrive(k.Left[v], passed[int64(v)])
		}
		if len(l.joint) > 0 {
			all := p.s.Combine(0, coefs, rest...)
			for j := range out {
				out[j].add(gain(k, l.joint[0], j), all)
			}
			for _, j := range l.columns {
				var more sum
				for _, v := range l.joint {
					more.add(gain(k, v, j)-gain(k, l.joint[0], j), passed[int64(v)])
				}
				out[j].add(1, p.s.Product(bit, p.s.Combine(0, more.coefs, more.wires...)))
			}
		}
	}
	return out
}

// compare is the bit of a level.
func (p *paths) compare(l level, passed map[int64]gadget.Wire) gadget.Wire {
	k := p.k
	feature, threshold := k.Feature[l.nodes[0]], k.Threshold[l.nodes[0]]
	key := [3]int64{int64(p.row), feature, threshold}
	if bit, ok := p.compared[key]; ok && l.alike {
		return bit
	}
	x := p.feature(l, passed)
	// x - t - 1
	d := sum{-1 - threshold, []int64{1}, []gadget.Wire{x}}
	if !l.alike {
		d.constant = -1
		end := int64(0)
		if l.ended {
			end = p.of.Range.Max
			d.constant -= end
		}
		for _, v := range l.nodes {
			d.add(end-k.Threshold[v], passed[int64(v)])
		}
	}
	bit := p.positive(p.s.Combine(d.constant, d.coefs, d.wires...))
	if l.alike {
		p.compared[key] = bit
	}
	return bit
}

// feature is x of a level.
func (p *paths) feature(l level, passed map[int64]gadget.Wire) gadget.Wire {
	base := p.row * p.of.Shape[1]
	at := func(f int64) gadget.Wire { return p.x.at(base + int(f)) }
	var number sum
	switch len(l.features) {
	case 1:
		return at(l.features[0])
	case 2:
		for _, v := range l.nodes {
			if p.k.Feature[v] == l.features[1] {
				number.add(1, passed[int64(v)])
			}
		}
		low, high := at(l.features[0]), at(l.features[1])
		second := p.s.Combine(0, number.coefs, number.wires...)
		return p.s.Combine(0, []int64{1, 1}, low, p.s.Product(second, p.s.Combine(0, []int64{1, -1}, high, low)))
	}
	for _, v := range l.nodes {
		number.add(p.k.Feature[v], passed[int64(v)])
	}
	row := p.s.Combine(int64(base), number.coefs, number.wires...)
	// Wires of products may be negative; advice may not.
	low := p.of.Range.Min
	var value int64
	if p.s.Evaluates() {
		value = p.x.at(int(row.X)).X - low
	}
	x := p.s.Combine(low, []int64{1}, p.s.Advise([]int64{value})[0])
	p.table(p.plan.selected[p.node]).Maps(row, x)
	return x
}

// positive proves a bit [d >= 0] for d within the span of the features, as step does.
func (p *paths) positive(d gadget.Wire) gadget.Wire {
	y, far := int64(1), d.X
	if d.X < 0 {
		y, far = 0, -d.X-1
	}
	bit, distance := p.s.Advise([]int64{y})[0], p.s.Advise([]int64{far})[0]
	p.ranges.Nonnegative(distance, p.of.Range.Span())
	p.s.AssertProduct(bit.V, p.s.Combine(1, []int64{-1}, bit).V, 0)
	p.s.AssertProduct(p.s.Combine(-1, []int64{2}, bit).V, p.s.Combine(1, []int64{2}, distance).V, p.s.Combine(1, []int64{2}, d).V)
	return bit
}
