package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("AffineGrid", 20, decodeAffineGrid) }

// affineGrid applies the affine maps theta, of shape N x 2 x 3 or N x 3 x 4, to the positions of an image of size N x
// C x spatial, the last axis first, and gives N x spatial x 2 or 3. Positions lie within [-1, 1], whose ends are the
// centers of the outermost elements where corners is set, and else their edges.
type affineGrid struct {
	size    []int
	corners bool
}

// AffineGrid (ONNX 20): size must be constant.
func decodeAffineGrid(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	o := affineGrid{a.constInts(1), a.flag("align_corners", false)}
	if n := len(o.size); n != 4 && n != 5 {
		a.fail(CodeShape, "a size of 4 or 5 extents", fmt.Sprint(o.size))
	}
	for _, v := range o.size {
		if v < 1 || v > maxGeometry {
			a.fail(CodeShape, fmt.Sprintf("extents within [1, %d]", maxGeometry), fmt.Sprint(v))
		}
	}
	return o, nil
}

// positions is one column for each position: its coordinates and 1.
func (o affineGrid) positions() *tensor.Float {
	sp := tensor.Shape(o.size[2:])
	rank, n := len(sp), sp.Size()
	t := tensor.New[float64](tensor.Shape{rank + 1, n})
	walk(sp, func(i int, at []int) {
		for a, p := range at {
			x := (2*float64(p)+1)/float64(sp[a]) - 1
			if o.corners {
				x = 2*float64(p)/float64(max(1, sp[a]-1)) - 1
			}
			t.Data[(rank-1-a)*n+i] = x
		}
		t.Data[rank*n+i] = 1
	})
	return t
}

func (o affineGrid) Infer(in []*graph.Value) ([]graph.Type, error) {
	rank := len(o.size) - 2
	if want := (tensor.Shape{o.size[0], rank, rank + 1}); !in[0].Type.Shape.Equal(want) {
		return nil, fmt.Errorf("affine grid: want maps of shape %v, got %v", want, in[0].Type.Shape)
	}
	s := append(tensor.Shape{o.size[0]}, o.size[2:]...)
	return []graph.Type{{DType: in[0].Type.DType, Shape: append(s, rank)}}, nil
}

func (o affineGrid) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	p := o.positions()
	rank, n := len(o.size)-2, p.Shape[1]
	s := append(tensor.Shape{o.size[0]}, o.size[2:]...)
	y := tensor.New[float64](append(s, rank))
	for i := range y.Data {
		r, at, batch := i%rank, i/rank%n, i/rank/n
		for k := range rank + 1 {
			y.Data[i] += in[0].Data[(batch*rank+r)*(rank+1)+k] * p.Data[k*n+at]
		}
	}
	return []*tensor.Float{y}, nil
}

// Expand multiplies the maps by the positions.
func (o affineGrid) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	rank := len(o.size) - 2
	rows := c.reshape(in[0], tensor.Shape{o.size[0] * rank, rank + 1})
	p := o.positions()
	y := c.reshape(c.matmul(rows, c.tensor(in[0], p)), tensor.Shape{o.size[0], rank, p.Shape[1]})
	s := append(tensor.Shape{o.size[0]}, o.size[2:]...)
	return c.done(c.reshape(c.transpose(y, 0, 2, 1), append(s, rank)))
}
