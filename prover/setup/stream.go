package setup

import (
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/prover/fixed"
)

// slab is the number of points that are made before they are handed on.
const slab = 32 * fixed.Batch

// buffers are what two portions of points, one of which is handed on while the other is made, are made in.
type buffers[P any] [2][]P

func newBuffers[P any](most int) (b buffers[P]) {
	for i := range b {
		b[i] = make([]P, min(slab, most))
	}
	return b
}

// portion is a buffer of points that can be filled again, and what became of those that it had.
type portion[P any] struct {
	points []P
	err    error
}

// stream makes n points of a table in portions, in b, and hands them on in order, while the next are made. fill sets the
// scalars of the points from one on. report hears how many are done. It stops at the first error of out.
func stream[P any](t *fixed.Table[P], b buffers[P], n int, fill func(dst []fr.Element, from int), out func([]P) error, report func(done int)) error {
	free, made := make(chan portion[P], len(b)), make(chan []P, 1)
	for _, points := range b {
		free <- portion[P]{points: points}
	}
	go func() {
		defer close(free)
		for points := range made {
			free <- portion[P]{points[:cap(points)], out(points)}
		}
	}()
	scalars := sync.Pool{New: func() any { return new([fixed.Batch]fr.Element) }}
	var err error
	for from := 0; from < n; from += slab {
		p := <-free
		if p.err != nil {
			err = p.err
			break
		}
		points := p.points[:min(slab, n-from)]
		each(len(points), fixed.Batch, func(begin, end int) {
			buffer := scalars.Get().(*[fixed.Batch]fr.Element)
			defer scalars.Put(buffer)
			s := buffer[:end-begin]
			fill(s, from+begin)
			t.Multiply(points[begin:end], s)
			clear(s)
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
