// Package backendtest holds proving backends to what prover.Backend promises. Every backend's tests call Run.
package backendtest

import (
	"math/rand"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/ir/tensor"
	"assay/prover"
	"assay/verifier"
	"assay/verifier/fault"
)

// Run proves circuits of all kinds with backends that open makes, and has the native verifier and gnark's check each
// proof. It also requires that proofs are fresh, that a witness or a key of another circuit is refused, that keys can
// be switched and given up, and that one backend can serve several provers at a time.
func Run(t *testing.T, open func(testing.TB) prover.Backend) {
	for _, c := range cases {
		if c.slow && testing.Short() {
			continue
		}
		t.Run("proves/"+c.name, func(t *testing.T) { proves(t, c, open) })
	}
	t.Run("fresh", func(t *testing.T) { fresh(t, open(t)) })
	t.Run("refuses", func(t *testing.T) { refuses(t, open(t)) })
	t.Run("keys", func(t *testing.T) { keys(t, open(t)) })
	t.Run("concurrent", func(t *testing.T) { concurrent(t, open(t)) })
	require.NotEmpty(t, open(t).Name())
}

// proves proves several inputs of one circuit, at the ends of the ranges too.
func proves(t *testing.T, c testCase, open func(testing.TB) prover.Backend) {
	p := c.prover(t, open(t))
	rng := rand.New(rand.NewSource(8))
	for i, in := range append(ends(p), c.inputs(t, p, rng), c.inputs(t, p, rng)) {
		prove(t, p, [32]byte{byte(i)}, in)
	}
}

// ends are the inputs that are least and greatest throughout.
func ends(p *prover.Prover) [][]*tensor.Int {
	out := make([][]*tensor.Int, 2)
	for _, id := range p.Model.Program.Inputs {
		d := p.Model.Program.Tensors[id]
		for i, v := range []int64{d.Range.Min, d.Range.Max} {
			x := tensor.New[int64](d.Shape)
			for j := range x.Data {
				x.Data[j] = v
			}
			out[i] = append(out[i], x)
		}
	}
	return out
}

// prove makes one proof and checks it with both verifiers.
func prove(t testing.TB, p *prover.Prover, ctx [32]byte, in []*tensor.Int) verifier.Proof {
	t.Helper()
	res, err := p.Prove(ctx, in, nil)
	require.NoError(t, err)
	return check(t, p, ctx, res)
}

// check has both verifiers accept the proof of in, and refuse it in another context.
func check(t testing.TB, p *prover.Prover, ctx [32]byte, res *prover.Result) verifier.Proof {
	t.Helper()
	require.NoError(t, verifier.Verify(p.Key, p.Schema, res.Envelope, ctx))
	proof, err := verifier.ParseProof(res.Envelope.Proof)
	require.NoError(t, err)
	require.NoError(t, gnarkVerify(p.Key, ctx, res.Envelope.Values, proof))
	ctx[0] ^= 1
	require.Error(t, gnarkVerify(p.Key, ctx, res.Envelope.Values, proof), "another context")
	return proof
}

// fresh requires that nothing of a proof is the same in another of the same input: A, B and C are blinded by two
// random numbers, the commitment by one.
func fresh(t *testing.T, b prover.Backend) {
	p := convnet.prover(t, b)
	in := convnet.inputs(t, p, rand.New(rand.NewSource(9)))
	one, two := prove(t, p, [32]byte{}, in), prove(t, p, [32]byte{}, in)
	require.False(t, one.A.Equal(&two.A), "A")
	require.False(t, one.B.Equal(&two.B), "B")
	require.False(t, one.C.Equal(&two.C), "C")
	require.False(t, one.D.Equal(&two.D), "commitment")
	require.False(t, one.PoK.Equal(&two.PoK), "proof of knowledge")
}

// refuses requires an error for a system that the evaluation does not satisfy, and for a key of another setup, and
// that the backend goes on proving afterwards.
func refuses(t *testing.T, b prover.Backend) {
	p, other, again := convnet.prover(t, b), stranger.prover(t, b), convnet.prover(t, b)
	in := convnet.inputs(t, p, rand.New(rand.NewSource(10)))

	system := *p
	system.R1CS, system.PK = other.R1CS, other.PK
	_, err := system.Prove([32]byte{}, in, nil)
	require.Error(t, err, "the constraint system of other weights")
	var f *fault.Error
	require.NotErrorAs(t, err, &f, "the witness must be refused before there is a proof")
	prove(t, p, [32]byte{}, in)

	key := *p
	key.PK = again.PK
	_, err = key.Prove([32]byte{}, in, nil)
	require.ErrorIs(t, err, verifier.ErrPairing, "the proving key of another setup")
	prove(t, p, [32]byte{}, in)
}

// keys alternates between keys of different sizes, gives them up and takes them again.
func keys(t *testing.T, b prover.Backend) {
	provers := []*prover.Prover{convnet.prover(t, b), arithmetic.prover(t, b), stranger.prover(t, b)}
	cs := []testCase{convnet, arithmetic, stranger}
	rng := rand.New(rand.NewSource(11))
	for round := range 3 {
		for i, p := range provers {
			prove(t, p, [32]byte{byte(round)}, cs[i].inputs(t, p, rng))
			if r, ok := b.(prover.Releaser); ok && round > 0 {
				require.NoError(t, r.Release(p.PK))
				require.NoError(t, r.Release(p.PK), "a key that the backend does not hold")
			}
		}
	}
}

// concurrent proves with several provers of one backend at a time.
func concurrent(t *testing.T, b prover.Backend) {
	cs := []testCase{convnet, arithmetic, stranger}
	results := make([][]*prover.Result, len(cs))
	errs := make([]error, len(cs))
	provers := make([]*prover.Prover, len(cs))
	inputs := make([][]*tensor.Int, len(cs))
	rng := rand.New(rand.NewSource(12))
	for i, c := range cs {
		provers[i] = c.prover(t, b)
		inputs[i] = c.inputs(t, provers[i], rng)
	}
	var done sync.WaitGroup
	for i, p := range provers {
		done.Go(func() {
			for range 3 {
				res, err := p.Prove([32]byte{byte(i)}, inputs[i], nil)
				if err != nil {
					errs[i] = err
					return
				}
				results[i] = append(results[i], res)
			}
		})
	}
	done.Wait()
	for i, p := range provers {
		require.NoError(t, errs[i], cs[i].name)
		for _, res := range results[i] {
			check(t, p, [32]byte{byte(i)}, res)
		}
	}
}
