package prover

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/circuits"
	"assay/ir/tensor"
)

// Matches reports whether the values of a statement are those of inputs, where salts open the committed tensors in the
// order of the schema. It says nothing of the outputs, which a proof of the values binds to them.
func (p *Prover) Matches(values []fr.Element, inputs []*tensor.Int, salts []fr.Element) bool {
	program := p.Model.Program
	if len(inputs) != len(program.Inputs) {
		return false
	}
	for i, l := range p.Model.Layouts[:len(inputs)] {
		if len(values) < l.First+l.Values || !inputs[i].Shape.Equal(program.Tensors[l.Tensor].Shape) {
			return false
		}
		words := make([]fr.Element, l.Words)
		for j, w := range l.Pack(inputs[i].Data) {
			words[j].SetBigInt(w)
		}
		if l.Visibility == circuits.Committed {
			if len(salts) == 0 {
				return false
			}
			words, salts = []fr.Element{Digest(salts[0], words)}, salts[1:]
		}
		if !slices.Equal(values[l.First:l.First+l.Values], words) {
			return false
		}
	}
	return true
}
