package backendtest

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"

	"assay/verifier"
)

// gnarkVerify has gnark's own verifier check a proof of values.
func gnarkVerify(k *verifier.Key, ctx [32]byte, values []fr.Element, p verifier.Proof) error {
	vk := &groth16.VerifyingKey{
		CommitmentKeys:               []pedersen.VerifyingKey{{G: k.PedersenG, GSigmaNeg: k.PedersenGSigmaNeg}},
		PublicAndCommitmentCommitted: [][]int{{1}},
	}
	vk.G1.Alpha, vk.G1.K = k.Alpha, []bn254.G1Affine{k.K0, k.KH, k.KP, k.KRho}
	vk.G2.Beta.Neg(&k.BetaNeg)
	vk.G2.Gamma.Neg(&k.GammaNeg)
	vk.G2.Delta.Neg(&k.DeltaNeg)
	if err := vk.Precompute(); err != nil {
		return fmt.Errorf("precompute gnark's key: %w", err)
	}
	h := verifier.H(k.ID(), ctx, values)
	proof := &groth16.Proof{Ar: p.A, Bs: p.B, Krs: p.C, Commitments: []bn254.G1Affine{p.D}, CommitmentPok: p.PoK}
	public := fr.Vector{h, verifier.Evaluate(verifier.Rho(p.D, h), values)}
	if err := groth16.Verify(proof, vk, public, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)); err != nil {
		return fmt.Errorf("verify by gnark: %w", err)
	}
	return nil
}
