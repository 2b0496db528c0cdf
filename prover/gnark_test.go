package prover_test

import (
	"math/rand"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover"
	"assay/prover/cpu"
	"assay/verifier/fromgnark"

	"github.com/consensys/gnark-crypto/ecc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/stretchr/testify/require"
)

// layered is a program whose constraints have rows of layers: on each side of a product, and doubled.
func layered(t testing.TB) *program.Program {
	b := testprogram.New(t, "layered")
	x := b.Input(tensor.Shape{1, 3}, -3, 4)
	y := b.Add(testprogram.Dense(x, 3, []int64{1, -2}, []int64{1, 2, -3, 4, 0, 6}))
	z := b.Add(testprogram.Dense(x, 3, []int64{5, 7}, []int64{-1, 2, 2, 3, 1, -5}))
	w := b.Add(&program.Product{A: y, B: z})
	return b.Done(w, b.Add(&program.Step{Arg: b.Add(testprogram.Dense(x, 3, []int64{0, 1}, []int64{1, 1, 1, 2, 3, 4}))}))
}

// A system whose constraints name rows of layers is one to gnark's setup and to its ceremony, and proofs under their
// keys verify.
func TestGnarkSetsUp(t *testing.T) {
	p := layered(t)
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	require.NoError(t, err)
	r, err := prover.Compile(m)
	require.NoError(t, err)
	schema, err := prover.Schema(m)
	require.NoError(t, err)
	hash, err := p.Hash()
	require.NoError(t, err)
	for name, setup := range map[string]func() (*groth16.ProvingKey, *groth16.VerifyingKey){
		"setup": func() (*groth16.ProvingKey, *groth16.VerifyingKey) {
			pk, vk := new(groth16.ProvingKey), new(groth16.VerifyingKey)
			require.NoError(t, groth16.Setup(r, pk, vk))
			require.NoError(t, fromgnark.ShareGamma(pk, vk))
			return pk, vk
		},
		"ceremony": func() (*groth16.ProvingKey, *groth16.VerifyingKey) {
			p1 := mpcsetup.NewPhase1(ecc.NextPowerOfTwo(uint64(r.GetNbConstraints())))
			p1.Contribute()
			commons := p1.Seal([]byte("first"))
			var p2 mpcsetup.Phase2
			evaluations := p2.Initialize(r, &commons)
			p2.Contribute()
			pk, vk := p2.Seal(&commons, &evaluations, []byte("second"))
			return pk.(*groth16.ProvingKey), vk.(*groth16.VerifyingKey)
		},
	} {
		t.Run(name, func(t *testing.T) {
			pk, vk := setup()
			key, err := fromgnark.Key(vk, fromgnark.Meaning{Values: schema.Values(), Program: hash, Schema: schema.Digest(), Insecure: true})
			require.NoError(t, err)
			pr := &prover.Prover{Model: m, R1CS: r, PK: pk, Key: key, Schema: schema, Backend: cpu.New(cpu.Options{})}
			_, err = pr.Prove([32]byte{3}, testprogram.Inputs(rand.New(rand.NewSource(1)), p), nil)
			require.NoError(t, err)
		})
	}
}
