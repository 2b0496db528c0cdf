package prooftest

import (
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/groth16"
	bn "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	csbn "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/stretchr/testify/require"

	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/fromgnark"
)

func init() { logger.Disable() }

// Model is a circuit with its keys.
type Model struct {
	Key    *verifier.Key
	Schema *verifier.Schema
	VK     *bn.VerifyingKey
	pk     *bn.ProvingKey
	cs     constraint.ConstraintSystem
}

// New compiles and sets up a circuit for the schema's number of values, with a key of [Development].
func New(tb testing.TB, schema *verifier.Schema) *Model {
	tb.Helper()
	return With(tb, schema, Development)
}

// With is [New] with a setup of one's choice.
func With(tb testing.TB, schema *verifier.Schema, setup Setup) *Model {
	tb.Helper()
	n := schema.Values()
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &statement{Values: make([]frontend.Variable, n)})
	require.NoError(tb, err)
	m := &Model{Schema: schema, cs: system}
	m.pk, m.VK, err = setup(system.(*csbn.R1CS))
	require.NoError(tb, err)
	m.Key, err = fromgnark.Key(m.VK, fromgnark.Meaning{
		Values: n, Program: [32]byte{1, 2, 3}, Schema: schema.Digest(), Insecure: true,
	})
	require.NoError(tb, err)
	return m
}

// Wide is a schema of n values: one public tensor of bytes that fills them.
func Wide(tb testing.TB, n int) *verifier.Schema {
	tb.Helper()
	s, err := verifier.NewSchema(verifier.Tensor{
		Name: "x", Role: verifier.Input, Visibility: verifier.Public,
		Shape: []int{1, n * verifier.Chunk}, Min: 0, Max: 255, Scale: 1, Bytes: 1,
	})
	require.NoError(tb, err)
	return s
}

// Prove gives an honest envelope for the values.
func (m *Model) Prove(tb testing.TB, ctx [32]byte, values []fr.Element) *envelope.Envelope {
	tb.Helper()
	proof, _ := m.ProveClaim(tb, ctx, values, values)
	tensors, err := m.Schema.Describe(values)
	require.NoError(tb, err)
	return &envelope.Envelope{
		Program: m.Key.Program, Key: m.Key.ID(), Setup: envelope.InsecureDev,
		Context: ctx, Values: values, Proof: proof, Tensors: tensors,
	}
}

// ProveClaim makes a proof whose H is over the claimed values and whose circuit holds its own. It also
// returns the public inputs H and P that it satisfies. A first solve finds the commitment, and so rho.
func (m *Model) ProveClaim(tb testing.TB, ctx [32]byte, claimed, own []fr.Element) (proof []byte, public [2]fr.Element) {
	tb.Helper()
	h := verifier.H(m.Key.ID(), ctx, claimed)
	mask := fixMask(tb)
	var rho fr.Element
	hashed := len(m.cs.GetCommitments().(constraint.Groth16Commitments)[0].PublicAndCommitmentCommitted)
	capture := func(_ *big.Int, in, out []*big.Int) error {
		committed := make([]fr.Element, len(in)-1-hashed)
		for i := range committed {
			committed[i].SetBigInt(in[1+hashed+i])
		}
		d, err := m.pk.CommitmentKeys[0].Commit(committed)
		if err != nil {
			return err
		}
		rho = verifier.Rho(d, h)
		rho.BigInt(out[0])
		return nil
	}
	id := solver.GetHintID(cs.Bsb22CommitmentComputePlaceholder)
	_, err := m.cs.Solve(m.witness(tb, h, fr.Element{}, own), mask, solver.OverrideHint(id, capture))
	require.Error(tb, err, "a solve without P cannot succeed")

	p := verifier.Evaluate(rho, own)
	full := m.witness(tb, h, p, own)
	made, err := groth16.Prove(m.cs, m.pk, full, backend.WithSolverOptions(mask), solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	require.NoError(tb, err)
	pub, err := full.Public()
	require.NoError(tb, err)
	require.NoError(tb, groth16.Verify(made, m.VK, pub, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)), "gnark accepts H and P")
	proof, err = fromgnark.Proof(made.(*bn.Proof))
	require.NoError(tb, err)
	require.Equal(tb, made.(*bn.Proof).MarshalSolidity(), proof, "gnark's own encoding")
	return proof, [2]fr.Element{h, p}
}

func (m *Model) witness(tb testing.TB, h, p fr.Element, own []fr.Element) witness.Witness {
	tb.Helper()
	a := &statement{H: h, P: p, Values: make([]frontend.Variable, len(own))}
	for i := range own {
		a.Values[i] = own[i]
	}
	w, err := frontend.NewWitness(a, ecc.BN254.ScalarField())
	require.NoError(tb, err)
	return w
}

// fixMask gives both solves one mask of the commitment.
func fixMask(tb testing.TB) solver.Option {
	tb.Helper()
	var mask fr.Element
	mask.MustSetRandom()
	for _, h := range solver.GetRegisteredHints() {
		if strings.HasSuffix(solver.GetHintName(h), "hints.Randomize") {
			return solver.OverrideHint(solver.GetHintID(h), func(_ *big.Int, _, out []*big.Int) error {
				mask.BigInt(out[0])
				return nil
			})
		}
	}
	tb.Fatal("gnark registers no hint that randomises commitments")
	return nil
}
