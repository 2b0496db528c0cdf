package verifier

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"assay/verifier/fault"
)

// Faults of a key whose points are valid but whose setup is not.
var (
	ErrKeyGammaDelta = fault.Define("key-gamma-delta", "gamma and delta are equal up to sign, so anyone can forge proofs")
	ErrKeyGenerator  = fault.Define("key-generator", "a point that the setup must randomise is still the generator")
	ErrKeySigma      = fault.Define("key-sigma", "the commitment's secret is trivial, so its proof of knowledge shows nothing")
	ErrKeyDuplicate  = fault.Define("key-duplicate", "two input points are equal up to sign, so values can be traded between them")
)

// Lint refuses a key that cannot have come from a complete setup: a point at infinity, off the curve or
// outside the subgroup; alpha, beta or delta still at the generator (a skipped phase); gamma and delta
// equal up to sign; a trivial commitment secret; equal input points; a number of values out of range.
// Gamma and the base of the commitment key may be the generator: gnark's ceremony leaves them there.
//
// Lint cannot tell whether the setup's secrets were destroyed.
func (k *Key) Lint() error {
	if err := checkG1(k.Alpha, "alpha"); err != nil {
		return err
	}
	for _, p := range k.g2() {
		if err := checkG2(*p.point, p.name); err != nil {
			return err
		}
	}
	ks := k.k()
	for i, p := range ks {
		if err := checkG1(*p.point, p.name); err != nil {
			return err
		}
		for _, q := range ks[:i] {
			if p.point.X.Equal(&q.point.X) {
				return fault.New(ErrKeyDuplicate, p.name, "a point of its own", q.name)
			}
		}
	}
	_, _, g1, g2 := bn254.Generators()
	switch {
	case k.Alpha.X.Equal(&g1.X):
		return fault.New(ErrKeyGenerator, "alpha", nil, nil)
	case k.BetaNeg.X.Equal(&g2.X):
		return fault.New(ErrKeyGenerator, "beta", nil, nil)
	case k.DeltaNeg.X.Equal(&g2.X):
		return fault.New(ErrKeyGenerator, "delta", nil, nil)
	case k.GammaNeg.X.Equal(&k.DeltaNeg.X):
		return fault.New(ErrKeyGammaDelta, "delta", nil, nil)
	case k.PedersenGSigmaNeg.X.Equal(&k.PedersenG.X):
		return fault.New(ErrKeySigma, "pedersen sigma G", nil, nil)
	case k.Values < 1 || k.Values > MaxValues:
		return fault.New(ErrKeyValues, "n", fmt.Sprintf("1 to %d", MaxValues), k.Values)
	}
	return nil
}
