package program

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"assay/ir/tensor"
)

// Options decides how a Builder rounds.
type Options struct {
	Bits       int  // levels of an activation: 2^Bits
	Half       bool // half a bit less: 2^(Bits-1/2)
	Shift      int  // a Lookup rounds away a multiple of Shift bits, so weights keep that much more precision than activations
	OutputBits int  // levels across the observed interval of an unrounded output: at least 2^OutputBits

	// Noise is what rounded weights may add to a sum that is looked up, in steps of the table, as a root of the mean
	// square; 0 for 0.3.
	Noise float64
}

// Builder lowers real-valued operators to integer kernels. Its methods are the vocabulary of an operator's
// Lower: linear maps stay unrounded until a non-linear operator or the end of the graph consumes them, so a
// chain of linear operators rounds once.
type Builder struct {
	opt    Options
	p      *Program
	name   string
	target Interval
	shared int

	matrices        map[matrix]*realDense
	composedEntries int // of composed maps, beyond those of the maps that they compose
}

// NewBuilder starts an empty program.
func NewBuilder(name string, opt Options) *Builder {
	if opt.Noise == 0 {
		opt.Noise = lookupNoise
	}
	return &Builder{opt: opt, p: &Program{Name: name}, name: name, target: unknown, matrices: map[matrix]*realDense{}}
}

// Begin names the kernels that follow, and gives the interval that calibration saw in the first output of the
// operator that is about to be lowered.
func (b *Builder) Begin(name string, target Interval) { b.name, b.target, b.shared = name, target, 0 }

// Shared tells that as many elements as n, in this and other operators, pass the function that is about to be mapped:
// the steps of a recurrent layer. A table for few elements has fewer rows.
func (b *Builder) Shared(n int) { b.shared = n }

// Const makes a compile-time value.
func (b *Builder) Const(t *tensor.Float) *Value {
	v := newValue(t.Shape, nil)
	v.constant = t
	return v
}

// dyadicBits is the bits of an input from which a power of two as its scale costs no precision that shows.
const dyadicBits = 16

// Input declares an input whose real values lie in r, with 2^bits levels, or from dyadicBits on at least half as many,
// whose scale is a power of two.
func (b *Builder) Input(name string, s tensor.Shape, r Interval, bits int) *Value {
	q := newQuantizer(r, bits)
	if bits >= dyadicBits {
		q = q.dyadic()
	}
	id := len(b.p.Tensors)
	b.p.Tensors = append(b.p.Tensors, Tensor{Name: name, Shape: s.Clone(), Range: Range{q.low, q.high}, Scale: q.scale})
	b.p.Inputs = append(b.p.Inputs, id)
	v := newValue(s, leaf{id})
	v.observed = r
	return v
}

// Integers declares an input of integers in [low, high], which the program takes as they are.
func (b *Builder) Integers(name string, s tensor.Shape, low, high int64) *Value {
	id := len(b.p.Tensors)
	b.p.Tensors = append(b.p.Tensors, Tensor{Name: name, Shape: s.Clone(), Range: Range{low, high}, Scale: 1})
	b.p.Inputs = append(b.p.Inputs, id)
	v := newValue(s, leaf{id})
	v.observed = Interval{float64(low), float64(high)}
	return v
}

// Output declares v an output. A linear expression is not rounded to activation precision but kept at
// Options.OutputBits.
func (b *Builder) Output(name string, v *Value) error {
	b.name = name
	switch v.expr.(type) {
	case *maximum, *mapped:
		if _, err := b.narrow(v); err != nil {
			return err
		}
	}
	id, err := b.wide(v)
	if err != nil {
		return err
	}
	if slices.Contains(b.p.Inputs, id) || slices.Contains(b.p.Outputs, id) {
		// An output is a tensor of its own.
		if id, err = b.add(&Gather{Operands: []int{id}, Shape: v.shape}, b.p.Tensors[id].Scale); err != nil {
			return err
		}
	}
	b.p.Tensors[id].Name = name
	b.p.Outputs = append(b.p.Outputs, id)
	return nil
}

// Program returns the finished program, verified.
func (b *Builder) Program() (*Program, error) {
	b.unite()
	lists := newShared()
	for _, n := range b.p.Nodes {
		lists.in(reflect.ValueOf(n.Kernel))
	}
	if err := b.p.Verify(); err != nil {
		return nil, err
	}
	return b.p, nil
}

// wide computes v without rounding to activation precision.
func (b *Builder) wide(v *Value) (int, error) {
	if l, ok := v.expr.(leaf); ok {
		return l.id, nil
	}
	// Integers are kept as they are.
	if v.constant == nil && b.integral(v) {
		return b.emit(v, 1)
	}
	r, err := b.interval(v)
	if err != nil {
		return 0, err
	}
	bits := b.opt.OutputBits
	if v.constant != nil {
		return b.emit(v, newQuantizer(r, bits).scale)
	}
	if id, ok := b.lossless(v, math.Ldexp(newQuantizer(r, 2).scale, -outputNoise)); ok {
		return id, nil
	}
	noise := v.expr.noise(b)
	for bits < maxOutputBits && noise > math.Ldexp(1, bits-outputNoise) {
		bits++
	}
	for ; bits >= b.opt.OutputBits && noise <= math.Ldexp(1, bits-outputNoise/2); bits-- {
		if id, err := b.attempt(v, newQuantizer(r, bits).scale, fineLimit); err == nil {
			return id, nil
		}
	}
	// Coefficients of numbers that large would be lost: fewer levels with finer ones are better.
	return b.lookup(v, r, mostLevels, func(x float64) float64 { return x })
}

const (
	outputNoise   = 13 // an output's noise is at most 2^-outputNoise of its observed interval
	maxOutputBits = 56
)

// interval is the observed interval of v, or else the one its expression implies.
func (b *Builder) interval(v *Value) (Interval, error) {
	if v.observed.Valid() {
		return v.observed, nil
	}
	if v.constant != nil && len(v.constant.Data) > 0 {
		return Interval{slices.Min(v.constant.Data), slices.Max(v.constant.Data)}, nil
	}
	if l, ok := v.expr.(leaf); ok {
		t := b.p.Tensors[l.id]
		return Interval{float64(t.Range.Min) * t.Scale, float64(t.Range.Max) * t.Scale}, nil
	}
	return Interval{}, fmt.Errorf("%s: a value that must be rounded has no observed interval", b.name)
}

// narrow rounds v to activation precision, once: later uses see the rounded tensor.
func (b *Builder) narrow(v *Value) (int, error) {
	if l, ok := v.expr.(leaf); ok {
		return l.id, nil
	}
	if m, ok := v.expr.(*mapped); ok {
		id, err := m.tabulate(b)
		if err != nil {
			return 0, err
		}
		v.expr = leaf{id}
		return id, nil
	}
	r, err := b.interval(v)
	if err != nil {
		return 0, err
	}
	id, err := b.lookup(v, r, v.bits, func(x float64) float64 { return x })
	if err != nil {
		return 0, err
	}
	v.expr = leaf{id}
	return id, nil
}

// TensorOf is the program tensor that holds v rounded, if v has been rounded.
func (b *Builder) TensorOf(v *Value) (id int, ok bool) {
	l, ok := v.expr.(leaf)
	return l.id, ok
}
