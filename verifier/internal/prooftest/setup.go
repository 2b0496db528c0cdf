package prooftest

import (
	"github.com/consensys/gnark-crypto/ecc"
	bn "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/verifier/fromgnark"
)

// Setup makes the keys of a constraint system.
type Setup func(*cs.R1CS) (*bn.ProvingKey, *bn.VerifyingKey, error)

// Setups are the ways in which a key can come about, by name.
var Setups = map[string]Setup{"development": Development, "shared gamma": SharedGamma, "ceremony": Ceremony}

// Development is gnark's own setup, in which the base of the commitment key is a random point.
func Development(r *cs.R1CS) (*bn.ProvingKey, *bn.VerifyingKey, error) {
	pk, vk := new(bn.ProvingKey), new(bn.VerifyingKey)
	return pk, vk, bn.Setup(r, pk, vk)
}

// SharedGamma is [Development] with gamma as the base of the commitment key.
func SharedGamma(r *cs.R1CS) (*bn.ProvingKey, *bn.VerifyingKey, error) {
	pk, vk, err := Development(r)
	if err != nil {
		return nil, nil, err
	}
	return pk, vk, fromgnark.ShareGamma(pk, vk)
}

// Ceremony is gnark's ceremony with one contribution to each phase.
func Ceremony(r *cs.R1CS) (*bn.ProvingKey, *bn.VerifyingKey, error) {
	p1 := mpcsetup.NewPhase1(ecc.NextPowerOfTwo(uint64(r.GetNbConstraints())))
	p1.Contribute()
	commons := p1.Seal([]byte("phase 1"))
	var p2 mpcsetup.Phase2
	evaluations := p2.Initialize(r, &commons)
	p2.Contribute()
	pk, vk := p2.Seal(&commons, &evaluations, []byte("phase 2"))
	return pk.(*bn.ProvingKey), vk.(*bn.VerifyingKey), nil
}
