// Package compile turns a float graph into an integer program: a visible list of passes over the graph, calibration
// by executing it on samples, lowering, and a report of how far the program's answers are from the graph's.
package compile

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// Options decides how a model is quantized. Zero fields take their defaults.
type Options struct {
	Bits       int               // of an activation, 2 to 16; default 8, or 10 for a small model
	InputBits  int               // of an input; default 8 for inputs of 256 elements or more, else 24
	Shift      int               // bits rounded away by a lookup, 4 to 16; default by the size of the model
	OutputBits int               // of an unrounded output across its observed interval; default 20
	Ranges     map[string]Bounds // declared interval of an input, in place of the observed one
	TensorBits map[string]int    // bits of single values of the graph after the passes, by name

	// Accuracy is the least fidelity on the calibration samples (see Output.Accuracy) that bits are sought for, and
	// refused without. By default a cosine similarity of 0.999, a relative error of 0.03 and an agreement of 0.98 are
	// sought, and the report says what was reached.
	Accuracy float64
	// Constraints is the most constraints that bits are sought for; 0 for any number.
	Constraints int
	// Cost gives the constraints of a program. Required with Constraints; otherwise it lets the search compare.
	Cost func(*program.Program) (int, error)

	half  bool    // an activation has half a bit less
	noise float64 // of rounded weights that a lookup bears; 0 for the builder's
}

// Bounds is a declared interval of reals.
type Bounds = program.Interval

// Result is a compiled model.
type Result struct {
	Program *program.Program
	Graph   *graph.Graph // after the passes: what the program approximates
	Reader  []Reader     // operators left to the reader of the answer
	Names   []Names      // what outputs stand for, where they are not numbers
	Report  *Report

	// Nonlinear is the number of elements that pass a non-linear operator of the float model: results of
	// functions that are not affine, and operands of maxima.
	Nonlinear int
}

// Reader is an operator at the end of the model that the reader of a proof applies to the proven output. It
// keeps the order of the elements, so the argmax of the proven output is that of the model's.
type Reader struct {
	Output string `json:"output"` // proven output
	Kind   string `json:"kind"`   // ONNX operator, as in Softmax
}

// Sample holds one tensor for each graph input, by name.
type Sample = map[string]*tensor.Float

func (o Options) validate() error {
	if o.Bits < 2 || o.Bits > 16 {
		return fmt.Errorf("compile: bits: want within [2, 16], got %d", o.Bits)
	}
	if o.InputBits != 0 && (o.InputBits < 2 || o.InputBits > 24) {
		return fmt.Errorf("compile: input bits: want within [2, 24], got %d", o.InputBits)
	}
	if o.Shift < 4 || o.Shift > 16 {
		return fmt.Errorf("compile: shift: want within [4, 16], got %d", o.Shift)
	}
	if o.OutputBits < 4 || o.OutputBits > 32 {
		return fmt.Errorf("compile: output bits: want within [4, 32], got %d", o.OutputBits)
	}
	if o.Accuracy < 0 || o.Accuracy > 1 {
		return fmt.Errorf("compile: accuracy: want within [0, 1], got %v", o.Accuracy)
	}
	if o.Constraints < 0 || o.Constraints > 0 && o.Cost == nil {
		return fmt.Errorf("compile: constraints: want a positive number and a way to count them, got %d", o.Constraints)
	}
	return nil
}

// smallModel is the number of non-linear elements below which precision is cheap, since it costs few elements,
// and the rows of a wide range table are not.
const smallModel = 1500

func (o Options) withDefaults(nonlinear int) Options {
	small := nonlinear < smallModel
	choose := func(v *int, small bool, ifSmall, other int) {
		if *v == 0 {
			*v = other
			if small {
				*v = ifSmall
			}
		}
	}
	choose(&o.Bits, small, 10, 8)
	choose(&o.Shift, small, 10, 12)
	choose(&o.OutputBits, false, 0, 20)
	return o
}

// heldBack is one in how many samples measures fidelity and is not seen by calibration.
const heldBack = 5

// Compile quantizes g, which it may rewrite, observing it on samples. With ten samples or more, every fifth is
// held back from calibration.
//
// Where Options.Bits is not given, it looks for the bits of each tensor that reach Options.Accuracy, or that
// Options.Constraints affords.
func Compile(g *graph.Graph, samples []Sample, opt Options) (*Result, error) {
	m, res, err := prepare(g, samples, opt)
	if err != nil {
		return nil, err
	}
	best, err := m.search()
	if err != nil {
		return nil, err
	}
	res.Program = best.low.program
	if res.Report, err = m.measure(best.low); err != nil {
		return nil, err
	}
	res.Report.Bits, res.Report.Half, res.Report.Raised = best.bits, best.half, best.tensor
	return res, nil
}

// model is a graph that is ready to be quantized, with what calibration saw.
type model struct {
	graph             *graph.Graph
	observed          map[*graph.Value]observation
	calibration, held []Sample
	opt               Options
	free              bool            // bits may be chosen
	shifted           bool            // the shift may not
	ordered           map[string]bool // outputs whose order is what counts
}

func prepare(g *graph.Graph, samples []Sample, opt Options) (*model, *Result, error) {
	if len(samples) == 0 {
		return nil, nil, fmt.Errorf("compile: want at least one calibration sample")
	}
	res := &Result{Graph: g}
	if err := runPasses(g, res); err != nil {
		return nil, nil, err
	}
	if err := bounded(g); err != nil {
		return nil, nil, err
	}
	res.Nonlinear = nonlinear(g)
	m := &model{graph: g, opt: opt, ordered: map[string]bool{}}
	for _, r := range res.Reader {
		m.ordered[r.Output] = true
	}
	for i, s := range samples {
		if len(samples) >= 2*heldBack && i%heldBack == heldBack-1 {
			m.held = append(m.held, s)
		} else {
			m.calibration = append(m.calibration, s)
		}
	}
	m.opt = opt.withDefaults(res.Nonlinear)
	m.free, m.shifted = opt.Bits == 0, opt.Shift != 0
	if err := m.opt.validate(); err != nil {
		return nil, nil, err
	}
	var err error
	if m.observed, err = observe(g, m.calibration); err == nil {
		settleInfinite(g, m.observed)
	}
	return m, res, err
}

// maxElements bounds the elements of all values of a graph together. A program holds fewer, since linear operators fold,
// and refuses half as many.
const maxElements = 1 << 29

// bounded refuses a graph that no program could hold, before anything is executed.
func bounded(g *graph.Graph) error {
	elements := 0
	for _, n := range g.Nodes {
		for _, v := range n.Out {
			if elements += v.Type.Shape.Size(); elements > maxElements {
				return n.Wrap("", &graph.Error{Code: graph.CodeLarge, Want: fmt.Sprintf("at most %d elements of values, this one's and those before it", maxElements), Got: fmt.Sprint(elements)})
			}
		}
	}
	return nil
}
