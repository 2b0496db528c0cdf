package reference

import (
	"math"

	"assay/ir/tensor"
	"assay/onnx/ops"
)

// layer adds an operator to a network, in the form of a quantized operator or, with qdq, of one on reals between
// DequantizeLinear and QuantizeLinear.
type layer struct {
	name string
	add  func(n *network, x value, qdq bool) value
}

var layers = []layer{
	{"Conv", conv}, {"MatMul", matmul}, {"Gemm", gemm}, {"Add", func(n *network, x value, qdq bool) value { return pair(n, "Add", x, qdq) }},
	{"Mul", func(n *network, x value, qdq bool) value { return pair(n, "Mul", x, qdq) }},
	{"Sigmoid", func(n *network, x value, qdq bool) value { return single(n, "Sigmoid", 1.0/256, nil, x, qdq) }},
	{"LeakyRelu", func(n *network, x value, qdq bool) value {
		return single(n, "LeakyRelu", 0.05, map[string]any{"alpha": 0.1}, x, qdq)
	}},
	{"AveragePool", func(n *network, x value, qdq bool) value {
		return single(n, "AveragePool", 0.05, map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}, x, qdq)
	}},
	{"GlobalAveragePool", func(n *network, x value, qdq bool) value { return single(n, "GlobalAveragePool", 0.02, nil, x, qdq) }},
	{"Concat", concat}, {"MaxPool", maxPool},
}

// shape is what the operator of a layer takes.
func (l layer) shape() tensor.Shape {
	if l.name == "MatMul" || l.name == "Gemm" {
		return tensor.Shape{16, 24}
	}
	return tensor.Shape{1, 4, 8, 8}
}

func conv(n *network, x value, qdq bool) value {
	out, groups := 6, 1
	if n.Intn(3) == 0 {
		out, groups = 4, 4
	}
	k := 1 + n.Intn(3)
	w := n.weights(tensor.Shape{out, x.shape[1] / groups, k, k}, 0, 0.01)
	a := map[string]any{"group": groups, "kernel_shape": []int{k, k}, "strides": []int{1 + n.Intn(2), 1}, "pads": []int{n.Intn(k), n.Intn(k), n.Intn(k), n.Intn(k)}}
	terms := float64(k * k * x.shape[1] / groups)
	y := n.grid(nil, 40*math.Sqrt(terms)*x.step*0.01)
	bias, data := n.bias(out)
	if !qdq {
		y.name = n.node("QLinearConv", "", a, x.name, x.scale, x.zero, w.name, w.scale, w.zero, y.scale, y.zero, bias)
		return y
	}
	v := n.node("Conv", "", a, n.dequantize(x), n.realWeights(w, 0), n.realBias(bias, data, x, w))
	if n.Intn(2) == 0 {
		v = n.node("Relu", "", nil, v)
	}
	return n.quantize(v, y)
}

// realWeights dequantizes weights with their scales along axis.
func (n *network) realWeights(w weights, axis int) string {
	var a map[string]any
	if len(w.scales) > 1 {
		a = map[string]any{"axis": axis}
	}
	return n.node("DequantizeLinear", "", a, w.name, w.scale, w.zero)
}

// realBias dequantizes a bias in units of products of x and w.
func (n *network) realBias(bias string, data []float64, x value, w weights) string {
	var s []float64
	for i := range data {
		s = append(s, float64(float32(x.step)*float32(w.scales[i%len(w.scales)])))
	}
	return n.node("DequantizeLinear", "", map[string]any{"axis": 0}, bias, n.constant("scale", tensor.Float32, tensor.Shape{len(s)}, s...))
}

func matmul(n *network, x value, qdq bool) value {
	k, columns := x.shape[1], 8
	y := n.grid(nil, 40*math.Sqrt(float64(k))*x.step*0.01)
	if n.Intn(4) == 0 {
		w := n.grid(tensor.Shape{k, columns}, 0.01)
		w.name = n.name("x")
		n.feed(w.name, n.dtype, w.shape, n.integers(n.dtype, w.shape))
		if !qdq {
			y.name = n.node("QLinearMatMul", "", nil, x.name, x.scale, x.zero, w.name, w.scale, w.zero, y.scale, y.zero)
			return y
		}
		return n.quantize(n.node("MatMul", "", nil, n.dequantize(x), n.dequantize(w)), y)
	}
	w := n.weights(tensor.Shape{k, columns}, 1, 0.01)
	if !qdq {
		y.name = n.node("QLinearMatMul", "", nil, x.name, x.scale, x.zero, w.name, w.scale, w.zero, y.scale, y.zero)
		return y
	}
	return n.quantize(n.node("MatMul", "", nil, n.dequantize(x), n.realWeights(w, 1)), y)
}

func gemm(n *network, x value, qdq bool) value {
	w := n.weights(tensor.Shape{8, x.shape[1]}, 0, 0.01)
	y := n.grid(nil, 40*math.Sqrt(float64(x.shape[1]))*x.step*0.01)
	bias, data := n.bias(8)
	if !qdq {
		y.name = n.node("QGemm", ops.DomainMicrosoft, map[string]any{"transB": 1, "alpha": 1.0}, x.name, x.scale, x.zero, w.name, w.scale, w.zero, bias, y.scale, y.zero)
		return y
	}
	return n.quantize(n.node("Gemm", "", map[string]any{"transB": 1}, n.dequantize(x), n.realWeights(w, 0), n.realBias(bias, data, x, w)), y)
}

func pair(n *network, op string, x value, qdq bool) value {
	other := n.input(x.shape)
	y := n.grid(nil, map[string]float64{"Add": 0.1, "Mul": 50 * x.step * other.step}[op])
	if !qdq {
		y.name = n.node("QLinear"+op, ops.DomainMicrosoft, nil, x.name, x.scale, x.zero, other.name, other.scale, other.zero, y.scale, y.zero)
		return y
	}
	return n.quantize(n.node(op, "", nil, n.dequantize(x), n.dequantize(other)), y)
}

func single(n *network, op string, size float64, a map[string]any, x value, qdq bool) value {
	y := n.grid(nil, size)
	if !qdq {
		y.name = n.node("QLinear"+op, ops.DomainMicrosoft, a, x.name, x.scale, x.zero, y.scale, y.zero)
		return y
	}
	return n.quantize(n.node(op, "", a, n.dequantize(x)), y)
}

func concat(n *network, x value, qdq bool) value {
	other := n.input(x.shape)
	y := n.grid(nil, 0.06)
	a := map[string]any{"axis": 1}
	if !qdq {
		y.name = n.node("QLinearConcat", ops.DomainMicrosoft, a, y.scale, y.zero, x.name, x.scale, x.zero, other.name, other.scale, other.zero)
		return y
	}
	return n.quantize(n.node("Concat", "", a, n.dequantize(x), n.dequantize(other)), y)
}

func maxPool(n *network, x value, qdq bool) value {
	a := map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}
	if !qdq {
		y := x
		y.name = n.node("MaxPool", "", a, x.name)
		return y
	}
	return n.quantize(n.node("MaxPool", "", a, n.dequantize(x)), n.grid(nil, 0.06))
}
