package msm

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// walk gives n points of no simple relation cheaply: doubles, and doubles of those, of a batch.
func walk(n int) []bn254.G1Affine {
	out := points1(min(n, batchSize))
	d := new(doubler)
	for i, p := range out {
		d.x[i], d.y[i] = p.X, p.Y
	}
	for len(out) < n {
		d.double(batchSize)
		for i := range batchSize {
			out = append(out, bn254.G1Affine{X: d.x[i], Y: d.y[i]})
		}
	}
	return out[:n]
}

// BenchmarkG1 sums full-size scalars beside gnark-crypto, and reports the time for a point and thread.
func BenchmarkG1(b *testing.B) {
	for _, log := range []int{9, 11, 12, 14, 16, 18, 20} {
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

// BenchmarkG2 sums small scalars in G2, as those of a circuit's right sides are, beside gnark-crypto.
func BenchmarkG2(b *testing.B) {
	for _, log := range []int{9, 12, 14} {
		n := 1 << log
		points := make([]bn254.G2Affine, n)
		_, _, _, g := bn254.Generators()
		var at bn254.G2Jac
		for i := range points {
			at.AddMixed(&g)
			points[i].FromJacobian(&at)
		}
		scalars := make([]fr.Element, n)
		for i := range scalars {
			scalars[i].SetUint64(uint64(i*7919) % (1 << 12))
		}
		report := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/point")
		}
		b.Run(fmt.Sprintf("2^%d/assay", log), func(b *testing.B) {
			e := New(1)
			bases, s := NewBases(points, nil), e.NewScalars(clone(scalars))
			var r bn254.G2Jac
			for b.Loop() {
				e.Run(G2(&r, bases, s))
			}
			report(b)
		})
		b.Run(fmt.Sprintf("2^%d/gnark", log), func(b *testing.B) {
			var r bn254.G2Jac
			for b.Loop() {
				if _, err := r.MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: 1}); err != nil {
					b.Fatal(err)
				}
			}
			report(b)
		})
	}
}

// BenchmarkBatch does full batches of additions, apart from what feeds them, and reports the time for an addition.
func BenchmarkBatch(b *testing.B) {
	report := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/batchSize, "ns/addition")
	}
	p1, p2 := points1(2*batchSize), points2(2*batchSize)
	for _, c := range []struct {
		name  string
		batch batch[bn254.G1Affine]
	}{{"G1", newBatch1()}, {"G1/portable", new(batch1)}} {
		b.Run(c.name, func(b *testing.B) {
			for i := range batchSize {
				var p bn254.G1Affine
				c.batch.keep(&p, &p1[2*i], false)
				c.batch.left(i, &p)
				c.batch.adopt(i, &p1[2*i+1], false)
			}
			for b.Loop() {
				c.batch.run(batchSize)
			}
			report(b)
		})
	}
	b.Run("G2", func(b *testing.B) {
		batch := new(batch2)
		for i := range batchSize {
			batch.left(i, &p2[2*i])
			batch.right(i, &p2[2*i+1])
		}
		for b.Loop() {
			batch.run(batchSize)
		}
		report(b)
	})
}
