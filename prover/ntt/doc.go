// Package ntt computes the quotient polynomial of a Groth16 proof over BN254 by number-theoretic transforms.
//
// Where the processor multiplies numbers of 52 bits in vectors, elements stay in that form, eight to a block, from one
// end of a transform and of two that follow each other to the other; elsewhere the transforms are gnark-crypto's.
package ntt
