// Package setup makes Groth16 keys over BN254 for a constraint system with one commitment, with secrets that it draws
// and forgets.
//
// The keys have the distribution of gnark's Setup, with the commitment's key over gamma as package
// verifier/fromgnark makes it. Two things make it fast: every point is a multiple of a generator and comes from a
// table (package prover/fixed), and the system's polynomials are evaluated at the secret point by all processors,
// each for its own wires. Points go to a key.Sink as they are made, so that of the key only a few thousand points
// are ever in memory; three field elements a wire and one a constraint are.
package setup
