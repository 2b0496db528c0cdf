package program

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"assay/ir/tensor"
)

const (
	expBits     = 12        // of exponentials: the largest is 2^12 - 1
	expStep     = 1.0 / 128 // how far apart distances are told apart: half a step moves a share by 1/256 of it
	expStepFew  = 1.0 / 64  // of few elements, for whom rows of a table are dear
	expFew      = 1 << 11   // elements
	inverseRoom = 10        // bits of the inverse of a largest sum
	shareBits   = 12        // of shares
	meanBits    = 13        // of means, with their sign, where the values have fewer
	maskBelow   = 32        // exp(-32) is nothing to a softmax
	meanLimit   = 1 << 20   // magnitude up to which values are averaged as they are
	meanFiner   = 4         // most bits that means are finer than values
	expSum      = 1 << 31   // of a row, at most
)

// Exponentials is exp(x - top) for each element, with top the largest along the last axis. Distances from the largest are
// exact integers, so no score is rounded before; they are told apart in steps of 1/128 or so. An element that a constant
// puts farther below the others than calibration saw any is masked: it is 0, as constants far below are.
func (b *Builder) Exponentials(x *Value) (*Value, error) {
	if x.constant != nil || len(x.shape) == 0 || x.shape.Size() == 0 {
		return nil, fmt.Errorf("%s: exponentials: want a variable with elements and an axis, got shape %v", b.name, x.shape)
	}
	n := x.shape[len(x.shape)-1]
	if int64(n) > expSum>>expBits {
		return nil, fmt.Errorf("%s: exponentials: want rows of at most %d elements, got %d", b.name, expSum>>expBits, n)
	}
	step := expStep
	if x.shape.Size() < expFew {
		step = expStepFew
	}
	m, err := b.members(x, n)
	if err != nil {
		return nil, err
	}
	d, err := b.distances(m.of, step)
	if err != nil {
		return nil, err
	}
	id, err := m.collect(b, d)
	if err != nil {
		return nil, err
	}
	k := &Below{Arg: id, Rows: m.rows, Shift: uint(d.shift)}
	const largest = 1<<expBits - 1
	for i := 0; ; i++ {
		y := math.Round(largest * math.Exp(-float64(i)*math.Ldexp(d.slope, d.shift)))
		if k.Table = append(k.Table, int64(y)); y == 0 {
			break
		}
	}
	const scale = 1.0 / largest
	if id, err = b.add(k, scale); err != nil {
		return nil, err
	}
	return m.spread(b, x.shape, id, scale)
}

// distances is x as integers, q for slope*q + at0, such that differences of them are rounded by shift to steps at most step
// apart.
func (b *Builder) distances(x *Value, step float64) (d rounding, err error) {
	if _, ok := x.expr.(*mapped); ok {
		if _, err = b.narrow(x); err != nil {
			return d, err
		}
	}
	if _, err = b.pushed(x); err != nil {
		return d, err
	}
	p, ok := b.proportional(x)
	if ok && p.factor > 0 && len(compress(p.bias)) == 1 {
		d = rounding{id: p.id, slope: p.factor, at0: p.bias[0]}
	} else {
		if d.id, err = b.fine(x, step/4); err != nil {
			return d, err
		}
		d.slope = b.p.Tensors[d.id].Scale
	}
	if r := b.p.Tensors[d.id].Range; r.MaxAbs() > MaxMagnitude/4 {
		return d, fmt.Errorf("%s: exponentials: numbers of %v are too large", b.name, r)
	}
	d.shift = min(max(0, int(math.Floor(math.Log2(step/d.slope)+1e-9))), MaxShift)
	return d, nil
}

// Shares divides elements that are not negative by their sum along the last axis.
func (b *Builder) Shares(e *Value) (*Value, error) {
	id, err := b.weights(e)
	if err != nil {
		return nil, err
	}
	t := b.p.Tensors[id]
	n := e.shape[len(e.shape)-1]
	m := &members{}
	var open []int
	zero := b.zeros(id)
	for i := range t.Shape.Size() {
		if i%n == 0 {
			m.rows = append(m.rows, 0)
		}
		if zero != nil && zero[i] && (i%n < n-1 || m.rows[i/n] > 0) {
			m.at = append(m.at, -1)
			continue
		}
		m.at = append(m.at, len(open))
		open = append(open, i)
		m.rows[i/n]++
	}
	if m.index = open; len(open) < t.Shape.Size() {
		if id, err = m.collect(b, rounding{id: id, slope: 1}); err != nil {
			return nil, err
		}
	}
	k := &Shares{Arg: id, Rows: m.rows}
	// One limb of a range table where the inverse has precision to spare.
	sum := bits.Len64(uint64(t.Range.Max * int64(n)))
	k.Bits = uint(min(max(2*shareBits, sum+inverseRoom-2), maxInverseBits))
	k.Shift = k.Bits - shareBits
	scale := math.Ldexp(1, -shareBits)
	if id, err = b.add(k, scale); err != nil {
		return nil, err
	}
	return m.spread(b, e.shape, id, scale)
}

// Mean is the means of values v, [B..., k, n], weighted by e, [B..., m, k], that are not negative: e v divided by the sums
// of the rows of e. It has up to four bits more than the values.
func (b *Builder) Mean(e, v *Value) (*Value, error) {
	id, err := b.weights(e)
	if err != nil {
		return nil, err
	}
	n := int64(e.shape[len(e.shape)-1])
	k := &Mean{Weights: id, Bits: uint(min(bits.Len64(uint64(b.p.Tensors[id].Range.Max*n))+inverseRoom, maxInverseBits))}
	if k.Values, err = b.averaged(v, min(int64(meanLimit), MaxMagnitude>>(k.Bits+1))); err != nil {
		return nil, err
	}
	has := bits.Len64(uint64(b.p.Tensors[k.Values].Range.MaxAbs())) + 1
	least := 0
	if v.shape.Size() >= tableSize {
		least = -2 * meanFiner
	}
	finer := min(max(least, max(meanBits, b.opt.Bits+meanFiner)-has), meanFiner)
	k.Shift = uint(max(int(k.Bits)-finer, 0))
	if id, err = b.add(k, math.Ldexp(b.p.Tensors[k.Values].Scale, int(k.Shift)-int(k.Bits))); err != nil {
		return nil, err
	}
	return b.leafOf(newValue(b.p.Tensors[id].Shape, nil), id), nil
}

// averaged is a tensor of v, rounded, of numbers of at most limit.
func (b *Builder) averaged(v *Value, limit int64) (int, error) {
	if v.constant != nil {
		r, err := b.interval(v)
		if err != nil {
			return 0, err
		}
		return b.emit(v, newQuantizer(r, meanBits).scale)
	}
	id, err := b.narrow(v)
	if err != nil || b.p.Tensors[id].Range.MaxAbs() <= limit {
		return id, err
	}
	return b.coarse(v, id)
}

// weights is a tensor of e, in its shape, whose elements are not negative.
func (b *Builder) weights(e *Value) (int, error) {
	if e.constant != nil || len(e.shape) == 0 {
		return 0, fmt.Errorf("%s: shares: want a variable with an axis, got shape %v", b.name, e.shape)
	}
	id, err := b.exact(e, math.Ldexp(1, -expBits))
	if err != nil {
		return 0, err
	}
	n := int64(e.shape[len(e.shape)-1])
	if b.p.Tensors[id].Range.Max > expSum/n {
		if id, err = b.coarse(e, id); err != nil {
			return 0, err
		}
	}
	if t := b.p.Tensors[id]; t.Range.Min < 0 {
		if id, err = b.add(&AtLeast{Arg: id}, t.Scale); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// zeros says which elements of a tensor are constant zeros that a rearrangement filled in; nil for none.
func (b *Builder) zeros(id int) []bool {
	i := slices.IndexFunc(b.p.Nodes, func(n Node) bool { return n.Out == id })
	if i < 0 {
		return nil
	}
	g, ok := b.p.Nodes[i].Kernel.(*Gather)
	if !ok || !g.Fills() || g.Fill != 0 {
		return nil
	}
	zero := make([]bool, len(g.Index))
	for i, j := range g.Index {
		zero[i] = j < 0
	}
	return zero
}

// members are the elements of rows that count, each once.
type members struct {
	of        *Value    // what index is of
	index     []int     // of each member; below zero -1-i is constant i
	constants []float64 // reals
	rows      Ints      // members of each row
	at        []int     // for each element of the rows its member, -1 for none
}

// members finds the elements of rows of n that count in a softmax.
func (b *Builder) members(x *Value, n int) (*members, error) {
	of, parts := b.parts(x)
	if of == nil {
		of, parts = x, nil
	}
	m := &members{of: of}
	r, err := b.interval(x)
	if err != nil {
		return nil, err
	}
	low := func(c float64) bool { return c < r.Min-maskBelow }
	var masked []bool
	if parts == nil {
		if masked, err = m.unmask(b, r, n); err != nil {
			return nil, err
		}
	}
	seen := map[float64]int{}
	for i := range x.shape.Size() {
		if i%n == 0 {
			m.rows = append(m.rows, 0)
			clear(seen)
		}
		p := part{index: i}
		if parts != nil {
			p = parts[i]
		}
		known := -1
		if p.index < 0 {
			if j, ok := seen[p.constant]; ok {
				m.at = append(m.at, j)
				continue
			}
			if low(p.constant) {
				m.at = append(m.at, -1)
			} else {
				known = len(m.constants)
				m.constants = append(m.constants, p.constant)
				seen[p.constant] = len(m.index)
			}
		} else if masked != nil && masked[i] {
			m.at = append(m.at, -1)
		}
		if len(m.at) == i { // it counts
			m.at = append(m.at, len(m.index))
			m.rows[i/n]++
			if known >= 0 {
				p.index = -1 - known
			}
			m.index = append(m.index, p.index)
		}
		if i%n == n-1 && m.rows[i/n] == 0 {
			// All alike: each has as much of the row.
			for j := range n {
				m.at[i-j] = len(m.index)
			}
			m.rows[i/n]++
			m.constants = append(m.constants, r.Min)
			m.index = append(m.index, -len(m.constants))
		}
	}
	return m, nil
}

// unmask says which elements of a sum constants put far below another of their row, and takes those constants off; nil
// for none.
func (m *members) unmask(b *Builder, r Interval, n int) ([]bool, error) {
	if _, err := b.pushed(m.of); err != nil {
		return nil, err
	}
	l, ok := m.of.expr.(*linear)
	if !ok || len(l.bias) < 2 {
		return nil, nil
	}
	bias := expand(l.bias, m.of.shape.Size())
	masked := make([]bool, len(bias))
	for at := 0; at < len(bias); at += n {
		row := bias[at : at+n]
		top := slices.Max(row)
		for i, v := range row {
			if v < top-(r.Max-r.Min)-maskBelow {
				masked[at+i], row[i] = true, top
			}
		}
	}
	if !slices.Contains(masked, true) {
		return nil, nil
	}
	of := newValue(m.of.shape, &linear{l.terms, compress(bias)})
	of.observed = m.of.observed
	m.of = of
	return masked, nil
}

// collect is the tensor of the members, where d is the integers of what they are of.
func (m *members) collect(b *Builder, d rounding) (int, error) {
	t := b.p.Tensors[d.id]
	identity := len(m.constants) == 0 && len(m.index) == t.Shape.Size()
	for i := 0; identity && i < len(m.index); i++ {
		identity = m.index[i] == i
	}
	if identity {
		return d.id, nil
	}
	g := &Gather{Operands: []int{d.id}, Shape: tensor.Shape{len(m.index)}}
	n := t.Shape.Size()
	if len(m.constants) > 0 {
		c := &Constant{Shape: tensor.Shape{len(m.constants)}}
		for _, v := range m.constants {
			c.Values = append(c.Values, roundToInt((v-d.at0)/d.slope))
		}
		id, err := b.add(c, t.Scale)
		if err != nil {
			return 0, err
		}
		g.Operands = append(g.Operands, id)
	}
	for _, i := range m.index {
		if i < 0 {
			i = n - 1 - i
		}
		g.Index = append(g.Index, int64(i))
	}
	return b.add(g, t.Scale)
}

// spread puts what was computed of the members where the elements are, and zeros elsewhere.
func (m *members) spread(b *Builder, s tensor.Shape, id int, scale float64) (*Value, error) {
	g := &Gather{Operands: []int{id}, Shape: s}
	identity := len(m.index) == s.Size()
	for i, j := range m.at {
		g.Index = append(g.Index, int64(j))
		identity = identity && i == j
	}
	if identity {
		g.Index = nil
	}
	if !identity || !b.p.Tensors[id].Shape.Equal(s) {
		var err error
		if id, err = b.add(g, scale); err != nil {
			return nil, err
		}
	}
	v := newValue(s, leaf{id})
	v.observed = Interval{0, 1}
	return v, nil
}

// part is an element of an expression: element index of a value, or, where that is -1, a constant.
type part struct {
	index    int
	constant float64
}

// parts views x as elements of one variable value and constants; a nil value where it is none.
func (b *Builder) parts(x *Value) (*Value, []part) {
	g, ok := x.expr.(*gather)
	if !ok {
		return nil, nil
	}
	var of *Value
	var all []part
	for _, v := range g.of {
		if v.constant != nil {
			for _, c := range v.constant.Data {
				all = append(all, part{-1, c})
			}
			continue
		}
		base, ps := b.parts(v)
		if base == nil {
			base = v
			for i := range v.shape.Size() {
				ps = append(ps, part{index: i})
			}
		}
		if of != nil && of != base {
			return nil, nil
		}
		of = base
		all = append(all, ps...)
	}
	if of == nil {
		return nil, nil
	}
	r := make([]part, 0, x.shape.Size())
	for _, j := range g.positions(x.shape) {
		if j < 0 {
			r = append(r, part{-1, g.fill})
		} else {
			r = append(r, all[j])
		}
	}
	return of, r
}
