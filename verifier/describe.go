package verifier

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/verifier/envelope"
)

// Describe decodes values for a person to read: the tensors of an envelope. It fails as [Schema.Unpack]
// does.
func (s *Schema) Describe(values []fr.Element) ([]envelope.Tensor, error) {
	data, err := s.Unpack(values)
	if err != nil {
		return nil, err
	}
	out := make([]envelope.Tensor, len(data))
	for i, t := range s.Tensors {
		out[i] = envelope.Tensor{
			Name: t.Name, Role: string(t.Role), Visibility: string(t.Visibility),
			Shape: slices.Clone(t.Shape), Scale: t.Scale, Integers: data[i].Elements,
		}
		if t.Visibility == Committed {
			out[i].Digest = &data[i].Digest
		}
	}
	return out, nil
}

func sameTensor(a, b envelope.Tensor) bool {
	sameDigest := a.Digest == nil && b.Digest == nil ||
		a.Digest != nil && b.Digest != nil && a.Digest.Equal(b.Digest)
	return a.Name == b.Name && a.Role == b.Role && a.Visibility == b.Visibility && a.Scale == b.Scale &&
		slices.Equal(a.Shape, b.Shape) && slices.Equal(a.Integers, b.Integers) && sameDigest
}
