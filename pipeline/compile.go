// Package pipeline runs the stages from an ONNX file to a proof in order: what the command line, the
// demonstration, the benchmarks and the service share.
package pipeline

import (
	"fmt"
	"math/rand"

	"assay/bundle"
	"assay/circuits"
	"assay/compile"
	"assay/cost"
	"assay/figure"
	"assay/input"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/prover"
)

// Progress hears the name of each stage as it begins. It may be nil.
type Progress func(stage string)

func (p Progress) stage(name string) {
	if p != nil {
		p(name)
	}
}

// Request says what to compile.
type Request struct {
	Name             string
	ONNX             []byte
	Large            bool                                         // lift the import's limits, as of a trusted file
	Dims             map[string]int                               // symbolic dimensions
	Constants        map[string]*tensor.Float                     // inputs that are fixed
	Samples          func([]input.Spec) ([]compile.Sample, error) // calibration
	Options          compile.Options
	InputVisibility  circuits.Visibility // default public
	OutputVisibility circuits.Visibility // default public
	Outside          bundle.Outside      // what happens to inputs outside their range, default clamp
	Costs            *cost.Model         // of the machine that will set up and prove; default cost.Local
	MaxMemory        int64               // bytes that setup and proving may take; 0 for no limit
}

// Compiled is a model ready to be synthesized.
type Compiled struct {
	Request Request
	Graph   *graph.Graph // as decoded
	Info    *onnx.Info
	Specs   []input.Spec
	Result  *compile.Result
	Model   *circuits.Model
	Size    cost.Size
	Summary *Summary
}

// Quantize takes a request as far as the plan: no constraint system yet.
func Quantize(r Request, progress Progress) (*Compiled, error) {
	if r.InputVisibility == "" {
		r.InputVisibility = circuits.Public
	}
	if r.OutputVisibility == "" {
		r.OutputVisibility = circuits.Public
	}
	if r.Costs == nil {
		var err error
		if r.Costs, err = cost.Local(); err != nil {
			return nil, err
		}
	}
	progress.stage("import")
	opt := onnx.Options{Large: r.Large, Dims: r.Dims, Constants: r.Constants}
	g, info, err := onnx.Decode(r.ONNX, opt)
	if err != nil {
		return nil, err
	}
	c := &Compiled{Request: r, Graph: g, Info: info, Specs: Specs(g)}
	progress.stage("calibrate and quantize")
	samples, err := r.Samples(c.Specs)
	if err != nil {
		return nil, err
	}
	rewritten, _, err := onnx.Decode(r.ONNX, opt) // the passes rewrite their graph
	if err != nil {
		return nil, err
	}
	if r.Options.Cost == nil {
		r.Options.Cost = func(p *program.Program) (int, error) {
			m, err := circuits.NewModelBy(r.Costs.Weights, p, r.InputVisibility, r.OutputVisibility)
			if err != nil {
				return 0, err
			}
			return m.Plan.Constraints(), nil
		}
	}
	if c.Result, err = compile.Compile(rewritten, samples, r.Options); err != nil {
		return nil, err
	}
	progress.stage("plan")
	if c.Model, err = circuits.NewModelBy(r.Costs.Weights, c.Result.Program, r.InputVisibility, r.OutputVisibility); err != nil {
		return nil, err
	}
	if c.Size, err = cost.Of(c.Model); err != nil {
		return nil, err
	}
	c.Summary = Summarize(c)
	return c, c.fits()
}

// Build compiles the constraint system and writes the bundle.
func (c *Compiled) Build(dir string, progress Progress) (*bundle.Bundle, error) {
	progress.stage("constraint system")
	r, err := prover.Compile(c.Model)
	if err != nil {
		return nil, err
	}
	c.Summary.Constraints = r.GetNbConstraints()
	progress.stage("write bundle")
	pages, err := c.pages()
	if err != nil {
		return nil, err
	}
	return bundle.Create(dir, bundle.Contents{Name: c.Request.Name, ONNX: c.Request.ONNX, Dims: c.Request.Dims, Constants: c.Request.Constants, Inputs: c.Specs,
		Result: c.Result, Model: c.Model, System: r, Outside: c.Request.Outside, Report: c.Summary, Pages: pages})
}

// pages draws the report.
func (c *Compiled) pages() (map[string][]byte, error) {
	pages := map[string][]byte{}
	var err error
	if pages[bundle.FidelityFile], err = figure.Fidelity(c.Result.Report); err != nil {
		return nil, err
	}
	if pages[bundle.LayersFile], err = figure.Layers(c.Result.Report); err != nil {
		return nil, err
	}
	if pages[bundle.PageFile], err = figure.Page(c.Request.Name, c.Summary.Constraints, c.Result.Report); err != nil {
		return nil, err
	}
	return pages, nil
}

// Prover loads the keys of a bundle for a backend. Where memory holds little more than one proof, it has one input in work at a
// time.
func Prover(b *bundle.Bundle, backend prover.Backend, progress Progress) (*prover.Prover, error) {
	var kept int64
	if k, ok := backend.(prover.Keeper); ok {
		kept = k.Keeps()
	}
	peak := 0 // as predicted, where memory is near to its end
	if err := enough(b, kept, func(e cost.Estimate) int { peak = e.PeakBytes; return peak }); err != nil {
		return nil, err
	}
	progress.stage("load keys")
	p, err := b.Prover(backend)
	if err != nil {
		return nil, err
	}
	p.Alone = peak > 0 && int64(peak/4*5) > usable()-kept
	return p, nil
}

// Specs are the inputs of a graph.
func Specs(g *graph.Graph) []input.Spec {
	var s []input.Spec
	for _, v := range g.Inputs {
		s = append(s, input.Spec{Name: v.Name, DType: v.Type.DType, Shape: v.Type.Shape})
	}
	return s
}

// Noise gives n samples drawn by a fixed seed, for models of which nothing is known: reals of [0, 1), and integers 0 or 1.
func Noise(n int) func([]input.Spec) ([]compile.Sample, error) {
	return func(specs []input.Spec) ([]compile.Sample, error) {
		rng := rand.New(rand.NewSource(1))
		var out []compile.Sample
		for range n {
			s := compile.Sample{}
			for _, spec := range specs {
				x := tensor.New[float64](spec.Shape)
				for i := range x.Data {
					if x.Data[i] = rng.Float64(); !spec.DType.IsFloat() {
						x.Data[i] = float64(rng.Intn(2))
					}
				}
				s[spec.Name] = x
			}
			out = append(out, s)
		}
		return out, nil
	}
}

// Answer is one inference by the integer program, beside the float model's.
type Answer struct {
	Inputs   []*tensor.Int            // quantized
	Clamped  int                      // input elements outside the declared range
	Integers map[string]*tensor.Int   // outputs of the program: what a proof shows
	Reals    map[string]*tensor.Float // the same, times their scale
	Float    map[string]*tensor.Float // outputs of the float model
	Read     map[string]*tensor.Float // outputs after the operators that are left to the reader
}

// Run evaluates the program and the float model g on one sample.
func Run(b *bundle.Bundle, g *graph.Graph, s compile.Sample) (*Answer, error) {
	p := b.Model.Program
	a := &Answer{}
	var err error
	if a.Inputs, a.Clamped, err = b.Quantize(s); err != nil {
		return nil, err
	}
	trace, err := p.Run(a.Inputs)
	if err != nil {
		return nil, err
	}
	out := p.OutputsOf(trace)
	a.Integers = map[string]*tensor.Int{}
	for i, id := range p.Outputs {
		a.Integers[p.Tensors[id].Name] = out[i]
	}
	a.Reals = compile.Dequantize(p, out)
	if a.Float, err = g.Run(s, nil); err != nil {
		return nil, err
	}
	a.Read, err = read(b, g, a.Reals)
	return a, err
}

// read applies the operators that are left to the reader.
func read(b *bundle.Bundle, g *graph.Graph, reals map[string]*tensor.Float) (map[string]*tensor.Float, error) {
	out := map[string]*tensor.Float{}
	for k, v := range reals {
		out[k] = v
	}
	for _, r := range b.Manifest.Reader {
		for _, n := range g.Nodes {
			if n.Kind != r.Kind || n.In[0].Name != r.Output {
				continue
			}
			y, err := n.Op.Eval([]*tensor.Float{reals[r.Output]})
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", n.Name, err)
			}
			delete(out, r.Output)
			out[n.Out[0].Name] = y[0]
		}
	}
	return out, nil
}
