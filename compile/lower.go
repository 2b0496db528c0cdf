package compile

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// lowered is a program with the values of the graph that it holds rounded.
type lowered struct {
	program *program.Program
	tensors []holding
}

// holding says that a program tensor approximates a graph value.
type holding struct {
	value  *graph.Value
	node   *graph.Node // nil for an input
	tensor int
}

// lowerInput declares an input of the program. Integers and truth values are taken as they are, within what their type
// and their readers allow; a real is quantized over the declared interval, or else the observed one.
func lowerInput(g *graph.Graph, b *program.Builder, in *graph.Value, observed map[*graph.Value]observation, opt Options) (*program.Value, error) {
	r, declared := opt.Ranges[in.Name]
	if !declared {
		seen, ok := observed[in]
		if !ok {
			return nil, fmt.Errorf("lower: input %s: no interval was declared or observed", in.Name)
		}
		r = seen.Interval
	}
	if !r.Valid() {
		return nil, fmt.Errorf("lower: input %s: no interval was declared or observed", in.Name)
	}
	if !in.Type.DType.IsFloat() {
		low, high := integers(g, in, r, declared)
		return b.Integers(in.Name, in.Type.Shape, low, high), nil
	}
	if grid, ok := gridOf(g, in); ok {
		if declared {
			grid = within(grid, r)
		}
		return b.GridInput(in.Name, in.Type.Shape, grid), nil
	}
	bits := opt.InputBits
	if bits == 0 {
		bits = 24
		if in.Type.Shape.Size() >= wideInput {
			bits = 8
			if opt.Bits > fineBits {
				bits = opt.Bits
			}
		}
	}
	if opt.InputBits == 0 {
		bits = max(bits, preciseBits(g, in, r), columnsWant(r.Max-r.Min, observed[in].column))
	}
	return b.Input(in.Name, in.Type.Shape, r, bits), nil
}

// fineBits is the bits of activations beyond which a wide input has as many: the model needs them, and bytes do not
// suffice.
const fineBits = 10

// wideInput is the number of elements from which an input takes 8 bits rather than 24 by default: the features of
// a small input may differ in magnitude, and share one scale.
const wideInput = 256

func lower(g *graph.Graph, observed map[*graph.Value]observation, opt Options) (*lowered, error) {
	b := program.NewBuilder(g.Name, program.Options{Bits: opt.Bits, Half: opt.half, Shift: opt.Shift, OutputBits: opt.OutputBits, Noise: opt.noise})
	values := map[*graph.Value]*program.Value{}
	grouped := map[string]int{} // elements of a group
	for _, n := range g.Nodes {
		for _, v := range n.Out {
			if v.Group != "" {
				grouped[v.Group] += v.Type.Shape.Size()
			}
		}
	}
	targets := united(g, observed)
	for _, in := range g.Inputs {
		v, err := lowerInput(g, b, in, observed, opt)
		if err != nil {
			return nil, err
		}
		values[in] = v
	}
	for _, n := range g.Nodes {
		args := make([]*program.Value, len(n.In))
		for i, v := range n.In {
			switch {
			case v == nil:
			case v.Const != nil:
				if values[v] == nil {
					values[v] = b.Const(v.Const)
				}
				args[i] = values[v]
				if seen := observed[n.Out[0]]; seen.masked || seen.Valid() && endless(v.Const) {
					args[i] = b.Const(unmask(v.Const, seen.Interval))
				}
			default:
				if args[i] = values[v]; args[i] == nil {
					return nil, fmt.Errorf("lower: %s reads %s before it is defined", n.Name, v.Name)
				}
			}
		}
		target, ok := observed[n.Out[0]]
		if !ok {
			return nil, fmt.Errorf("lower: %s: calibration did not observe %s", n.Name, n.Out[0].Name)
		}
		over, ok := targets[n]
		if !ok {
			over = target.Interval
		}
		b.Begin(n.Name, over)
		b.Shared(grouped[n.Out[0].Group])
		op, ok := n.Op.(graph.Lowerer)
		if !ok {
			return nil, n.Wrap("", &graph.Error{Code: graph.CodeLower, Want: "an operator with an integer form", Got: n.Kind + ", which has none as it is used here"})
		}
		outs, err := op.Lower(b, args)
		if err != nil {
			return nil, n.Wrap(graph.CodeLower, err)
		}
		if len(outs) != len(n.Out) {
			return nil, fmt.Errorf("lower: %s: want %d outputs, got %d", n.Name, len(n.Out), len(outs))
		}
		for i, v := range n.Out {
			if !outs[i].Shape().Equal(v.Type.Shape) {
				return nil, fmt.Errorf("lower: %s: output %s: want shape %v, got %v", n.Name, v.Name, v.Type.Shape, outs[i].Shape())
			}
			if r, ok := observed[v]; ok && outs[i].Const() == nil {
				outs[i].Observe(r.Interval)
				outs[i].SetBits(opt.TensorBits[v.Name])
			}
			values[v] = outs[i]
		}
	}
	for _, v := range g.Outputs {
		if v.Const != nil {
			var err error
			if values[v], err = settled(g, b, v, values); err != nil {
				return nil, err
			}
		}
		if err := b.Output(v.Name, values[v]); err != nil {
			return nil, err
		}
	}
	p, err := b.Program()
	if err != nil {
		return nil, err
	}
	l := &lowered{program: p}
	moved := map[int]bool{} // tensors that only rearrange others
	for _, n := range p.Nodes {
		_, moved[n.Out] = n.Kernel.(*program.Gather)
	}
	for _, n := range g.Nodes {
		for _, v := range n.Out {
			if id, ok := b.TensorOf(values[v]); ok && !moved[id] {
				l.tensors = append(l.tensors, holding{v, n, id})
			}
		}
	}
	return l, nil
}

// settled is an output that no input changes, as the sum of its constant and nothing of an input.
func settled(g *graph.Graph, b *program.Builder, v *graph.Value, values map[*graph.Value]*program.Value) (*program.Value, error) {
	for _, in := range g.Inputs {
		x := values[in]
		if x.Shape().Size() == 0 {
			continue
		}
		var low, high float64
		for _, c := range v.Const.Data {
			low, high = min(low, c), max(high, c)
		}
		b.Begin(v.Name, program.Interval{Min: low, Max: high})
		none, err := b.Gather(v.Type.Shape, make([]int, v.Type.Shape.Size()), 0, x)
		if err != nil {
			return nil, fmt.Errorf("lower: output %s: %w", v.Name, err)
		}
		y, err := b.Affine(none, tensor.Scalar(0.0), v.Const)
		if err != nil {
			return nil, fmt.Errorf("lower: output %s: %w", v.Name, err)
		}
		y.Observe(program.Interval{Min: low, Max: high})
		return y, nil
	}
	return nil, fmt.Errorf("lower: output %s does not depend on the model's inputs", v.Name)
}
