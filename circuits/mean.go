package circuits

import (
	"assay/circuits/gadget"
	"assay/ir/program"
	"assay/ir/tensor"
)

// mean proves a matrix product, as matmul does, and the inverses of rows and the rounding of what they multiply, as
// shares does: for an element of the result, what its sum of products costs, a product and two range checks, or three
// where the shift is wide.
type mean struct{}

func init() { register((*program.Mean)(nil), mean{}) }

func (mean) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.Mean)
	np := &pl.plan.Nodes[pl.node]
	z, challenge := pl.plan.matmul(pl.p, k.Sums())
	np.Elements = z.Batch * z.M * z.N
	np.Constraints = pl.wires(k.Weights)
	if challenge {
		np.Form = "means at a challenge"
	} else {
		np.Form = "means of products"
	}
	np.Constraints += pl.multiply(k.Sums(), z, challenge)
	np.Constraints += pl.inverses(z.Batch*z.M, k.Bits, pl.p.Tensors[k.Weights].Range.Max*int64(z.K)) + pl.scaled(n.Out, k.Shift)
}

func (mean) synthesize(c *walk, n program.Node) (elements, error) {
	k := n.Kernel.(*program.Mean)
	weights, err := c.narrow(k.Weights)
	if err != nil {
		return nil, err
	}
	z, _ := c.plan.matmul(c.program, k.Sums())
	sums, err := c.sums(k)
	if err != nil {
		return nil, err
	}
	product, err := c.multiply(k.Sums(), sums.values, sums.r)
	if err != nil {
		return nil, err
	}
	rows := make([]int64, z.Batch*z.M)
	for i := range rows {
		rows[i] = int64(z.K)
	}
	inverses := c.inverses(weights, rows, k.Bits, c.program.Tensors[k.Weights].Range.Max*int64(z.K))
	return c.scaled(n.Out, k.Shift, func(i int) gadget.Wire { return c.s.Product(product.at(i), inverses[i/z.N]) }), nil
}

// weighted is the sums of a mean: their values where the walk evaluates, and their range.
type weighted struct {
	values []int64
	r      program.Range
}

func (c *walk) sums(k *program.Mean) (w weighted, err error) {
	args := []program.Tensor{c.program.Tensors[k.Weights], c.program.Tensors[k.Values]}
	if _, w.r, err = k.Sums().Infer(args); err != nil || !c.s.Evaluates() {
		return w, err
	}
	in := make([]*tensor.Int, len(args))
	for i, a := range k.Args() {
		in[i] = &tensor.Int{Shape: args[i].Shape, Data: c.values(a)}
	}
	y, err := k.Sums().Eval(in)
	if err != nil {
		return w, err
	}
	w.values = y.Data
	return w, nil
}
