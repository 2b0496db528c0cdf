package ops

import (
	"fmt"
	"math"
	"strings"
)

// activation is a function of a recurrent operator with its parameters.
type activation struct {
	name string
	f    func(x float64) float64
}

// activationForm is a function of recurrent operators, with as many parameters as def has; NaN stands for one that
// has no default.
type activationForm struct {
	def []float64
	f   func(p []float64, x float64) float64
}

// activations are the functions of RNN, GRU and LSTM by lower-case name; parameters are alpha and beta.
var activations = map[string]activationForm{
	"relu":      {nil, func(_ []float64, x float64) float64 { return max(0, x) }},
	"tanh":      {nil, func(_ []float64, x float64) float64 { return math.Tanh(x) }},
	"sigmoid":   {nil, func(_ []float64, x float64) float64 { return 1 / (1 + math.Exp(-x)) }},
	"affine":    {[]float64{math.NaN(), math.NaN()}, func(p []float64, x float64) float64 { return p[0]*x + p[1] }},
	"leakyrelu": {[]float64{0.01}, func(p []float64, x float64) float64 { return max(0, x) + p[0]*min(0, x) }},
	"thresholdedrelu": {[]float64{1}, func(p []float64, x float64) float64 {
		if x > p[0] {
			return x
		}
		return 0
	}},
	"scaledtanh":  {[]float64{math.NaN(), math.NaN()}, func(p []float64, x float64) float64 { return p[0] * math.Tanh(p[1]*x) }},
	"hardsigmoid": {[]float64{0.2, 0.5}, func(p []float64, x float64) float64 { return max(0, min(1, p[0]*x+p[1])) }},
	"elu":         {[]float64{1}, func(p []float64, x float64) float64 { return max(0, x) + p[0]*math.Expm1(min(0, x)) }},
	"softsign":    {nil, func(_ []float64, x float64) float64 { return x / (1 + math.Abs(x)) }},
	"softplus":    {nil, func(_ []float64, x float64) float64 { return max(0, x) + math.Log1p(math.Exp(-math.Abs(x))) }},
}

// clipped is the function of x held within [-bound, bound].
func (a activation) clipped(bound float64) activation {
	if math.IsInf(bound, 1) {
		return a
	}
	return activation{a.name, func(x float64) float64 { return a.f(max(-bound, min(bound, x))) }}
}

// monotone reports whether the function never decreases, on a grid.
func (a activation) monotone() bool {
	last := math.Inf(-1)
	for i := -256; i <= 256; i++ {
		y := a.f(float64(i) / 16)
		if !(y >= last) {
			return false
		}
		last = y
	}
	return true
}

// gateActivations is the number of functions, the first of each direction, that belong to gates. What they take is
// clipped; what LSTM's third takes is not.
const gateActivations = 2

// readActivations gives the functions of each direction. Parameters are taken in turn by those functions that have
// them, and are the function's own where the lists end.
func readActivations(a *Attrs, def []string, directions int, clip float64) [][]activation {
	names := read(a, "activations", []string(nil))
	params := [2][]float64{a.floats("activation_alpha", nil), a.floats("activation_beta", nil)}
	if len(names) == 0 {
		for range directions {
			names = append(names, def...)
		}
	}
	if len(names) != directions*len(def) {
		a.refuse("activations", fmt.Sprintf("%d names", directions*len(def)), names)
		return nil
	}
	all := make([][]activation, directions)
	for i, name := range names {
		form, ok := activations[strings.ToLower(name)]
		if !ok {
			a.refuse("activations", "known functions", name)
			return nil
		}
		p := append([]float64(nil), form.def...)
		for k := range p {
			if len(params[k]) > 0 {
				p[k], params[k] = params[k][0], params[k][1:]
			}
			if math.IsNaN(p[k]) {
				a.refuse([]string{"activation_alpha", "activation_beta"}[k], "a number for "+name, params[k])
			}
		}
		act := activation{name, func(x float64) float64 { return form.f(p, x) }}
		if i%len(def) < gateActivations {
			act = act.clipped(clip)
		}
		d := i / len(def)
		all[d] = append(all[d], act)
	}
	return all
}
