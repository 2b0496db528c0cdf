package circuits

import (
	"fmt"
	"math/big"

	"assay/circuits/gadget"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/hash/poseidon2"
)

// publicValues makes the circuit's copies of the public values. They are linear combinations of committed wires, or
// digests of them, so the commitment binds them. A combination is made when it is asked for: all of them are large.
func (c *walk) publicValues(api frontend.API, layouts []Layout, salts []frontend.Variable) ([]func() gadget.Wire, error) {
	var values []func() gadget.Wire
	for _, l := range layouts {
		switch l.Visibility {
		case Public:
			for w := range l.Words {
				values = append(values, func() gadget.Wire { return c.word(l, w) })
			}
		case Committed:
			if len(salts) == 0 {
				return nil, fmt.Errorf("statement: tensor %d has no salt", l.Tensor)
			}
			h, err := poseidon2.New(api)
			if err != nil {
				return nil, fmt.Errorf("digest tensor %d: %w", l.Tensor, err)
			}
			h.Write(salts[0])
			for w := range l.Words {
				h.Write(c.s.Variable(c.word(l, w)))
			}
			digest := h.Sum()
			c.s.Commit(salts[0])
			c.s.Commit(digest)
			values = append(values, func() gadget.Wire { return gadget.Wire{V: digest} })
			salts = salts[1:]
		default:
			return nil, fmt.Errorf("statement: tensor %d: unknown visibility %q", l.Tensor, l.Visibility)
		}
	}
	if len(salts) != 0 {
		return nil, fmt.Errorf("statement: %d salts are left over", len(salts))
	}
	return values, nil
}

// word is the w-th packed value of a tensor.
func (c *walk) word(l Layout, w int) gadget.Wire {
	t := c.tensors[l.Tensor]
	var coefs []*big.Int
	var ws []gadget.Wire
	for k := range l.PerWord {
		if i := w*l.PerWord + k; i < t.len() {
			coefs = append(coefs, l.coefficient(k))
			ws = append(ws, c.s.Combine(-l.Range.Min, []int64{1}, t.at(i)))
		}
	}
	return c.s.Weigh(coefs, ws)
}
