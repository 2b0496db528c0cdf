package gadget

import (
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
)

// side names one of the three sides of a constraint left * right = out.
type side int

const (
	none side = iota
	left
	right
	out
)

// rawR1CS is the part of gnark's R1CS builder that takes a constraint as it is. The frontend's own operations put the
// new wire of a division on the right, where it costs the prover an operation in G2, need two constraints to assert a
// product, and store every row of a layer.
type rawR1CS interface {
	AddBlueprint(constraint.Blueprint) constraint.BlueprintID
	AddInstruction(constraint.BlueprintID, []uint32) []uint32
	ToCanonicalVariable(frontend.Variable) frontend.CanonicalVariable
}

// equation is the blueprint of a constraint. Its calldata are the length of all, the row of the layer, the numbers of
// terms of the sides and then the terms, coefficient and wire. A new wire and the row are further terms of their sides.
type equation struct {
	makes  side   // where the wire is that the constraint makes, with coefficient one
	layer  *Layer // nil for none
	factor int64  // of the row
	at     side   // where the row is
}

var _ constraint.BlueprintR1C = (*equation)(nil)

const equationHead = 5

// Equation is a constraint as a solver reads it: sides 0, 1 and 2 are its left, right and out.
type Equation struct {
	Terms  [3][]uint32 // of each side, coefficient and wire in turn; wire 0 is the constant one
	Makes  int         // the side that has the wire that the constraint makes besides, with coefficient one, or -1
	Layer  *Layer      // nil if no side has a row
	Row    int
	Factor int64 // of the row
	At     int   // the side that has the row besides
}

// Of is the layer of which the constraint has a row, nil for none.
func (e *equation) Of() *Layer { return e.layer }

// Read gives what calldata say, which may go on behind their end.
func (e *equation) Read(calldata []uint32) Equation {
	rest := calldata[equationHead:]
	l := 2 * calldata[2]
	r := l + 2*calldata[3]
	o := r + 2*calldata[4]
	return Equation{Terms: [3][]uint32{rest[:l], rest[l:r], rest[r:o]}, Makes: int(e.makes - left),
		Layer: e.layer, Row: int(calldata[1]), Factor: e.factor, At: int(e.at - left)}
}

// CalldataSize implements constraint.Blueprint: it depends on the constraint.
func (*equation) CalldataSize() int { return -1 }

// NbConstraints implements constraint.Blueprint.
func (*equation) NbConstraints() int { return 1 }

// NbOutputs implements constraint.Blueprint.
func (e *equation) NbOutputs(constraint.Instruction) int {
	if e.makes == none {
		return 0
	}
	return 1
}

// CompressR1C implements constraint.BlueprintR1C for constraints that make no wire and have no row.
func (e *equation) CompressR1C(c *constraint.R1C, to *[]uint32) {
	if e.makes != none || e.layer != nil {
		panic("gadget: a constraint that makes a wire or has a row is not compressed from its terms")
	}
	n := len(c.L) + len(c.R) + len(c.O)
	*to = append(*to, uint32(equationHead+2*n), 0, uint32(len(c.L)), uint32(len(c.R)), uint32(len(c.O)))
	for _, l := range []constraint.LinearExpression{c.L, c.R, c.O} {
		for _, t := range l {
			*to = append(*to, t.CID, t.VID)
		}
	}
}

// DecompressR1C implements constraint.BlueprintR1C.
func (e *equation) DecompressR1C(c *constraint.R1C, inst constraint.Instruction) {
	rest := inst.Calldata[equationHead:]
	for i, l := range []*constraint.LinearExpression{&c.L, &c.R, &c.O} {
		n := int(inst.Calldata[2+i])
		*l = (*l)[:0]
		for j := range n {
			*l = append(*l, constraint.Term{CID: rest[2*j], VID: rest[2*j+1]})
		}
		rest = rest[2*n:]
		if e.makes == left+side(i) {
			*l = append(*l, constraint.Term{CID: constraint.CoeffIdOne, VID: inst.WireOffset})
		}
		if e.layer != nil && e.at == left+side(i) {
			*l = e.layer.terms(int(inst.Calldata[1]), e.factor, *l)
		}
	}
}

// UpdateInstructionTree implements constraint.Blueprint: the constraint is solved after all that its wires depend on.
func (e *equation) UpdateInstructionTree(inst constraint.Instruction, tree constraint.InstructionTree) constraint.Level {
	level := constraint.LevelUnset
	see := func(id uint32) {
		if tree.HasWire(id) && !(e.makes != none && id == inst.WireOffset) {
			if l := tree.GetWireLevel(id); l > level {
				level = l
			}
		}
	}
	terms := inst.Calldata[equationHead:]
	for j := 1; j < len(terms); j += 2 {
		see(terms[j])
	}
	if e.layer != nil {
		level = max(level, e.layer.place(tree))
	}
	level++
	if e.makes != none {
		tree.InsertWire(inst.WireOffset, level)
	}
	return level
}

// equate adds the constraint l * r = o, to one side of which a new wire may be added, which it returns.
func (s *Synth) equate(l, r, o frontend.Variable, makes side) wire {
	data := append(s.calldata[:0], 0, 0, 0, 0, 0)
	e := equation{makes: makes}
	for i, v := range []frontend.Variable{l, r, o} {
		before := len(data)
		var row row
		data, row = s.write(data, v)
		if row.of != nil {
			if e.layer == nil {
				e.layer, e.factor, e.at = row.of, row.factor, left+side(i)
				data[1] = uint32(row.index)
			} else {
				for _, t := range s.expand(row) {
					data = append(data, t.CID, t.VID)
				}
			}
		}
		data[2+i] = uint32(len(data)-before) / 2
	}
	data[0] = uint32(len(data))
	s.calldata = data
	id, ok := s.blueprints[e]
	if !ok {
		if e.layer != nil {
			for _, c := range e.layer.rows.Coefficients() {
				s.coefs.of(c * e.factor)
			}
		}
		b := e
		id = s.raw.AddBlueprint(&b)
		s.blueprints[e] = id
	}
	wires := s.raw.AddInstruction(id, data)
	if makes == none {
		return 0
	}
	return wire(wires[0])
}

// write appends constant and terms of v to data, and gives its row.
func (s *Synth) write(data []uint32, v frontend.Variable) ([]uint32, row) {
	switch v := v.(type) {
	case nil:
		return data, row{}
	case wire:
		return append(data, constraint.CoeffIdOne, uint32(v)), row{}
	case *form:
		if !v.constant.IsZero() {
			data = append(data, s.coefs.element(&v.constant), 0)
		}
		for _, t := range v.terms {
			data = append(data, t.CID, t.VID)
		}
		return data, v.row
	}
	var f form
	s.accumulate(&f, 1, v)
	return s.write(data, &f)
}

// supply is the blueprint that makes wires which a hint gives a value. Its calldata is their number.
type supply struct{}

// CalldataSize implements constraint.Blueprint.
func (supply) CalldataSize() int { return 1 }

// NbConstraints implements constraint.Blueprint.
func (supply) NbConstraints() int { return 0 }

// NbOutputs implements constraint.Blueprint.
func (supply) NbOutputs(inst constraint.Instruction) int { return int(inst.Calldata[0]) }

// UpdateInstructionTree implements constraint.Blueprint: the hint that comes next places the wires.
func (supply) UpdateInstructionTree(constraint.Instruction, constraint.InstructionTree) constraint.Level {
	return 0
}
