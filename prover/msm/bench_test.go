package msm

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// walk gives n distinct points cheaply: multiples of one.
func walk(n int) []bn254.G1Affine {
	_, _, g, _ := bn254.Generators()
	s := make([]fr.Element, n)
	for i := range s {
		s[i].SetUint64(uint64(i + 1))
	}
	return bn254.BatchScalarMultiplicationG1(&g, s)
}

// BenchmarkG1 sums full-size scalars beside gnark-crypto, and reports the time for a point and thread.
func BenchmarkG1(b *testing.B) {
	for _, log := range []int{12, 14, 16, 18, 20} {
		n := 1 << log
		points, scalars := walk(n), random(n, 1)
		for _, threads := range []int{1, 2} {
			report := func(b *testing.B) {
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())*float64(threads)/float64(b.N)/float64(n), "ns/point")
			}
			b.Run(fmt.Sprintf("2^%d/%d/assay", log, threads), func(b *testing.B) {
				e := New(threads)
				bases, s := NewBases(points, nil), e.NewScalars(clone(scalars))
				var r bn254.G1Jac
				for b.Loop() {
					e.Run(G1(&r, bases, s))
				}
				report(b)
			})
			b.Run(fmt.Sprintf("2^%d/%d/gnark", log, threads), func(b *testing.B) {
				var r bn254.G1Jac
				for b.Loop() {
					if _, err := r.MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: threads}); err != nil {
						b.Fatal(err)
					}
				}
				report(b)
			})
		}
	}
}
