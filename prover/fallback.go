package prover

import (
	"errors"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Fallback is a backend that proves on a second one what the first has no means to prove.
type Fallback struct {
	First, Then Backend
	Unusable    func(error) bool // whether an error of the first is for the second to solve
	Say         func(error)      // hears each such error
}

var (
	_ Releaser = (*Fallback)(nil)
	_ Keeper   = (*Fallback)(nil)
)

// Name implements Backend.
func (f *Fallback) Name() string { return f.First.Name() + " or " + f.Then.Name() }

// Prove implements Backend.
func (f *Fallback) Prove(j *Job) (*groth16.Proof, error) {
	p, err := f.First.Prove(j)
	if err == nil || !f.Unusable(err) {
		return p, err
	}
	f.Say(err)
	return f.Then.Prove(j)
}

// Keeps implements Keeper: what both may take.
func (f *Fallback) Keeps() (n int64) {
	for _, b := range []Backend{f.First, f.Then} {
		if k, ok := b.(Keeper); ok {
			n += k.Keeps()
		}
	}
	return n
}

// Release implements Releaser.
func (f *Fallback) Release(pk *groth16.ProvingKey) error {
	var errs []error
	for _, b := range []Backend{f.First, f.Then} {
		if r, ok := b.(Releaser); ok {
			errs = append(errs, r.Release(pk))
		}
	}
	return errors.Join(errs...)
}
