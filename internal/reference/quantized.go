package reference

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

// scale is a fixed power of two: float32 and float64 agree on what it multiplies.
func (d *draw) scale(s tensor.Shape) optest.Tensor {
	x := d.real(s, 0, 0)
	for i := range x.Value.Data {
		x.Value.Data[i] = one(d, 1.0/64, 1.0/32, 1.0/16, 1.0/8)
	}
	return optest.Fix(x)
}

func (d *draw) zero(t tensor.DType, s tensor.Shape) optest.Tensor {
	if t == tensor.Uint8 {
		return optest.Fix(d.whole(t, s, 100, 150))
	}
	return optest.Fix(d.whole(t, s, -20, 20))
}

func (d *draw) bytes(t tensor.DType, s tensor.Shape) optest.Tensor {
	if t == tensor.Uint8 {
		return d.whole(t, s, 0, 255)
	}
	return d.whole(t, s, -128, 127)
}

func init() {
	register(func(d *draw) optest.Case {
		s := tensor.Shape{2, 3, 2}
		t := one(d, tensor.Uint8, tensor.Int8)
		per := tensor.Shape{}
		a := attrs{}
		if d.opset >= 13 && d.chance(2) {
			per = tensor.Shape{3}
			a["axis"] = one(d, 1, -2)
		}
		x := d.normal(s)
		if d.op == "DequantizeLinear" {
			x = d.bytes(t, s)
		}
		return d.use(a, 1, x, d.scale(per), d.zero(t, per))
	}, "QuantizeLinear", "DequantizeLinear")
	register(func(d *draw) optest.Case { return d.use(nil, 3, d.normal(d.shape(1, 3))) }, "DynamicQuantizeLinear")
	register(func(d *draw) optest.Case {
		x, w := tensor.Uint8, one(d, tensor.Uint8, tensor.Int8)
		m, k, n := d.between(1, 3), d.between(1, 5), d.between(1, 3)
		a, b := d.bytes(x, tensor.Shape{m, k}), optest.Fix(d.bytes(w, tensor.Shape{k, n}))
		if d.op == "MatMulInteger" {
			return d.use(nil, 1, a, b, d.zero(x, nil), d.zero(w, nil))
		}
		return d.use(nil, 1, a, d.scale(nil), d.zero(x, nil), b, d.scale(nil), d.zero(w, nil), d.scale(nil), d.zero(x, nil))
	}, "MatMulInteger", "QLinearMatMul")
	register(func(d *draw) optest.Case {
		x, w := tensor.Uint8, one(d, tensor.Uint8, tensor.Int8)
		s := tensor.Shape{5, 5}
		a, kernel := d.geometry(s, true)
		data, weight := d.bytes(x, tensor.Shape{1, 2, 5, 5}), optest.Fix(d.bytes(w, append(tensor.Shape{3, 2}, kernel...)))
		if d.op == "ConvInteger" {
			return d.use(a, 1, data, weight, d.zero(x, nil), d.zero(w, nil))
		}
		return d.use(a, 1, data, d.scale(nil), d.zero(x, nil), weight, d.scale(nil), d.zero(w, nil), d.scale(nil), d.zero(x, nil))
	}, "ConvInteger", "QLinearConv")
}
