package program

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/tensor"
)

// expr is a real-valued tensor over quantized ones.
type expr interface {
	// emit adds kernels that compute the expression in units of unit, and gives the resulting tensor.
	emit(b *Builder, s tensor.Shape, unit float64) (int, error)
	// noise estimates the root of the mean square error, in units, that rounding the coefficients to integers
	// makes in the expression.
	noise(b *Builder) float64
}

// coefficientNoise is the root of the mean square of a rounding error that is uniform in [-1/2, 1/2].
const coefficientNoise = 0.289

func (e leaf) noise(b *Builder) float64 {
	return (&linear{terms: []realTerm{{e.id, &realDiagonal{1, []float64{1}}}}}).noise(b)
}

// noise takes operands to be half their largest magnitude.
func (e *linear) noise(b *Builder) float64 {
	sum := 0.0
	for _, t := range e.terms {
		x := float64(b.p.Tensors[t.id].Range.MaxAbs()) / 2
		sum += float64(t.m.fanIn()) * x * x
	}
	return coefficientNoise * math.Sqrt(sum)
}

func (e *gather) noise(b *Builder) float64 {
	n := 0.0
	for _, v := range e.of {
		if v.expr != nil {
			n = max(n, v.expr.noise(b))
		}
	}
	return n
}

func (e *maximum) noise(b *Builder) float64 { return e.of.expr.noise(b) }

func (e *mapped) noise(*Builder) float64 { return 0 }

// leaf is a tensor of the program as it stands.
type leaf struct{ id int }

func (e leaf) emit(b *Builder, s tensor.Shape, unit float64) (int, error) {
	if t := b.p.Tensors[e.id]; t.Scale == unit {
		return e.id, nil
	}
	return e.linear(s).emit(b, s, unit)
}

func (e leaf) linear(s tensor.Shape) *linear {
	return &linear{terms: []realTerm{{e.id, &realDiagonal{s.Size(), []float64{1}}}}, bias: []float64{0}}
}

// linear is a sum of constant linear maps of leaves, plus bias. Bias i serves size/len(bias) elements.
type linear struct {
	terms []realTerm
	bias  []float64
}

type realTerm struct {
	id int
	m  realMap
}

func (e *linear) emit(b *Builder, s tensor.Shape, unit float64) (int, error) {
	k := &Linear{Shape: s, Bias: roundAll(e.bias, 1/unit)}
	for _, t := range e.terms {
		k.Terms = append(k.Terms, Term{t.id, t.m.quantize(b.p.Tensors[t.id].Scale / unit)})
	}
	return b.add(k, unit)
}

// gather rearranges values.
type gather struct {
	index []int // nil relabels
	fill  float64
	of    []*Value
}

func (e *gather) emit(b *Builder, s tensor.Shape, unit float64) (int, error) {
	k := &Gather{Shape: s}
	if slices.Contains(e.index, -1) {
		k.Fill = roundToInt(e.fill / unit)
	}
	for _, v := range e.of {
		id, err := b.emit(v, unit)
		if err != nil {
			return 0, err
		}
		k.Operands = append(k.Operands, id)
	}
	for _, i := range e.index {
		k.Index = append(k.Index, int64(i))
	}
	return b.add(k, unit)
}

// maximum is the maximum under each window.
type maximum struct {
	of     *Value
	window tensor.Window
}

func (e *maximum) emit(b *Builder, _ tensor.Shape, unit float64) (int, error) {
	id, err := b.emit(e.of, unit)
	if err != nil {
		return 0, err
	}
	s := b.p.Tensors[id].Shape
	return b.add(&Max{Arg: id, Planes: s[0] * s[1], Spatial: s[2:], Window: e.window}, unit)
}

// emit computes v in units of unit.
func (b *Builder) emit(v *Value, unit float64) (int, error) {
	if v.constant != nil {
		return b.add(&Constant{Shape: v.shape, Values: roundAll(v.constant.Data, 1/unit)}, unit)
	}
	return v.expr.emit(b, v.shape, unit)
}

// add appends a node, deriving shape and range.
func (b *Builder) add(k Kernel, scale float64) (int, error) {
	in := make([]Tensor, len(k.Args()))
	for i, a := range k.Args() {
		in[i] = b.p.Tensors[a]
	}
	s, r, err := k.Infer(in)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", b.name, err)
	}
	id := len(b.p.Tensors)
	b.p.Tensors = append(b.p.Tensors, Tensor{Name: b.name, Shape: s, Range: r, Scale: scale})
	b.p.Nodes = append(b.p.Nodes, Node{id, k})
	return id, nil
}

func roundAll(v []float64, factor float64) Ints {
	r := make(Ints, len(v))
	for i, x := range v {
		r[i] = roundToInt(x * factor)
	}
	return r
}

// unrepresentable stands for a real that no integer of the program can stand for. Every kernel refuses it.
const unrepresentable = math.MinInt64

// roundToInt rounds halves away from zero. NaN and what leaves MaxMagnitude become unrepresentable.
func roundToInt(x float64) int64 {
	r := math.Round(x)
	if !(math.Abs(r) < MaxMagnitude) {
		return unrepresentable
	}
	return int64(r)
}
