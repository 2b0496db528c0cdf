package circuits

import (
	"math/bits"

	"assay/circuits/gadget"
	"assay/ir/program"

	"github.com/consensys/gnark/frontend"
)

// matmul proves C = A B for each matrix of a batch, A of m x k and B of k x n, in one of two forms.
//
// Products: each of the m k n products is a wire, and an element of C is a sum of k of them.
//
// Challenge: C is advice, and one equation a matrix pins all of it, at a challenge V that is drawn after C and all
// that A and B are made of are committed:
//
//	sum over i, j of C_ij V^(n i + j)  =  sum over l of (sum over i of A_il V^(n i)) (sum over j of B_lj V^j)
//
// As n i + j names (i, j) for i < m, j < n, both sides are polynomials in V of degree m n - 1 whose coefficients
// are C_ij and sum over l of A_il B_lj. If they differ anywhere, a random V makes them equal with probability at most
// (m n - 1)/r; over all matrices of all nodes, elements of C / r. So in the field every C_ij is the sum of products.
// That sum is an integer below 2^62 in magnitude, because A and B are integers within their ranges: C needs no range
// check. Sums are taken by Horner's rule: an element of A, B or C enters one constraint, however wide a combination
// it is; where a mask has put zeros or one element at many places of A, see leftFactor.
type matmul struct{}

func init() { register((*program.MatMul)(nil), matmul{}) }

func (matmul) demand(pl *planner, n program.Node) {
	k := n.Kernel.(*program.MatMul)
	np := &pl.plan.Nodes[pl.node]
	z, challenge := pl.plan.matmul(pl.p, k)
	np.Elements = z.Batch * z.M * z.N
	np.Form = "products"
	if challenge {
		np.Form = "challenge"
	}
	np.Constraints = pl.multiply(k, z, challenge)
	pl.derived[n.Out] = !challenge
}

// multiply is the cost of walk.multiply.
func (pl *planner) multiply(k *program.MatMul, z program.MatMulSize, challenge bool) int {
	if !challenge {
		products := z.Batch * z.M * z.K * z.N
		pl.plan.Nodes[pl.node].Light += products
		return pl.wires(k.A) + pl.wires(k.B) + products
	}
	cost := z.Batch * identityCost(z)
	if z.M > 1 && !pl.raised[z.N] {
		pl.raised[z.N] = true
		cost += raise(z.N)
	}
	if f := pl.left(k.A, z); f != nil {
		cost += f.cost() + pl.chain(z.N, f.power) - z.Batch*z.K*(z.M-1)
	}
	return cost
}

// matmul is the geometry of a matrix product, and whether it is proven at a challenge.
func (p *Plan) matmul(of *program.Program, k *program.MatMul) (program.MatMulSize, bool) {
	a, b := of.Tensors[k.A].Shape, of.Tensors[k.B].Shape
	z, err := k.Size(a, b)
	if err != nil {
		panic("circuits: matmul of a verified program: " + err.Error())
	}
	identity, products := z.Batch*identityCost(z)+raise(z.N), z.Batch*z.M*z.K*z.N
	return z, p.trade.of(identity, identity, z.Batch*z.M*z.N) < p.trade.of(products, 0, 0)
}

// identityCost is the cost of one matrix at a challenge: sums of A and B, their products but for the last, which is
// the equation, and the sum of C.
func identityCost(z program.MatMulSize) int {
	return z.K*(z.M-1+z.N-1) + z.K + z.M*z.N - 1
}

// raise is the cost of a power by squaring and multiplying.
func raise(n int) int { return bits.Len(uint(n)) - 1 + bits.OnesCount(uint(n)) - 1 }

func (matmul) synthesize(c *walk, n program.Node) (elements, error) {
	return c.multiply(n.Kernel.(*program.MatMul), c.values(n.Out), c.program.Tensors[n.Out].Range)
}

// multiply is the product that k describes. Its elements, values where the walk evaluates, lie within r.
func (c *walk) multiply(k *program.MatMul, values []int64, r program.Range) (elements, error) {
	z, challenge := c.plan.matmul(c.program, k)
	if !challenge {
		return c.products(k, z, values)
	}
	xs := make([]int64, z.Batch*z.M*z.N)
	for i, v := range values {
		xs[i] = v - r.Min
	}
	out := &narrow{wires: c.s.Advise(xs), offset: r.Min, s: c.s}
	a, b := c.tensors[k.A], c.tensors[k.B]
	c.s.Later(func(ch gadget.Challenges) error {
		v := gadget.Wire{V: ch.V}
		var rows gadget.Wire // V^n, from one row to the next
		if z.M > 1 {
			rows = c.power(v, z.N)
		}
		var lefts []frontend.Variable
		if f := newLeftFactor(c.program, k.A, z); f != nil {
			lefts = f.sums(c, rows, a.at)
		}
		for g := range z.Batch {
			products := []frontend.Variable{c.horner(v, z.M*z.N, func(i int) gadget.Wire { return out.at(g*z.M*z.N + i) })}
			for l := range z.K {
				var left frontend.Variable
				if lefts != nil {
					left = lefts[g*z.K+l]
				} else {
					left = c.horner(rows, z.M, func(i int) gadget.Wire { return a.at((g*z.M+i)*z.K + l) })
				}
				right := c.horner(v, z.N, func(j int) gadget.Wire { return b.at((g*z.K+l)*z.N + j) })
				if l == z.K-1 {
					c.s.AssertProduct(left, right, c.s.Sum(products))
					break
				}
				p := c.s.Product(gadget.Wire{V: left}, gadget.Wire{V: right})
				products = append(products, c.s.Combine(0, []int64{-1}, p).V)
			}
		}
		return nil
	})
	return out, nil
}

// horner is the sum of at(i) v^i for i < n, in n-1 constraints.
func (c *walk) horner(v gadget.Wire, n int, at func(i int) gadget.Wire) frontend.Variable {
	sum := at(n - 1)
	for i := n - 2; i >= 0; i-- {
		sum = c.s.Combine(0, []int64{1, 1}, c.s.Product(sum, v), at(i))
	}
	return sum.V
}

// power is v^n, made once a circuit for each n.
func (c *walk) power(v gadget.Wire, n int) gadget.Wire {
	if w, ok := c.powers[n]; ok {
		return w
	}
	w := v
	for i := bits.Len(uint(n)) - 2; i >= 0; i-- {
		w = c.s.Product(w, w)
		if n>>i&1 == 1 {
			w = c.s.Product(w, v)
		}
	}
	c.powers[n] = w
	return w
}

// products makes a wire of every product.
func (c *walk) products(k *program.MatMul, z program.MatMulSize, values []int64) (elements, error) {
	a, err := c.narrow(k.A)
	if err != nil {
		return nil, err
	}
	b, err := c.narrow(k.B)
	if err != nil {
		return nil, err
	}
	wires := make([]gadget.Wire, 0, z.Batch*z.M*z.N*z.K)
	for r := range z.Batch * z.M {
		for j := range z.N {
			for l := range z.K {
				wires = append(wires, c.s.Product(a.at(r*z.K+l), b.at((r/z.M*z.K+l)*z.N+j)))
			}
		}
	}
	t := &derived{n: z.Batch * z.M * z.N, values: values}
	if !c.s.Tracing() {
		t.make = func(i int) frontend.Variable {
			vs := make([]frontend.Variable, z.K)
			for l := range vs {
				vs[l] = wires[i*z.K+l].V
			}
			return c.s.Sum(vs)
		}
	}
	return t, nil
}
