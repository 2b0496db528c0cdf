package prover

import "errors"

// Close gives up what the backend keeps for the key, and the key. The prover cannot be used afterwards.
func (p *Prover) Close() error {
	var released, closed error
	if r, ok := p.Backend.(Releaser); ok && p.PK != nil {
		released = r.Release(p.PK)
	}
	p.PK = nil
	if p.Mapping != nil {
		closed = p.Mapping.Close()
	}
	return errors.Join(released, closed)
}
