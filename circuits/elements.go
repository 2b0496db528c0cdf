package circuits

import (
	"assay/circuits/gadget"

	"github.com/consensys/gnark/frontend"
)

// elements is the contents of a program tensor in a circuit. Element i is at(i); it is a linear combination that
// is made anew by each call, so that a wide one is held by nothing but the constraint that consumes it.
type elements interface {
	at(i int) gadget.Wire
	len() int
}

// narrow holds elements as single wires: element i is wires[i] + offset. Wires that are advice are nonnegative.
type narrow struct {
	wires  []gadget.Wire
	offset int64
	s      *gadget.Synth
}

func (t *narrow) len() int { return len(t.wires) }

func (t *narrow) at(i int) gadget.Wire {
	if t.offset == 0 {
		return t.wires[i]
	}
	return t.s.Combine(t.offset, []int64{1}, t.wires[i])
}

// derived computes elements on demand. values are known when the walk evaluates.
type derived struct {
	n      int
	values []int64
	make   func(i int) frontend.Variable
}

func (t *derived) len() int { return t.n }

func (t *derived) at(i int) gadget.Wire {
	w := gadget.Wire{}
	if t.values != nil {
		w.X = t.values[i]
	}
	if t.make != nil {
		w.V = t.make(i)
	}
	return w
}
