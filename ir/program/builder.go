package program

import (
	"assay/ir/tensor"
)

// Builder lowers real-valued operators to integer kernels. Its methods are the vocabulary of an operator's
// Lower: linear maps stay unrounded until a non-linear operator or the end of the graph consumes them, so a
// chain of linear operators rounds once.
type Builder struct{}

// Const makes a compile-time value.
func (b *Builder) Const(t *tensor.Float) *Value { panic("") }

// Dense multiplies the last axis of x by w, of shape [in, out], and adds bias of length out (nil for none).
func (b *Builder) Dense(x *Value, w *tensor.Float, bias []float64) (*Value, error) { panic("") }

// Conv correlates x, of shape N x C x spatial, with w, of shape M x C/groups x kernel, and adds bias of
// length M (nil for none). win.Kernel must equal the trailing extents of w.
func (b *Builder) Conv(x *Value, w *tensor.Float, bias []float64, groups int, win tensor.Window) (*Value, error) {
	panic("")
}

// WindowSum adds the elements under each window, per channel, times weight of the output position in
// row-major spatial order (average pooling passes 1/count).
func (b *Builder) WindowSum(x *Value, win tensor.Window, weight []float64) (*Value, error) { panic("") }

// Affine is x*scale + shift element by element; scale and shift broadcast to x's shape; either may be nil.
func (b *Builder) Affine(x *Value, scale, shift *tensor.Float) (*Value, error) { panic("") }

// Add is the sum of sign[i]*xs[i]; shapes must be equal; at least one is not constant.
func (b *Builder) Add(xs []*Value, sign []float64) (*Value, error) { panic("") }

// Map applies f to each element: rounding, saturation and f are one table lookup.
func (b *Builder) Map(x *Value, f func(float64) float64) (*Value, error) { panic("") }

// MaxWindow is the maximum under each window, per channel (MaxPool).
func (b *Builder) MaxWindow(x *Value, win tensor.Window) (*Value, error) { panic("") }

// ArgMax is the index of the largest element along axis, the first (or with last the last) among equals.
// The axis keeps extent 1.
func (b *Builder) ArgMax(x *Value, axis int, last bool) (*Value, error) { panic("") }

// Reshape relabels the elements.
func (b *Builder) Reshape(x *Value, s tensor.Shape) (*Value, error) { panic("") }

// Gather builds a tensor of shape s whose element i is element index[i] of the concatenation, in row-major
// order, of xs; index -1 reads the real number fill. It serves transposition, slicing, concatenation,
// padding and expansion. xs may mix constants and variables.
func (b *Builder) Gather(s tensor.Shape, index []int, fill float64, xs ...*Value) (*Value, error) {
	panic("")
}
