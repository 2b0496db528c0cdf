// Package cost predicts what a setup and a proof take on a machine: time, memory, the key's size.
//
// A prediction is a line in what a circuit is made of (see Size), with rates that are not negative. The rates are fitted
// to measurements of circuits made for the purpose (see Specimen), which run through the same setup and prover as any
// model: Calibrate measures them on a machine, and Reference holds those of the machine that the project's figures are
// from, which serve elsewhere in proportion to the number of processors.
//
// Memory is predicted by stage, of which the largest counts: the constraint system, and the proof or the setup after it.
package cost

import (
	"fmt"
	"iter"
	"math/bits"

	"assay/circuits"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover/fixed"
	"assay/prover/msm"
)

// Size is what the cost of a circuit depends on.
type Size struct {
	Constraints int `json:"constraints"`
	Full        int `json:"full"`      // those of them that make a full-size wire, which is not zero
	Domain      int `json:"domain"`    // points of the FFT domain
	Advice      int `json:"advice"`    // wires that the prover advises and commits to
	Terms       int `json:"terms"`     // of linear layers, which each take time
	Tables      int `json:"tables"`    // bytes of the generators' multiples that a setup takes
	Stored      int `json:"stored"`    // weights of linear layers, which each take memory: those that layers share, once
	Distinct    int `json:"distinct"`  // integers among those, each of which is an element of the field in a table
	Additions   int `json:"additions"` // of points, for a sum over the full-size wires
}

// Of is the size of a planned circuit. It evaluates the program once, at the least inputs, to count the advice.
func Of(m *circuits.Model) (Size, error) {
	var in []*tensor.Int
	for _, id := range m.Program.Inputs {
		t := m.Program.Tensors[id]
		x := tensor.New[int64](t.Shape)
		for i := range x.Data {
			x.Data[i] = t.Range.Min
		}
		in = append(in, x)
	}
	trace, err := m.Program.Run(in)
	if err != nil {
		return Size{}, fmt.Errorf("size of circuit: %w", err)
	}
	advice, err := m.Advice(trace)
	if err != nil {
		return Size{}, fmt.Errorf("size of circuit: %w", err)
	}
	s := Size{Constraints: m.Plan.Constraints(), Full: m.Plan.Full() - m.Plan.Idle(), Domain: circuits.Domain(m.Plan.Constraints()), Terms: Terms(m.Program)}
	for _, n := range Stored(m.Program) {
		s.Stored += n
	}
	s.Distinct = distinct(m.Program)
	for _, xs := range advice {
		s.Advice += len(xs)
	}
	return s.derived(), nil
}

// Stored counts the weights of each node of a program, those that nodes share with the first of them.
func Stored(p *program.Program) []int {
	counts := make([]int, len(p.Nodes))
	for i, weights := range weights(p) {
		counts[i] += len(weights)
	}
	return counts
}

// weights goes through the weights of linear layers with their nodes, once through those that nodes share.
func weights(p *program.Program) iter.Seq2[int, []int64] {
	return func(yield func(int, []int64) bool) {
		seen := map[*int64]bool{}
		for i, n := range p.Nodes {
			l, ok := n.Kernel.(*program.Linear)
			if !ok {
				continue
			}
			for _, t := range l.Terms {
				if w := t.Map.Stored(); len(w) > 0 && !seen[&w[0]] {
					seen[&w[0]] = true
					if !yield(i, w) {
						return
					}
				}
			}
		}
	}
}

// distinct counts the integers among the weights of a program.
func distinct(p *program.Program) int {
	seen := map[int64]uint64{} // bits of 64 neighbours
	for _, weights := range weights(p) {
		for _, w := range weights {
			seen[w>>6] |= 1 << (w & 63)
		}
	}
	n := 0
	for _, b := range seen {
		n += bits.OnesCount64(b)
	}
	return n
}

// derived is s with what follows from the rest: the bytes of the generators' multiples that a setup takes, and the additions.
func (s Size) derived() Size {
	s.Tables = fixed.Bytes(2*s.Constraints+s.Domain+3*s.Advice, s.Constraints/2)
	s.Additions = msm.Additions(s.Full)
	return s
}

// Times is the size of a circuit that has k times as much of everything, in a domain of so many points.
func (s Size) Times(k float64, domain int) Size {
	s.Domain = domain
	for _, x := range []*int{&s.Constraints, &s.Full, &s.Advice, &s.Terms, &s.Stored, &s.Distinct} {
		*x = int(k * float64(*x))
	}
	return s.derived()
}

// Terms counts the multiply-adds of the linear layers, but for those that scale element by element.
func Terms(p *program.Program) int {
	n := 0
	var buf []program.Entry
	for _, node := range p.Nodes {
		l, ok := node.Kernel.(*program.Linear)
		if !ok {
			continue
		}
		for _, t := range l.Terms {
			if _, ok := t.Map.(*program.DiagonalMap); ok {
				continue
			}
			for i := range l.Shape.Size() {
				buf = t.Map.Row(i, buf[:0])
				n += len(buf)
			}
		}
	}
	return n
}

// features are the numbers that rates apply to, in the order of Rates.
func (s Size) features() []float64 {
	return []float64{1, float64(s.Constraints), float64(s.Full), float64(s.Domain), float64(s.Advice), float64(s.Terms), float64(s.Stored), float64(s.Tables),
		float64(s.Distinct), float64(s.Additions)}
}

// Places of features that a fit may leave out.
const (
	full      = 2
	domain    = 3
	terms     = 5
	stored    = 6
	tables    = 7
	distincts = 8
	additions = 9
)
