package setup

import (
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/prover/fixed"
)

// slab is the number of points that are made before they are handed on.
const slab = 32 * fixed.Batch

// portion is a buffer of points that can be filled again, and what became of those that it had.
type portion[P any] struct {
	points []P
	err    error
}

// stream makes n points of a table in portions and hands them on in order, while the next are made. fill sets the
// scalars of the points from one on. report hears how many are done. It stops at the first error of out.
func stream[P any](t *fixed.Table[P], n int, fill func(dst []fr.Element, from int), out func([]P) error, report func(done int)) error {
	free, made := make(chan portion[P], 2), make(chan []P, 1)
	for range cap(free) {
		free <- portion[P]{points: make([]P, min(slab, n))}
	}
	go func() {
		defer close(free)
		for points := range made {
			free <- portion[P]{points[:cap(points)], out(points)}
		}
	}()
	buffers := sync.Pool{New: func() any { return new([fixed.Batch]fr.Element) }}
	var err error
	for from := 0; from < n; from += slab {
		p := <-free
		if p.err != nil {
			err = p.err
			break
		}
		points := p.points[:min(slab, n-from)]
		each(len(points), fixed.Batch, func(begin, end int) {
			buffer := buffers.Get().(*[fixed.Batch]fr.Element)
			defer buffers.Put(buffer)
			scalars := buffer[:end-begin]
			fill(scalars, from+begin)
			t.Multiply(points[begin:end], scalars)
			clear(scalars)
		})
		made <- points
		report(from + len(points))
	}
	close(made)
	for p := range free {
		if err == nil {
			err = p.err
		}
	}
	return err
}
