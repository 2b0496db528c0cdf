package msm

import "github.com/consensys/gnark-crypto/ecc/bn254"

// reduce stores in dst the sum over k of k+1 times bucket k, and leaves the buckets as they are.
//
// The buckets are cut in segments whose running sums advance together, one bucket of each at a time, so that their
// additions make batches. A segment s of length L that begins at s L adds s L times its plain sum.
func reduce[P bn254.G1Affine | bn254.G2Affine, J any, PJ jacobian[P, J]](dst PJ, b *buckets[P]) {
	n := len(b.sums)
	segments := 1
	for segments < batchSize/2 && segments*segments <= n {
		segments *= 2
	}
	length := n / segments
	// Sums [0, segments) run from the ends of the segments, and those after them add up what runs.
	sums, full := make([]P, 2*segments), make([]bool, 2*segments)
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
			for s := range segments {
				if full[s] {
					i = add(segments+s, &sums[s], i)
				}
			}
		}
		if k >= 0 {
			for s := range segments {
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
	var plain, weighted, total J
	for s := segments - 1; s > 0; s-- {
		if full[s] {
			PJ(&plain).AddMixed(&sums[s])
		}
		PJ(&weighted).AddAssign(&plain)
	}
	for l := length; l > 1; l /= 2 {
		PJ(&weighted).DoubleAssign()
	}
	for s := range segments {
		if full[segments+s] {
			PJ(&total).AddMixed(&sums[segments+s])
		}
	}
	PJ(&total).AddAssign(&weighted)
	*dst = total
}
