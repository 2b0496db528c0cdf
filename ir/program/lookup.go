package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// MaxShift bounds the bits that a Lookup rounds away.
const MaxShift = 40

// Lookup rounds, saturates and applies a function, element by element:
//
//	h = floor((x + half) / 2^Shift), half = 2^(Shift-1) or 0 when Shift is 0
//	y = Table[clamp(h, Low, Low+len(Table)-1) - Low]
//
// Halves round up, or with Even to the even neighbour, as IEEE 754 and ONNX QuantizeLinear do; then what lies at most
// Slack beside a half is one, since the rounding of float32 products hides such differences. The ends of the table
// stand for everything beyond them.
type Lookup struct {
	Arg   int   `json:"arg"`
	Shift uint  `json:"shift"`
	Even  bool  `json:"even,omitempty"`  // never with Shift 0, where there are no halves
	Slack int64 `json:"slack,omitempty"` // below 2^(Shift-1), and 0 without Even
	Low   int64 `json:"low"`
	Table Ints  `json:"table"`
}

func init() { registerKernel("lookup", func() Kernel { return new(Lookup) }) }

// Kind implements Kernel.
func (k *Lookup) Kind() string { return "lookup" }

// Args implements Kernel.
func (k *Lookup) Args() []int { return []int{k.Arg} }

// Half is the constant added before the shift.
func (k *Lookup) Half() int64 {
	if k.Shift == 0 {
		return 0
	}
	return 1 << (k.Shift - 1)
}

// High is the last index of the table, as Low is the first.
func (k *Lookup) High() int64 { return k.Low + int64(len(k.Table)) - 1 }

// Rest is the largest value of x + half + Slack - h*2^Shift.
func (k *Lookup) Rest() int64 {
	if k.Even {
		return 1<<k.Shift + 2*k.Slack
	}
	return 1<<k.Shift - 1
}

// Index is h, before the clamp.
func (k *Lookup) Index(x int64) int64 {
	x += k.Half()
	h := x >> k.Shift
	if k.Even && h&1 == 1 {
		switch rest := x - h<<k.Shift; {
		case rest <= k.Slack:
			return h - 1
		case rest >= 1<<k.Shift-k.Slack:
			return h + 1
		}
	}
	return h
}

// At is the result for index h.
func (k *Lookup) At(h int64) int64 { return k.Table[min(max(h, k.Low), k.High())-k.Low] }

// Infer implements Kernel.
func (k *Lookup) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if k.Even && k.Shift == 0 {
		return nil, Range{}, fmt.Errorf("lookup: want a shift with even halves, got 0")
	}
	if k.Slack < 0 || !k.Even && k.Slack > 0 || k.Even && k.Slack >= max(k.Half(), 1) {
		return nil, Range{}, fmt.Errorf("lookup: want a slack below half of 2^%d, and only with even halves, got %d", k.Shift, k.Slack)
	}
	if k.Shift > MaxShift || len(k.Table) == 0 || len(k.Table) > 1<<24 || !(Range{k.Low, k.Low}).valid() || !(Range{k.Low, k.High()}).valid() {
		return nil, Range{}, fmt.Errorf("lookup: shift %d, table of %d from %d is out of bounds", k.Shift, len(k.Table), k.Low)
	}
	if t := (Range{slices.Min(k.Table), slices.Max(k.Table)}); !t.valid() {
		return nil, Range{}, fmt.Errorf("lookup: table of %v leaves 63 bits", t)
	}
	if in[0].Range.MaxAbs() > MaxMagnitude-k.Half() {
		return nil, Range{}, fmt.Errorf("lookup: operand range %v leaves 63 bits", in[0].Range)
	}
	lo := min(max(k.Index(in[0].Range.Min), k.Low), k.High()) - k.Low
	hi := min(max(k.Index(in[0].Range.Max), k.Low), k.High()) - k.Low
	t := k.Table[lo : hi+1]
	return in[0].Shape, Range{slices.Min(t), slices.Max(t)}, nil
}

// Eval implements Kernel.
func (k *Lookup) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		y.Data[i] = k.At(k.Index(x))
	}
	return y, nil
}

// String implements Kernel.
func (k *Lookup) String() string {
	even := ""
	if k.Even {
		even = fmt.Sprintf(" even~%d", k.Slack)
	}
	return fmt.Sprintf("(%%%d) >>%d%s table[%d..%d]", k.Arg, k.Shift, even, k.Low, k.High())
}
