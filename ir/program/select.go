package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Select reads rows by number: with Data of shape n x d, result [i, :] is row Index[i] of Data. Rows count from 0,
// and the index's range must lie within [0, n-1]. The result has the shape of the index and an axis of extent d.
type Select struct {
	Data  int `json:"data"`
	Index int `json:"index"`
}

func init() { registerKernel("select", func() Kernel { return new(Select) }) }

// Kind implements Kernel.
func (k *Select) Kind() string { return "select" }

// Args implements Kernel.
func (k *Select) Args() []int { return []int{k.Data, k.Index} }

// Infer implements Kernel.
func (k *Select) Infer(in []Tensor) (tensor.Shape, Range, error) {
	data, index := in[0], in[1]
	if len(data.Shape) != 2 {
		return nil, Range{}, fmt.Errorf("select: want data of rows and columns, got shape %v", data.Shape)
	}
	if index.Range.Min < 0 || index.Range.Max >= int64(data.Shape[0]) {
		return nil, Range{}, fmt.Errorf("select: want an index within [0,%d], got %v", data.Shape[0]-1, index.Range)
	}
	s := append(index.Shape.Clone(), data.Shape[1])
	if _, err := s.CheckedSize(tensor.MaxElements); err != nil {
		return nil, Range{}, err
	}
	return s, data.Range, nil
}

// Eval implements Kernel.
func (k *Select) Eval(in []*tensor.Int) (*tensor.Int, error) {
	d := in[0].Shape[1]
	y := tensor.New[int64](append(in[1].Shape.Clone(), d))
	for i, row := range in[1].Data {
		copy(y.Data[i*d:(i+1)*d], in[0].Data[int(row)*d:])
	}
	return y, nil
}

// String implements Kernel.
func (k *Select) String() string { return fmt.Sprintf("%%%d[%%%d]", k.Data, k.Index) }
