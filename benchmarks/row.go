// Package benchmarks measures models from ONNX file to EVM verification.
package benchmarks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"assay/bundle"
	"assay/compile"
	"assay/cost"
	"assay/internal/machine"
	"assay/ir/tensor"
	"assay/pipeline"
	"assay/prover"
	"assay/verifier"
	"assay/verifier/evm"
	"assay/verifier/evm/devnet"
)

// Row is one measured model. Sizes are bytes, times seconds of wall clock.
type Row struct {
	Model        string        `json:"model"`
	Backend      string        `json:"backend"` // what proved
	Parameters   int           `json:"parameters"`
	MultiplyAdds int           `json:"multiply_adds"`
	Nonlinear    int           `json:"nonlinear"` // elements that pass a non-linear operator of the float model
	Constraints  int           `json:"constraints"`
	PerNonlinear float64       `json:"constraints_per_nonlinear"`
	Values       int           `json:"public_values"`
	Cosine       float64       `json:"cosine"` // lowest of the outputs, on held-back samples where there are any
	Compile      float64       `json:"compile_s"`
	Setup        float64       `json:"setup_s"` // median of Setups where it is short
	Load         float64       `json:"load_s"`  // keys and constraint system from disk
	Prove        float64       `json:"prove_s"` // median
	ProveAll     []float64     `json:"prove_all_s"`
	PerMinute    float64       `json:"proofs_per_minute"` // of a warm prover, back to back
	Verify       float64       `json:"verify_s"`          // median
	ProofBytes   int           `json:"proof_bytes"`
	Calldata     int           `json:"calldata_bytes"`
	Gas          uint64        `json:"gas"`
	DeployGas    uint64        `json:"deploy_gas"`
	ProvingKey   int64         `json:"proving_key_bytes"`
	Peak         int64         `json:"peak_bytes"`       // of compiling and the proofs, in one process
	SetupPeak    int64         `json:"setup_peak_bytes"` // of a process that makes the keys
	ProvePeak    int64         `json:"prove_peak_bytes"` // of a process that loads and proves
	Estimate     cost.Estimate `json:"estimate"`         // before any of it was measured
	Kernels      []Kernel      `json:"kernels"`          // in order of first use
	Error        string        `json:"error,omitempty"`
}

// Limits of a measurement.
type Limits struct {
	Runs        int // proofs at least
	Constraints int // a larger model is refused before its constraint system is made; 0 for no limit
}

// Kernel is what the nodes of one kind take that are proven in one form, without the tables that they share.
type Kernel struct {
	Kernel      string `json:"kernel"`
	Form        string `json:"form,omitempty"`
	Nodes       int    `json:"nodes"`
	Elements    int    `json:"elements"`
	Constraints int    `json:"constraints"`
}

// kernels sums nodes up.
func kernels(nodes []pipeline.Node) []Kernel {
	var ks []Kernel
	for _, n := range nodes {
		if n.Constraints == 0 {
			continue
		}
		i := slices.IndexFunc(ks, func(k Kernel) bool { return k.Kernel == n.Kernel && k.Form == n.Form })
		if i < 0 {
			i, ks = len(ks), append(ks, Kernel{Kernel: n.Kernel, Form: n.Form})
		}
		ks[i].Nodes, ks[i].Elements, ks[i].Constraints = ks[i].Nodes+1, ks[i].Elements+n.Elements, ks[i].Constraints+n.Constraints
	}
	return ks
}

// Keys is what making the keys of a bundle took.
type Keys struct {
	Seconds float64 `json:"seconds"`
	Peak    int64   `json:"peak_bytes"` // of the process
}

// Setup makes the keys of the bundle in dir.
func Setup(dir string) (*Keys, error) {
	b, err := bundle.Open(dir)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := pipeline.SetupInsecure(b, nil); err != nil {
		return nil, err
	}
	return &Keys{time.Since(start).Seconds(), machine.Peak()}, nil
}

// Setups is how often keys are made that take less than two seconds the first time.
const Setups = 3

// typical makes the keys of the bundle in dir, several times where that takes little time, and gives the median.
func typical(dir string, setup func(dir string) (*Keys, error)) (*Keys, error) {
	const short = 2 // seconds
	var all []*Keys
	for i := range Setups {
		k, err := setup(dir)
		if err != nil {
			return nil, err
		}
		if i == 0 && k.Seconds >= short {
			return k, nil
		}
		all = append(all, k)
	}
	slices.SortFunc(all, func(x, y *Keys) int { return cmp.Compare(x.Seconds, y.Seconds) })
	return all[Setups/2], nil
}

// Measure compiles, makes the keys by setup, which may be Setup in another process, proves as often as limits say on backend,
// verifies natively and on an EVM, in dir, which must be empty.
func Measure(r pipeline.Request, backend prover.Backend, dir string, limits Limits, setup func(dir string) (*Keys, error), progress pipeline.Progress) (*Row, error) {
	start := time.Now()
	c, err := pipeline.Quantize(r, progress)
	if err != nil {
		return nil, err
	}
	if n := c.Summary.Constraints; limits.Constraints > 0 && n > limits.Constraints {
		return nil, fmt.Errorf("measure %s: want at most %d constraints, it needs %d", r.Name, limits.Constraints, n)
	}
	if _, err := c.Build(dir, progress); err != nil {
		return nil, err
	}
	row := &Row{Model: r.Name, Backend: backend.Name(), Parameters: c.Summary.Parameters, MultiplyAdds: c.Summary.MultiplyAdds, Nonlinear: c.Summary.Nonlinear,
		Constraints: c.Summary.Constraints, Values: c.Summary.Values, Cosine: 1, Estimate: c.Summary.Estimate, Kernels: kernels(c.Summary.Nodes), Compile: time.Since(start).Seconds()}
	if row.Nonlinear > 0 {
		row.PerNonlinear = float64(row.Constraints) / float64(row.Nonlinear)
	}
	f := c.Result.Report.HeldBack
	if f.Samples == 0 {
		f = c.Result.Report.Calibration
	}
	for _, o := range f.Outputs {
		row.Cosine = min(row.Cosine, o.Cosine)
	}
	keys, err := typical(dir, setup)
	if err != nil {
		return nil, err
	}
	row.Setup, row.SetupPeak = keys.Seconds, keys.Peak
	b, err := bundle.Open(dir)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(dir + "/" + bundle.ProvingKeyFile)
	if err != nil {
		return nil, fmt.Errorf("measure: %w", err)
	}
	row.ProvingKey = info.Size()
	samples, err := r.Samples(c.Specs)
	if err != nil {
		return nil, err
	}
	return row, row.prove(b, backend, samples, limits.Runs, progress)
}

// enough seconds of proofs are made for a median, where that is more than the proofs that are asked for.
const enough = 1

func (row *Row) prove(b *bundle.Bundle, backend prover.Backend, samples []compile.Sample, runs int, progress pipeline.Progress) (err error) {
	start := time.Now()
	p, err := pipeline.Prover(b, backend, progress)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	row.Load = time.Since(start).Seconds()
	var first *prover.Result
	var verify []float64
	for i, spent := 0, 0.0; i < runs || spent < enough; i++ {
		in, _, err := compile.Quantize(b.Model.Program, samples[i%len(samples)])
		if err != nil {
			return err
		}
		if progress != nil {
			progress(fmt.Sprintf("prove %d of %d", i+1, max(i+1, runs)))
		}
		res, err := p.Prove([32]byte{}, in, nil)
		if err != nil {
			return err
		}
		if i == 0 {
			first = res
		}
		row.ProveAll = append(row.ProveAll, res.Took.Seconds())
		spent += res.Took.Seconds()
		start := time.Now()
		if err := verifier.Verify(p.Key, p.Schema, res.Envelope, [32]byte{}); err != nil {
			return err
		}
		verify = append(verify, time.Since(start).Seconds())
	}
	row.Prove, row.Verify = median(row.ProveAll), median(verify)
	if err := row.throughput(p, samples, max(len(row.ProveAll), minBatch), progress); err != nil {
		return err
	}
	row.Peak = machine.Peak()
	data, err := evm.Calldata(first.Envelope)
	if err != nil {
		return err
	}
	row.ProofBytes, row.Calldata = len(first.Envelope.Proof), len(data)
	if progress != nil {
		progress("verify on an EVM")
	}
	ctx := context.Background()
	chain, err := devnet.Start()
	if err != nil {
		return err
	}
	defer chain.Close()
	contract, err := chain.Deploy(ctx, p.Key)
	if err != nil {
		return err
	}
	row.DeployGas = contract.DeployGas
	row.Gas, err = contract.Verify(ctx, first.Envelope)
	return err
}

// minBatch is the least number of proofs that throughput is measured on.
const minBatch = 4

// throughput proves n samples back to back.
func (row *Row) throughput(p *prover.Prover, samples []compile.Sample, n int, progress pipeline.Progress) error {
	if progress != nil {
		progress(fmt.Sprintf("prove %d back to back", n))
	}
	var failed error
	start := time.Now()
	p.ProveAll([32]byte{}, func(yield func([]*tensor.Int, error) bool) {
		for i := range n {
			in, _, err := compile.Quantize(p.Model.Program, samples[i%len(samples)])
			if !yield(in, err) {
				return
			}
		}
	}, func(_ int, _ *prover.Result, err error) {
		if failed == nil {
			failed = err
		}
	})
	row.PerMinute = 60 * float64(n) / time.Since(start).Seconds()
	return failed
}

// ProvePeak loads a bundle, proves one of samples, and gives the process's peak memory.
func ProvePeak(dir string, backend prover.Backend, image func(*bundle.Bundle) ([]compile.Sample, error)) (int64, error) {
	b, err := bundle.Open(dir)
	if err != nil {
		return 0, err
	}
	samples, err := image(b)
	if err != nil {
		return 0, err
	}
	p, err := pipeline.Prover(b, backend, nil)
	if err != nil {
		return 0, err
	}
	in, _, err := compile.Quantize(b.Model.Program, samples[0])
	if err != nil {
		return 0, err
	}
	if _, err := p.Prove([32]byte{}, in, nil); err != nil {
		return 0, err
	}
	return machine.Peak(), nil
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	if len(s) == 0 {
		return 0
	}
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
