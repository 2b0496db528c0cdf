package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// selectBits is the precision of constant data that is selected from: it costs nothing.
const selectBits = 16

// Select reads rows of data, of shape n x row, by number: index of any shape, rounded to integers and saturated to
// [0, n-1]. The result has the shape of the index, then that of a row.
func (b *Builder) Select(data, index *Value) (*Value, error) {
	if len(data.shape) == 0 {
		return nil, fmt.Errorf("%s: select: want data of at least one axis, got a scalar", b.name)
	}
	n := data.shape[0]
	columns := tensor.Shape(data.shape[1:]).Size()
	shape := append(index.shape.Clone(), data.shape[1:]...)
	if index.constant != nil {
		at, err := b.Whole(index, 0, int64(n-1))
		if err != nil {
			return nil, err
		}
		var all []int
		for _, row := range at.constant.Data {
			for j := range columns {
				all = append(all, int(row)*columns+j)
			}
		}
		return b.Gather(shape, all, 0, data)
	}
	if data.constant != nil && columns == 1 {
		// A lookup saturates by itself.
		unit := b.constantUnit(data)
		values := roundAll(data.constant.Data, 1/unit)
		v, err := b.MapWhole(index, 0, int64(n-1), func(i int64) int64 { return values[i] })
		if err != nil {
			return nil, err
		}
		id := v.expr.(leaf).id
		b.p.Tensors[id].Scale = unit
		return b.Reshape(b.leafOf(v, id), shape)
	}
	at, err := b.Whole(index, 0, int64(n-1))
	if err != nil {
		return nil, err
	}
	var id int
	if data.constant != nil {
		id, err = b.emit(data, b.constantUnit(data))
	} else {
		id, err = b.settle(data, b.narrow)
	}
	if err != nil {
		return nil, err
	}
	rows, err := b.Reshape(newValue(data.shape, leaf{id}), tensor.Shape{n, columns})
	if err != nil {
		return nil, err
	}
	from, err := b.narrow(rows)
	if err != nil {
		return nil, err
	}
	to, err := b.narrow(at)
	if err != nil {
		return nil, err
	}
	if id, err = b.add(&Select{Data: from, Index: to}, b.p.Tensors[from].Scale); err != nil {
		return nil, err
	}
	v := newValue(b.p.Tensors[id].Shape, leaf{id})
	v.observed = data.observed
	return b.Reshape(v, shape)
}

// constantUnit is the scale of constant data: 1 where it is made of integers.
func (b *Builder) constantUnit(data *Value) float64 {
	if b.integral(data) {
		return 1
	}
	d := data.constant.Data
	return newQuantizer(Interval{slices.Min(d), slices.Max(d)}, max(selectBits, b.opt.Bits)).scale
}

// Index holds v, rounded to integers, to positions along an axis of extent n: negative ones count from the end, and
// those beyond saturate. It costs nothing where v is made of integers whose derived range is [0, n-1] or less.
func (b *Builder) Index(v *Value, n int) (*Value, error) {
	if v.constant == nil && b.integral(v) {
		id, err := b.emit(v, 1)
		if err != nil {
			return nil, err
		}
		if v = b.leafOf(v, id); b.p.Tensors[id].Range.Min >= 0 {
			return b.Whole(v, 0, int64(n-1))
		}
	}
	return b.MapWhole(v, int64(-n), int64(n-1), func(i int64) int64 {
		if i < 0 {
			return i + int64(n)
		}
		return i
	})
}
