package suite

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"time"

	"assay/circuits"
	"assay/compile"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/prover"
)

// errSkip is wrapped by the reasons for which a case is skipped.
var errSkip = errors.New("skipped")

func skip(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errSkip, fmt.Sprintf(format, args...))
}

// run is a case on its way through the stages.
type run struct {
	Outcome
	opt     Options
	backend prover.Backend
	report  func(Stage)

	material *material
	set      *set // the data that is compared, nil without
	importer *importer
	graph    *graph.Graph // as imported
	input    compile.Sample
	took     time.Duration // of one float execution
	result   *compile.Result
	model    *circuits.Model
	inputs   []*tensor.Int
}

// Run takes one case as far as it comes, in this process. report hears each stage as it begins.
func Run(ctx context.Context, c Case, opt Options, backend prover.Backend, report func(Stage)) Outcome {
	start := time.Now()
	r := &run{Outcome: Outcome{Name: c.Name, Kind: c.Kind}, opt: opt, backend: backend, report: report}
	err := r.stages(ctx, c)
	r.Seconds = time.Since(start).Seconds()
	switch {
	case err == nil:
		r.Status = Pass
	case errors.Is(err, errSkip):
		r.Status, r.Detail = Skip, unwrapSkip(err)
	default:
		r.Status, r.Detail, r.Code = Fail, err.Error(), Code(err)
	}
	return r.Outcome
}

func unwrapSkip(err error) string {
	const prefix = "skipped: "
	s := err.Error()
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):]
	}
	return s
}

// Code is the stable code of err, or "".
func Code(err error) string {
	var many *onnx.UnsupportedError
	var coded *graph.Error
	switch {
	case errors.As(err, &many):
		return onnx.CodeUnsupportedOp
	case errors.As(err, &coded):
		return coded.Code
	}
	return ""
}

// stages runs all that apply. The stage of the outcome is the last that began.
func (r *run) stages(ctx context.Context, c Case) error {
	begin := func(s Stage) {
		r.Stage = s
		r.report(s)
	}
	begin(Import)
	var err error
	if r.material, err = load(c); err != nil {
		return err
	}
	if err := r.decode(); err != nil {
		return err
	}
	begin(Float)
	if err := r.float(); err != nil {
		return err
	}
	if r.Folded {
		r.Detail = "every output is a constant: there is nothing to prove"
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	begin(Integer)
	if err := r.integer(); err != nil {
		return err
	}
	if n := r.Constraints; n > r.opt.Constraints {
		r.Detail = fmt.Sprintf("%d constraints: the circuit is left out beyond %d", n, r.opt.Constraints)
		return nil
	}
	begin(Circuit)
	if r.Constraints > r.opt.Solve {
		r.Engine = true
		return engine(r.model, r.inputs)
	}
	system, err := prover.Compile(r.model)
	if err != nil {
		return err
	}
	if err := r.solve(system); err != nil {
		return err
	}
	if !r.opt.Prove || r.Constraints > r.opt.Proof {
		return nil
	}
	begin(Proof)
	return r.prove(system)
}

// decode is the import stage.
func (r *run) decode() error {
	info, err := onnx.Survey(r.material.model)
	if err != nil {
		if code := Code(err); code == onnx.CodeTensor {
			return skip("%v", err)
		}
		return err
	}
	r.Opset = info.Opset
	if r.Kind == Node {
		for op := range info.Ops {
			r.Operators = append(r.Operators, op)
		}
		slices.Sort(r.Operators)
	}
	if len(r.material.sets) > 0 {
		r.set = &r.material.sets[0]
		r.set.align(info)
	}
	if why := outside(info, r.set); why != "" {
		return skip("%s", why)
	}
	r.importer = &importer{model: r.material.model, info: info}
	if r.set != nil {
		for i, d := range r.set.inputs {
			if d.value == nil {
				return skip("there is no tensor of numbers for input %s", d.name)
			}
			if want := info.Inputs[i].DType; d.dtype != want {
				return skip("the data of input %s is of %v, which the model takes as %v", d.name, d.dtype, want)
			}
		}
		r.importer.data = r.set.inputs
	}
	if r.Kind == Model {
		r.importer.keep = 1
	}
	for _, r.importer.size = range freeSizes {
		err = r.importer.search(func() error {
			var err error
			r.graph, err = r.importer.decode()
			return err
		})
		if err == nil || r.set != nil {
			break
		}
	}
	if training(err) {
		return skip("%v", err)
	}
	if Code(err) == onnx.CodeValue {
		for _, d := range r.importer.data {
			if slices.ContainsFunc(d.value.Data, math.IsNaN) {
				return skip("input %s holds NaN, which no integer stands for", d.name)
			}
		}
	}
	r.Fixed = r.importer.names()
	return err
}

// float is the float stage. It finds the input of the later ones.
func (r *run) float() error {
	r.input = compile.Sample{}
	rng := rand.New(rand.NewSource(1))
	switch {
	case r.set != nil:
		for _, in := range r.graph.Inputs {
			i := slices.IndexFunc(r.set.inputs, func(d data) bool { return d.name == in.Name })
			r.input[in.Name] = r.set.inputs[i].value
		}
	case r.material.calibration != nil:
		r.input = r.material.calibration[0]
	default:
		r.input = noise(rng, r.graph)
	}
	start := time.Now()
	got, err := r.graph.Run(r.input, nil)
	if err != nil {
		return err
	}
	r.took = time.Since(start)
	r.Folded = len(r.graph.Outputs) > 0
	for _, v := range r.graph.Outputs {
		r.Folded = r.Folded && v.Const != nil
	}
	if r.set == nil {
		r.set = &set{}
		for _, v := range r.graph.Outputs {
			r.set.outputs = append(r.set.outputs, data{v.Name, v.Type.DType, got[v.Name]})
		}
		return nil
	}
	compared := 0
	for _, w := range r.set.outputs {
		if w.value == nil {
			continue
		}
		if got[w.name] == nil {
			return fmt.Errorf("output %s: want a tensor, got none", w.name)
		}
		if err := near(got[w.name], w.value, w.dtype); err != nil {
			return fmt.Errorf("output %s: %w", w.name, err)
		}
		compared++
	}
	if compared == 0 {
		return skip("no stored output is a tensor of numbers")
	}
	return r.others()
}

// others compares the float execution with the further sets of test data, where they fit the graph as it was imported.
func (r *run) others() error {
	for n, s := range r.material.sets[1:] {
		s.align(r.importer.info)
		in := compile.Sample{}
		fits := len(r.importer.fixed) == 0
		for i, d := range s.inputs {
			fits = fits && d.value != nil && d.value.Shape.Equal(r.set.inputs[i].value.Shape)
			in[d.name] = d.value
		}
		if !fits {
			continue
		}
		got, err := r.graph.Run(in, nil)
		if err != nil {
			return fmt.Errorf("test data %d: %w", n+1, err)
		}
		for _, w := range s.outputs {
			if w.value == nil || got[w.name] == nil {
				continue
			}
			if err := near(got[w.name], w.value, w.dtype); err != nil {
				return fmt.Errorf("test data %d: output %s: %w", n+1, w.name, err)
			}
		}
	}
	return nil
}
