package job

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"assay/ir/tensor"
	"assay/service/oip"
)

// Prove is the name of the kind that proves one inference.
const Prove = "prove"

func init() { register(Prove, func(m *Models) Kind { return prove{m} }) }

// ProveRequest asks for a proof of one inference.
type ProveRequest struct {
	Model  string       `json:"model"`
	Inputs []oip.Tensor `json:"inputs"`
	Bind   string       `json:"ctx"` // 32 bytes, 0x-prefixed hex; empty is zero
}

// ProveResult is what a prove job gives.
type ProveResult struct {
	Proof    json.RawMessage `json:"proof"`    // the envelope
	Calldata string          `json:"calldata"` // 0x-prefixed hex
}

// decoded is a request that was checked against its model.
type decoded struct {
	model  Model
	inputs map[string]*tensor.Float
	bind   [32]byte
}

func (r ProveRequest) decode(models *Models) (d decoded, err error) {
	if d.model, err = models.Get(r.Model); err != nil {
		return d, err
	}
	if d.bind, err = ParseBind(r.Bind); err != nil {
		return d, err
	}
	if d.inputs, err = oip.Decode(d.model.Metadata().Inputs, r.Inputs); err != nil {
		return d, Errorf(CodeInvalidInput, "%v", err)
	}
	return d, nil
}

// Check reports, as an *Error, why the request can never be proven.
func (r ProveRequest) Check(models *Models) error {
	_, err := r.decode(models)
	return err
}

// ParseBind reads the 32 bytes, 0x-prefixed hex, that bind a proof to its use. The empty string is zero.
func ParseBind(s string) (bind [32]byte, err error) {
	if s == "" {
		return bind, nil
	}
	digits, ok := strings.CutPrefix(s, "0x")
	if n, err := hex.Decode(bind[:], []byte(digits[:min(len(digits), 64)])); !ok || err != nil || n != 32 || len(digits) != 64 {
		return [32]byte{}, Errorf(CodeInvalidInput, "ctx: want 0x and 64 hex digits, got %d characters", len(s))
	}
	return bind, nil
}

type prove struct{ models *Models }

func (p prove) Run(ctx context.Context, request []byte, report func(State, string) error) ([]byte, error) {
	var req ProveRequest
	if err := json.Unmarshal(request, &req); err != nil {
		return nil, Errorf(CodeMalformedRequest, "read request: %v", err)
	}
	d, err := req.decode(p.models)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	progress := func(stage string) {
		if err := report(Proving, stage); err != nil {
			cancel(err)
		}
	}
	envelope, err := d.model.Prove(ctx, d.inputs, d.bind, progress)
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, fmt.Errorf("prove: %w", err)
	}
	if err := report(Verifying, ""); err != nil {
		return nil, err
	}
	if err := d.model.Verify(envelope, d.bind); err != nil {
		return nil, Errorf(CodeProofRejected, "verify own proof: %v", err)
	}
	call, err := d.model.Calldata(envelope)
	if err != nil {
		return nil, fmt.Errorf("encode calldata: %w", err)
	}
	result, err := json.Marshal(ProveResult{Proof: envelope, Calldata: "0x" + hex.EncodeToString(call)})
	if err != nil {
		return nil, fmt.Errorf("encode result: %w", err)
	}
	return result, nil
}
