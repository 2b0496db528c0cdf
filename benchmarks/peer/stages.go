package peer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"assay/bundle"
	"assay/compile"
	"assay/input"
	"assay/internal/machine"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/pipeline"
	"assay/prover"
	"assay/verifier"
	"assay/verifier/evm"
	"assay/verifier/evm/devnet"
)

// Answer is what one stage of Assay, in a process of its own, tells the comparison.
type Answer struct {
	Seconds float64 `json:"seconds"`
	Peak    int64   `json:"peak_bytes"`

	// of compile
	Constraints  int      `json:"constraints,omitempty"`
	Parameters   int      `json:"parameters,omitempty"`
	MultiplyAdds int      `json:"multiply_adds,omitempty"`
	Nonlinear    int      `json:"nonlinear,omitempty"`
	Values       int      `json:"public_values,omitempty"`
	Left         int      `json:"left,omitempty"`    // operators left to the reader
	Outputs      []Output `json:"outputs,omitempty"` // as a proof shows them, after what is left to the reader
	Float        []Output `json:"float,omitempty"`   // of the float executor

	// of setup
	ProvingKey   int64 `json:"proving_key_bytes,omitempty"`
	VerifyingKey int64 `json:"verifying_key_bytes,omitempty"`

	// of prove
	Call       float64 `json:"call_s,omitempty"` // loading, and the first proof
	Verify     float64 `json:"verify_s,omitempty"`
	ProofBytes int     `json:"proof_bytes,omitempty"`

	// of evm
	EVM *EVM `json:"evm,omitempty"`
}

// Stages of Assay, by the name that the command line gives them.
var Stages = map[string]func(dir string, backend prover.Backend) (*Answer, error){
	"compile": stageCompile,
	"setup":   stageSetup,
	"prove":   stageProve,
	"evm":     stageEVM,
}

func samples(dir, file string) func([]input.Spec) ([]compile.Sample, error) {
	return func(specs []input.Spec) ([]compile.Sample, error) {
		return input.Read(filepath.Join(dir, file), specs, input.Options{})
	}
}

// readDims gives the extents of a model's folder, nil where it has none.
func readDims(dir string) (dims map[string]int, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, dimsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read extents: %w", err)
	}
	if err := json.Unmarshal(raw, &dims); err != nil {
		return nil, fmt.Errorf("read extents: %w", err)
	}
	return dims, nil
}

func stageCompile(dir string, _ prover.Backend) (*Answer, error) {
	raw, err := os.ReadFile(filepath.Join(dir, modelFile))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	dims, err := readDims(dir)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	c, err := pipeline.Quantize(pipeline.Request{Name: filepath.Base(dir), ONNX: raw, Large: true, Dims: dims, MaxMemory: machine.Usable(),
		Samples: samples(dir, calibrationFile)}, nil)
	if err != nil {
		return nil, err
	}
	b, err := c.Build(filepath.Join(dir, bundleFolder), nil)
	if err != nil {
		return nil, err
	}
	a := &Answer{Seconds: time.Since(start).Seconds(), Peak: machine.Peak(), Constraints: c.Summary.Constraints, Parameters: c.Summary.Parameters,
		MultiplyAdds: c.Summary.MultiplyAdds, Nonlinear: c.Summary.Nonlinear, Values: c.Summary.Values, Left: len(b.Manifest.Reader)}
	in, err := samples(dir, inputFile)(c.Specs)
	if err != nil {
		return nil, err
	}
	g, _, err := onnx.Decode(raw, options(dims))
	if err != nil {
		return nil, err
	}
	ans, err := pipeline.Run(b, g, in[0])
	if err != nil {
		return nil, err
	}
	for _, v := range g.Outputs {
		for _, x := range []struct {
			from map[string]*tensor.Float
			to   *[]Output
		}{{ans.Read, &a.Outputs}, {ans.Float, &a.Float}} {
			t := x.from[v.Name]
			if t == nil {
				return nil, fmt.Errorf("run: output %s has no value", v.Name)
			}
			*x.to = append(*x.to, Output{Name: v.Name, Shape: t.Shape, Data: t.Data})
		}
	}
	return a, nil
}

func stageSetup(dir string, _ prover.Backend) (*Answer, error) {
	b, err := bundle.Open(filepath.Join(dir, bundleFolder))
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := pipeline.SetupInsecure(b, nil); err != nil {
		return nil, err
	}
	a := &Answer{Seconds: time.Since(start).Seconds(), Peak: machine.Peak()}
	for name, to := range map[string]*int64{bundle.ProvingKeyFile: &a.ProvingKey, bundle.VerifyingKeyFile: &a.VerifyingKey} {
		info, err := os.Stat(filepath.Join(b.Dir, name))
		if err != nil {
			return nil, fmt.Errorf("measure keys: %w", err)
		}
		*to = info.Size()
	}
	return a, nil
}

// ready is a prover with its keys loaded and the measured input.
func ready(dir string, backend prover.Backend) (*prover.Prover, []*tensor.Int, error) {
	b, err := bundle.Open(filepath.Join(dir, bundleFolder))
	if err != nil {
		return nil, nil, err
	}
	in, err := samples(dir, inputFile)(b.Specs())
	if err != nil {
		return nil, nil, err
	}
	p, err := pipeline.Prover(b, backend, nil)
	if err != nil {
		return nil, nil, err
	}
	q, _, err := b.Quantize(in[0])
	return p, q, err
}

// stageProve proves twice: from a new process, and again with the keys loaded.
func stageProve(dir string, backend prover.Backend) (_ *Answer, err error) {
	start := time.Now()
	p, in, err := ready(dir, backend)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	a := &Answer{}
	var res *prover.Result
	for i := range 2 {
		if i > 0 {
			start = time.Now()
		}
		if res, err = p.Prove([32]byte{}, in, nil); err != nil {
			return nil, err
		}
		if i == 0 {
			a.Call = time.Since(start).Seconds()
		}
	}
	a.Seconds, a.Peak, a.ProofBytes = time.Since(start).Seconds(), machine.Peak(), len(res.Envelope.Proof)
	var verify []float64
	for range 5 {
		start := time.Now()
		if err := verifier.Verify(p.Key, p.Schema, res.Envelope, [32]byte{}); err != nil {
			return nil, err
		}
		verify = append(verify, time.Since(start).Seconds())
	}
	a.Verify = median(verify)
	return a, nil
}

func stageEVM(dir string, backend prover.Backend) (_ *Answer, err error) {
	p, in, err := ready(dir, backend)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	res, err := p.Prove([32]byte{}, in, nil)
	if err != nil {
		return nil, err
	}
	code, err := evm.Creation(p.Key)
	if err != nil {
		return nil, err
	}
	data, err := evm.Calldata(res.Envelope)
	if err != nil {
		return nil, err
	}
	e, err := settle(context.Background(), code, data, nil)
	return &Answer{EVM: e}, err
}

// settle deploys a contract on a chain in the process and sends it one transaction. accept looks at what a call returns; it may
// be nil.
func settle(ctx context.Context, creation, calldata []byte, accept func(returned []byte) error) (*EVM, error) {
	chain, err := devnet.Start()
	if err != nil {
		return nil, err
	}
	defer chain.Close()
	contract, err := chain.DeployCode(ctx, creation)
	if err != nil {
		return nil, err
	}
	returned, gas, err := contract.Send(ctx, calldata)
	if err != nil {
		return nil, err
	}
	if accept != nil {
		if err := accept(returned); err != nil {
			return nil, err
		}
	}
	return &EVM{Gas: gas, DeployGas: contract.DeployGas, Runtime: contract.Runtime, Calldata: len(calldata)}, nil
}
