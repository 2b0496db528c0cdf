//go:build amd64 && !purego

package msm

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// base is q by limbs.
var base = func() (q [4]uint64) {
	for i, w := range fp.Modulus().Bits() {
		q[i] = uint64(w)
	}
	return q
}()

// canonical is e, any number below 2^256, modulo q.
func canonical(e *fp.Element) fp.Element {
	v := *e
	for {
		var w fp.Element
		var borrow uint64
		w[0], borrow = bits.Sub64(v[0], base[0], 0)
		w[1], borrow = bits.Sub64(v[1], base[1], borrow)
		w[2], borrow = bits.Sub64(v[2], base[2], borrow)
		w[3], borrow = bits.Sub64(v[3], base[3], borrow)
		if borrow != 0 {
			return v
		}
		v = w
	}
}
