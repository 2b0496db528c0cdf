package program

import (
	"encoding/json"
	"fmt"
	"math/bits"

	"assay/ir/tensor"
)

// Linear adds constant linear maps of one or more tensors and a bias:
//
//	y[i] = Bias[i / repeat] + sum over terms of sum over j of Map[i][j] * x[j]
//
// with repeat = size / len(Bias). All maps have the same number of rows.
type Linear struct {
	Terms []Term       `json:"terms"`
	Bias  Ints         `json:"bias"`
	Shape tensor.Shape `json:"shape"`
}

// Term applies a map to one tensor.
type Term struct {
	Arg int
	Map Map
}

// Entry is one coefficient of a row of a map.
type Entry struct {
	Index int // element of the operand
	Coef  int64
}

// Map is a constant matrix in structured form.
type Map interface {
	// Kind is the registered name.
	Kind() string
	// Check tells whether the map takes shape in, and gives its number of rows.
	Check(in tensor.Shape) (rows int, err error)
	// Row appends the entries of row i to dst.
	Row(i int, dst []Entry) []Entry
	// Stored is the weights that the map holds, whatever the number of its rows. Maps may share them.
	Stored() Ints
	// String gives the geometry in brief.
	String() string
}

var maps = map[string]func() Map{}

func registerMap(kind string, make func() Map) {
	if maps[kind] != nil {
		panic("program: linear map " + kind + " is registered twice")
	}
	maps[kind] = make
}

func init() { registerKernel("linear", func() Kernel { return new(Linear) }) }

// Kind implements Kernel.
func (k *Linear) Kind() string { return "linear" }

// Args implements Kernel.
func (k *Linear) Args() []int {
	a := make([]int, len(k.Terms))
	for i, t := range k.Terms {
		a[i] = t.Arg
	}
	return a
}

func (k *Linear) held() (n int) {
	for _, t := range k.Terms {
		if h, ok := t.Map.(holder); ok {
			n += h.held()
		}
	}
	return n
}

// BiasOf is the constant of row i.
func (k *Linear) BiasOf(i int) int64 { return k.Bias[i/(k.Shape.Size()/len(k.Bias))] }

// Infer implements Kernel.
func (k *Linear) Infer(in []Tensor) (tensor.Shape, Range, error) {
	n, err := k.Shape.CheckedSize(tensor.MaxElements)
	if err != nil {
		return nil, Range{}, err
	}
	if n == 0 || len(k.Bias) == 0 || n%len(k.Bias) != 0 || len(k.Terms) == 0 {
		return nil, Range{}, fmt.Errorf("linear: %d rows, %d biases, %d terms do not fit", n, len(k.Bias), len(k.Terms))
	}
	for i, t := range k.Terms {
		rows, err := t.Map.Check(in[i].Shape)
		if err != nil {
			return nil, Range{}, err
		}
		if rows != n {
			return nil, Range{}, fmt.Errorf("linear: term %d has %d rows, want %d", i, rows, n)
		}
	}
	if r, ok := k.bounds(in, n); ok {
		return k.Shape, r, nil
	}
	var r Range
	var buf []Entry
	for i := range n {
		b := k.BiasOf(i)
		row := Range{b, b}
		if !row.valid() {
			return nil, Range{}, fmt.Errorf("linear: row %d leaves 63 bits", i)
		}
		for a, t := range k.Terms {
			buf = t.Map.Row(i, buf[:0])
			for _, e := range buf {
				if e.Index < 0 || e.Index >= in[a].Shape.Size() {
					return nil, Range{}, fmt.Errorf("linear: row %d reads element %d of %d", i, e.Index, in[a].Shape.Size())
				}
				lo, hi, ok := scaled(in[a].Range, e.Coef)
				if !ok {
					return nil, Range{}, fmt.Errorf("linear: row %d leaves 63 bits", i)
				}
				row.Min += lo
				row.Max += hi
				if !row.valid() {
					return nil, Range{}, fmt.Errorf("linear: row %d leaves 63 bits", i)
				}
			}
		}
		if i == 0 {
			r = row
		}
		r = r.Union(row)
	}
	return k.Shape, r, nil
}

// scaled multiplies an interval by c and reports whether the result stays within MaxMagnitude.
func scaled(r Range, c int64) (lo, hi int64, ok bool) {
	h, l := bits.Mul64(uint64(r.MaxAbs()), uint64(max(c, -c)))
	if h != 0 || l > MaxMagnitude {
		return 0, 0, false
	}
	lo, hi = r.Min*c, r.Max*c
	if c < 0 {
		lo, hi = hi, lo
	}
	return lo, hi, true
}

// Eval implements Kernel.
func (k *Linear) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](k.Shape)
	repeat := len(y.Data) / len(k.Bias)
	for i := range y.Data {
		y.Data[i] = k.Bias[i/repeat]
	}
	for a, t := range k.Terms {
		if f, ok := t.Map.(interface{ accumulate(x, y []int64) }); ok {
			f.accumulate(in[a].Data, y.Data)
			continue
		}
		var buf []Entry
		for i := range y.Data {
			buf = t.Map.Row(i, buf[:0])
			s := int64(0)
			for _, e := range buf {
				s += e.Coef * in[a].Data[e.Index]
			}
			y.Data[i] += s
		}
	}
	return y, nil
}

// String implements Kernel.
func (k *Linear) String() string {
	s := ""
	for i, t := range k.Terms {
		if i > 0 {
			s += " + "
		}
		s += fmt.Sprintf("%s(%%%d)", t.Map, t.Arg)
	}
	return s
}

type termJSON struct {
	Arg  int             `json:"arg"`
	Kind string          `json:"kind"`
	Map  json.RawMessage `json:"map"`
}

// MarshalJSON implements json.Marshaler.
func (t Term) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(t.Map)
	if err != nil {
		return nil, err
	}
	return json.Marshal(termJSON{t.Arg, t.Map.Kind(), b})
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *Term) UnmarshalJSON(b []byte) error {
	var j termJSON
	if err := strict(b, &j); err != nil {
		return err
	}
	f := maps[j.Kind]
	if f == nil {
		return fmt.Errorf("linear map: unknown kind %q", j.Kind)
	}
	t.Arg, t.Map = j.Arg, f()
	return strict(j.Map, t.Map)
}
