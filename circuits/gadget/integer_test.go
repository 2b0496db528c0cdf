package gadget

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/stretchr/testify/require"
)

func bitsOf(width, b uint, exact ...uint) statement {
	return func(s *Synth, xs []Wire) {
		r := s.NewRanges(width, exact...)
		for _, x := range xs {
			r.Bits(x, b)
		}
	}
}

func TestBits(t *testing.T) {
	for _, c := range []struct {
		width, b uint
		exact    []uint
	}{{4, 4, nil}, {4, 3, nil}, {4, 3, []uint{3}}, {4, 1, nil}, {4, 0, nil}, {4, 6, nil}, {4, 6, []uint{2}}, {4, 8, nil}, {4, 11, nil}, {3, 9, nil}} {
		t.Run(fmt.Sprintf("%d bits of width %d exact %v", c.b, c.width, c.exact), func(t *testing.T) {
			f := bitsOf(c.width, c.b, c.exact...)
			top := int64(1)<<c.b - 1
			f.accepts(t, 0)
			f.accepts(t, top)
			f.accepts(t, top, 0, top/2, top/3)
			for _, x := range []int64{-1, top + 1, -top - 1, 1 << 40, 2*top + 1, -(1 << 40)} {
				if x >= 0 && x <= top {
					continue
				}
				// The trace refuses, and so do the constraints with the limbs of floor division and with wilder ones.
				if _, err := f.trace([]int64{x}); c.b > 0 {
					require.Error(t, err, "trace %d", x)
				}
				var limbs, zero [][]int64
				for rest, b := x, c.b; b > c.width; b -= c.width {
					rest >>= c.width
					limbs, zero = append(limbs, []int64{rest}), append(zero, []int64{0})
				}
				f.refuses(t, f.best(t, []int64{x}, limbs...), x)
				f.refuses(t, f.best(t, []int64{x}, zero...), x)
			}
		})
	}
}

// x = t * 2^-k mod r gives x*2^k = t, which is a row; only the lookup of x itself refuses it.
func TestBitsRefusesFractions(t *testing.T) {
	r := ecc.BN254.ScalarField()
	for _, b := range []uint{1, 2, 3} {
		f := bitsOf(4, b)
		for row := int64(1); row < 16; row += 3 {
			x := new(big.Int).ModInverse(big.NewInt(1<<(4-b)), r)
			x.Mul(x, big.NewInt(row)).Mod(x, r)
			counts := make([]int64, 16)
			counts[row] = 1
			if row%(1<<(4-b)) == 0 {
				counts[row>>(4-b)]++ // x is the integer row / 2^(4-b): a true statement
				require.NoError(t, f.solve([]*big.Int{x}, Advice{counts}.hint), "%d bits, row %d", b, row)
				continue
			}
			for other := range counts {
				forged := append([]int64(nil), counts...)
				forged[other]++
				require.Error(t, f.solve([]*big.Int{x}, Advice{forged}.hint), "%d bits, row %d", b, row)
				require.Error(t, f.engine([]*big.Int{x}, Advice{forged}), "%d bits, row %d", b, row)
			}
		}
	}
}

// A fraction of the field for a limb: high = (x - t) / 2^width makes low any row t.
func TestLimbsRefuseFractions(t *testing.T) {
	r := ecc.BN254.ScalarField()
	f := bitsOf(4, 8)
	inverse := new(big.Int).ModInverse(big.NewInt(16), r)
	for _, x := range []int64{3, 255, 256, -1} {
		for row := range int64(16) {
			if (x-row)%16 == 0 && x >= 0 && x < 256 {
				continue // the honest limb
			}
			high := big.NewInt(x - row)
			high.Mul(high, inverse).Mod(high, r)
			counts := make([]int64, 16)
			counts[row]++
			for other := range counts {
				forged := append([]int64(nil), counts...)
				forged[other]++
				a := Advice{nil, forged}
				xs := bigs(x)
				xs[0].Mod(xs[0], r)
				require.Error(t, f.solve(xs, field{0: {high}}.over(a)), "x %d, row %d", x, row)
			}
		}
	}
}

func TestInteger(t *testing.T) {
	const width = 5
	for _, c := range []struct {
		bits  uint
		exact []uint
	}{{0, nil}, {3, nil}, {3, []uint{3}}, {5, nil}, {6, nil}, {8, nil}, {8, []uint{3}}, {10, nil}, {13, nil}, {40, nil}} {
		t.Run(fmt.Sprint(c.bits, c.exact), func(t *testing.T) {
			f := statement(func(s *Synth, xs []Wire) {
				r := s.NewRanges(width, c.exact...)
				for _, x := range xs {
					r.Integer(x, c.bits)
				}
			})
			top := int64(1)<<c.bits - 1
			f.accepts(t, 0)
			f.accepts(t, top, top/2, 0, top)
			for _, x := range []int64{-1, top + 1, top + 2, 4*top + 3, 32 * (top + 1), -top - 1, 1 << 50} {
				// All ways to choose each part from its ends and from what is left of x.
				var try func(rest int64, b uint, parts [][]int64)
				try = func(rest int64, b uint, parts [][]int64) {
					if b <= width {
						f.refuses(t, f.best(t, []int64{x}, parts...), x)
						return
					}
					seen := map[int64]bool{}
					for _, p := range []int64{rest >> (b - width), 0, 31, min(max(rest>>(b-width), 0), 31)} {
						if !seen[p] && (b < 12 || len(seen) == 0) {
							seen[p] = true
							try(rest-p<<(b-width), b-width, append(parts[:len(parts):len(parts)], []int64{p}))
						}
					}
				}
				try(x, c.bits, nil)
			}
		})
	}
}

func TestNonnegative(t *testing.T) {
	for _, c := range []struct{ bound, top int64 }{{0, 15}, {15, 15}, {16, 255}, {200, 255}, {256, 4095}, {70000, 1<<20 - 1}} {
		t.Run(fmt.Sprint(c.bound), func(t *testing.T) {
			f := statement(func(s *Synth, xs []Wire) {
				r := s.NewRanges(4)
				for _, x := range xs {
					r.Nonnegative(x, c.bound)
				}
			})
			f.accepts(t, 0, c.bound, c.top)
			for _, x := range []int64{-1, -c.bound - 1, c.top + 1, 16 * (c.top + 1), -(1 << 40)} {
				var limbs, zero [][]int64
				for rest, b := x, c.bound; b >= 16; b >>= 4 {
					rest >>= 4
					limbs, zero = append(limbs, []int64{rest}), append(zero, []int64{0})
				}
				f.refuses(t, f.best(t, []int64{x}, limbs...), x)
				f.refuses(t, f.best(t, []int64{x}, zero...), x)
			}
		})
	}
}

func TestUpTo(t *testing.T) {
	for _, bound := range []int64{0, 1, 2, 6, 7, 9, 15, 16, 100, 255, 300} {
		t.Run(fmt.Sprint(bound), func(t *testing.T) {
			f := statement(func(s *Synth, xs []Wire) {
				r := s.NewRanges(4)
				for _, x := range xs {
					r.UpTo(x, bound)
				}
			})
			f.accepts(t, 0, bound, bound/2)
			for _, x := range []int64{-1, bound + 1, 2*bound + 1, -bound - 1, 1 << 30} {
				honest, _ := f.trace([]int64{0}) // for the number of limbs
				calls := max(len(honest)-1, 0)   // but the multiplicities, of one table
				floor, zero := make([][]int64, calls), make([][]int64, calls)
				for i := range calls {
					v := x
					if i >= calls/2 && bound&(bound+1) != 0 {
						v = bound - x
					}
					per := calls
					if bound&(bound+1) != 0 {
						per = calls / 2
					}
					floor[i], zero[i] = []int64{v >> (4 * (i%per + 1))}, []int64{0}
				}
				f.refuses(t, f.best(t, []int64{x}, floor...), x)
				f.refuses(t, f.best(t, []int64{x}, zero...), x)
			}
		})
	}
}

// Every limb of a range check moved by one unit or a few, the rest of the check following it.
func TestLimbsAreUnique(t *testing.T) {
	f := bitsOf(4, 11)
	xs := []int64{1234}
	honest, err := f.trace(xs)
	require.NoError(t, err)
	calls := len(honest) - 1
	for c := range calls {
		for _, d := range []int64{1, -1, 16, -16, 128, -128} {
			limbs := make([][]int64, calls)
			for i := range limbs {
				limbs[i] = []int64{honest[i][0]}
			}
			limbs[c][0] += d
			for i := c + 1; i < calls; i++ {
				limbs[i][0] = limbs[i-1][0] >> 4
			}
			f.refuses(t, f.best(t, xs, limbs...), xs...)
		}
	}
}
