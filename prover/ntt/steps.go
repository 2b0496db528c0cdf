//go:build amd64 && !purego

package ntt

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/internal/simd"
	"assay/prover/msm"
)

func (t *Transform) shift(e *msm.Engine, x []block, c *coset) {
	e.Parallel(len(x), func(from, to int) { shift(&x[from], &c.lane, &c.powers[from], to-from) })
}

func (t *Transform) write(e *msm.Engine, v []fr.Element, x []block, c *block) {
	e.Parallel(len(x), func(from, to int) { scatter(&v[from], len(x), &x[from], c, to-from) })
}

// interpolate sets x to n times the coefficients of the values v, in bit-reversed order, and spends v.
func (t *Transform) interpolate(e *msm.Engine, x []block, v []fr.Element) {
	d := &t.inverse
	t.columns(e, func(i, n int) {
		rows := columns(v, i, n)
		tmp := make(fr.Vector, n)
		for step := 4; step >= 1; step /= 2 {
			for k := range 8 {
				if k&step != 0 {
					continue
				}
				p, q := rows[k], rows[k+step]
				tmp.Sub(p, q)
				p.Add(p, q)
				scale(q, tmp, d, k%step*(4/step))
			}
		}
		gather(&x[i], &v[i], len(x), n)
		twist(&x[i], &d.high[i/chunk], &d.low[0], n)
	})
	rows := len(x)
	m := rows / 2
	for ; m >= inCache/2 && rows/(2*m) < 2*e.Threads(); m /= 2 {
		pairs(e, rows, m, func(at, j, n int) { split(&x[at], &d.roots[m+j], m, n, 1) })
	}
	e.Each(rows/(2*m), func(i int) { d.split(x[2*m*i : 2*m*(i+1)]) })
}

// evaluate sets v to the values of the coefficients x in bit-reversed order, and spends x.
func (t *Transform) evaluate(e *msm.Engine, v []fr.Element, x []block) {
	d := &t.forward
	rows := len(x)
	part := rows
	for part > inCache && rows/part < 2*e.Threads() {
		part /= 2
	}
	e.Each(rows/part, func(i int) { d.join(x[part*i : part*(i+1)]) })
	for m := part; m < rows; m *= 2 {
		pairs(e, rows, m, func(at, j, n int) { join(&x[at], &d.roots[m+j], m, n, 1) })
	}
	t.columns(e, func(i, n int) {
		twist(&x[i], &d.high[i/chunk], &d.low[0], n)
		scatter(&v[i], len(x), &x[i], &t.one, n)
		rows := columns(v, i, n)
		tmp := make(fr.Vector, n)
		for step := 1; step <= 4; step *= 2 {
			for k := range 8 {
				if k&step != 0 {
					continue
				}
				p, q := rows[k], rows[k+step]
				scale(tmp, q, d, k%step*(4/step))
				q.Sub(p, tmp)
				p.Add(p, tmp)
			}
		}
	})
}

// scale sets dst to src times the root of order 8 to the k.
func scale(dst, src fr.Vector, d *direction, k int) {
	if k == 0 {
		copy(dst, src)
		return
	}
	dst.ScalarMul(src, &d.eighth[k])
	simd.Leave()
}

// columns calls f for each chunk of n columns from i.
func (t *Transform) columns(e *msm.Engine, f func(i, n int)) {
	rows := t.n / 8
	e.Each((rows+chunk-1)/chunk, func(c int) { f(c*chunk, min(chunk, rows-c*chunk)) })
}

// columns are columns i to i+n of the eight rows of v.
func columns(v []fr.Element, i, n int) (rows [8]fr.Vector) {
	for k := range rows {
		at := k*len(v)/8 + i
		rows[k] = v[at : at+n]
	}
	return rows
}

// pairs shares the pairs of a step that are m blocks apart, n pairs from j of a group that begin at block at.
func pairs(e *msm.Engine, rows, m int, f func(at, j, n int)) {
	const n = inCache / 2
	part := min(n, m)
	e.Each(rows/2/part, func(i int) {
		group, j := i*part/m, i*part%m
		f(2*m*group+j, j, part)
	})
}

// split transforms x, a subtree of the rows, to bit-reversed order.
func (d *direction) split(x []block) {
	if half := len(x) / 2; half >= inCache {
		split(&x[0], &d.roots[half], half, half, 1)
		d.split(x[:half])
		d.split(x[half:])
		return
	}
	for m := len(x) / 2; m >= 1; m /= 2 {
		split(&x[0], &d.roots[m], m, m, len(x)/(2*m))
	}
}

// join transforms x, a subtree of the rows, from bit-reversed order.
func (d *direction) join(x []block) {
	if half := len(x) / 2; half >= inCache {
		d.join(x[:half])
		d.join(x[half:])
		join(&x[0], &d.roots[half], half, half, 1)
		return
	}
	for m := 1; m <= len(x)/2; m *= 2 {
		join(&x[0], &d.roots[m], m, m, len(x)/(2*m))
	}
}
