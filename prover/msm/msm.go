// Package msm computes multi-exponentiations over BN254 for a Groth16 prover: sums of s_i P_i with the same points
// again and again, and scalars of which most are small.
//
// A scalar's size decides its work. Scalars become absolute values and signs once, for all the sums that share them,
// and each sum is cut in a part of small scalars and a part of full ones, each with windows of its own width: the
// method of buckets (Pippenger) with signed digits. Zeros cost nothing, and ones a single addition.
//
// Additions are affine and done in batches that share an inversion, as vectors of field elements (see batch). Two
// points meet for an addition whenever a bucket that holds one is given another: the bucket is empty then, and the sum
// comes back to it with the next batch. So no distribution of digits makes batches conflict.
//
// A Table of multiples 2^k P, made once for points that will be used often, lets digits of different windows share
// buckets: larger windows, fewer additions.
package msm

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// Engine runs sums on a number of threads and keeps their scratch memory. It is safe for use by one goroutine at a
// time.
type Engine struct {
	threads int
	g1      sync.Pool // of *buckets[bn254.G1Affine]
	g2      sync.Pool // of *buckets[bn254.G2Affine]
}

// New gives an engine of so many threads, or of one for each processor if threads is not positive.
func New(threads int) *Engine {
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	e := &Engine{threads: threads}
	e.g1.New = func() any { return newBuckets(newBatch1()) }
	e.g2.New = func() any { return newBuckets[bn254.G2Affine](new(batch2)) }
	return e
}

// Threads is how many tasks run at a time.
func (e *Engine) Threads() int { return e.threads }

// Sum is a multi-exponentiation to be run: the sum of the products of the points of some bases with scalars.
type Sum interface {
	tasks(e *Engine) []task
	finish()
}

// G1 is a sum in G1 whose value Run stores in dst.
func G1(dst *bn254.G1Jac, b *Bases[bn254.G1Affine], s *Scalars) Sum {
	return &sum[bn254.G1Affine, bn254.G1Jac, *bn254.G1Jac]{dst: dst, bases: b, scalars: s, pool: func(e *Engine) *sync.Pool { return &e.g1 }}
}

// G2 is a sum in G2 whose value Run stores in dst.
func G2(dst *bn254.G2Jac, b *Bases[bn254.G2Affine], s *Scalars) Sum {
	return &sum[bn254.G2Affine, bn254.G2Jac, *bn254.G2Jac]{dst: dst, bases: b, scalars: s, pool: func(e *Engine) *sync.Pool { return &e.g2 }}
}

// Then is s, after which f is called: when its last point was read, and while other sums may still run.
func Then(s Sum, f func()) Sum { return &followed{Sum: s, then: f} }

type followed struct {
	Sum
	then func()
}

func (f *followed) tasks(e *Engine) []task {
	all := f.Sum.tasks(e)
	if len(all) == 0 {
		return []task{{run: f.then}}
	}
	left := new(atomic.Int64)
	left.Store(int64(len(all)))
	for i, t := range all {
		all[i].run = func() {
			t.run()
			if left.Add(-1) == 0 {
				f.then()
			}
		}
	}
	return all
}

// Run runs sums together, so that only the last of them leaves a thread idle: each begins when there is no task of those
// before it to take. What has the same scalars should run together.
func (e *Engine) Run(sums ...Sum) {
	var all []task
	for _, s := range sums {
		all = append(all, dearest(s.tasks(e))...)
	}
	e.run(all)
	for _, s := range sums {
		s.finish()
	}
}
