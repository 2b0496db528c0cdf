package main

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strings"

	"assay/circuits"
	"assay/compile"
	"assay/input"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/models"
	"assay/pipeline"
)

// made are the models that are made here, by name.
var made = map[string]func() (*program.Program, error){"dense4m": dense4m, "wide": wide}

// load gives a model's circuit and one input of it.
func load(name string) (*circuits.Model, []*tensor.Int, error) {
	rng := rand.New(rand.NewSource(1))
	if make := made[name]; make != nil {
		p, err := make()
		if err != nil {
			return nil, nil, fmt.Errorf("make %s: %w", name, err)
		}
		m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
		if err != nil {
			return nil, nil, err
		}
		var in []*tensor.Int
		for _, id := range p.Inputs {
			x := tensor.New[int64](p.Tensors[id].Shape)
			for i := range x.Data {
				x.Data[i] = p.Tensors[id].Range.Min + rng.Int63n(p.Tensors[id].Range.Span()+1)
			}
			in = append(in, x)
		}
		return m, in, nil
	}
	r := pipeline.Request{Name: name, Large: true, Samples: pipeline.Noise(10)}
	if b, err := models.Get(name); err == nil {
		r.ONNX, r.Samples = b.ONNX, func([]input.Spec) ([]compile.Sample, error) { return b.Calibration, nil }
	} else if r.ONNX, err = os.ReadFile(name); err != nil {
		return nil, nil, fmt.Errorf("read model: %w", err)
	}
	r.Name = strings.TrimSuffix(filepath.Base(name), ".onnx")
	c, err := pipeline.Quantize(r, nil)
	if err != nil {
		return nil, nil, err
	}
	samples, err := r.Samples(c.Specs)
	if err != nil {
		return nil, nil, err
	}
	in, _, err := compile.Quantize(c.Model.Program, samples[0])
	return c.Model, in, err
}

func relu(x float64) float64 { return math.Max(x, 0) }

// layer observes a value within an interval and rectifies it.
func layer(b *program.Builder, v *program.Value, name string, reach float64) (*program.Value, error) {
	b.Begin(name, program.Interval{Min: 0, Max: reach})
	v.Observe(program.Interval{Min: -reach, Max: reach})
	return b.Map(v, relu)
}

func weights(rng *rand.Rand, scale float64, s tensor.Shape) *tensor.Float {
	w := tensor.New[float64](s)
	for i := range w.Data {
		w.Data[i] = rng.NormFloat64() * scale
	}
	return w
}

// dense4m is four dense layers of 1,000 by 1,000, rectified between.
func dense4m() (*program.Program, error) {
	const width, layers = 1000, 4
	rng := rand.New(rand.NewSource(2))
	b := program.NewBuilder("dense4m", program.Options{Bits: 8, Shift: 8, OutputBits: 16})
	v := b.Input("x", tensor.Shape{1, width}, program.Interval{Min: 0, Max: 1}, 8)
	var err error
	for i := range layers {
		if v, err = b.Dense(v, weights(rng, math.Sqrt(2.0/width), tensor.Shape{width, width}), make([]float64, width)); err != nil {
			return nil, err
		}
		if v, err = layer(b, v, fmt.Sprintf("relu%d", i), 4); err != nil {
			return nil, err
		}
	}
	if err := b.Output("y", v); err != nil {
		return nil, err
	}
	return b.Program()
}

// least is how many constraints wide has at least.
const least = 4_000_000

// wide is a convolution of as many channels as make least constraints, rectified and averaged.
func wide() (*program.Program, error) {
	const few = 128
	p, err := convolution(few)
	if err != nil {
		return nil, err
	}
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	if err != nil {
		return nil, err
	}
	return convolution(least*few/m.Plan.Constraints() + few/2) // tables and statement are in the quotient
}

func convolution(channels int) (*program.Program, error) {
	const size = 32
	rng := rand.New(rand.NewSource(3))
	b := program.NewBuilder("wide", program.Options{Bits: 8, Shift: 8, OutputBits: 16})
	v := b.Input("x", tensor.Shape{1, 1, size, size}, program.Interval{Min: 0, Max: 1}, 8)
	one := []int{1, 1}
	v, err := b.Conv(v, weights(rng, 0.4, tensor.Shape{channels, 1, 3, 3}), make([]float64, channels), 1,
		tensor.Window{Kernel: []int{3, 3}, Strides: one, Dilations: one, Begin: one, End: one})
	if err != nil {
		return nil, err
	}
	if v, err = layer(b, v, "relu", 2); err != nil {
		return nil, err
	}
	all := []int{size, size}
	if v, err = b.WindowSum(v, tensor.Window{Kernel: all, Strides: all, Dilations: one, Begin: []int{0, 0}, End: []int{0, 0}}, []float64{1.0 / (size * size)}); err != nil {
		return nil, err
	}
	v.Observe(program.Interval{Min: 0, Max: 2})
	if err := b.Output("y", v); err != nil {
		return nil, err
	}
	return b.Program()
}
