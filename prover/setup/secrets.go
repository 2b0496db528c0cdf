package setup

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// secrets are what whoever knows them can forge proofs with. tau is where polynomials are evaluated, sigma the
// secret of the commitment's key.
type secrets struct{ tau, alpha, beta, gamma, delta, sigma fr.Element }

// draw makes secrets for a domain of the given cardinality.
func draw(cardinality uint64) (*secrets, error) {
	for {
		s := new(secrets)
		for _, e := range []*fr.Element{&s.tau, &s.alpha, &s.beta, &s.gamma, &s.delta, &s.sigma} {
			if _, err := e.SetRandom(); err != nil {
				return nil, fmt.Errorf("draw secrets: %w", err)
			}
		}
		if s.check(cardinality) == nil {
			return s, nil
		}
	}
}

// check refuses secrets that give no sound key: zeros, a tau where a vanishing polynomial is zero, and a sigma of one.
func (s *secrets) check(cardinality uint64) error {
	for _, e := range []struct {
		name  string
		value *fr.Element
	}{{"tau", &s.tau}, {"alpha", &s.alpha}, {"beta", &s.beta}, {"gamma", &s.gamma}, {"delta", &s.delta}, {"sigma", &s.sigma}} {
		if e.value.IsZero() {
			return fmt.Errorf("check secrets: %s: want none that is zero", e.name)
		}
	}
	if s.sigma.IsOne() {
		return errors.New("check secrets: sigma: want another than one")
	}
	if z := s.vanishing(cardinality); z.IsZero() {
		return errors.New("check secrets: tau: want none in the domain")
	}
	return nil
}

// vanishing is tau^cardinality - 1.
func (s *secrets) vanishing(cardinality uint64) fr.Element {
	var z, one fr.Element
	z.Exp(s.tau, new(big.Int).SetUint64(cardinality))
	one.SetOne()
	z.Sub(&z, &one)
	return z
}

// forget overwrites the secrets. Copies on stacks of goroutines that are gone may remain until their memory is used
// again.
func (s *secrets) forget() { *s = secrets{} }
