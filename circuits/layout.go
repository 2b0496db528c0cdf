package circuits

import (
	"math/big"
	"math/bits"

	"assay/ir/program"
)

// wordBytes is how many bytes of elements one public value carries: a 31-byte number is below the field's modulus.
const wordBytes = 31

// Visibility says how a tensor appears in the statement.
type Visibility string

// Visibilities of a public tensor.
const (
	Public    Visibility = "public"    // its elements, packed
	Committed Visibility = "committed" // a Poseidon2 digest of a salt and the packed elements
)

// Layout is how one public tensor becomes public values. Elements are encoded as element - Min, big-endian, in
// Bytes bytes. A value is a 31-byte number that carries PerWord whole elements from its most significant byte
// on; bytes that carry no element are zero.
type Layout struct {
	Tensor     int // program tensor
	Visibility Visibility
	Range      program.Range
	Bytes      int // an element
	PerWord    int // elements a value
	Words      int // values when public
	First      int // index of the first value
	Values     int // Words, or 1 when committed
}

// Layouts lists the public tensors of p in the order of their values: inputs, then outputs.
func Layouts(p *program.Program, inputs, outputs Visibility) []Layout {
	var ls []Layout
	first := 0
	add := func(id int, v Visibility) {
		t := p.Tensors[id]
		l := Layout{Tensor: id, Visibility: v, Range: t.Range, Bytes: max(1, (int(bitsOf(t.Range.Span()))+7)/8), First: first}
		l.PerWord = wordBytes / l.Bytes
		l.Words = (t.Shape.Size() + l.PerWord - 1) / l.PerWord
		l.Values = l.Words
		if v == Committed {
			l.Values = 1
		}
		first += l.Values
		ls = append(ls, l)
	}
	for _, id := range p.Inputs {
		add(id, inputs)
	}
	for _, id := range p.Outputs {
		add(id, outputs)
	}
	return ls
}

// coefficient is the weight of element k of a word.
func (l Layout) coefficient(k int) *big.Int {
	return new(big.Int).Lsh(big.NewInt(1), uint(8*(wordBytes-l.Bytes*(k+1))))
}

// Pack gives the words of a tensor's elements.
func (l Layout) Pack(xs []int64) []*big.Int {
	words := make([]*big.Int, l.Words)
	for w := range words {
		words[w] = new(big.Int)
		for k := range l.PerWord {
			if i := w*l.PerWord + k; i < len(xs) {
				e := new(big.Int).Mul(l.coefficient(k), big.NewInt(xs[i]-l.Range.Min))
				words[w].Add(words[w], e)
			}
		}
	}
	return words
}

func bitsOf(span int64) uint { return uint(bits.Len64(uint64(span))) }
