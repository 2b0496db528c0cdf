//go:build !icicle

package gpu

import (
	"assay/prover"
	"assay/verifier/fault"
)

// Open gives the error ErrNotBuilt.
func Open(Options) (prover.Releaser, error) {
	return nil, fault.New(ErrNotBuilt, "gpu backend", "a program that make gpu built, on a machine with nvcc and cmake", "one built without the tag icicle")
}
