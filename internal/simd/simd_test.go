package simd

import (
	"crypto/sha256"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/stretchr/testify/require"
)

// hashes gives the least time of a few hashes, each after before.
func hashes(before func()) time.Duration {
	data := make([]byte, 1<<16)
	least := time.Hour
	for range 20 {
		before()
		start := time.Now()
		sha256.Sum256(data)
		least = min(least, time.Since(start))
	}
	return least
}

// A hash after products of vectors is about as fast as one before. Without Leave it is a hundred times slower on a processor
// with AVX-512 and SHA extensions.
func TestLeave(t *testing.T) {
	x := make(fp.Vector, 256)
	for i := range x {
		x[i].SetUint64(uint64(i))
	}
	Leave()
	clean := hashes(func() {})
	if dirty := hashes(func() { x.Mul(x, x) }); dirty < 10*clean {
		t.Skipf("hashes do not suffer from products of vectors here: %v beside %v", dirty, clean)
	}
	Leave()
	after := hashes(func() {
		x.Mul(x, x)
		Leave()
	})
	require.Less(t, after, 10*clean)
}

func BenchmarkLeave(b *testing.B) {
	for b.Loop() {
		Leave()
	}
}
