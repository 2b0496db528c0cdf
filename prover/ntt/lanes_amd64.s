//go:build !purego

#include "textflag.h"

// Eight elements of the scalar field at a time, one to a lane, as five limbs of 52 bits: a block is limb 0 of all eight,
// limb 1, and so on. The order of lanes is that of LANES. Constants are in lanes_amd64.go; DX holds their address.
//
// Z25 to Z29 are the modulus r, Z30 is -1/r modulo 2^52, Z31 is 2^52 - 1.

#define CONSTANTS \
	MOVQ         $·lanes(SB), DX \
	VPBROADCASTQ 0(DX), Z25      \
	VPBROADCASTQ 8(DX), Z26      \
	VPBROADCASTQ 16(DX), Z27     \
	VPBROADCASTQ 24(DX), Z28     \
	VPBROADCASTQ 32(DX), Z29     \
	VPBROADCASTQ 40(DX), Z30     \
	VPBROADCASTQ 48(DX), Z31

// Offsets of constants: 2 r and 4 r by limbs, and the topmost limb of more than 2 r.
#define TWICE 56
#define OVER 96
#define FOUR 104

// T0..T5 += A * (Z5..Z9)
#define ROW(A, T0, T1, T2, T3, T4, T5) \
	VPMADD52LUQ Z5, A, T0 \
	VPMADD52LUQ Z6, A, T1 \
	VPMADD52LUQ Z7, A, T2 \
	VPMADD52LUQ Z8, A, T3 \
	VPMADD52LUQ Z9, A, T4 \
	VPMADD52HUQ Z5, A, T1 \
	VPMADD52HUQ Z6, A, T2 \
	VPMADD52HUQ Z7, A, T3 \
	VPMADD52HUQ Z8, A, T4 \
	VPMADD52HUQ Z9, A, T5

// Add the multiple of r that makes T0 divisible by 2^52, and its quotient to T1. Z20 is spent.
#define REDUCE(T0, T1, T2, T3, T4, T5) \
	VPXORQ      Z20, Z20, Z20 \
	VPMADD52LUQ Z30, T0, Z20  \
	VPMADD52LUQ Z25, Z20, T0  \
	VPMADD52HUQ Z25, Z20, T1  \
	VPMADD52LUQ Z26, Z20, T1  \
	VPMADD52HUQ Z26, Z20, T2  \
	VPMADD52LUQ Z27, Z20, T2  \
	VPMADD52HUQ Z27, Z20, T3  \
	VPMADD52LUQ Z28, Z20, T3  \
	VPMADD52HUQ Z28, Z20, T4  \
	VPMADD52LUQ Z29, Z20, T4  \
	VPMADD52HUQ Z29, Z20, T5  \
	VPSRLQ      $52, T0, T0   \
	VPADDQ      T0, T1, T1

// Move what exceeds 52 bits, or is missing, from T to its neighbour U. Z20 is spent.
#define CARRY(T, U) \
	VPSRAQ $52, T, Z20 \
	VPANDQ Z31, T, T   \
	VPADDQ Z20, U, U

#define CARRIES(T0, T1, T2, T3, T4) \
	CARRY(T0, T1) \
	CARRY(T1, T2) \
	CARRY(T2, T3) \
	CARRY(T3, T4)

// Z15..Z19 = (Z0..Z4) (Z5..Z9) / 2^260 modulo r, below r + the product / 2^260. Z10..Z14 and Z20 are spent.
#define MUL \
	VPXORQ Z10, Z10, Z10                     \
	VPXORQ Z11, Z11, Z11                     \
	VPXORQ Z12, Z12, Z12                     \
	VPXORQ Z13, Z13, Z13                     \
	VPXORQ Z14, Z14, Z14                     \
	VPXORQ Z15, Z15, Z15                     \
	VPXORQ Z16, Z16, Z16                     \
	VPXORQ Z17, Z17, Z17                     \
	VPXORQ Z18, Z18, Z18                     \
	VPXORQ Z19, Z19, Z19                     \
	ROW(Z0, Z10, Z11, Z12, Z13, Z14, Z15)    \
	ROW(Z1, Z11, Z12, Z13, Z14, Z15, Z16)    \
	ROW(Z2, Z12, Z13, Z14, Z15, Z16, Z17)    \
	ROW(Z3, Z13, Z14, Z15, Z16, Z17, Z18)    \
	ROW(Z4, Z14, Z15, Z16, Z17, Z18, Z19)    \
	REDUCE(Z10, Z11, Z12, Z13, Z14, Z15)     \
	REDUCE(Z11, Z12, Z13, Z14, Z15, Z16)     \
	REDUCE(Z12, Z13, Z14, Z15, Z16, Z17)     \
	REDUCE(Z13, Z14, Z15, Z16, Z17, Z18)     \
	REDUCE(Z14, Z15, Z16, Z17, Z18, Z19)     \
	CARRIES(Z15, Z16, Z17, Z18, Z19)

#define LOAD_BLOCK(P, T0, T1, T2, T3, T4) \
	VMOVDQU64 0(P), T0   \
	VMOVDQU64 64(P), T1  \
	VMOVDQU64 128(P), T2 \
	VMOVDQU64 192(P), T3 \
	VMOVDQU64 256(P), T4

#define STORE_BLOCK(P, T0, T1, T2, T3, T4) \
	VMOVDQU64 T0, 0(P)   \
	VMOVDQU64 T1, 64(P)  \
	VMOVDQU64 T2, 128(P) \
	VMOVDQU64 T3, 192(P) \
	VMOVDQU64 T4, 256(P)

// Turn eight elements of four words in Z10..Z13 into lanes 0, 2, 1, 3, 4, 6, 5, 7 of Z0..Z4. Z20..Z23 are spent.
#define LANES \
	VPUNPCKLQDQ Z11, Z10, Z20     \
	VPUNPCKHQDQ Z11, Z10, Z21     \
	VPUNPCKLQDQ Z13, Z12, Z22     \
	VPUNPCKHQDQ Z13, Z12, Z23     \
	VSHUFI64X2  $0x88, Z22, Z20, Z10 \
	VSHUFI64X2  $0x88, Z23, Z21, Z11 \
	VSHUFI64X2  $0xDD, Z22, Z20, Z12 \
	VSHUFI64X2  $0xDD, Z23, Z21, Z13 \
	VPANDQ      Z31, Z10, Z0      \
	VPSRLQ      $52, Z10, Z20     \
	VPSLLQ      $12, Z11, Z21     \
	VPORQ       Z20, Z21, Z21     \
	VPANDQ      Z31, Z21, Z1      \
	VPSRLQ      $40, Z11, Z20     \
	VPSLLQ      $24, Z12, Z21     \
	VPORQ       Z20, Z21, Z21     \
	VPANDQ      Z31, Z21, Z2      \
	VPSRLQ      $28, Z12, Z20     \
	VPSLLQ      $36, Z13, Z21     \
	VPORQ       Z20, Z21, Z21     \
	VPANDQ      Z31, Z21, Z3      \
	VPSRLQ      $16, Z13, Z4

// Turn Z15..Z19 into eight elements of four words in Z10..Z13. Z20..Z23 are spent.
#define WORDS \
	VPSLLQ      $52, Z16, Z20        \
	VPORQ       Z20, Z15, Z10        \
	VPSRLQ      $12, Z16, Z20        \
	VPSLLQ      $40, Z17, Z21        \
	VPORQ       Z21, Z20, Z11        \
	VPSRLQ      $24, Z17, Z20        \
	VPSLLQ      $28, Z18, Z21        \
	VPORQ       Z21, Z20, Z12        \
	VPSRLQ      $36, Z18, Z20        \
	VPSLLQ      $16, Z19, Z21        \
	VPORQ       Z21, Z20, Z13        \
	VPUNPCKLQDQ Z11, Z10, Z20        \
	VPUNPCKHQDQ Z11, Z10, Z21        \
	VPUNPCKLQDQ Z13, Z12, Z22        \
	VPUNPCKHQDQ Z13, Z12, Z23        \
	VSHUFI64X2  $0x44, Z22, Z20, Z10 \
	VSHUFI64X2  $0x44, Z23, Z21, Z11 \
	VSHUFI64X2  $0xEE, Z22, Z20, Z12 \
	VSHUFI64X2  $0xEE, Z23, Z21, Z13 \
	VSHUFI64X2  $0xD8, Z10, Z10, Z10 \
	VSHUFI64X2  $0xD8, Z11, Z11, Z11 \
	VSHUFI64X2  $0xD8, Z12, Z12, Z12 \
	VSHUFI64X2  $0xD8, Z13, Z13, Z13

// (T0..T4) -= (U0..U4)
#define SUB(U0, U1, U2, U3, U4, T0, T1, T2, T3, T4) \
	VPSUBQ U0, T0, T0 \
	VPSUBQ U1, T1, T1 \
	VPSUBQ U2, T2, T2 \
	VPSUBQ U3, T3, T3 \
	VPSUBQ U4, T4, T4

// (T0..T4) += the constant at C
#define ADD_CONSTANT(C, T0, T1, T2, T3, T4) \
	VPADDQ.BCST C+0(DX), T0, T0  \
	VPADDQ.BCST C+8(DX), T1, T1  \
	VPADDQ.BCST C+16(DX), T2, T2 \
	VPADDQ.BCST C+24(DX), T3, T3 \
	VPADDQ.BCST C+32(DX), T4, T4

// (T0..T4) -= 2 r in lanes where T4 tells that it is at least that. K1 is spent.
#define LOWER(T0, T1, T2, T3, T4) \
	VPCMPQ.BCST $5, OVER(DX), T4, K1    \
	VPSUBQ.BCST TWICE+0(DX), T0, K1, T0  \
	VPSUBQ.BCST TWICE+8(DX), T1, K1, T1  \
	VPSUBQ.BCST TWICE+16(DX), T2, K1, T2 \
	VPSUBQ.BCST TWICE+24(DX), T3, K1, T3 \
	VPSUBQ.BCST TWICE+32(DX), T4, K1, T4

// Z5..Z9 = one element in all lanes
#define BROADCAST(P) \
	VPBROADCASTQ 0(P), Z5  \
	VPBROADCASTQ 8(P), Z6  \
	VPBROADCASTQ 16(P), Z7 \
	VPBROADCASTQ 24(P), Z8 \
	VPBROADCASTQ 32(P), Z9

#define MOVE \
	VMOVDQA64 Z15, Z0 \
	VMOVDQA64 Z16, Z1 \
	VMOVDQA64 Z17, Z2 \
	VMOVDQA64 Z18, Z3 \
	VMOVDQA64 Z19, Z4

// func split(a *block, w *limbs, gap, count, groups int)
TEXT ·split(SB), NOSPLIT, $0-40
	MOVQ  a+0(FP), R8
	MOVQ  gap+16(FP), R9
	IMULQ $320, R9
	MOVQ  groups+32(FP), R10
	CONSTANTS

split_group:
	MOVQ R8, SI
	LEAQ (R8)(R9*1), DI
	MOVQ w+8(FP), BX
	MOVQ count+24(FP), CX

split_loop:
	LOAD_BLOCK(SI, Z15, Z16, Z17, Z18, Z19)
	LOAD_BLOCK(DI, Z10, Z11, Z12, Z13, Z14)
	VMOVDQA64 Z15, Z0
	VMOVDQA64 Z16, Z1
	VMOVDQA64 Z17, Z2
	VMOVDQA64 Z18, Z3
	VMOVDQA64 Z19, Z4
	SUB(Z10, Z11, Z12, Z13, Z14, Z0, Z1, Z2, Z3, Z4)
	ADD_CONSTANT(FOUR, Z0, Z1, Z2, Z3, Z4)
	CARRIES(Z0, Z1, Z2, Z3, Z4)
	VPADDQ Z10, Z15, Z15
	VPADDQ Z11, Z16, Z16
	VPADDQ Z12, Z17, Z17
	VPADDQ Z13, Z18, Z18
	VPADDQ Z14, Z19, Z19
	LOWER(Z15, Z16, Z17, Z18, Z19)
	CARRIES(Z15, Z16, Z17, Z18, Z19)
	STORE_BLOCK(SI, Z15, Z16, Z17, Z18, Z19)
	BROADCAST(BX)
	MUL
	STORE_BLOCK(DI, Z15, Z16, Z17, Z18, Z19)
	ADDQ $320, SI
	ADDQ $320, DI
	ADDQ $40, BX
	DECQ CX
	JNE  split_loop
	LEAQ (R8)(R9*2), R8
	DECQ R10
	JNE  split_group
	VZEROUPPER
	RET

// func join(a *block, w *limbs, gap, count, groups int)
TEXT ·join(SB), NOSPLIT, $0-40
	MOVQ  a+0(FP), R8
	MOVQ  gap+16(FP), R9
	IMULQ $320, R9
	MOVQ  groups+32(FP), R10
	CONSTANTS

join_group:
	MOVQ R8, SI
	LEAQ (R8)(R9*1), DI
	MOVQ w+8(FP), BX
	MOVQ count+24(FP), CX

join_loop:
	LOAD_BLOCK(DI, Z0, Z1, Z2, Z3, Z4)
	BROADCAST(BX)
	MUL
	LOAD_BLOCK(SI, Z0, Z1, Z2, Z3, Z4)
	VMOVDQA64 Z0, Z10
	VMOVDQA64 Z1, Z11
	VMOVDQA64 Z2, Z12
	VMOVDQA64 Z3, Z13
	VMOVDQA64 Z4, Z14
	SUB(Z15, Z16, Z17, Z18, Z19, Z0, Z1, Z2, Z3, Z4)
	ADD_CONSTANT(TWICE, Z0, Z1, Z2, Z3, Z4)
	LOWER(Z0, Z1, Z2, Z3, Z4)
	CARRIES(Z0, Z1, Z2, Z3, Z4)
	STORE_BLOCK(DI, Z0, Z1, Z2, Z3, Z4)
	VPADDQ Z10, Z15, Z15
	VPADDQ Z11, Z16, Z16
	VPADDQ Z12, Z17, Z17
	VPADDQ Z13, Z18, Z18
	VPADDQ Z14, Z19, Z19
	LOWER(Z15, Z16, Z17, Z18, Z19)
	CARRIES(Z15, Z16, Z17, Z18, Z19)
	STORE_BLOCK(SI, Z15, Z16, Z17, Z18, Z19)
	ADDQ $320, SI
	ADDQ $320, DI
	ADDQ $40, BX
	DECQ CX
	JNE  join_loop
	LEAQ (R8)(R9*2), R8
	DECQ R10
	JNE  join_group
	VZEROUPPER
	RET

// func twist(a, c, t *block, n int)
TEXT ·twist(SB), NOSPLIT, $0-32
	MOVQ a+0(FP), DI
	MOVQ c+8(FP), R8
	MOVQ t+16(FP), BX
	MOVQ n+24(FP), CX
	CONSTANTS

twist_loop:
	LOAD_BLOCK(BX, Z0, Z1, Z2, Z3, Z4)
	LOAD_BLOCK(R8, Z5, Z6, Z7, Z8, Z9)
	MUL
	MOVE
	LOAD_BLOCK(DI, Z5, Z6, Z7, Z8, Z9)
	MUL
	STORE_BLOCK(DI, Z15, Z16, Z17, Z18, Z19)
	ADDQ $320, DI
	ADDQ $320, BX
	DECQ CX
	JNE  twist_loop
	VZEROUPPER
	RET

// func shift(a, c *block, t *limbs, n int)
TEXT ·shift(SB), NOSPLIT, $0-32
	MOVQ a+0(FP), DI
	MOVQ c+8(FP), R8
	MOVQ t+16(FP), BX
	MOVQ n+24(FP), CX
	CONSTANTS

shift_loop:
	LOAD_BLOCK(R8, Z0, Z1, Z2, Z3, Z4)
	BROADCAST(BX)
	MUL
	MOVE
	LOAD_BLOCK(DI, Z5, Z6, Z7, Z8, Z9)
	MUL
	STORE_BLOCK(DI, Z15, Z16, Z17, Z18, Z19)
	ADDQ $320, DI
	ADDQ $40, BX
	DECQ CX
	JNE  shift_loop
	VZEROUPPER
	RET

// Addresses of rows 1, 2 and 3 of R9 bytes after SI: R10, R11, R12.
#define ROWS \
	LEAQ (SI)(R9*1), R10  \
	LEAQ (SI)(R9*2), R11  \
	LEAQ (R11)(R9*1), R12

// func gather(dst *block, src *fr.Element, stride, n int)
TEXT ·gather(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), R9
	SHLQ $5, R9
	MOVQ n+24(FP), CX
	ROWS
	CONSTANTS

gather_loop:
	VMOVDQU       (SI), Y10
	VMOVDQU       (R11), Y11
	VMOVDQU       (SI)(R9*4), Y12
	VMOVDQU       (R11)(R9*4), Y13
	VINSERTI64X4  $1, (R10), Z10, Z10
	VINSERTI64X4  $1, (R12), Z11, Z11
	VINSERTI64X4  $1, (R10)(R9*4), Z12, Z12
	VINSERTI64X4  $1, (R12)(R9*4), Z13, Z13
	LANES
	STORE_BLOCK(DI, Z0, Z1, Z2, Z3, Z4)
	ADDQ $32, SI
	ADDQ $32, R10
	ADDQ $32, R11
	ADDQ $32, R12
	ADDQ $320, DI
	DECQ CX
	JNE  gather_loop
	VZEROUPPER
	RET

// func scatter(dst *fr.Element, stride int, src, c *block, n int)
TEXT ·scatter(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), SI
	MOVQ stride+8(FP), R9
	SHLQ $5, R9
	MOVQ src+16(FP), DI
	MOVQ c+24(FP), R8
	MOVQ n+32(FP), CX
	ROWS
	CONSTANTS

scatter_loop:
	LOAD_BLOCK(DI, Z0, Z1, Z2, Z3, Z4)
	LOAD_BLOCK(R8, Z5, Z6, Z7, Z8, Z9)
	MUL

	// Below 2 r: less r where that leaves no borrow.
	VPSUBQ    Z25, Z15, Z0
	VPSUBQ    Z26, Z16, Z1
	VPSUBQ    Z27, Z17, Z2
	VPSUBQ    Z28, Z18, Z3
	VPSUBQ    Z29, Z19, Z4
	CARRIES(Z0, Z1, Z2, Z3, Z4)
	VPXORQ    Z20, Z20, Z20
	VPCMPQ    $5, Z20, Z4, K1
	VMOVDQA64 Z0, K1, Z15
	VMOVDQA64 Z1, K1, Z16
	VMOVDQA64 Z2, K1, Z17
	VMOVDQA64 Z3, K1, Z18
	VMOVDQA64 Z4, K1, Z19
	WORDS
	VMOVDQU       Y10, (SI)
	VMOVDQU       Y11, (R11)
	VMOVDQU       Y12, (SI)(R9*4)
	VMOVDQU       Y13, (R11)(R9*4)
	VEXTRACTI64X4 $1, Z10, (R10)
	VEXTRACTI64X4 $1, Z11, (R12)
	VEXTRACTI64X4 $1, Z12, (R10)(R9*4)
	VEXTRACTI64X4 $1, Z13, (R12)(R9*4)
	ADDQ $32, SI
	ADDQ $32, R10
	ADDQ $32, R11
	ADDQ $32, R12
	ADDQ $320, DI
	DECQ CX
	JNE  scatter_loop
	VZEROUPPER
	RET
