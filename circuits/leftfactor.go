package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// leftFactor is how the columns of the left factors of products at a challenge are summed up, at R = V^n:
//
//	sum over i of A_il R^i
//
// where a rearrangement has filled in zeros or put one element at several places of a row, as a constant mask does. Zeros are
// left out, and an element that a row has more than once is multiplied by R^i once. What is left of a column is summed by
// Horner's rule, over gaps by the power of R that spans them.
type leftFactor struct {
	z      program.MatMulSize
	own    [][]int // of each column of each matrix, the rows that it alone multiplies, from the last on
	shared [][]int // and what it shares, in repeats
	repeat []int   // elements of A that a row has more than once
	power  int     // powers of R from the second to this one are wires
}

// newLeftFactor is nil where each element is summed by itself, or that takes fewer constraints.
func newLeftFactor(p *program.Program, id int, z program.MatMulSize) *leftFactor {
	g := rearranged(p, id)
	if g == nil {
		return nil
	}
	f := &leftFactor{z: z, own: make([][]int, z.Batch*z.K), shared: make([][]int, z.Batch*z.K)}
	for b := range z.Batch {
		for i := z.M - 1; i >= 0; i-- {
			row := g.Index[(b*z.M+i)*z.K:][:z.K]
			count, place := map[int64]int{}, map[int64]int{}
			for _, j := range row {
				count[j]++
			}
			for l, j := range row {
				column := b*z.K + l
				switch {
				case j < 0 && g.Fill == 0:
				case j >= 0 && count[j] > 1:
					at, ok := place[j]
					if !ok {
						at = len(f.repeat)
						place[j], f.repeat = at, append(f.repeat, (b*z.M+i)*z.K+l)
						f.power = max(f.power, i)
					}
					f.shared[column] = append(f.shared[column], at)
				default:
					f.own[column] = append(f.own[column], i)
				}
			}
		}
	}
	for _, rows := range f.own {
		for k, i := range rows {
			next := 0
			if k+1 < len(rows) {
				next = rows[k+1]
			}
			f.power = max(f.power, i-next)
		}
	}
	if f.cost()+f.power >= z.Batch*z.K*(z.M-1) {
		return nil
	}
	return f
}

// left is newLeftFactor, found once for all widths of tables.
func (pl *planner) left(id int, z program.MatMulSize) *leftFactor {
	key := [2]int{id, z.M}
	f, ok := pl.lefts[key]
	if !ok {
		f = newLeftFactor(pl.p, id, z)
		pl.lefts[key] = f
	}
	return f
}

// rearranged is the rearrangement of elements that makes a tensor, but for its shape; nil where there is none.
func rearranged(p *program.Program, id int) *program.Gather {
	for i := len(p.Nodes) - 1; i >= 0; i-- {
		if p.Nodes[i].Out != id {
			continue
		}
		g, ok := p.Nodes[i].Kernel.(*program.Gather)
		if !ok || len(g.Index) > 0 {
			return g
		}
		id = g.Operands[0] // an earlier node's
	}
	return nil
}

// cost is the number of products, without those of powers.
func (f *leftFactor) cost() int {
	n := 0
	for _, rows := range f.own {
		if len(rows) > 0 {
			n += len(rows) - 1
			if rows[len(rows)-1] > 0 {
				n++
			}
		}
	}
	for _, e := range f.repeat {
		if f.row(e) > 0 {
			n++
		}
	}
	return n
}

// row is the row of an element of A.
func (f *leftFactor) row(e int) int { return e / f.z.K % f.z.M }

// chain is the cost of walk.chain.
func (pl *planner) chain(n, last int) int {
	cost := 0
	for i := 2; i <= last; i++ {
		if !pl.raised[n*i] {
			pl.raised[n*i] = true
			cost++
		}
	}
	return cost
}

// chain is the powers of V^n, from the zeroth, which is not set, to the last.
func (c *walk) chain(n, last int, first gadget.Wire) []gadget.Wire {
	powers := make([]gadget.Wire, last+1, last+2)
	if last > 0 {
		powers[1] = first
	}
	for i := 2; i <= last; i++ {
		w, ok := c.powers[n*i]
		if !ok {
			w = c.s.Product(powers[i-1], first)
			c.powers[n*i] = w
		}
		powers[i] = w
	}
	return powers
}

// sums are the columns' sums, by matrix and column, of elements at(i).
func (f *leftFactor) sums(c *walk, first gadget.Wire, at func(i int) gadget.Wire) []frontend.Variable {
	powers := c.chain(f.z.N, f.power, first)
	repeats := make([]gadget.Wire, len(f.repeat))
	for k, e := range f.repeat {
		repeats[k] = at(e)
		if i := f.row(e); i > 0 {
			repeats[k] = c.s.Product(powers[i], repeats[k])
		}
	}
	sums := make([]frontend.Variable, len(f.own))
	for column, rows := range f.own {
		var coefs []int64
		var terms []gadget.Wire
		for _, k := range f.shared[column] {
			coefs, terms = append(coefs, 1), append(terms, repeats[k])
		}
		if len(rows) > 0 {
			b, l := column/f.z.K, column%f.z.K
			sum := at((b*f.z.M+rows[0])*f.z.K + l)
			for k, i := range rows[1:] {
				sum = c.s.Combine(0, []int64{1, 1}, c.s.Product(sum, powers[rows[k]-i]), at((b*f.z.M+i)*f.z.K+l))
			}
			if i := rows[len(rows)-1]; i > 0 {
				sum = c.s.Product(sum, powers[i])
			}
			coefs, terms = append(coefs, 1), append(terms, sum)
		}
		sums[column] = c.s.Combine(0, coefs, terms...).V
	}
	return sums
}
