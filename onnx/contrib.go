package onnx

import (
	"fmt"

	"assay/ir/graph"
)

// Operators of com.microsoft that ONNX Runtime's optimizer writes in place of several of ONNX's own.
func init() {
	registerContrib("BiasGelu", func(c *call) ([]binding, error) { return c.gelu("none", 2, 2) })
	registerContrib("FastGelu", func(c *call) ([]binding, error) { return c.gelu("tanh", 1, 2) })
	registerContrib("FusedConv", fusedConv)
	registerContrib("FusedGemm", fusedGemm)
	registerContrib("FusedMatMul", fusedMatMul)
	registerContrib("Gelu", func(c *call) ([]binding, error) { return c.gelu("none", 1, 1) })
	registerContrib("QuickGelu", quickGelu)
	registerContrib("SkipLayerNormalization", skipLayerNormalization)
}

// real is an attribute.
func (c *call) real(name string, def float64) (float64, error) {
	v, ok := c.attrs[name]
	if !ok {
		return def, nil
	}
	x, ok := v.(float64)
	if !ok {
		return 0, &Error{Code: CodeBadAttribute, Want: "attribute " + name + ", a real", Got: fmt.Sprintf("%T", v)}
	}
	return x, nil
}

// gelu carries out Gelu, BiasGelu and FastGelu: of the input, or of its sum with a bias.
func (c *call) gelu(approximate string, low, high int) ([]binding, error) {
	if err := c.arity(low, high); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	if len(in) > 1 && in[1] != nil {
		if in[0], err = c.emit("Add", nil, in...); err != nil {
			return nil, err
		}
	}
	if err := c.only(); err != nil {
		return nil, err
	}
	return c.become("Gelu", map[string]any{"approximate": approximate}, in[0])
}

// quickGelu carries out QuickGelu: x*sigmoid(alpha*x).
func quickGelu(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	alpha, err := c.real("alpha", 1.702)
	if err != nil {
		return nil, err
	}
	scaled, err := c.emit("Mul", nil, in[0], c.known(in[0].Type.DType, nil, alpha))
	if err != nil {
		return nil, err
	}
	gate, err := c.emit("Sigmoid", nil, scaled)
	if err != nil {
		return nil, err
	}
	if err := c.only("alpha"); err != nil {
		return nil, err
	}
	return c.become("Mul", nil, in[0], gate)
}

// without splits attributes into those of the names given, and the others.
func (c *call) without(names ...string) (apart, others map[string]any) {
	apart, others = map[string]any{}, map[string]any{}
	for k, v := range c.attrs {
		others[k] = v
	}
	for _, name := range names {
		if v, ok := others[name]; ok {
			apart[name] = v
			delete(others, name)
		}
	}
	return apart, others
}

// fusedConv carries out FusedConv: a convolution, a sum with a fourth input, and an activation.
func fusedConv(c *call) ([]binding, error) {
	if err := c.arity(2, 4); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	fused, attrs := c.without("activation", "activation_params")
	kind, _ := fused["activation"].(string)
	params, _ := fused["activation_params"].([]float64)
	v, err := c.emit("Conv", attrs, in[:min(len(in), 3)]...)
	if err != nil {
		return nil, err
	}
	if len(in) > 3 && in[3] != nil {
		if v, err = c.emit("Add", nil, v, in[3]); err != nil {
			return nil, err
		}
	}
	return c.activate(kind, params, v)
}

// fusedGemm carries out FusedGemm: Gemm and an activation.
func fusedGemm(c *call) ([]binding, error) {
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	fused, attrs := c.without("activation", "activation_alpha", "activation_beta", "activation_gamma")
	kind, _ := fused["activation"].(string)
	var params []float64
	for _, name := range []string{"activation_alpha", "activation_beta"} {
		if x, ok := fused[name].(float64); ok {
			params = append(params, x)
		}
	}
	v, err := c.emit("Gemm", attrs, in...)
	if err != nil {
		return nil, err
	}
	return c.activate(kind, params, v)
}

// activationParams are the attributes, or with Clip the inputs, that the parameters of an activation are.
var activationParams = map[string][]string{
	"Relu": nil, "Tanh": nil, "Sigmoid": nil, "LeakyRelu": {"alpha"}, "HardSigmoid": {"alpha", "beta"}, "Clip": {"min", "max"},
}

// activate applies an activation in place of the node.
func (c *call) activate(kind string, params []float64, v *graph.Value) ([]binding, error) {
	names, ok := activationParams[kind]
	if kind == "" {
		return c.become("Identity", nil, v)
	}
	if !ok || len(params) > len(names) {
		return nil, &Error{Code: CodeBadAttribute, Want: "a supported activation with its parameters", Got: fmt.Sprintf("%q with %v", kind, params)}
	}
	in, attrs := []*graph.Value{v}, map[string]any{}
	for i, x := range params {
		if kind == "Clip" {
			in = append(in, c.known(v.Type.DType, nil, x))
		} else {
			attrs[names[i]] = x
		}
	}
	return c.become(kind, attrs, in...)
}

// fusedMatMul carries out FusedMatMul: transpositions of the last two axes, a product and a factor.
func fusedMatMul(c *call) ([]binding, error) {
	if err := c.arity(2, 2); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	if err := c.only("alpha", "transA", "transB"); err != nil {
		return nil, err
	}
	for i, name := range []string{"transA", "transB"} {
		flip, err := c.integer(name, 0)
		if err != nil {
			return nil, err
		}
		rank := len(in[i].Type.Shape)
		if flip == 0 || rank < 2 {
			continue
		}
		perm := make([]int64, rank)
		for a := range perm {
			perm[a] = int64(a)
		}
		perm[rank-1], perm[rank-2] = perm[rank-2], perm[rank-1]
		if in[i], err = c.emit("Transpose", map[string]any{"perm": perm}, in[i]); err != nil {
			return nil, err
		}
	}
	alpha, err := c.real("alpha", 1)
	if err != nil {
		return nil, err
	}
	if alpha == 1 {
		return c.become("MatMul", nil, in...)
	}
	v, err := c.emit("MatMul", nil, in...)
	if err != nil {
		return nil, err
	}
	return c.become("Mul", nil, v, c.known(v.Type.DType, nil, alpha))
}

// skipLayerNormalization carries out SkipLayerNormalization: the normalization of a sum, which is the fourth output.
func skipLayerNormalization(c *call) ([]binding, error) {
	if err := c.arity(3, 5); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	eps, err := c.real("epsilon", 1e-12)
	if err != nil {
		return nil, err
	}
	if err := c.only("epsilon"); err != nil {
		return nil, err
	}
	sum, err := c.emit("Add", nil, in[0], in[1])
	if err != nil {
		return nil, err
	}
	if len(in) > 4 && in[4] != nil {
		if sum, err = c.emit("Add", nil, sum, in[4]); err != nil {
			return nil, err
		}
	}
	args := []*graph.Value{sum, in[2]}
	if len(in) > 3 && in[3] != nil {
		args = append(args, in[3])
	}
	asked := c.outputs
	c.outputs = min(asked, 3)
	for c.outputs > 1 && c.o.out[c.outputs-1] == "" {
		c.outputs--
	}
	outs, err := c.become("LayerNormalization", map[string]any{"axis": int64(-1), "epsilon": eps}, args...)
	if c.outputs = asked; err != nil || asked < 4 {
		return outs, err
	}
	for len(outs) < 3 {
		outs = append(outs, binding{})
	}
	return append(outs, binding{value: sum}), nil
}
