package reference

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() {
	within := func(low, high float64) func(d *draw) optest.Case {
		return func(d *draw) optest.Case { return d.use(nil, 1, d.real(d.shape(0, 4), low, high)) }
	}
	register(within(-3, 3), "Abs", "Asinh", "Atan", "Ceil", "Cos", "Cosh", "Erf", "Exp", "Floor", "HardSwish", "Identity", "Mish", "Neg", "Relu",
		"Round", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Softsign", "Tanh")
	register(within(-0.95, 0.95), "Acos", "Asin", "Atanh", "Tan")
	register(within(1, 4), "Acosh")
	register(within(0.1, 4), "Log", "Reciprocal", "Sqrt")
	parametric := func(names ...string) func(d *draw) optest.Case {
		return func(d *draw) optest.Case {
			a := attrs{}
			for _, n := range names {
				a.maybe(d, n, round(0.05+d.Float64()))
			}
			return d.use(a, 1, d.normal(d.shape(1, 4)))
		}
	}
	register(parametric("alpha"), "Celu", "Elu", "LeakyRelu", "ThresholdedRelu", "Swish")
	register(parametric("alpha", "beta"), "HardSigmoid")
	register(parametric("alpha", "gamma"), "Selu")
	register(parametric("bias", "lambd"), "Shrink")
	register(func(d *draw) optest.Case {
		a := attrs{}
		a.maybe(d, "approximate", one(d, "none", "tanh"))
		return d.use(a, 1, d.normal(d.shape(1, 4)))
	}, "Gelu")
	register(func(d *draw) optest.Case { return d.use(nil, 1, d.truth(d.shape(1, 3))) }, "Not")

	pair := func(low, high float64) func(d *draw) optest.Case {
		return func(d *draw) optest.Case {
			s := d.broadcast(2)
			if d.chance(4) && d.op != "PRelu" {
				return d.use(nil, 1, d.whole(tensor.Int64, s[0], -9, 9), d.whole(tensor.Int64, s[1], 1, 9))
			}
			return d.use(nil, 1, d.normal(s[0]), d.real(s[1], low, high))
		}
	}
	register(pair(-3, 3), "Add", "Sub", "Mul", "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual")
	register(pair(0.3, 3), "Div")
	register(func(d *draw) optest.Case {
		s := d.broadcast(2)
		return d.use(nil, 1, d.real(s[0], 0.1, 3), d.real(s[1], -2, 2))
	}, "Pow")
	register(func(d *draw) optest.Case {
		s := d.shape(2, 4)
		slope := append(tensor.Shape{s[1]}, ones(len(s)-2)...)
		return d.use(nil, 1, d.normal(s), d.real(slope, -1, 1))
	}, "PRelu")
	register(func(d *draw) optest.Case {
		s := d.broadcast(2)
		if d.chance(2) {
			return d.use(attrs{"fmod": 1}, 1, d.normal(s[0]), d.real(s[1], 0.3, 3))
		}
		return d.use(attrs{"fmod": d.Intn(2)}, 1, d.whole(tensor.Int64, s[0], -20, 20), d.whole(tensor.Int64, s[1], 1, 9))
	}, "Mod")
	register(func(d *draw) optest.Case {
		var in []optest.Tensor
		for _, s := range d.broadcast(d.between(1, 4)) {
			in = append(in, d.normal(s))
		}
		return d.use(nil, 1, in...)
	}, "Max", "Mean", "Min", "Sum")
	register(func(d *draw) optest.Case {
		s := d.broadcast(2)
		return d.use(nil, 1, d.truth(s[0]), d.truth(s[1]))
	}, "And", "Or", "Xor")
	register(func(d *draw) optest.Case {
		s := d.broadcast(3)
		return d.use(nil, 1, d.truth(s[0]), d.normal(s[1]), d.normal(s[2]))
	}, "Where")
	register(func(d *draw) optest.Case {
		s := d.broadcast(2)
		return d.use(attrs{"direction": one(d, "LEFT", "RIGHT")}, 1, d.whole(tensor.Uint8, s[0], 0, 255), d.whole(tensor.Uint8, s[1], 0, 7))
	}, "BitShift")
	register(func(d *draw) optest.Case {
		s := d.broadcast(2)
		return d.use(nil, 1, d.whole(tensor.Int32, s[0], -99, 99), d.whole(tensor.Int32, s[1], -99, 99))
	}, "BitwiseAnd", "BitwiseOr", "BitwiseXor")
	register(func(d *draw) optest.Case {
		if d.opset < 11 {
			return d.use(attrs{"min": -1.5, "max": round(d.Float64())}, 1, d.normal(d.shape(1, 4)))
		}
		in := []optest.Tensor{d.normal(d.shape(1, 4)), optest.Number(round(-2 * d.Float64())), optest.Number(round(2 * d.Float64()))}
		if d.chance(3) {
			in[1] = optest.Omitted()
		}
		return d.use(nil, 1, in[:d.between(2, 3)]...)
	}, "Clip")
	register(func(d *draw) optest.Case {
		to := one(d, tensor.Int32, tensor.Int64, tensor.Bool, tensor.Float64, tensor.Float32, tensor.Uint8)
		return d.use(attrs{"to": int(to)}, 1, d.real(d.shape(1, 3), 0, 5))
	}, "Cast")
}

func ones(n int) tensor.Shape {
	s := make(tensor.Shape, n)
	for i := range s {
		s[i] = 1
	}
	return s
}
