package solver

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"

	"assay/circuits/gadget"
)

// call is where the advice of a call goes.
type call struct{ number, start, end int }

// unknown is the wire that a constraint of gnark's own solves for, its side and its coefficient.
type unknown struct {
	side        int
	wire        uint32
	coefficient uint32
}

// coefficient is an entry of the system's table.
type coefficient struct {
	integer int64
	small   bool // integer is what it is
}

func newCoefficient(x *fr.Element) coefficient {
	const bound = maxSmall
	var negative fr.Element
	negative.Neg(x)
	switch {
	case x.IsUint64() && x.Uint64() < bound:
		return coefficient{int64(x.Uint64()), true}
	case negative.IsUint64() && negative.Uint64() < bound:
		return coefficient{-int64(negative.Uint64()), true}
	}
	return coefficient{}
}

// equation is a blueprint of constraints of this module.
type equation interface {
	Of() *gadget.Layer
	Read(calldata []uint32) gadget.Equation
}

// prepare looks at every instruction once, in the order in which they are solved.
func (s *Solver) prepare() error {
	known := make([]bool, len(s.wires))
	for i := range 3 + s.r.GetNbSecretVariables() {
		known[i] = i != claim
	}
	var deferred []uint32 // constraints on P of levels before that of the commitment
	for _, level := range append(slices.Clone(s.r.Levels), nil) {
		if known[claim] && len(deferred) > 0 {
			level, deferred = append(deferred, level...), nil
		}
		kept := make([]uint32, 0, len(level))
		commits := false
		for _, id := range level {
			early, at, err := s.look(id, known)
			if err != nil {
				return err
			}
			if early {
				deferred = append(deferred, id)
				continue
			}
			kept, commits = append(kept, id), commits || at
		}
		if commits && known[claim] {
			return fmt.Errorf("want one commitment, got two")
		}
		if commits {
			known[claim], s.commits = true, len(s.levels)
		}
		s.levels = append(s.levels, kept)
	}
	for w, ok := range known {
		if !ok {
			return fmt.Errorf("nothing determines wire %d", w)
		}
	}
	if s.mask < 0 {
		return fmt.Errorf("nothing hides the commitment")
	}
	return nil
}

// claim is the wire of the public input P.
const claim = 2

// look notes what an instruction needs to be solved, and which wires are known after it. early says that it reads P, which
// is not known yet; commits, that it is the commitment.
func (s *Solver) look(id uint32, known []bool) (early, commits bool, err error) {
	pi := s.r.Instructions[id]
	inst := pi.Unpack(&s.r.System)
	set := func(wire int) {
		if wire >= len(known) || known[wire] {
			err = fmt.Errorf("wire %d has two values", wire)
			return
		}
		known[wire] = true
	}
	switch b := s.r.Blueprints[pi.BlueprintID].(type) {
	case equation:
		e := b.Read(inst.Calldata)
		for _, terms := range e.Terms {
			for j := 1; j < len(terms); j += 2 {
				early = early || terms[j] == claim && !known[claim]
			}
		}
		if e.Makes >= 0 {
			set(int(inst.WireOffset))
			if early {
				err = fmt.Errorf("constraint %d: want P known before a wire depends on it", inst.ConstraintOffset)
			}
		}
	case constraint.BlueprintR1C:
		var c constraint.R1C
		b.DecompressR1C(&c, inst)
		if err := s.note(id, &c, known); err != nil {
			return false, false, fmt.Errorf("constraint %d: %w", inst.ConstraintOffset, err)
		}
	case *constraint.BlueprintGenericHint:
		var h constraint.HintMapping
		b.DecompressHint(&h, inst)
		for w := h.OutputRange.Start; w < h.OutputRange.End; w++ {
			set(int(w))
		}
		if err == nil {
			commits, err = s.hint(&h)
		}
	default:
		if _, solves := b.(constraint.BlueprintSolvable[constraint.U64]); solves || b.NbConstraints() != 0 {
			err = fmt.Errorf("instruction %d: unknown blueprint %T", id, b)
		}
	}
	return early, commits, err
}

// hint notes what a hint gives. commits says that it is the commitment's challenge.
func (s *Solver) hint(h *constraint.HintMapping) (commits bool, err error) {
	start, end := int(h.OutputRange.Start), int(h.OutputRange.End)
	name := s.r.MHintsDependencies[h.HintID]
	switch {
	case h.HintID == solver.GetHintID(gadget.Oracle):
		number := int64(0)
		for _, in := range h.Inputs {
			for _, t := range in {
				if c := s.coefficients[t.CID]; t.IsConstant() && c.small {
					number += c.integer
				} else {
					return false, fmt.Errorf("hint %s: want the number of a call", name)
				}
			}
		}
		if number < 0 || number > math.MaxInt32 {
			return false, fmt.Errorf("hint %s: want the number of a call, got %d", name, number)
		}
		s.calls = append(s.calls, call{int(number), start, end})
		for w := start; w < end; w++ {
			s.advised[w] = true
		}
	case h.HintID == solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder):
		if start != s.info.CommitmentIndex || end != start+1 {
			return false, fmt.Errorf("hint %s: want it to give wire %d, got %d to %d", name, s.info.CommitmentIndex, start, end)
		}
		return true, nil
	case strings.HasSuffix(name, "hints.Randomize") && s.mask < 0 && end == start+1:
		s.mask = start
	default:
		return false, fmt.Errorf("hint %q (%d) is not known", name, h.HintID)
	}
	return false, nil
}

// note finds the wire that one of gnark's own constraints solves for.
func (s *Solver) note(id uint32, c *constraint.R1C, known []bool) error {
	found := false
	for side, l := range []constraint.LinearExpression{c.L, c.R, c.O} {
		for _, t := range l {
			if known[t.VID] {
				continue
			}
			if found || t.CID == constraint.CoeffIdZero {
				return fmt.Errorf("want at most one unknown wire, got another: %d", t.VID)
			}
			if t.VID == claim {
				return fmt.Errorf("want no constraint that could solve for P")
			}
			found = true
			s.wide[id] = unknown{side, t.VID, t.CID}
		}
	}
	if found {
		known[s.wide[id].wire] = true
	}
	return nil
}
