package circuits

import (
	"math"
	"math/big"
	"sync"

	"assay/circuits/gadget"
	"assay/ir/program"
	"assay/ir/tensor"
)

// rows makes the rows of a linear kernel over the wires of its operands. It is stored with the constraints.
type rows struct {
	k       *program.Linear
	numbers [][]uint32 // of the operands' wires, unnumbered for what is not one wire
	coefs   []int64    // that rows have, each once
	norm    float64    // the largest sum of magnitudes of the coefficients of a row
}

const unnumbered = math.MaxUint32

var entries = sync.Pool{New: func() any { return new([]program.Entry) }}

// Row implements gadget.Rows.
func (r *rows) Row(i int, dst []gadget.Entry) []gadget.Entry {
	buf := entries.Get().(*[]program.Entry)
	for a, t := range r.k.Terms {
		*buf = t.Map.Row(i, (*buf)[:0])
		numbers := r.numbers[a]
		for _, e := range *buf {
			if n := numbers[e.Index]; n != unnumbered && e.Coef != 0 {
				dst = append(dst, gadget.Entry{Wire: n, Coef: e.Coef})
			}
		}
	}
	entries.Put(buf)
	return dst
}

// Coefficients implements gadget.Rows.
func (r *rows) Coefficients() []int64 { return r.coefs }

// Wires implements gadget.Rows.
func (r *rows) Wires(f func(number uint32)) {
	for _, numbers := range r.numbers {
		for _, n := range numbers {
			if n != unnumbered {
				f(n)
			}
		}
	}
}

// Sums implements gadget.Summer: it evaluates the kernel without its bias.
func (r *rows) Sums(wires []int64, known []bool) []int64 {
	in := make([]*tensor.Int, len(r.numbers))
	largest := 0.0
	for a, numbers := range r.numbers {
		in[a] = &tensor.Int{Shape: tensor.Shape{len(numbers)}, Data: make([]int64, len(numbers))}
		for i, n := range numbers {
			if n == unnumbered {
				continue
			}
			if !known[n] {
				return nil
			}
			in[a].Data[i] = wires[n]
			largest = max(largest, math.Abs(float64(wires[n])))
		}
	}
	if r.norm*largest > 1<<61 {
		return nil
	}
	k := &program.Linear{Terms: r.k.Terms, Bias: program.Ints{0}, Shape: r.k.Shape}
	y, err := k.Eval(in)
	if err != nil {
		return nil
	}
	return y.Data
}

// rest is what rows leave out, while synthesizing.
type rest struct {
	of     *rows
	args   []*narrow
	offset bool // some operand has an offset
	whole  bool // all operands are wires

	// What row gives: the constant of a row, and the entries that its layer does not make.
	constant big.Int
	coefs    []int64
	others   []gadget.Wire
	buf      []program.Entry
}

func newRest(s *gadget.Synth, k *program.Linear, args []*narrow) *rest {
	r := &rest{of: &rows{k: k}, args: args, whole: true}
	for _, a := range args {
		numbers := make([]uint32, len(a.wires))
		for i, w := range a.wires {
			n, ok := s.Number(w)
			if !ok {
				n, r.whole = unnumbered, false
			}
			numbers[i] = n
		}
		r.of.numbers = append(r.of.numbers, numbers)
		r.offset = r.offset || a.offset != 0
	}
	const dense = 1 << 20
	seen, others := make([]bool, 2*dense), map[int64]bool{}
	for i := range k.Shape.Size() {
		norm := 0.0
		for _, t := range k.Terms {
			r.buf = t.Map.Row(i, r.buf[:0])
			for _, e := range r.buf {
				norm += math.Abs(float64(e.Coef))
				if c := e.Coef; c >= -dense && c < dense {
					if !seen[c+dense] {
						seen[c+dense] = true
						r.of.coefs = append(r.of.coefs, c)
					}
				} else if !others[c] {
					others[c] = true
					r.of.coefs = append(r.of.coefs, c)
				}
			}
		}
		r.of.norm = max(r.of.norm, norm)
	}
	return r
}

// row sets the constant of row i and the entries that are left out of it.
func (r *rest) row(i int) {
	k := r.of.k
	r.constant.SetInt64(k.BiasOf(i))
	r.coefs, r.others = r.coefs[:0], r.others[:0]
	if r.whole && !r.offset {
		return
	}
	// The offsets of operands need not lie in the range of what they offset, so their sum may leave 64 bits where that
	// of the elements does not.
	var product, coef, offset big.Int
	for a, t := range k.Terms {
		r.buf = t.Map.Row(i, r.buf[:0])
		offset.SetInt64(r.args[a].offset)
		for _, e := range r.buf {
			if r.args[a].offset != 0 {
				r.constant.Add(&r.constant, product.Mul(coef.SetInt64(e.Coef), &offset))
			}
			if r.of.numbers[a][e.Index] == unnumbered {
				r.coefs, r.others = append(r.coefs, e.Coef), append(r.others, r.args[a].wires[e.Index])
			}
		}
	}
}
