//go:build !purego

package simd

import "github.com/consensys/gnark-crypto/utils/cpu"

//go:noescape
func zero()

// Leave says that no vector function's registers are needed. It belongs after each call of a vector function of
// gnark-crypto, on the same goroutine, and takes a nanosecond.
func Leave() {
	if cpu.SupportAVX512 {
		zero()
	}
}
