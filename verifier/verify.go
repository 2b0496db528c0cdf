package verifier

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/verifier/envelope"
	"assay/verifier/fault"
)

// Faults of a proof that is well-formed.
var (
	ErrProgram    = fault.Define("program-mismatch", "the proof names another program than the key")
	ErrKey        = fault.Define("key-mismatch", "the proof was made for another verifying key")
	ErrSetup      = fault.Define("setup-mismatch", "the proof and the key disagree about the setup")
	ErrContext    = fault.Define("context-mismatch", "the proof is bound to another context")
	ErrSchemaHash = fault.Define("schema-mismatch", "the schema is not the one that the key names")
	ErrTensors    = fault.Define("tensor-mismatch", "the decoded tensors are not what the values encode")
	ErrPairing    = fault.Define("proof-pairing", "the proof does not satisfy the verifying equation")
	ErrKnowledge  = fault.Define("proof-knowledge", "the commitment's proof of knowledge is wrong")
)

// Verify returns nil if the envelope proves that the key's model gave the values, bound to ctx. Each way
// to fail has its own code; see the Err variables of this package and of [envelope].
func Verify(key *Key, schema *Schema, e *envelope.Envelope, ctx [32]byte) error {
	if err := verify(key, schema, e, ctx); err != nil {
		return fmt.Errorf("verify proof: %w", err)
	}
	return nil
}

func verify(key *Key, schema *Schema, e *envelope.Envelope, ctx [32]byte) error {
	if err := key.Lint(); err != nil {
		return err
	}
	if id := key.ID(); e.Key != id {
		return fault.New(ErrKey, "key", hex(id), hex(e.Key))
	}
	if e.Program != key.Program {
		return fault.New(ErrProgram, "program", hex(key.Program), hex(e.Program))
	}
	if want := key.Setup(); e.Setup != want {
		return fault.New(ErrSetup, "setup", want, e.Setup)
	}
	if e.Context != ctx {
		return fault.New(ErrContext, "context", hex(ctx), hex(e.Context))
	}
	if err := key.CheckSchema(schema); err != nil {
		return err
	}
	tensors, err := schema.Describe(e.Values)
	if err != nil {
		return err
	}
	if e.Tensors != nil && !slices.EqualFunc(e.Tensors, tensors, sameTensor) {
		return fault.New(ErrTensors, "tensors", nil, nil)
	}
	return key.VerifyValues(ctx, e.Values, e.Proof)
}

// VerifyValues checks the proof alone, as a contract does: the number of values, the points of the proof,
// the verifying equation and the commitment's proof of knowledge. It does not lint the key and gives the
// values no meaning; [Verify] does both.
func (k *Key) VerifyValues(ctx [32]byte, values []fr.Element, proof []byte) error {
	if len(values) != k.Values {
		return fault.New(ErrValueCount, "values", k.Values, len(values))
	}
	p, err := ParseProof(proof)
	if err != nil {
		return err
	}
	h := H(k.ID(), ctx, values)
	rho := Rho(p.D, h)
	l := k.combine(h, Evaluate(rho, values), rho, p.D)
	ok, err := bn254.PairingCheck(
		[]bn254.G1Affine{p.A, k.Alpha, l, p.C},
		[]bn254.G2Affine{p.B, k.BetaNeg, k.GammaNeg, k.DeltaNeg})
	if err != nil {
		return fmt.Errorf("pair proof: %w", err)
	}
	if !ok {
		return fault.New(ErrPairing, "proof", nil, nil)
	}
	ok, err = bn254.PairingCheck(
		[]bn254.G1Affine{p.D, p.PoK},
		[]bn254.G2Affine{k.PedersenGSigmaNeg, k.PedersenG})
	if err != nil {
		return fmt.Errorf("pair commitment: %w", err)
	}
	if !ok {
		return fault.New(ErrKnowledge, "PoK", nil, nil)
	}
	return nil
}

// combine gives K0 + h K_H + p K_P + rho K_rho + D.
func (k *Key) combine(h, p, rho fr.Element, d bn254.G1Affine) bn254.G1Affine {
	var sum, term bn254.G1Jac
	sum.FromAffine(&k.K0)
	sum.AddMixed(&d)
	for _, t := range []struct {
		scalar fr.Element
		point  bn254.G1Affine
	}{{h, k.KH}, {p, k.KP}, {rho, k.KRho}} {
		var s big.Int
		term.FromAffine(&t.point)
		term.ScalarMultiplication(&term, t.scalar.BigInt(&s))
		sum.AddAssign(&term)
	}
	var out bn254.G1Affine
	return *out.FromJacobian(&sum)
}

// CheckSchema refuses a schema that is invalid or is not the one the key names.
func (k *Key) CheckSchema(s *Schema) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if got := s.Digest(); got != k.Schema {
		return fault.New(ErrSchemaHash, "schema", hex(k.Schema), hex(got))
	}
	if s.Values() != k.Values {
		return fault.New(ErrValueCount, "schema", k.Values, s.Values())
	}
	return nil
}

// Setup is the mark that proofs for this key carry.
func (k *Key) Setup() envelope.Setup {
	if k.Insecure {
		return envelope.InsecureDev
	}
	return envelope.Ceremony
}

func hex(w [32]byte) string { return fmt.Sprintf("0x%x", w) }
