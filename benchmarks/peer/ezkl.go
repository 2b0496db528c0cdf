package peer

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// EZKL runs the peer's stages, which scripts/peer holds, in its Python.
type EZKL struct {
	Python string
	Script string
	SRS    string // folder of reference strings, which are made when they are first needed
	Limits Limits
	Search time.Duration // after which the search for arguments starts no trial
}

// reply is what a stage of the script prints.
type reply struct {
	Versions
	Seconds      float64         `json:"seconds"`
	Peak         int64           `json:"peak_bytes"`
	Rows         int             `json:"rows"`
	K            int             `json:"k"`
	Arguments    json.RawMessage `json:"arguments"`
	Witness      float64         `json:"witness_s"`
	Outputs      json.RawMessage `json:"outputs"`
	RuntimeName  string          `json:"runtime"`
	ProvingKey   int64           `json:"proving_key_bytes"`
	VerifyingKey int64           `json:"verifying_key_bytes"`
	Call         float64         `json:"call_s"`
	ProofBytes   int             `json:"proof_bytes"`
	Values       int             `json:"public_values"`
	Creation     string          `json:"creation"`
	Calldata     string          `json:"calldata"`
	Finalists    []struct {
		Rows int `json:"rows"`
		K    int `json:"k"`
	} `json:"finalists"`
}

// ErrAbsent is wrapped where the peer is not installed.
var ErrAbsent = errors.New("EZKL is not installed: run make peer")

// Versions asks the peer what it is.
func (p *EZKL) Versions(ctx context.Context) (Versions, error) {
	if _, err := os.Stat(p.Python); err != nil {
		return Versions{}, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	r, err := p.run(ctx, &budget{Limits: p.Limits}, "versions", ".")
	if err != nil {
		return Versions{}, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	return r.Versions, nil
}

// run runs one stage.
func (p *EZKL) run(ctx context.Context, b *budget, stage, dir string, args ...string) (*reply, error) {
	cmd := exec.CommandContext(ctx, p.Python, append([]string{p.Script, stage, dir}, args...)...)
	out, errOut, used, err := runLimited(ctx, cmd, b.next())
	b.spend(used, err)
	if err != nil {
		return nil, childError(err, out, errOut)
	}
	r := &reply{}
	if err := json.Unmarshal(out, r); err != nil {
		return nil, fmt.Errorf("read answer of %s: %w", stage, err)
	}
	return r, nil
}

// reference asks ONNX Runtime for the float answer.
func (p *EZKL) reference(ctx context.Context, dir string) (outputs []Output, runtime string, err error) {
	r, err := p.run(ctx, &budget{Limits: p.Limits}, "reference", dir)
	if err != nil {
		return nil, "", err
	}
	if err := json.Unmarshal(r.Outputs, &outputs); err != nil {
		return nil, "", fmt.Errorf("read reference: %w", err)
	}
	return outputs, r.RuntimeName, nil
}

// smallestKey is the least that a row takes of a proving key: 90 field elements, with one column.
const smallestKey = 90 * 32

// srs gives the reference string for k, which counts against no limit: one serves all circuits of its size.
func (p *EZKL) srs(ctx context.Context, k int) (string, error) {
	if int64(smallestKey)<<k > p.Limits.Memory {
		return "", &StoppedError{Limit: "memory", Untried: fmt.Sprintf("a proving key for k = %d takes at least %.0f GB", k, float64(int64(smallestKey)<<k)/1e9)}
	}
	if err := os.MkdirAll(p.SRS, 0o755); err != nil {
		return "", fmt.Errorf("make folder: %w", err)
	}
	path := filepath.Join(p.SRS, fmt.Sprintf("k%d.srs", k))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	_, err := p.run(ctx, &budget{Limits: Limits{Time: 6 * time.Hour}}, "srs", p.SRS, "--srs", path+".new", "--k", strconv.Itoa(k))
	if err != nil {
		return "", fmt.Errorf("make reference string: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return "", fmt.Errorf("make reference string: %w", err)
	}
	return path, nil
}

// keyed is a circuit with its keys, ready to prove.
type keyed struct {
	dir, srs string
	budget   *budget
	side     *Side
}

// build compiles settings in dir, compares the answer with want, and makes keys.
func (p *EZKL) build(ctx context.Context, k *keyed, want []Output) (stage string, err error) {
	s := k.side
	r, err := p.run(ctx, k.budget, "compile", k.dir)
	if err != nil {
		return "compile", err
	}
	s.Prepare, s.Witness, s.PreparePeak = s.Prepare+r.Seconds, r.Witness, max(s.PreparePeak, r.Peak)
	var got [][]float64
	if err := json.Unmarshal(r.Outputs, &got); err != nil {
		return "compile", fmt.Errorf("read outputs: %w", err)
	}
	if s.Error, err = errorOf(want, got); err != nil {
		return "compile", err
	}
	if k.srs, err = p.srs(ctx, s.K); err != nil {
		return "setup", err
	}
	if r, err = p.run(ctx, k.budget, "setup", k.dir, "--srs", k.srs); err != nil {
		return "setup", err
	}
	s.Setup, s.SetupPeak, s.ProvingKey, s.VerifyingKey = r.Seconds, r.Peak, r.ProvingKey, r.VerifyingKey
	return "", nil
}

// prove makes one proof.
func (p *EZKL) prove(ctx context.Context, k *keyed) error {
	s := k.side
	r, err := p.run(ctx, k.budget, "prove", k.dir, "--srs", k.srs)
	if err != nil {
		return err
	}
	s.ProveAll, s.CallAll = append(s.ProveAll, r.Seconds), append(s.CallAll, r.Call)
	s.Prove, s.Call, s.ProvePeak = median(s.ProveAll), median(s.CallAll), max(s.ProvePeak, r.Peak)
	s.ProofBytes, s.PublicValues, s.Elapsed = r.ProofBytes, r.Values, k.budget.used.Seconds()
	return nil
}

// settle verifies the last proof natively and on an EVM, outside of the limits.
func (p *EZKL) settle(ctx context.Context, k *keyed) {
	r, err := p.run(ctx, &budget{Limits: p.Limits}, "verify", k.dir, "--srs", k.srs)
	if err != nil {
		k.side.end("verify", k.budget, err)
		return
	}
	k.side.Verify = r.Seconds
	if k.side.EVM, err = p.chain(ctx, k); err != nil {
		k.side.EVM = &EVM{Reason: err.Error()}
	}
}

func (p *EZKL) chain(ctx context.Context, k *keyed) (*EVM, error) {
	r, err := p.run(ctx, &budget{Limits: p.Limits}, "evm", k.dir, "--srs", k.srs)
	if err != nil {
		return nil, err
	}
	creation, err := hex.DecodeString(r.Creation)
	if err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	data, err := hex.DecodeString(r.Calldata)
	if err != nil {
		return nil, fmt.Errorf("read calldata: %w", err)
	}
	return settle(ctx, creation, data, func(returned []byte) error {
		if len(returned) != 32 || returned[31] != 1 {
			return fmt.Errorf("contract of EZKL: want true, got %x", returned)
		}
		return nil
	})
}
