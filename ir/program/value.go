package program

import "assay/ir/tensor"

// Value is a tensor while a program is being built: a constant, a quantized tensor, or a real-valued
// expression over quantized tensors that has not been rounded yet. Operators only hold and pass it on.
type Value struct {
	shape    tensor.Shape
	constant *tensor.Float
	expr     expr
}

// Shape is the shape of the value.
func (v *Value) Shape() tensor.Shape { return v.shape }

// Const is the tensor when the value is known at compile time, else nil.
func (v *Value) Const() *tensor.Float { return v.constant }

type expr interface{}
