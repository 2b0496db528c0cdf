//go:build !purego

#include "textflag.h"

// Eight elements of the base field at a time, one to a lane, as five limbs of 52 bits: a block is limb 0 of all eight,
// limb 1, and so on. The order of lanes is that of TO_LANES. Constants are in lanes_amd64.go; DX holds their address.
//
// Z25 to Z29 are the modulus q, Z30 is -1/q modulo 2^52, Z31 is 2^52 - 1.

#define CONSTANTS \
	MOVQ         $·lanes(SB), DX \
	VPBROADCASTQ 0(DX), Z25      \
	VPBROADCASTQ 8(DX), Z26      \
	VPBROADCASTQ 16(DX), Z27     \
	VPBROADCASTQ 24(DX), Z28     \
	VPBROADCASTQ 32(DX), Z29     \
	VPBROADCASTQ 40(DX), Z30     \
	VPBROADCASTQ 48(DX), Z31

// Offsets of constants: multiples of q, by limbs, and thresholds for a topmost limb.
#define TWICE 56
#define FOUR 96
#define EIGHT 136
#define OVER_X4 176
#define OVER_X2 184
#define OVER_Y2 192

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

// Add the multiple of q that makes T0 divisible by 2^52, and its quotient to T1. Z20 is spent.
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

// Z15..Z19 = (Z0..Z4) (Z5..Z9) / 2^260 modulo q, below q + the product / 2^260. Z10..Z14 and Z20 are spent.
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

// Load eight elements of four words into lanes 0, 2, 1, 3, 4, 6, 5, 7. Z10..Z14 and Z20..Z23 are spent.
#define TO_LANES(P, T0, T1, T2, T3, T4) \
	VMOVDQU64   0(P), Z10         \
	VMOVDQU64   64(P), Z11        \
	VMOVDQU64   128(P), Z12       \
	VMOVDQU64   192(P), Z13       \
	VPUNPCKLQDQ Z11, Z10, Z20     \
	VPUNPCKHQDQ Z11, Z10, Z21     \
	VPUNPCKLQDQ Z13, Z12, Z22     \
	VPUNPCKHQDQ Z13, Z12, Z23     \
	VSHUFI64X2  $0x88, Z22, Z20, Z10 \
	VSHUFI64X2  $0x88, Z23, Z21, Z11 \
	VSHUFI64X2  $0xDD, Z22, Z20, Z12 \
	VSHUFI64X2  $0xDD, Z23, Z21, Z13 \
	VPANDQ      Z31, Z10, T0      \
	VPSRLQ      $52, Z10, Z20     \
	VPSLLQ      $12, Z11, Z21     \
	VPORQ       Z20, Z21, Z21     \
	VPANDQ      Z31, Z21, T1      \
	VPSRLQ      $40, Z11, Z20     \
	VPSLLQ      $24, Z12, Z21     \
	VPORQ       Z20, Z21, Z21     \
	VPANDQ      Z31, Z21, T2      \
	VPSRLQ      $28, Z12, Z20     \
	VPSLLQ      $36, Z13, Z21     \
	VPORQ       Z20, Z21, Z21     \
	VPANDQ      Z31, Z21, T3      \
	VPSRLQ      $16, Z13, T4

// Store Z15..Z19 as eight elements of four words. Z10..Z14 and Z20..Z23 are spent.
#define FROM_LANES(P) \
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
	VSHUFI64X2  $0xD8, Z13, Z13, Z13 \
	VMOVDQU64   Z10, 0(P)            \
	VMOVDQU64   Z11, 64(P)           \
	VMOVDQU64   Z12, 128(P)          \
	VMOVDQU64   Z13, 192(P)

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

// Z15..Z19 -= the constant at C in lanes whose Z19 is at least the threshold. K1 is spent.
#define SUB_OVER(THRESHOLD, C) \
	VPCMPQ.BCST $5, THRESHOLD(DX), Z19, K1 \
	VPSUBQ.BCST C+0(DX), Z15, K1, Z15      \
	VPSUBQ.BCST C+8(DX), Z16, K1, Z16      \
	VPSUBQ.BCST C+16(DX), Z17, K1, Z17     \
	VPSUBQ.BCST C+24(DX), Z18, K1, Z18     \
	VPSUBQ.BCST C+32(DX), Z19, K1, Z19

// func mulLanes(dst, a, b *block, n int)
TEXT ·mulLanes(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ a+8(FP), SI
	MOVQ b+16(FP), BX
	MOVQ n+24(FP), CX
	CONSTANTS

mul_loop:
	TESTQ CX, CX
	JEQ   mul_done
	LOAD_BLOCK(SI, Z0, Z1, Z2, Z3, Z4)
	LOAD_BLOCK(BX, Z5, Z6, Z7, Z8, Z9)
	MUL
	STORE_BLOCK(DI, Z15, Z16, Z17, Z18, Z19)
	ADDQ $320, DI
	ADDQ $320, SI
	ADDQ $320, BX
	DECQ CX
	JMP  mul_loop

mul_done:
	VZEROUPPER
	RET

// func subLanes(dst *block, a, b *fp.Element, n int)
TEXT ·subLanes(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ a+8(FP), SI
	MOVQ b+16(FP), BX
	MOVQ n+24(FP), CX
	CONSTANTS

sub_loop:
	TESTQ CX, CX
	JEQ   sub_done
	TO_LANES(SI, Z0, Z1, Z2, Z3, Z4)
	TO_LANES(BX, Z5, Z6, Z7, Z8, Z9)
	SUB(Z5, Z6, Z7, Z8, Z9, Z0, Z1, Z2, Z3, Z4)
	ADD_CONSTANT(FOUR, Z0, Z1, Z2, Z3, Z4)
	CARRIES(Z0, Z1, Z2, Z3, Z4)
	STORE_BLOCK(DI, Z0, Z1, Z2, Z3, Z4)
	ADDQ $320, DI
	ADDQ $256, SI
	ADDQ $256, BX
	DECQ CX
	JMP  sub_loop

sub_done:
	VZEROUPPER
	RET

// func addLanes(x3, y3, x1, y1, x2 *fp.Element, rise, inverse *block, n int)
TEXT ·addLanes(SB), NOSPLIT, $320-64
	MOVQ x3+0(FP), DI
	MOVQ y3+8(FP), R8
	MOVQ x1+16(FP), SI
	MOVQ y1+24(FP), R9
	MOVQ x2+32(FP), R10
	MOVQ rise+40(FP), R11
	MOVQ inverse+48(FP), R12
	MOVQ n+56(FP), CX
	MOVQ SP, AX
	CONSTANTS

add_loop:
	TESTQ CX, CX
	JEQ   add_done

	// The slope t, below 1.2 q.
	LOAD_BLOCK(R11, Z0, Z1, Z2, Z3, Z4)
	LOAD_BLOCK(R12, Z5, Z6, Z7, Z8, Z9)
	MUL
	STORE_BLOCK(AX, Z15, Z16, Z17, Z18, Z19)
	VMOVDQA64 Z15, Z0
	VMOVDQA64 Z16, Z1
	VMOVDQA64 Z17, Z2
	VMOVDQA64 Z18, Z3
	VMOVDQA64 Z19, Z4
	VMOVDQA64 Z15, Z5
	VMOVDQA64 Z16, Z6
	VMOVDQA64 Z17, Z7
	VMOVDQA64 Z18, Z8
	VMOVDQA64 Z19, Z9
	MUL

	// x3 = t^2 - x1 - x2 + 8 q, below 9.1 q, brought below 4 q.
	TO_LANES(SI, Z0, Z1, Z2, Z3, Z4)
	SUB(Z0, Z1, Z2, Z3, Z4, Z15, Z16, Z17, Z18, Z19)
	TO_LANES(R10, Z5, Z6, Z7, Z8, Z9)
	SUB(Z5, Z6, Z7, Z8, Z9, Z15, Z16, Z17, Z18, Z19)
	ADD_CONSTANT(EIGHT, Z15, Z16, Z17, Z18, Z19)
	SUB_OVER(OVER_X4, FOUR)
	SUB_OVER(OVER_X2, TWICE)
	CARRIES(Z15, Z16, Z17, Z18, Z19)
	FROM_LANES(DI)

	// y3 = t (x1 - x3 + 4 q) - y1 + 4 q, below 5.2 q, brought below 4 q.
	SUB(Z15, Z16, Z17, Z18, Z19, Z0, Z1, Z2, Z3, Z4)
	ADD_CONSTANT(FOUR, Z0, Z1, Z2, Z3, Z4)
	CARRIES(Z0, Z1, Z2, Z3, Z4)
	LOAD_BLOCK(AX, Z5, Z6, Z7, Z8, Z9)
	MUL
	TO_LANES(R9, Z0, Z1, Z2, Z3, Z4)
	SUB(Z0, Z1, Z2, Z3, Z4, Z15, Z16, Z17, Z18, Z19)
	ADD_CONSTANT(FOUR, Z15, Z16, Z17, Z18, Z19)
	SUB_OVER(OVER_Y2, TWICE)
	CARRIES(Z15, Z16, Z17, Z18, Z19)
	FROM_LANES(R8)

	ADDQ $256, DI
	ADDQ $256, R8
	ADDQ $256, SI
	ADDQ $256, R9
	ADDQ $256, R10
	ADDQ $320, R11
	ADDQ $320, R12
	DECQ CX
	JMP  add_loop

add_done:
	VZEROUPPER
	RET
