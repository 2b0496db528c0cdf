package envelope

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/verifier/internal/strict"
)

type wireTensor struct {
	Name       string  `json:"name"`
	Role       string  `json:"role"`
	Visibility string  `json:"visibility"`
	Shape      []int   `json:"shape"`
	Scale      float64 `json:"scale"`
	Integers   []int64 `json:"integers,omitempty"`
	Digest     digest  `json:"digest,omitempty"`
}

// digest is a word in hexadecimal digits, or empty where the field is absent.
type digest string

// UnmarshalText refuses what is present and not a word.
func (d *digest) UnmarshalText(b []byte) error {
	var w strict.Word
	if err := w.UnmarshalText(b); err != nil {
		return err
	}
	*d = digest(b)
	return nil
}

func (t Tensor) wire() wireTensor {
	w := wireTensor{t.Name, t.Role, t.Visibility, append([]int{}, t.Shape...), t.Scale, t.Integers, ""}
	if t.Digest != nil {
		b := t.Digest.Bytes()
		w.Digest = digest(fmt.Sprintf("0x%x", b))
	}
	return w
}

func (w wireTensor) tensor(at string) (Tensor, error) {
	t := Tensor{w.Name, w.Role, w.Visibility, w.Shape, w.Scale, w.Integers, nil}
	if w.Digest == "" {
		return t, nil
	}
	var d strict.Word
	if err := d.UnmarshalText([]byte(w.Digest)); err != nil {
		return t, fmt.Errorf("%s.digest: %w", at, err)
	}
	t.Digest = new(fr.Element)
	return t, element(t.Digest, d, at+".digest")
}
