package prover_test

import (
	"math/rand"
	"slices"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/tensor"
	"assay/prover"
	"assay/prover/cpu"
	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/fault"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
)

// requireFault requires an error with a stable code.
func requireFault(t *testing.T, err error, what string, codes ...error) {
	t.Helper()
	require.Error(t, err, what)
	var e *fault.Error
	require.ErrorAs(t, err, &e, what)
	if len(codes) > 0 {
		require.True(t, slices.ContainsFunc(codes, func(c error) bool { return c == e.Code }), "%s: want one of %v, got %v", what, codes, err)
	}
}

func TestVerifierRefusesChangedProofs(t *testing.T) {
	for _, v := range []circuits.Visibility{circuits.Public, circuits.Committed} {
		t.Run(string(v), func(t *testing.T) {
			rng := rand.New(rand.NewSource(3))
			p := testprogram.Convnet(t, rng)
			m, err := circuits.NewModel(p, v, v)
			require.NoError(t, err)
			pr := newProver(t, m)
			ctx := [32]byte{1, 2, 3}
			res, err := pr.Prove(ctx, testprogram.Inputs(rng, p), nil)
			require.NoError(t, err)
			good := res.Envelope
			require.NoError(t, verifier.Verify(pr.Key, pr.Schema, good, ctx))

			other := ctx
			other[31] ^= 1
			requireFault(t, verifier.Verify(pr.Key, pr.Schema, good, other), "context of the reader", verifier.ErrContext)
			change := func(what string, f func(*envelope.Envelope), codes ...error) {
				t.Helper()
				e := *good
				e.Values, e.Proof, e.Tensors = slices.Clone(good.Values), slices.Clone(good.Proof), nil
				f(&e)
				requireFault(t, verifier.Verify(pr.Key, pr.Schema, &e, e.Context), what, codes...)
			}
			change("context of the envelope", func(e *envelope.Envelope) { e.Context = other }, verifier.ErrPairing)
			change("program", func(e *envelope.Envelope) { e.Program[0] ^= 1 }, verifier.ErrProgram)
			change("key", func(e *envelope.Envelope) { e.Key[0] ^= 1 }, verifier.ErrKey)
			change("setup", func(e *envelope.Envelope) { e.Setup = envelope.Ceremony }, verifier.ErrSetup)
			one := fr.One()
			for i := range good.Values {
				change("value plus one", func(e *envelope.Envelope) { e.Values[i].Add(&e.Values[i], &one) }, verifier.ErrPairing, verifier.ErrElementRange, verifier.ErrPadding)
				change("value negated", func(e *envelope.Envelope) { e.Values[i].Neg(&e.Values[i]) }, verifier.ErrPairing, verifier.ErrElementRange, verifier.ErrPadding)
				change("value dropped", func(e *envelope.Envelope) { e.Values = slices.Delete(e.Values, i, i+1) }, verifier.ErrValueCount)
			}
			change("value added", func(e *envelope.Envelope) { e.Values = append(e.Values, fr.Element{}) }, verifier.ErrValueCount)
			if len(good.Values) > 1 {
				change("values swapped", func(e *envelope.Envelope) { e.Values[0], e.Values[1] = e.Values[1], e.Values[0] }, verifier.ErrPairing, verifier.ErrElementRange, verifier.ErrPadding)
			}
			for i := 0; i < len(good.Proof); i += 32 {
				change("proof word", func(e *envelope.Envelope) { e.Proof[i+31] ^= 1 })
			}

			// The same values with every other element of a public tensor that is in range.
			if v == circuits.Public {
				data, err := pr.Schema.Unpack(good.Values)
				require.NoError(t, err)
				for k, tensor := range pr.Schema.Tensors {
					for i := range data[k].Elements {
						forged := slices.Clone(data)
						forged[k].Elements = slices.Clone(data[k].Elements)
						if forged[k].Elements[i]++; forged[k].Elements[i] > tensor.Max {
							forged[k].Elements[i] = tensor.Min
						}
						values, err := pr.Schema.Pack(forged)
						require.NoError(t, err)
						change(tensor.Name, func(e *envelope.Envelope) { e.Values = values }, verifier.ErrPairing)
					}
				}
			}
		})
	}
}

// Proofs of one model are not proofs of another, even of the same shape.
func TestVerifierRefusesAnotherModel(t *testing.T) {
	one, err := circuits.NewModel(testprogram.Convnet(t, rand.New(rand.NewSource(4))), circuits.Public, circuits.Public)
	require.NoError(t, err)
	two, err := circuits.NewModel(testprogram.Convnet(t, rand.New(rand.NewSource(5))), circuits.Public, circuits.Public)
	require.NoError(t, err)
	a, b := newProver(t, one), newProver(t, two)
	res, err := a.Prove([32]byte{}, testprogram.Inputs(rand.New(rand.NewSource(6)), one.Program), nil)
	require.NoError(t, err)
	requireFault(t, verifier.Verify(b.Key, b.Schema, res.Envelope, [32]byte{}), "another model", verifier.ErrKey)
	e := *res.Envelope
	e.Key, e.Program, e.Tensors = b.Key.ID(), b.Key.Program, nil
	requireFault(t, verifier.Verify(b.Key, b.Schema, &e, [32]byte{}), "another model's names")
}

// A prover with a broken pair of system and key finds out before anyone else.
func TestProverVerifiesItsOwnProof(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	m, err := circuits.NewModel(testprogram.Convnet(t, rng), circuits.Public, circuits.Public)
	require.NoError(t, err)
	in := testprogram.Inputs(rng, m.Program)
	good, other := newProver(t, m), newProver(t, m)

	mixed := *good
	mixed.PK = other.PK // of another setup of the same system
	_, err = mixed.Prove([32]byte{}, in, nil)
	requireFault(t, err, "proving key of another setup", verifier.ErrPairing)

	pk := *good.PK
	pk.G1.K = slices.Clone(pk.G1.K)
	pk.G1.K[len(pk.G1.K)/2] = pk.G1.Alpha
	tampered := *good
	tampered.PK = &pk
	_, err = tampered.Prove([32]byte{}, in, nil)
	requireFault(t, err, "tampered proving key", verifier.ErrPairing)

	_, err = good.Prove([32]byte{}, in, nil)
	require.NoError(t, err)
	_, err = good.Prove([32]byte{}, []*tensor.Int{tensor.New[int64](tensor.Shape{1})}, nil)
	require.ErrorContains(t, err, "want shape")
	var stages []string
	_, err = good.Prove([32]byte{}, in, func(s string) { stages = append(stages, s) })
	require.NoError(t, err)
	require.Equal(t, []string{prover.StageEvaluate, prover.StageCommit, prover.StageProve, prover.StageVerify}, stages)
	require.Equal(t, "cpu", cpu.New(cpu.Options{}).Name())
}
