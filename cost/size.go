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

	"assay/circuits"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover/fixed"
)

// Size is what the cost of a circuit depends on.
type Size struct {
	Constraints int `json:"constraints"`
	Full        int `json:"full"`   // those of them that make a full-size wire, which is not zero
	Domain      int `json:"domain"` // points of the FFT domain
	Advice      int `json:"advice"` // wires that the prover advises and commits to
	Terms       int `json:"terms"`  // of linear layers, which each take time
	Tables      int `json:"tables"` // bytes of the generators' multiples that a setup takes
	Stored      int `json:"stored"` // weights of linear layers, which each take memory: those that layers share, once
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
	for _, xs := range advice {
		s.Advice += len(xs)
	}
	s.Tables = s.generators()
	return s, nil
}

// Stored counts the weights of each node of a program, those that nodes share with the first of them.
func Stored(p *program.Program) []int {
	counts, seen := make([]int, len(p.Nodes)), map[*int64]bool{}
	for i, n := range p.Nodes {
		if l, ok := n.Kernel.(*program.Linear); ok {
			for _, t := range l.Terms {
				if w := t.Map.Stored(); len(w) > 0 && !seen[&w[0]] {
					seen[&w[0]] = true
					counts[i] += len(w)
				}
			}
		}
	}
	return counts
}

// generators is the size in bytes of the generators' multiples that a setup takes.
func (s Size) generators() int {
	return fixed.Bytes(2*s.Constraints+s.Domain+3*s.Advice, s.Constraints/2)
}

// Times is the size of a circuit that has k times as much of everything, in a domain of so many points.
func (s Size) Times(k float64, domain int) Size {
	s.Domain = domain
	for _, x := range []*int{&s.Constraints, &s.Full, &s.Advice, &s.Terms, &s.Stored} {
		*x = int(k * float64(*x))
	}
	s.Tables = s.generators()
	return s
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
	return []float64{1, float64(s.Constraints), float64(s.Full), float64(s.Domain), float64(s.Advice), float64(s.Terms), float64(s.Stored), float64(s.Tables)}
}

// Places of features that a fit may leave out.
const (
	domain = 3
	terms  = 5
	stored = 6
	tables = 7
)
