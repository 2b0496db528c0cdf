package pipeline

import (
	"io"

	"assay/bundle"
	"assay/cost"
	"assay/internal/resident"
	"assay/prover"
	"assay/verifier"
)

// SetupInsecure makes development keys for a bundle.
func SetupInsecure(b *bundle.Bundle, progress Progress) error {
	return SetupInsecureParts(b, progress, func(part string, done float64) {
		if done == 0 {
			progress.stage("make keys: " + part)
		}
	})
}

// SetupInsecureParts is SetupInsecure that tells how much of each part of the keys is done, from 0 to 1.
func SetupInsecureParts(b *bundle.Bundle, progress Progress, parts func(part string, done float64)) error {
	if err := enough(b, 0, func(e cost.Estimate) int { return e.SetupPeakBytes }); err != nil {
		return err
	}
	progress.stage("read constraint system")
	r, err := b.System()
	if err != nil {
		return err
	}
	resident.Shed() // what synthesis leaves would stay beside what the keys take
	return b.MakeKeys(func(proving io.Writer) (*verifier.Key, *verifier.Schema, error) {
		return prover.SetupInsecureTo(b.Model, r, proving, parts)
	})
}
