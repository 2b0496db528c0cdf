package msm

import "github.com/consensys/gnark-crypto/ecc/bn254"

// batchSize is how many additions share an inversion.
const batchSize = 1024

// batch is a list of additions of affine points, done as vectors. A batch has a form of its own for the points that it
// adds and gives. Operands are finite; sums need not be.
type batch[P any] interface {
	// keep puts q, or -q, in p in the batch's form.
	keep(p, q *P, minus bool)
	// restore takes p back from it.
	restore(p *P)
	// left and right set the operands of addition i, in the batch's form; adopt sets the right one to q or -q.
	left(i int, p *P)
	right(i int, p *P)
	adopt(i int, q *P, minus bool)
	// run does the first n additions.
	run(n int)
	// store puts sum i in p and reports whether it is finite.
	store(i int, p *P) bool
}

// buckets are sums of points by digit, of one or several sets. It is scratch memory of one thread.
type buckets[P bn254.G1Affine | bn254.G2Affine] struct {
	sums []P    // in the batch's form
	full []bool // whether sums[i] is finite; what is not is not set
	base uint32 // where the set's buckets begin
	// Additions that wait for a batch, and whose they are.
	batch      batch[P]
	n          int
	owner, old []uint32
	digits     []int32
}

func newBuckets[P bn254.G1Affine | bn254.G2Affine](b batch[P]) *buckets[P] {
	return &buckets[P]{batch: b, owner: make([]uint32, batchSize), old: make([]uint32, batchSize), digits: make([]int32, 1024)}
}

// reset empties n buckets.
func (b *buckets[P]) reset(n int) {
	if cap(b.sums) < n {
		b.sums, b.full = make([]P, n), make([]bool, n)
	}
	b.sums, b.full = b.sums[:n], b.full[:n]
	clear(b.full)
	b.n = 0
}

// add adds p, which is finite, or its opposite to bucket k.
func (b *buckets[P]) add(k uint32, p *P, minus bool) {
	if b.full[k] {
		b.full[k] = false
		b.batch.left(b.n, &b.sums[k])
		b.batch.adopt(b.n, p, minus)
		b.owner[b.n] = k
		if b.n++; b.n == batchSize {
			b.flush()
		}
		return
	}
	b.full[k] = true
	b.batch.keep(&b.sums[k], p, minus)
}

// flush does the additions that wait. Some may wait again afterwards, fewer than a batch.
func (b *buckets[P]) flush() {
	for again := true; again; again = b.n == batchSize {
		n := b.n
		b.batch.run(n)
		b.owner, b.old = b.old, b.owner
		b.n = 0
		var sum P
		for i, k := range b.old[:n] {
			if !b.full[k] {
				b.full[k] = b.batch.store(i, &b.sums[k])
				continue
			}
			if b.batch.store(i, &sum) {
				b.full[k] = false
				b.batch.left(b.n, &b.sums[k])
				b.batch.right(b.n, &sum)
				b.owner[b.n] = k
				b.n++
			}
		}
	}
}

// settle does all additions that wait.
func (b *buckets[P]) settle() {
	for b.n > 0 {
		b.flush()
	}
}
