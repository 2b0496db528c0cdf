package fixed

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// maxWidth bounds a window's table to 2 MiB in G1, 4 MiB in G2: larger ones leave the core's cache for a saving of a
// sixteenth.
const maxWidth = 16

// Width is the digits' width in bits for which n products and their table take the fewest additions.
func Width(n int) int {
	best := 4
	cost := func(width int) int { return (n + 1<<(width-1)) * places(width) }
	for width := best + 1; width <= maxWidth; width++ {
		if cost(width) < cost(best) {
			best = width
		}
	}
	return best
}

// Bytes is what the tables for n1 products in G1 and n2 in G2 take.
func Bytes(n1, n2 int) int {
	const g1, g2 = 64, 128 // a point
	size := func(n int) int { return places(Width(n)) << (Width(n) - 1) }
	return g1*size(n1) + g2*size(n2)
}

// places is the number of signed digits of a scalar. The highest has at least one bit less than the others, for the
// carry.
func places(width int) int { return fr.Bits/width + 1 }

// entries is the number of multiples that a place needs: 2^(width-1), but for the highest, whose digit is at most
// that of the modulus, and a carry.
func entries(width, place int) int {
	if place == places(width)-1 {
		return 1 << (fr.Bits - width*place)
	}
	return 1 << (width - 1)
}

// split cuts a scalar into signed digits, lowest first: digits[j*stride] is from -2^(width-1) + 1 to 2^(width-1).
func split(scalar *fr.Element, width int, digits []int32, stride int) {
	bits := scalar.Bits()
	carry, half := uint64(0), uint64(1)<<(width-1)
	for j := range places(width) {
		word, shift := j*width/64, j*width%64
		d := bits[word] >> shift
		if shift+width > 64 && word+1 < len(bits) {
			d |= bits[word+1] << (64 - shift)
		}
		d = d&(2*half-1) + carry
		carry = 0
		if d > half {
			carry = 1
		}
		digits[j*stride] = int32(d) - int32(carry<<width)
	}
}

// ahead is the number of entries of a table that are asked for before the first is used: a processor then waits for
// many at once, not for one after the other.
const ahead = 64

// entry is the place in a window of a digit that is not zero, and its sign: 0, or -1 for a negative one.
func entry(digit int32) (at, sign int) {
	sign = int(digit >> 31)
	return (int(digit) ^ sign) - sign - 1, sign
}
