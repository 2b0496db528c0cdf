package reference

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

func init() { register(recurrent, "RNN", "GRU", "LSTM") }

// recurrent draws a layer of any direction, layout and set of optional inputs.
func recurrent(d *draw) optest.Case {
	gates := map[string]int{"RNN": 1, "GRU": 3, "LSTM": 4}[d.op]
	steps, batch, in, hidden := d.between(1, 4), d.between(1, 2), d.between(1, 3), d.between(1, 3)
	direction := one(d, "forward", "reverse", "bidirectional")
	n := 1
	if direction == "bidirectional" {
		n = 2
	}
	a := attrs{"hidden_size": hidden, "direction": direction}
	outputs := 2
	switch d.op {
	case "GRU":
		a.maybe(d, "linear_before_reset", d.Intn(2))
	case "LSTM":
		outputs = 3
	case "RNN":
		var f []string
		for range n {
			f = append(f, one(d, "Tanh", "Relu", "Sigmoid"))
		}
		a.maybe(d, "activations", f)
	}
	args := []optest.Tensor{d.normal(tensor.Shape{steps, batch, in}), optest.Fix(d.real(tensor.Shape{n, gates * hidden, in}, -1, 1)),
		optest.Fix(d.real(tensor.Shape{n, gates * hidden, hidden}, -1, 1))}
	optional := []func() optest.Tensor{
		func() optest.Tensor { return optest.Fix(d.real(tensor.Shape{n, 2 * gates * hidden}, -1, 1)) },
		func() optest.Tensor { return optest.Fix(d.whole(tensor.Int32, tensor.Shape{batch}, 1, steps)) },
		func() optest.Tensor { return d.real(tensor.Shape{n, batch, hidden}, -1, 1) },
		func() optest.Tensor { return d.real(tensor.Shape{n, batch, hidden}, -1, 1) },
		func() optest.Tensor { return optest.Fix(d.real(tensor.Shape{n, 3 * hidden}, -1, 1)) },
	}
	if d.op != "LSTM" {
		optional = optional[:3]
	}
	for _, make := range optional[:d.Intn(len(optional)+1)] {
		x := make()
		if d.chance(3) {
			x = optest.Omitted()
		}
		args = append(args, x)
	}
	return d.use(a, outputs, args...)
}
