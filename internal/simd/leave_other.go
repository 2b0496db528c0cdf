//go:build !amd64 || purego

package simd

// Leave does nothing on this processor.
func Leave() {}
