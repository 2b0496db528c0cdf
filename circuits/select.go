package circuits

import (
	"crypto/sha256"
	"fmt"

	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// selection proves result [i, :] = Data[Index[i], :] in one of two forms.
//
// Rows: the result is advice, and (index, result [i, :]) is looked up whole in the table of Data's rows, which all
// selections from the same data share. A query costs a constraint and one for each column, a row one, and one for
// each column where Data is not constant. Membership pins the result, and the index to the numbers of rows.
//
// One-hot, where Data is constant: bits b_j are advice, with b_j*(Index - j) = 0 for every row j and sum of b_j = 1.
// So every b_j but that of the index is zero, and that one is one. The result, sum of b_j*Data[j, :], is linear in
// the bits and costs nothing, however many the columns; but the bits cost as many constraints as there are rows.
type selection struct{}

func init() { register((*program.Select)(nil), selection{}) }

// Rows is one table of rows shared by all selections from the same data.
type Rows struct {
	Count, Columns int
	Constant       bool

	data int
}

// constraints of the rows.
func (r Rows) constraints() int {
	if r.Constant {
		return r.Count
	}
	return r.Count * (1 + r.Columns)
}

// selections chooses the form of every selection, and which share a table.
func (pl *planner) selections() {
	constants := map[int]*program.Constant{}
	for _, n := range pl.p.Nodes {
		if k, ok := n.Kernel.(*program.Constant); ok {
			constants[n.Out] = k
		}
	}
	type source struct {
		nodes   []int
		queries int
		rows    Rows
	}
	var order []*source
	sources := map[string]*source{}
	for i, n := range pl.p.Nodes {
		k, ok := n.Kernel.(*program.Select)
		if !ok {
			continue
		}
		shape := pl.p.Tensors[k.Data].Shape
		id := fmt.Sprintf("tensor %d", k.Data)
		constant := constants[k.Data]
		if constant != nil {
			id = fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, shape, constant.Values)))
		}
		s := sources[id]
		if s == nil {
			s = &source{rows: Rows{Count: shape[0], Columns: shape[1], Constant: constant != nil, data: k.Data}}
			sources[id] = s
			order = append(order, s)
		}
		s.nodes = append(s.nodes, i)
		s.queries += pl.p.Tensors[k.Index].Shape.Size()
	}
	for _, s := range order {
		bits, rows := s.queries*(s.rows.Count+1), s.rows.Count+s.queries*(s.rows.Columns+1)
		w := pl.plan.trade
		if s.rows.Constant && w.of(bits, 0, bits) < w.of(rows, rows, s.queries*s.rows.Columns) {
			continue
		}
		for _, i := range s.nodes {
			pl.plan.selected[i] = len(pl.plan.Rows)
		}
		pl.plan.Rows = append(pl.plan.Rows, s.rows)
	}
}

func (selection) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Select)
	np := &pl.plan.Nodes[pl.node]
	queries := pl.p.Tensors[k.Index].Shape.Size()
	np.Elements = queries
	if _, ok := pl.plan.selected[pl.node]; ok {
		np.Form = "rows"
		np.Constraints = queries * (1 + pl.p.Tensors[k.Data].Shape[1])
		return
	}
	np.Form = "one-hot"
	bits := queries * (pl.p.Tensors[k.Data].Shape[0] + 1)
	np.Light += bits
	np.Constraints = pl.wires(k.Index) + bits
	pl.derived[n.Out] = true
}

func (selection) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Select)
	if t, ok := c.plan.selected[c.node]; ok {
		return c.selectRows(k, n.Out, t)
	}
	return c.selectBits(k, n.Out)
}

func (c *walk) selectRows(k *program.Select, out, table int) (elements, error) {
	rows := c.plan.Rows[table]
	r := c.program.Tensors[out].Range
	size := c.program.Tensors[out].Shape.Size()
	xs := make([]int64, size)
	for i, v := range c.values(out) {
		xs[i] = v - r.Min
	}
	y := &narrow{wires: c.s.Advise(xs), offset: r.Min, s: c.s}
	index := c.tensors[k.Index]
	row := make([]gadget.Wire, rows.Columns)
	for i := range index.len() {
		for j := range row {
			row[j] = y.at(i*rows.Columns + j)
		}
		c.table(table).Maps(index.at(i), row...)
	}
	return y, nil
}

// table is a planned table of rows, made at its first use.
func (c *walk) table(i int) *gadget.Table {
	if c.rows[i] == nil {
		data := c.tensors[c.plan.Rows[i].data]
		values := make([]gadget.Wire, data.len())
		for j := range values {
			values[j] = data.at(j)
		}
		c.rows[i] = c.s.NewRows(c.plan.Rows[i].Columns, values, c.plan.Rows[i].Constant)
	}
	return c.rows[i]
}

func (c *walk) selectBits(k *program.Select, out int) (elements, error) {
	index, err := c.narrow(k.Index)
	if err != nil {
		return nil, err
	}
	data := c.tensors[k.Data]
	count, columns := c.program.Tensors[k.Data].Shape[0], c.program.Tensors[k.Data].Shape[1]
	xs := make([]int64, index.len()*count)
	for i, row := range c.values(k.Index) {
		xs[i*count+int(row)] = 1
	}
	bits := c.s.Advise(xs)
	y := &derived{n: index.len() * columns, values: c.values(out)}
	if c.s.Tracing() {
		return y, nil
	}
	for i := range index.len() {
		sum := make([]frontend.Variable, count)
		for j := range count {
			b := bits[i*count+j]
			c.s.AssertProduct(c.s.Combine(int64(-j), []int64{1}, index.at(i)).V, b.V, 0)
			sum[j] = b.V
		}
		c.s.AssertEqual(c.s.Constant(1), gadget.Wire{V: c.s.Sum(sum)})
	}
	y.make = func(i int) frontend.Variable {
		vs := make([]frontend.Variable, count)
		for j := range vs {
			vs[j] = c.s.Multiple(bits[i/columns*count+j], data.at(j*columns+i%columns)).V
		}
		return c.s.Sum(vs)
	}
	return y, nil
}
