package reference

import (
	"fmt"
	"math"
	"math/rand"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// style is a way to choose scales. Quantizers measure them; people write powers of two and decimal numbers, with which
// sums often lie half way between two integers.
type style int

const (
	measured style = iota
	binary
	decimal
	styles
)

// String names the style.
func (s style) String() string { return [...]string{"measured", "binary", "decimal"}[s] }

// network draws a model of quantized tensors: a chain of layers over named values.
type network struct {
	*rand.Rand
	style style
	dtype tensor.DType // of activations
	model optest.Model
	in    []optest.Tensor
	names int
}

// value is a quantized tensor of the network, or in the style of QDQ a real one.
type value struct {
	name, scale, zero string
	step              float64
	shape             tensor.Shape
}

func newNetwork(seed int64) *network {
	n := &network{Rand: rand.New(rand.NewSource(seed))}
	n.style, n.dtype = style(seed%int64(styles)), tensor.Uint8
	if n.Intn(3) == 0 {
		n.dtype = tensor.Int8
	}
	n.model = optest.Model{Name: fmt.Sprintf("network%d", seed), Opset: 13, Domains: map[string]int{ops.DomainMicrosoft: 1}}
	return n
}

func (n *network) name(kind string) string {
	n.names++
	return fmt.Sprintf("%s%d", kind, n.names)
}

func (n *network) constant(kind string, d tensor.DType, s tensor.Shape, data ...float64) string {
	name := n.name(kind)
	n.model.Init = append(n.model.Init, optest.Tensor{Name: name, DType: d, Value: &tensor.Float{Shape: s, Data: data}})
	return name
}

func (n *network) node(op, domain string, attrs map[string]any, in ...string) string {
	out := n.name(op)
	n.model.Nodes = append(n.model.Nodes, optest.Node{Name: out + "/node", Op: op, Domain: domain, Attrs: attrs, In: in, Out: []string{out}})
	return out
}

// step is a scale of about the given size.
func (n *network) step(size float64) float64 {
	x := size * math.Exp(n.Float64()-0.5)
	switch n.style {
	case binary:
		x = math.Exp2(math.Round(math.Log2(x)))
	case decimal:
		e := math.Pow(10, math.Floor(math.Log10(x)))
		x = math.Max(1, math.Round(x/e)) * e
	}
	return float64(float32(x))
}

func (n *network) zero() float64 {
	if n.dtype == tensor.Int8 {
		return float64(n.Intn(21) - 10)
	}
	return float64(100 + n.Intn(56))
}

// grid makes scale and zero point of a tensor.
func (n *network) grid(s tensor.Shape, size float64) value {
	v := value{shape: s, step: n.step(size)}
	v.scale = n.constant("scale", tensor.Float32, nil, v.step)
	v.zero = n.constant("zero", n.dtype, nil, n.zero())
	return v
}

func (n *network) integers(d tensor.DType, s tensor.Shape) []float64 {
	data := make([]float64, s.Size())
	for i := range data {
		switch d {
		case tensor.Uint8:
			data[i] = float64(n.Intn(256))
		default:
			data[i] = float64(n.Intn(255) - 127)
		}
	}
	return data
}

// input declares a quantized input.
func (n *network) input(s tensor.Shape) value {
	v := n.grid(s, 0.05)
	v.name = n.name("x")
	n.feed(v.name, n.dtype, s, n.integers(n.dtype, s))
	return v
}

// realInput declares a real input that is quantized.
func (n *network) realInput(s tensor.Shape) value {
	v := n.grid(s, 0.05)
	data := make([]float64, s.Size())
	for i := range data {
		data[i] = float64(float32(n.NormFloat64() * 100 * v.step))
		if n.style != measured {
			data[i] = float64(float32(math.Round(2*data[i]/v.step) * v.step / 2))
		}
	}
	x := n.name("x")
	n.feed(x, tensor.Float32, s, data)
	v.name = n.node("QuantizeLinear", "", nil, x, v.scale, v.zero)
	return v
}

func (n *network) feed(name string, d tensor.DType, s tensor.Shape, data []float64) {
	p := optest.Port{Name: name, DType: d}
	for _, e := range s {
		p.Dims = append(p.Dims, e)
	}
	n.model.Inputs = append(n.model.Inputs, p)
	n.in = append(n.in, optest.Tensor{Name: name, DType: d, Value: &tensor.Float{Shape: s, Data: data}})
}

// weights are quantized constants with a scale for each channel along axis, or one, and what a sum of n products with
// them is quantized in, for operands of the given step.
type weights struct {
	name, scale, zero string
	scales            []float64
	shape             tensor.Shape
}

func (n *network) weights(s tensor.Shape, axis int, size float64) weights {
	w := weights{shape: s}
	d := tensor.Int8
	if n.dtype == tensor.Uint8 && n.Intn(4) == 0 {
		d = tensor.Uint8
	}
	count, shape := 1, tensor.Shape(nil)
	if axis >= 0 && n.Intn(2) == 0 && d == tensor.Int8 {
		count, shape = s[axis], tensor.Shape{s[axis]}
	}
	zeros := make([]float64, count)
	for i := range count {
		w.scales = append(w.scales, n.step(size))
		if d == tensor.Uint8 {
			zeros[i] = float64(120 + n.Intn(16))
		}
	}
	w.name = n.constant("w", d, s, n.integers(d, s)...)
	w.scale = n.constant("scale", tensor.Float32, shape, w.scales...)
	w.zero = n.constant("zero", d, shape, zeros...)
	return w
}

// bias are integers in units of a product.
func (n *network) bias(count int) (string, []float64) {
	data := make([]float64, count)
	for i := range data {
		data[i] = float64(n.Intn(20001) - 10000)
	}
	return n.constant("b", tensor.Int32, tensor.Shape{count}, data...), data
}

// quantize ends a QDQ operator.
func (n *network) quantize(real string, v value) value {
	v.name = n.node("QuantizeLinear", "", nil, real, v.scale, v.zero)
	return v
}

func (n *network) dequantize(v value) string {
	return n.node("DequantizeLinear", "", nil, v.name, v.scale, v.zero)
}
