package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("MatMul", 1, decodeMatMul) }

// matMul (ONNX 1, 9, 13) is NumPy's matmul: leading axes broadcast, a vector is a row on the left and a column on
// the right.
type matMul struct{}

func decodeMatMul(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return matMul{}, nil
}

// product is the shapes of a matrix product: both sides with at least two axes, and the result with (full) and
// without (out) the axes that were added.
type product struct{ x, y, batch, full, out tensor.Shape }

func newProduct(x, y tensor.Shape) (p product, err error) {
	if len(x) == 0 || len(y) == 0 {
		return p, fmt.Errorf("matmul %v by %v: want at least one axis", x, y)
	}
	p.x, p.y = x, y
	if len(x) == 1 {
		p.x = tensor.Shape{1, x[0]}
	}
	if len(y) == 1 {
		p.y = tensor.Shape{y[0], 1}
	}
	i, j := len(p.x)-2, len(p.y)-2
	if p.x[i+1] != p.y[j] {
		return p, fmt.Errorf("matmul %v by %v: want equal inner extents, got %d and %d", x, y, p.x[i+1], p.y[j])
	}
	if p.batch, err = tensor.Broadcast(p.x[:i], p.y[:j]); err != nil {
		return p, err
	}
	p.full = append(p.batch.Clone(), p.x[i], p.y[j+1])
	p.out = p.batch.Clone()
	if len(x) > 1 {
		p.out = append(p.out, p.x[i])
	}
	if len(y) > 1 {
		p.out = append(p.out, p.y[j+1])
	}
	return p, nil
}

func (matMul) Infer(in []*graph.Value) ([]graph.Type, error) {
	p, err := newProduct(in[0].Type.Shape, in[1].Type.Shape)
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: p.out}}, nil
}

func (matMul) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	p, err := newProduct(in[0].Shape, in[1].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](p.out)
	r := len(p.batch)
	m, n, k := p.full[r], p.full[r+1], p.x[len(p.x)-1]
	xb, yb := p.x[:len(p.x)-2].BroadcastIndex(p.batch), p.y[:len(p.y)-2].BroadcastIndex(p.batch)
	for i := range xb {
		multiply(out.Data[i*m*n:(i+1)*m*n], in[0].Data[xb[i]*m*k:], in[1].Data[yb[i]*k*n:], m, k, n)
	}
	return []*tensor.Float{out}, nil
}

// multiply adds the product of x, m by k, and y, k by n, to dst.
func multiply(dst, x, y []float64, m, k, n int) {
	for i := range m {
		row := dst[i*n : (i+1)*n]
		for p, v := range x[i*k : (i+1)*k] {
			if v == 0 {
				continue
			}
			for j, w := range y[p*n : (p+1)*n] {
				row[j] += v * w
			}
		}
	}
}

func (matMul) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	p, err := newProduct(in[0].Shape(), in[1].Shape())
	if err != nil {
		return nil, err
	}
	var v *program.Value
	switch x, y := in[0], in[1]; {
	case y.Const() != nil:
		if x, err = b.Reshape(x, p.x); err != nil {
			return nil, err
		}
		w := &tensor.Float{Shape: p.y, Data: y.Const().Data}
		v, err = lowerProduct(b, x, w, p.batch)
	case x.Const() != nil:
		if y, err = b.Reshape(y, p.y); err != nil {
			return nil, err
		}
		v, err = lowerLeft(b, &tensor.Float{Shape: p.x, Data: x.Const().Data}, y, p.batch)
	default:
		v, err = lowerVariables(b, x, y, p.x, p.y, p.batch)
	}
	if err != nil {
		return nil, err
	}
	return one(b.Reshape(v, p.out))
}

// lowerProduct multiplies a variable with at least two axes by a constant on its right.
func lowerProduct(b *program.Builder, x *program.Value, w *tensor.Float, batch tensor.Shape) (*program.Value, error) {
	xs, ws := x.Shape(), w.Shape
	m, k, n := xs[len(xs)-2], xs[len(xs)-1], ws[len(ws)-1]
	full := append(batch.Clone(), m, n)
	if ws[:len(ws)-2].Size() == 1 {
		v, err := b.Dense(x, &tensor.Float{Shape: tensor.Shape{k, n}, Data: w.Data}, nil)
		if err != nil {
			return nil, err
		}
		return b.Reshape(v, full)
	}
	xb, wb := xs[:len(xs)-2].BroadcastIndex(batch), ws[:len(ws)-2].BroadcastIndex(batch)
	parts := make([]*program.Value, len(xb))
	for i := range xb {
		part, err := b.Gather(tensor.Shape{m, k}, count(xb[i]*m*k, m*k), 0, x)
		if err != nil {
			return nil, err
		}
		slab := &tensor.Float{Shape: tensor.Shape{k, n}, Data: w.Data[wb[i]*k*n : (wb[i]+1)*k*n]}
		if parts[i], err = b.Dense(part, slab, nil); err != nil {
			return nil, err
		}
	}
	return b.Gather(full, count(0, full.Size()), 0, parts...)
}

// lowerLeft multiplies a variable with at least two axes by a constant on its left: that is a convolution of kernel
// 1 whose channels are the inner axis, with a group for each matrix of a batch. The result has the elements of the
// product in order, under another shape.
func lowerLeft(b *program.Builder, w *tensor.Float, x *program.Value, batch tensor.Shape) (*program.Value, error) {
	xs, ws := x.Shape(), w.Shape
	m, k, n := ws[len(ws)-2], ws[len(ws)-1], xs[len(xs)-1]
	x, err := expand(b, x, append(batch.Clone(), k, n))
	if err != nil {
		return nil, err
	}
	groups := 1
	if ws[:len(ws)-2].Size() > 1 {
		w, groups = w.BroadcastTo(append(batch.Clone(), m, k)), batch.Size()
	}
	if x, err = b.Reshape(x, tensor.Shape{batch.Size() / groups, groups * k, n}); err != nil {
		return nil, err
	}
	win := tensor.Window{Kernel: []int{1}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, End: []int{0}}
	return b.Conv(x, &tensor.Float{Shape: tensor.Shape{groups * m, k, 1}, Data: w.Data}, nil, groups, win)
}

// lowerVariables multiplies two variables, viewed as matrices of shapes xs and ys. They are rounded before they are repeated.
func lowerVariables(b *program.Builder, x, y *program.Value, xs, ys, batch tensor.Shape) (*program.Value, error) {
	factor := func(v *program.Value, s tensor.Shape) (*program.Value, error) {
		v, err := b.Round(v)
		if err != nil {
			return nil, err
		}
		if v, err = b.Reshape(v, s); err != nil {
			return nil, err
		}
		return expand(b, v, append(batch.Clone(), s[len(s)-2:]...))
	}
	x, err := factor(x, xs)
	if err != nil {
		return nil, err
	}
	if y, err = factor(y, ys); err != nil {
		return nil, err
	}
	return b.MatMul(x, y)
}

func lowerTranspose(b *program.Builder, x *program.Value, perm []int) (*program.Value, error) {
	return b.Gather(permute(x.Shape(), perm), transposeIndex(x.Shape(), perm), 0, x)
}

// count is n numbers from start on.
func count(start, n int) []int {
	r := make([]int, n)
	for i := range r {
		r[i] = start + i
	}
	return r
}
