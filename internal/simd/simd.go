// Package simd keeps the processor's vector units fit for what comes after arithmetic on vectors.
//
// The vector functions of gnark-crypto return with the upper halves of the vector registers in use (no VZEROUPPER). Each
// instruction of SSE then has to keep them, and so has every goroutine that the thread goes on with: SHA-256 by the
// processor's own instructions runs a hundred times slower, 16 MB a second. See Intel 64 and IA-32 Architectures
// Optimization Reference Manual, section 15.3, Mixing AVX Code with SSE Code.
package simd
