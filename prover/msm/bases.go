package msm

import "github.com/consensys/gnark-crypto/ecc/bn254"

// Bases are the points of a sum, each with the scalar that multiplies it. They are only read, and may lie in a mapped
// file. Points at infinity are passed over.
type Bases[P bn254.G1Affine | bn254.G2Affine] struct {
	points []P
	scalar []uint32 // of each point; nil: that of the same position
	table  *table[P]
}

// NewBases pairs points with scalars: scalar[i] is the position of the scalar of points[i], or i for all if scalar is
// nil.
func NewBases[P bn254.G1Affine | bn254.G2Affine](points []P, scalar []uint32) *Bases[P] {
	return &Bases[P]{points: points, scalar: scalar}
}

// Len is the number of points.
func (b *Bases[P]) Len() int { return len(b.points) }

func (b *Bases[P]) at(i int) uint32 {
	if b.scalar == nil {
		return uint32(i)
	}
	return b.scalar[i]
}
