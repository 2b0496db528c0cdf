//go:build !purego

package ntt

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/utils/cpu"
)

// vectors reports whether the processor multiplies eight numbers of 52 bits at a time (AVX-512 IFMA).
var vectors = cpu.SupportAVX512IFMA

// lanes are the constants of the assembly, by words: r in limbs of 52 bits, -1/r modulo 2^52, 2^52 - 1, 2 r in limbs, a
// topmost limb that only more than 2 r has, 4 r in limbs.
//
//lint:ignore U1000 the assembly reads them
var lanes = func() (c [18]uint64) {
	r := fr.Modulus()
	multiple := func(at int, k int64) {
		m := new(big.Int).Mul(r, big.NewInt(k))
		for i := range 4 {
			c[at+i] = new(big.Int).And(m, new(big.Int).SetUint64(1<<52-1)).Uint64()
			m.Rsh(m, 52)
		}
		c[at+4] = m.Uint64()
	}
	multiple(0, 1)
	word := new(big.Int).Lsh(big.NewInt(1), 52)
	c[5] = new(big.Int).Sub(word, new(big.Int).ModInverse(r, word)).Uint64()
	c[6] = 1<<52 - 1
	multiple(7, 2)
	c[12] = c[11] + 2 // one more for a carry that is missing
	multiple(13, 4)
	return c
}()

// Elements are below 2 r, or a little more: by less than 2^212, twice as much after each step.

// split takes (a, b) to (a + b, w (a - b)) for count pairs that are gap blocks apart, with as many w, in each of so many
// groups of 2 gap blocks.
//
//go:noescape
func split(a *block, w *limbs, gap, count, groups int)

// join takes (a, b) to (a + w b, a - w b), of pairs as split's.
//
//go:noescape
func join(a *block, w *limbs, gap, count, groups int)

// twist multiplies n blocks by c, one for all, and by those of t.
//
//go:noescape
func twist(a, c, t *block, n int)

// shift multiplies n blocks by c, one for all, and each by an element of t.
//
//go:noescape
func shift(a, c *block, t *limbs, n int)

// gather makes n blocks of the elements of eight rows that are stride elements apart.
//
//go:noescape
func gather(dst *block, src *fr.Element, stride, n int)

// scatter multiplies n blocks by c, one for all, reduces them, and writes them to eight rows.
//
//go:noescape
func scatter(dst *fr.Element, stride int, src, c *block, n int)
