package gadget

import (
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
)

// rawR1CS is the part of gnark's R1CS builder that takes a constraint as it is. The frontend's own operations
// put the new wire of a division on the right, where it costs the prover an operation in G2, and need two
// constraints to assert a product.
type rawR1CS interface {
	AddBlueprint(constraint.Blueprint) constraint.BlueprintID
	AddInstruction(constraint.BlueprintID, []uint32) []uint32
	ToCanonicalVariable(frontend.Variable) frontend.CanonicalVariable
}

// assertR1C adds the constraint l*r = o.
func (s *Synth) assertR1C(cs rawR1CS, l, r, o frontend.Variable) {
	if s.raw == nil {
		id := cs.AddBlueprint(new(constraint.BlueprintGenericR1C))
		s.raw = &id
	}
	var c constraint.R1C
	for _, p := range []struct {
		to *constraint.LinearExpression
		v  frontend.Variable
	}{{&c.L, l}, {&c.R, r}, {&c.O, o}} {
		*p.to = cs.ToCanonicalVariable(p.v).(constraint.LinearExpression)
		for i := range *p.to {
			if t := &(*p.to)[i]; t.IsConstant() {
				t.VID = 0 // wire 0 of an R1CS is the constant one
			}
		}
	}
	var calldata []uint32
	new(constraint.BlueprintGenericR1C).CompressR1C(&c, &calldata)
	cs.AddInstruction(*s.raw, calldata)
}
