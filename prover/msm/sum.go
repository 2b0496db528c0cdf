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
	parts   []part[P, J]
}

// part is a list of products whose digits are summed in sets of buckets: digit j of all in set j modulo the number of
// sets. Digits sets+j, 2 sets+j, ... belong to points of the table.
type part[P bn254.G1Affine | bn254.G2Affine, J any] struct {
	rows     []uint32
	recoding recoding
	sets     int
	points   [][]P // the bases, and their multiples by 2^(c sets), 2^(2 c sets), ...
	sums     []J   // of each share of each set
	shares   int
}

// tasks cuts the sum in parts, and those in tasks.
func (s *sum[P, J, PJ]) tasks(e *Engine) []task {
	var little, full census
	var rows [2][]uint32
	for i := range s.bases.points {
		n := s.scalars.length[s.bases.at(i)]
		switch {
		case n == 0 || s.bases.points[i] == *new(P):
		case n <= small:
			little[n]++
			rows[0] = append(rows[0], uint32(i))
		default:
			full[scalarBits]++
			rows[1] = append(rows[1], uint32(i))
		}
	}
	s.parts = nil
	var all []task
	for i, n := range []*census{&little, &full} {
		if len(rows[i]) == 0 {
			continue
		}
		c, longest := n.width(1)
		all = append(all, s.part(e, rows[i], newRecoding(c, longest), 1, [][]P{s.bases.points})...)
	}
	return all
}

func (s *sum[P, J, PJ]) part(e *Engine, rows []uint32, r recoding, fold int, points [][]P) []task {
	p := part[P, J]{rows: rows, recoding: r, sets: (r.digits + fold - 1) / fold, points: points, shares: 1}
	for p.sets*p.shares < 2*e.threads && len(rows)*fold/(p.shares+1) > 4*r.buckets() {
		p.shares++
	}
	p.sums = make([]J, p.sets*p.shares)
	s.parts = append(s.parts, p)
	var all []task
	for set := range p.sets {
		for share := range p.shares {
			from, to := share*len(rows)/p.shares, (share+1)*len(rows)/p.shares
			all = append(all, task{cost: (to-from)*fold + 2*r.buckets(), run: func() {
				pool := s.pool(e)
				b := pool.Get().(*buckets[P])
				defer pool.Put(b)
				b.reset(r.buckets())
				for k := range points {
					if j := k*p.sets + set; j < r.digits {
						s.collect(b, points[k], rows[from:to], &r, j)
					}
				}
				b.settle()
				reduce[P, J, PJ](&p.sums[set*p.shares+share], b)
			}})
		}
	}
	return all
}

// collect adds the points of rows to the buckets of their scalars' digits j.
func (s *sum[P, J, PJ]) collect(b *buckets[P], points []P, rows []uint32, r *recoding, j int) {
	for len(rows) > 0 {
		n := min(len(rows), len(b.digits))
		for i, row := range rows[:n] {
			b.digits[i] = r.digit((*[4]uint64)(&s.scalars.abs[s.bases.at(int(row))]), j)
		}
		for i, row := range rows[:n] {
			if d := b.digits[i]; d > 0 {
				b.add(uint32(d-1), &points[row], false)
			} else if d < 0 {
				b.add(uint32(-d-1), &points[row], true)
			}
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
				PJ(&acc).AddAssign(&p.sums[set*p.shares+share])
			}
		}
		PJ(&total).AddAssign(&acc)
	}
	*s.dst = total
	s.parts = nil
}
