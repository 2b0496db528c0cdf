package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("GatherND", 11, func(a *Attrs) (graph.Op, error) { a.inputs(2, 2); return gatherND{}, nil })
	register("GatherND", 12, decodeGatherND)
}

// gatherND is GatherND (ONNX 11; 12, 13 with batch axes): the last axis of the indices lists positions along the axes
// of the data after the batch axes, which both share. The integer form saturates indices beyond an axis.
type gatherND struct{ batch int }

func decodeGatherND(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	o := gatherND{a.int("batch_dims", 0)}
	if o.batch < 0 {
		a.refuse("batch_dims", "at least 0", o.batch)
	}
	return o, nil
}

// ndPlan says how lists of indices address rows of a tensor.
type ndPlan struct {
	lists, depth int   // lists of indices, and indices a list
	extents      []int // of the axes that a list indexes
	strides      []int // of those axes, in rows
	base         []int // row of each list whose indices are 0
	rows         int
	row          tensor.Shape
}

func planND(s, at tensor.Shape, batch int) (p ndPlan, err error) {
	if len(at) == 0 || batch >= len(at) || batch >= max(len(s), 1) && batch > 0 || !at[:batch].Equal(s[:min(batch, len(s))]) {
		return p, fmt.Errorf("want indices that share %d batch axes with %v, got %v", batch, s, at)
	}
	p.depth = at[len(at)-1]
	if p.depth < 1 || batch+p.depth > len(s) {
		return p, fmt.Errorf("want lists of 1 to %d indices of %v, got %v", len(s)-batch, s, at)
	}
	p.lists = at[:len(at)-1].Size()
	lead := s[:batch+p.depth]
	p.extents, p.strides, p.rows, p.row = lead[batch:], lead.Strides()[batch:], lead.Size(), s[batch+p.depth:]
	if p.rows == 0 {
		return p, fmt.Errorf("want rows to index, got %v", s)
	}
	per := max(1, at[batch:len(at)-1].Size())
	p.base = make([]int, p.lists)
	for i := range p.base {
		p.base[i] = i / per * tensor.Shape(p.extents).Size()
	}
	return p, nil
}

// at gives the row that each list names.
func (p ndPlan) at(index *tensor.Float) ([]int, error) {
	rows := make([]int, p.lists)
	for i := range rows {
		rows[i] = p.base[i]
		for j, n := range p.extents {
			x := index.Data[i*p.depth+j]
			if err := within(x, n); err != nil {
				return nil, err
			}
			rows[i] += place(x, n) * p.strides[j]
		}
	}
	return rows, nil
}

// elements gives the elements of all rows.
func (p ndPlan) elements(rows []int) []int {
	run := p.row.Size()
	var index []int
	for _, r := range rows {
		for i := range run {
			index = append(index, r*run+i)
		}
	}
	return index
}

// lower computes the row that each list names, of shape lists.
func (p ndPlan) lower(b *program.Builder, index *program.Value) (*program.Value, error) {
	s := tensor.Shape{p.lists}
	var terms []*program.Value
	var signs []float64
	for j, n := range p.extents {
		column := make([]int, p.lists)
		for i := range column {
			column[i] = i*p.depth + j
		}
		v, err := b.Gather(s, column, 0, index)
		if err != nil {
			return nil, err
		}
		var base *tensor.Float
		if j == 0 {
			base = tensor.New[float64](s)
			for i, r := range p.base {
				base.Data[i] = float64(r)
			}
		}
		if v, err = positions(b, v, n, p.strides[j], base); err != nil {
			return nil, err
		}
		terms, signs = append(terms, v), append(signs, 1)
	}
	return b.Add(terms, signs)
}

func (o gatherND) shape(s, at tensor.Shape) (p ndPlan, out tensor.Shape, err error) {
	if p, err = planND(s, at, o.batch); err != nil {
		return p, nil, err
	}
	return p, append(at[:len(at)-1].Clone(), p.row...), nil
}

func (o gatherND) Infer(in []*graph.Value) ([]graph.Type, error) {
	p, out, err := o.shape(in[0].Type.Shape, in[1].Type.Shape)
	if err == nil && in[1].Const != nil {
		_, err = p.at(in[1].Const)
	}
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

func (o gatherND) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	p, s, err := o.shape(in[0].Shape, in[1].Shape)
	if err != nil {
		return nil, err
	}
	rows, err := p.at(in[1])
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](s)
	for i, j := range p.elements(rows) {
		out.Data[i] = in[0].Data[j]
	}
	return []*tensor.Float{out}, nil
}

func (o gatherND) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	p, s, err := o.shape(in[0].Shape(), in[1].Shape())
	if err != nil {
		return nil, err
	}
	if at := in[1].Const(); at != nil {
		rows, err := p.at(at)
		if err != nil {
			return nil, err
		}
		return one(b.Gather(s, p.elements(rows), 0, in[0]))
	}
	data, err := shaped(b, in[0], tensor.Shape{p.rows, p.row.Size()})
	if err != nil {
		return nil, err
	}
	rows, err := p.lower(b, in[1])
	if err != nil {
		return nil, err
	}
	v, err := b.Select(data, rows)
	if err != nil {
		return nil, err
	}
	return one(b.Reshape(v, s))
}
