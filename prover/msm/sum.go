package msm

import (
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// jacobian is what a sum needs of points in Jacobian coordinates. Zero values are at infinity.
type jacobian[P, J any] interface {
	*J
	AddMixed(*P) *J
	AddAssign(*J) *J
	DoubleAssign() *J
}

// sum is a multi-exponentiation: parts whose scalars have digits of one width.
type sum[P bn254.G1Affine | bn254.G2Affine, J any, PJ jacobian[P, J]] struct {
	dst     PJ
	bases   *Bases[P]
	scalars *Scalars
	pool    func(*Engine) *sync.Pool
	parts   []*part[P, J]
}

// part is a list of products whose digits are summed in sets of buckets: digit j of all in set j modulo the number of
// sets. Digits sets + j, 2 sets + j, ... belong to multiples of the points.
type part[P bn254.G1Affine | bn254.G2Affine, J any] struct {
	rows     []uint32
	recoding recoding
	sets     int
	table    *table[P] // nil where there are as many sets as digits
	shares   int       // of the rows
	sums     []J       // of each set of each share
}

// tasks cuts the sum in parts, and those in tasks.
func (s *sum[P, J, PJ]) tasks(e *Engine) []task {
	b := s.bases
	class := func(i int) int { // small; full; full and in the table; zero
		switch n := s.scalars.length[b.at(i)]; {
		case n == 0:
			return 3
		case n <= small:
			return 0
		case b.table != nil && b.table.index[i] >= 0:
			return 2
		default:
			return 1
		}
	}
	var room [4]int
	b.each(func(i int) { room[class(i)]++ })
	rows := [3][]uint32{make([]uint32, 0, room[0]), make([]uint32, 0, room[1]), make([]uint32, 0, room[2])}
	var little census
	b.each(func(i int) {
		c := class(i)
		if c == 3 {
			return
		}
		rows[c] = append(rows[c], uint32(i))
		if c == 0 {
			little[s.scalars.length[b.at(i)]]++
		}
	})
	full := census{scalarBits: len(rows[1])}
	s.parts = nil
	var all []task
	for i, n := range []*census{&little, &full} {
		if len(rows[i]) > 0 {
			r := newRecoding(n.width(1, 1))
			all = append(all, s.cut(e, &part[P, J]{rows: rows[i], recoding: r, sets: r.digits})...)
		}
	}
	if t := b.table; len(rows[2]) > 0 {
		all = append(all, s.cut(e, &part[P, J]{rows: rows[2], recoding: t.recoding, sets: t.sets, table: t})...)
	}
	return all
}

// Additions that are worth a task: a sum of few products has few for each set of buckets, and batches of them are short.
const (
	leastTask = 1 << 10
	mostTask  = 1 << 13
)

// cut makes tasks of a part: one for each set of buckets, for several where they have little to do, or more than one where
// threads would else have none.
func (s *sum[P, J, PJ]) cut(e *Engine, p *part[P, J]) []task {
	fold := (p.recoding.digits + p.sets - 1) / p.sets
	n := p.recoding.buckets()
	for p.shares = 1; p.sets*p.shares < e.threads && len(p.rows)*fold/(p.shares+1) > 4*n; {
		p.shares++
	}
	p.sums = make([]J, p.sets*p.shares)
	s.parts = append(s.parts, p)
	cost := len(p.rows)*fold/p.shares + 2*n // of a set
	each := max(1, min(max(cost*p.sets/(2*e.threads), leastTask), mostTask)/cost)
	groups := (p.sets + each - 1) / each
	var all []task
	for g := range groups {
		first, end := g*p.sets/groups, (g+1)*p.sets/groups
		for share := range p.shares {
			rows := p.rows[share*len(p.rows)/p.shares : (share+1)*len(p.rows)/p.shares]
			all = append(all, task{cost: (end - first) * cost, run: func() {
				pool := s.pool(e)
				b := pool.Get().(*buckets[P])
				defer pool.Put(b)
				b.reset((end - first) * n)
				for set := first; set < end; set++ {
					b.base = uint32((set - first) * n)
					s.collect(b, s.bases.points, nil, rows, &p.recoding, set)
					for k := 1; k*p.sets+set < p.recoding.digits; k++ {
						s.collect(b, p.table.multiples[k-1], p.table.index, rows, &p.recoding, k*p.sets+set)
					}
				}
				b.settle()
				reduce[P, J, PJ](p.sums[share*p.sets+first:share*p.sets+end], b)
			}})
		}
	}
	return all
}

// collect adds the points of rows, at their index if there is one, to the buckets of their scalars' digits j.
func (s *sum[P, J, PJ]) collect(b *buckets[P], points []P, index []int32, rows []uint32, r *recoding, j int) {
	w := r.window(j)
	for len(rows) > 0 {
		n := min(len(rows), len(b.digits))
		for i, row := range rows[:n] {
			b.digits[i] = w.digit((*[4]uint64)(&s.scalars.abs[s.bases.at(int(row))]))
		}
		for i, row := range rows[:n] {
			d := b.digits[i]
			if d == 0 {
				continue
			}
			at := int32(row)
			if index != nil {
				at = index[row]
			}
			sign := d >> 31
			b.add(b.base+uint32((d^sign)-sign-1), &points[at], sign != 0)
		}
		rows = rows[n:]
	}
}

// finish adds up the parts: the sum over sets j of 2^(c j) times the set's.
func (s *sum[P, J, PJ]) finish() {
	var total J
	for _, p := range s.parts {
		var acc J
		for set := p.sets - 1; set >= 0; set-- {
			for range p.recoding.c {
				PJ(&acc).DoubleAssign()
			}
			for share := range p.shares {
				PJ(&acc).AddAssign(&p.sums[share*p.sets+set])
			}
		}
		PJ(&total).AddAssign(&acc)
	}
	*s.dst = total
	s.parts = nil
}
