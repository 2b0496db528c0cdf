//go:build !icicle

package gpu

import (
	"assay/prover"
	"assay/verifier/fault"
)

var errNotBuilt = fault.New(ErrNotBuilt, "gpu backend", "a program that make gpu built, on a machine with nvcc and cmake", "one built without the tag icicle")

// Open gives the error ErrNotBuilt.
func Open(Options) (prover.Releaser, error) { return nil, errNotBuilt }

// MeasureRates gives the error ErrNotBuilt.
func MeasureRates(Options, []int) (*Rates, error) { return nil, errNotBuilt }
