//go:build !amd64 || purego

package ntt

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"assay/prover/msm"
)

// Transform computes quotients over one domain.
type Transform struct{ domain *fft.Domain }

// New prepares quotients over d.
func New(d *fft.Domain) *Transform { return &Transform{domain: d} }

// Quotient computes the polynomial (A B - C)/(X^n - 1) of the values a, b and c = a b at the n-th roots of unity. Its
// coefficients replace a, in bit-reversed order; b and c are spent.
func (t *Transform) Quotient(e *msm.Engine, a, b, c []fr.Element) { quotient(e, t.domain, a, b, c) }
