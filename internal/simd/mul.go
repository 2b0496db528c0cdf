package simd

import "github.com/consensys/gnark-crypto/ecc/bn254/fp"

// Mul sets the elements of z to the products of those of x and y, and gives the registers back.
func Mul(z, x, y fp.Vector) {
	z.Mul(x, y)
	Leave()
}
