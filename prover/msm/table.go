package msm

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/internal/simd"
)

// table holds, for some rows of bases, multiples by powers of two that let sets of buckets be shared: the point of digit
// k sets + j of a scalar is multiple k, and its bucket is in set j.
type table[P bn254.G1Affine | bn254.G2Affine] struct {
	recoding  recoding
	sets      int
	index     []int32 // of each row of the bases, or -1
	multiples [][]P   // by 2^(c sets k) for k from 1
}

// Full are the rows of the bases whose scalars in s are neither small nor those of a point at infinity.
func (b *Bases[P]) Full(s *Scalars) []uint32 {
	var rows []uint32
	b.each(func(i int) {
		if s.length[b.at(i)] > small {
			rows = append(rows, uint32(i))
		}
	})
	return rows
}

// Folds is how many multiples of each of so many rows fit in so many bytes, themselves among them, and no more than can
// be used. Tabulate takes TableBytes for them.
func Folds(rows int, bytes int64) int {
	fold := 1
	for fold < scalarBits && TableBytes(rows, fold+1) <= bytes {
		fold++
	}
	return fold
}

// TableBytes is the size of a table of so many rows, but for four bytes a point of the bases.
func TableBytes(rows, fold int) int64 {
	const point = 2 * fp.Bytes
	return int64(rows) * int64(fold-1) * point
}

// Tabulate makes a table of the multiples of rows, which are distinct, fold of each, and has later sums use it for those
// rows whose scalars are full. It takes about as long as ten sums. Where fold is 1 there is no table.
func (e *Engine) Tabulate(b *Bases[bn254.G1Affine], rows []uint32, fold int) {
	b.table = nil
	if fold <= 1 || len(rows) == 0 {
		return
	}
	var n census
	n[scalarBits] = len(rows)
	c, _ := n.width(fold, e.threads)
	t := &table[bn254.G1Affine]{recoding: newRecoding(c, scalarBits), index: make([]int32, len(b.points))}
	t.sets = (t.recoding.digits + fold - 1) / fold
	for i := range t.index {
		t.index[i] = -1
	}
	for i, row := range rows {
		t.index[row] = int32(i)
	}
	for k := t.sets; k < t.recoding.digits; k += t.sets {
		t.multiples = append(t.multiples, make([]bn254.G1Affine, len(rows)))
	}
	var tasks []task
	for from := 0; from < len(rows); from += batchSize {
		tasks = append(tasks, task{run: func() {
			to := min(from+batchSize, len(rows))
			d := new(doubler)
			for i, row := range rows[from:to] {
				d.x[i], d.y[i] = b.points[row].X, b.points[row].Y
			}
			for _, m := range t.multiples {
				for range c * t.sets {
					d.double(to - from)
				}
				for i := range to - from {
					m[from+i] = bn254.G1Affine{X: d.x[i], Y: d.y[i]}
				}
			}
		}})
	}
	e.run(tasks)
	b.table = t
}

// doubler doubles points of G1, which are finite: with t = 3 x^2 / 2 y, x' = t^2 - 2 x and y' = t (x - x') - y.
type doubler struct {
	x, y, slope, next column
	inverse           column
	inverter          inverter
}

func (d *doubler) double(n int) {
	m := padded(n)
	x, y, slope, next := fp.Vector(d.x[:n]), fp.Vector(d.y[:n]), fp.Vector(d.slope[:n]), fp.Vector(d.next[:n])
	leaves := d.inverter.leaves(m)
	run := leaves[:n]
	run.Add(y, y)
	for i := n; i < m; i++ {
		leaves[i].SetOne()
	}
	d.inverter.run(m, d.inverse[:m])
	simd.Mul(slope, x, x)
	next.Add(slope, slope)
	slope.Add(slope, next)
	simd.Mul(slope, slope, d.inverse[:n])
	simd.Mul(next, slope, slope)
	next.Sub(next, x)
	next.Sub(next, x)
	x.Sub(x, next)
	simd.Mul(slope, slope, x)
	y.Sub(slope, y)
	copy(x, next)
}
