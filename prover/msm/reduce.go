package msm

import "github.com/consensys/gnark-crypto/ecc/bn254"

// reduce stores in each dst, for the set of buckets that it belongs to, the sum over k of k+1 times bucket k. It leaves the
// buckets as they are.
//
// A set is cut in segments. The running sums of all of them advance together, one bucket of each at a time, so that their
// additions make batches. A segment s of length L that begins at s L adds s L times its plain sum.
func reduce[P bn254.G1Affine | bn254.G2Affine, J any, PJ jacobian[P, J]](dst []J, b *buckets[P]) {
	n := len(b.sums) / len(dst)
	segments := 1
	for 2*segments*len(dst) <= batchSize/2 && segments*segments*len(dst) <= n {
		segments *= 2
	}
	length, all := n/segments, segments*len(dst)
	// Sums [0, all) run from the ends of the segments, and those after them add up what runs.
	sums, full := make([]P, 2*all), make([]bool, 2*all)
	add := func(to int, p *P, i int) int {
		if !full[to] {
			sums[to], full[to] = *p, true
			return i
		}
		b.batch.left(i, &sums[to])
		b.batch.right(i, p)
		b.owner[i] = uint32(to)
		return i + 1
	}
	for k := length - 1; k >= -1; k-- {
		i := 0
		if k < length-1 {
			for s := range all {
				if full[s] {
					i = add(all+s, &sums[s], i)
				}
			}
		}
		if k >= 0 {
			for s := range all {
				if at := s*length + k; b.full[at] {
					i = add(s, &b.sums[at], i)
				}
			}
		}
		if i == 0 {
			continue
		}
		b.batch.run(i)
		for i, to := range b.owner[:i] {
			full[to] = b.batch.store(i, &sums[to])
		}
	}
	for s := range sums {
		if full[s] {
			b.batch.restore(&sums[s])
		}
	}
	for d := range dst {
		at := d * segments
		var plain, weighted, total J
		for s := segments - 1; s > 0; s-- {
			if full[at+s] {
				PJ(&plain).AddMixed(&sums[at+s])
			}
			PJ(&weighted).AddAssign(&plain)
		}
		for l := length; l > 1; l /= 2 {
			PJ(&weighted).DoubleAssign()
		}
		for s := range segments {
			if full[all+at+s] {
				PJ(&total).AddMixed(&sums[all+at+s])
			}
		}
		PJ(&total).AddAssign(&weighted)
		dst[d] = total
	}
}
