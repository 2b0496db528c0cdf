package msm

import "github.com/consensys/gnark-crypto/ecc/bn254"

// Bases are the points of a sum, each with the scalar that multiplies it. They are only read, and may lie in a mapped
// file. Points at infinity are passed over.
type Bases[P bn254.G1Affine | bn254.G2Affine] struct {
	points []P
	scalar []uint32 // of each point; nil: that of the same position
	stops  []int    // rows of the points at infinity, and the number of points
	table  *table[P]
}

// NewBases pairs points with scalars: scalar[i] is the position of the scalar of points[i], or i for all if scalar is
// nil. It reads all points, which sums then do only where they add one.
func NewBases[P bn254.G1Affine | bn254.G2Affine](points []P, scalar []uint32) *Bases[P] {
	b := &Bases[P]{points: points, scalar: scalar}
	for i := range points {
		if points[i] == *new(P) {
			b.stops = append(b.stops, i)
		}
	}
	b.stops = append(b.stops, len(points))
	return b
}

// Len is the number of points.
func (b *Bases[P]) Len() int { return len(b.points) }

func (b *Bases[P]) at(i int) uint32 {
	if b.scalar == nil {
		return uint32(i)
	}
	return b.scalar[i]
}

// each calls f for the rows whose points are not at infinity, in order.
func (b *Bases[P]) each(f func(row int)) {
	row := 0
	for _, stop := range b.stops {
		for ; row < stop; row++ {
			f(row)
		}
		row++
	}
}
