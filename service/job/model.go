package job

import (
	"context"
	"fmt"
	"slices"

	"assay/ir/tensor"
	"assay/service/oip"
)

// Model is one loaded bundle that can answer and prove. Its methods may be called concurrently.
type Model interface {
	Name() string
	Metadata() Metadata

	// Infer is the integer program's answer, dequantized. inputs has one tensor for each of Metadata's inputs.
	Infer(ctx context.Context, inputs map[string]*tensor.Float) (map[string]*tensor.Float, error)

	// Prove gives the envelope, as JSON, of a proof of one inference, bound to bind. It calls progress as it enters
	// each stage and returns soon after ctx has ended. An *Error says that another attempt would fail too; any other
	// error may pass, and the job is tried again.
	Prove(ctx context.Context, inputs map[string]*tensor.Float, bind [32]byte, progress func(stage string)) ([]byte, error)

	// Calldata is the ABI-encoded call that settles the envelope on an EVM.
	Calldata(envelope []byte) ([]byte, error)

	// Verify is nil if the envelope proves an inference of this model, bound to bind.
	Verify(envelope []byte, bind [32]byte) error

	// Decode gives what a verified envelope says in the clear, dequantized.
	Decode(envelope []byte) (Statement, error)
}

// Metadata is what a model says of itself.
type Metadata struct {
	Inputs, Outputs []oip.Spec
	ProgramHash     string // of the integer program, 0x-prefixed hex
	KeyID           string // of the verifying key, 0x-prefixed hex
	Setup           string // how the keys were made: "insecure-dev" or "ceremony"
}

// Statement is the public part of an envelope. A committed side is absent.
type Statement struct {
	Inputs, Outputs map[string]*tensor.Float
}

// Models is the set of models that the service offers.
type Models struct {
	names  []string
	byName map[string]Model
}

// NewModels makes the set; two models of one name are an error.
func NewModels(models ...Model) (*Models, error) {
	m := &Models{byName: make(map[string]Model, len(models))}
	for _, model := range models {
		if m.byName[model.Name()] != nil {
			return nil, fmt.Errorf("add model %q: the name is taken", model.Name())
		}
		m.byName[model.Name()] = model
		m.names = append(m.names, model.Name())
	}
	slices.Sort(m.names)
	return m, nil
}

// Names is sorted.
func (m *Models) Names() []string { return slices.Clone(m.names) }

// Get finds a model; CodeUnknownModel if there is none of that name.
func (m *Models) Get(name string) (Model, error) {
	if model, ok := m.byName[name]; ok {
		return model, nil
	}
	return nil, Errorf(CodeUnknownModel, "model %q: not offered here; want one of %v", name, m.names)
}
