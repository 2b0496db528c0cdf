package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// spread applies a constant sparse matrix to each of its input's lines: the input is read as outer x in x inner.
// Later inputs are parameters resolved at decoding.
type spread struct {
	plan func(in tensor.Shape) (spreading, error)
}

// spreading is a spread of an input of known shape.
type spreading struct {
	out              tensor.Shape
	in, outer, inner int
	rows             [][]program.Weight
	shift            []float64 // added to each row; nil for none
}

func (o spread) Infer(in []*graph.Value) ([]graph.Type, error) {
	p, err := o.plan(in[0].Type.Shape)
	return []graph.Type{{DType: in[0].Type.DType, Shape: p.out}}, err
}

func (o spread) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	p, err := o.plan(in[0].Shape)
	if err != nil {
		return nil, err
	}
	y := tensor.New[float64](p.out)
	for i := range y.Data {
		q, r, outer := i%p.inner, i/p.inner%len(p.rows), i/p.inner/len(p.rows)
		if p.shift != nil {
			y.Data[i] = p.shift[r]
		}
		for _, e := range p.rows[r] {
			y.Data[i] += e.Coef * in[0].Data[(outer*p.in+e.Index)*p.inner+q]
		}
	}
	return []*tensor.Float{y}, nil
}

func (o spread) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	p, err := o.plan(in[0].Shape())
	if err != nil {
		return nil, err
	}
	y, err := b.Sparse(in[0], p.in, p.outer, p.inner, p.rows, p.out)
	if err != nil || p.shift == nil {
		return one(y, err)
	}
	shift := tensor.New[float64](p.out)
	for i := range shift.Data {
		shift.Data[i] = p.shift[i/p.inner%len(p.rows)]
	}
	return one(b.Affine(y, nil, shift))
}
