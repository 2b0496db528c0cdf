// Package fixed multiplies one point of BN254 by many scalars, as a Groth16 setup does.
//
// A scalar is cut into signed digits of c bits. A table has, for each place of a digit, the base's multiples by
// 1 to 2^(c-1) times the place's weight, so a product is a sum of one entry a digit, without doublings. The sums
// run in affine coordinates for a batch of scalars at once: the batch shares one inversion (Montgomery), and each
// coordinate is a vector, so that the field's vector instructions do the work.
//
// Scalars decide which entries are read: the time taken and the cache tell of them. A setup's machine must be
// trusted with the secrets anyway.
package fixed

import (
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Batch is the number of scalars that are multiplied at once: their coordinates and one window's table stay in a
// core's cache.
const Batch = 2048

// Table holds multiples of one point. It is safe for use by many goroutines.
type Table[P any] struct {
	width   int
	windows [][]P // windows[j][k] = (k + 1) 2^(width j) base
	adders  sync.Pool
}

// adder multiplies a batch of scalars.
type adder[P any] interface {
	Multiply(t *Table[P], dst []P, scalars []fr.Element)
	Extend(entries []P, m int)
}

// NewG1 makes the table of base for about n products, on all processors. Base must not be infinity.
func NewG1(base bn254.G1Affine, n int) *Table[bn254.G1Affine] {
	return newTable(base, Width(n), func(p *bn254.G1Affine) { p.Double(p) }, func() adder[bn254.G1Affine] { return newBatch(g1{}) })
}

// NewG2 makes the table of base for about n products, on all processors. Base must not be infinity.
func NewG2(base bn254.G2Affine, n int) *Table[bn254.G2Affine] {
	return newTable(base, Width(n), func(p *bn254.G2Affine) { p.Double(p) }, func() adder[bn254.G2Affine] { return newBatch(g2{}) })
}

func newTable[P any](base P, width int, double func(*P), adders func() adder[P]) *Table[P] {
	t := &Table[P]{width: width, windows: make([][]P, places(width)), adders: sync.Pool{New: func() any { return adders() }}}
	for j := range t.windows {
		t.windows[j] = make([]P, entries(width, j))
		t.windows[j][0] = base
		for range width {
			double(&base)
		}
	}
	each(len(t.windows), func(j int) {
		a := t.adders.Get().(adder[P])
		defer t.adders.Put(a)
		w := t.windows[j]
		for m := 1; m < len(w); m *= 2 {
			a.Extend(w, m)
		}
	})
	return t
}

// Multiply sets dst[i] to scalars[i] times the base, on the goroutine of the caller.
func (t *Table[P]) Multiply(dst []P, scalars []fr.Element) {
	a := t.adders.Get().(adder[P])
	defer t.adders.Put(a)
	for len(scalars) > 0 {
		n := min(Batch, len(scalars))
		a.Multiply(t, dst[:n], scalars[:n])
		dst, scalars = dst[n:], scalars[n:]
	}
}

// each runs f for 0 to n-1 on all processors.
func each(n int, f func(i int)) {
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	var done sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		done.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	done.Wait()
}
