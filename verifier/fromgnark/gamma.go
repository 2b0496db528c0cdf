package fromgnark

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/verifier/fault"
)

// ShareGamma draws a new secret for the commitment key of a development setup and gives it gamma as its base,
// as gnark's ceremony does. A contract then needs one pairing less: 34,000 gas. It takes a scalar
// multiplication for each committed wire and must run before any proof is made.
func ShareGamma(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) error {
	if len(pk.CommitmentKeys) != 1 || len(vk.CommitmentKeys) != 1 {
		return fault.New(ErrKeyShape, "commitments", 1, len(pk.CommitmentKeys))
	}
	sigma, err := rand.Int(rand.Reader, new(big.Int).Sub(fr.Modulus(), big.NewInt(2)))
	if err != nil {
		return fmt.Errorf("draw commitment secret: %w", err)
	}
	sigma.Add(sigma, big.NewInt(2)) // neither 0 nor 1
	key := pedersen.VerifyingKey{G: vk.G2.Gamma}
	key.GSigmaNeg.ScalarMultiplication(&key.G, new(big.Int).Neg(sigma))
	basis := pk.CommitmentKeys[0].Basis
	pk.CommitmentKeys[0].BasisExpSigma = multiply(basis, sigma)
	vk.CommitmentKeys[0] = key
	return nil
}

func multiply(points []bn254.G1Affine, scalar *big.Int) []bn254.G1Affine {
	out := make([]bn254.G1Affine, len(points))
	workers := runtime.GOMAXPROCS(0)
	var done sync.WaitGroup
	for w := range workers {
		done.Go(func() {
			for i := w; i < len(points); i += workers {
				out[i].ScalarMultiplication(&points[i], scalar)
			}
		})
	}
	done.Wait()
	return out
}
