// Package verifier decides whether a proof shows that a model gave an answer.
//
// # Statement
//
// The verifier holds the public values v_0 .. v_{n-1} (BN254 scalars that encode the model's public
// tensors, see [Schema]) and a 32-byte context that binds a proof to its use. The circuit has two
// public inputs, in this order, and one BSB22 commitment D whose public part is H:
//
//	H   = keccak256("ASSAY1" || key id || context || v_0 || ... || v_{n-1}) mod r
//	rho = keccak256(D.x || D.y || H) mod r
//	P   = v_0 + v_1 rho + ... + v_{n-1} rho^(n-1)
//
// Words are 32 bytes, big-endian. D covers the circuit's own copies of the values and H fixes the
// verifier's, both before rho is known, so equal P means equal values but for a chance of n/r. The
// argument needs n to be fixed: a list with a trailing zero added or dropped has the same P. Hence n
// is part of the [Key].
//
// # What a proof is not
//
// Groth16 proofs can be re-randomised by anyone: one statement has many valid proofs. Never use the
// bytes or the hash of a proof as a nonce or an identity; use the context and the values.
//
// # Limits
//
// The package checks one proof against one key. Whether the key is the right one for a model, and
// whether its setup was honest, is for whoever publishes the key id.
package verifier
