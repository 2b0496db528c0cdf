package setup

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	mathrand "math/rand/v2"
	"runtime"
	"testing"

	"assay/prover/key"
	"assay/verifier/fromgnark"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// web is a circuit whose products are drawn from a seed: each of a few wires and a few terms of earlier ones.
type web struct {
	Secret    []frontend.Variable
	X         frontend.Variable `gnark:",public"`
	seed      uint64
	products  int
	committed int
}

func newWeb(seed uint64, secrets, products, committed int) *web {
	return &web{Secret: make([]frontend.Variable, secrets), seed: seed, products: products, committed: committed}
}

func (w *web) Define(api frontend.API) error {
	rng := mathrand.New(mathrand.NewPCG(w.seed, 1))
	wires := append([]frontend.Variable{w.X}, w.Secret...)
	sum := func() frontend.Variable {
		s := frontend.Variable(rng.IntN(3))
		for range 1 + rng.IntN(4) {
			s = api.Add(s, api.Mul(wires[rng.IntN(len(wires))], rng.IntN(7)-3))
		}
		return s
	}
	commit := func() error {
		c, err := api.(frontend.Committer).Commit(wires[:1+w.committed]...)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(c, w.X)
		return nil
	}
	for i := range w.products {
		if i == w.products/2 {
			if err := commit(); err != nil {
				return err
			}
		}
		wires = append(wires, api.Mul(sum(), sum()))
	}
	return nil
}

func (w *web) compile(t require.TestingT) *cs.R1CS {
	c, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, w, frontend.IgnoreUnconstrainedInputs())
	require.NoError(t, err)
	return c.(*cs.R1CS)
}

// seeded makes crypto/rand deterministic until the test ends.
func seeded(t interface{ Cleanup(func()) }, seed byte) {
	was := rand.Reader
	t.Cleanup(func() { rand.Reader = was })
	rand.Reader = mathrand.NewChaCha8([32]byte{seed})
}

// both sets up r twice with the same secrets: by gnark, and here.
func both(t interface {
	require.TestingT
	Cleanup(func())
}, r *cs.R1CS, seed byte) (pk, gpk *groth16.ProvingKey, vk, gvk *groth16.VerifyingKey) {
	gpk, gvk = new(groth16.ProvingKey), new(groth16.VerifyingKey)
	seeded(t, seed)
	require.NoError(t, groth16.Setup(r, gpk, gvk))
	seeded(t, seed+1)
	require.NoError(t, fromgnark.ShareGamma(gpk, gvk))

	seeded(t, seed)
	s := new(secrets)
	for _, e := range []*fr.Element{&s.tau, &s.alpha, &s.beta, &s.gamma, &s.delta} {
		e.MustSetRandom()
	}
	seeded(t, seed+1)
	sigma, err := rand.Int(rand.Reader, new(big.Int).Sub(fr.Modulus(), big.NewInt(2)))
	require.NoError(t, err)
	s.sigma.SetBigInt(sigma.Add(sigma, big.NewInt(2)))
	var m key.Memory
	vk, err = run(r, &m, func(string, float64) {}, s)
	require.NoError(t, err)
	return m.Key(), gpk, vk, gvk
}

func requireSame(t require.TestingT, pk, gpk *groth16.ProvingKey, vk, gvk *groth16.VerifyingKey) {
	require.Equal(t, gvk, vk)
	require.Equal(t, gpk.G1, pk.G1)
	require.Equal(t, gpk.G2, pk.G2)
	require.Equal(t, gpk.InfinityA, pk.InfinityA)
	require.Equal(t, gpk.InfinityB, pk.InfinityB)
	require.Equal(t, gpk.NbInfinityA, pk.NbInfinityA)
	require.Equal(t, gpk.NbInfinityB, pk.NbInfinityB)
	require.Equal(t, gpk.CommitmentKeys, pk.CommitmentKeys)
	require.Equal(t, gpk.Domain.Cardinality, pk.Domain.Cardinality)
	require.Equal(t, gpk.Domain.Generator, pk.Domain.Generator)
}

func TestSameKeysAsGnark(t *testing.T) {
	for i, w := range []*web{newWeb(1, 1, 2, 1), newWeb(2, 4, 61, 0), newWeb(3, 4, 62, 4), newWeb(4, 9, 3000, 9)} {
		t.Run(fmt.Sprint(w.products), func(t *testing.T) {
			pk, gpk, vk, gvk := both(t, w.compile(t), byte(2*i))
			requireSame(t, pk, gpk, vk, gvk)
		})
	}
}

// The wires are dealt out to any number of processors.
func TestSameKeysOnAnyNumberOfProcessors(t *testing.T) {
	was := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(was)
	r := newWeb(8, 9, 1500, 9).compile(t)
	for _, n := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(n)
		pk, gpk, vk, gvk := both(t, r, 3)
		requireSame(t, pk, gpk, vk, gvk)
	}
}

func TestSameKeysAsGnarkOfRandomSystems(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		secrets := rapid.IntRange(1, 6).Draw(r, "secret inputs")
		w := newWeb(rapid.Uint64().Draw(r, "seed"), secrets, rapid.IntRange(2, 40).Draw(r, "products"), rapid.IntRange(0, secrets).Draw(r, "committed"))
		pk, gpk, vk, gvk := both(r, w.compile(r), 7)
		requireSame(r, pk, gpk, vk, gvk)
	})
}

func TestProofsVerify(t *testing.T) {
	w := newWeb(5, 5, 90, 3)
	r := w.compile(t)
	var m key.Memory
	vk, err := Run(r, &m, nil)
	require.NoError(t, err)
	a := newWeb(5, 5, 90, 3)
	a.X = 3
	for i := range a.Secret {
		a.Secret[i] = i*i + 2
	}
	full, err := frontend.NewWitness(a, ecc.BN254.ScalarField())
	require.NoError(t, err)
	proof, err := groth16.Prove(r, m.Key(), full)
	require.NoError(t, err)
	require.NoError(t, groth16.Verify(proof, vk, fr.Vector{fr.NewElement(3)}))
	require.Error(t, groth16.Verify(proof, vk, fr.Vector{fr.NewElement(4)}))
}

func TestSecretsDiffer(t *testing.T) {
	r := newWeb(6, 2, 9, 1).compile(t)
	var keys [2]*groth16.VerifyingKey
	for i := range keys {
		var m key.Memory
		var err error
		keys[i], err = Run(r, &m, nil)
		require.NoError(t, err)
	}
	for _, points := range [][2]bn254.G2Affine{{keys[0].G2.Beta, keys[1].G2.Beta}, {keys[0].G2.Gamma, keys[1].G2.Gamma}, {keys[0].G2.Delta, keys[1].G2.Delta},
		{keys[0].CommitmentKeys[0].GSigmaNeg, keys[1].CommitmentKeys[0].GSigmaNeg}, {keys[0].G2.Gamma, keys[0].G2.Delta}} {
		require.NotEqual(t, points[0], points[1])
	}
	require.NotEqual(t, keys[0].G1.Alpha, keys[1].G1.Alpha)
}

func TestRefusedSecrets(t *testing.T) {
	const n = 16
	s, err := draw(n)
	require.NoError(t, err)
	require.NoError(t, s.check(n))
	for name, spoil := range map[string]func(*secrets){
		"tau: want none that is zero":   func(s *secrets) { s.tau.SetZero() },
		"alpha: want none that is zero": func(s *secrets) { s.alpha.SetZero() },
		"beta: want none that is zero":  func(s *secrets) { s.beta.SetZero() },
		"gamma: want none that is zero": func(s *secrets) { s.gamma.SetZero() },
		"delta: want none that is zero": func(s *secrets) { s.delta.SetZero() },
		"sigma: want none that is zero": func(s *secrets) { s.sigma.SetZero() },
		"another than one":              func(s *secrets) { s.sigma.SetOne() },
		"none in the domain":            func(s *secrets) { s.tau = fft.NewDomain(n).Generator },
	} {
		bad := *s
		spoil(&bad)
		require.ErrorContains(t, bad.check(n), name)
		_, err := run(newWeb(6, 2, 9, 1).compile(t), new(key.Memory), func(string, float64) {}, &bad)
		require.ErrorContains(t, err, name)
	}
	s.forget()
	require.Equal(t, secrets{}, *s)
}

// brokenReader fails after a number of bytes.
type brokenReader struct{ left int }

func (b *brokenReader) Read(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errors.New("no entropy")
	}
	return mathrand.NewChaCha8([32]byte{}).Read(p)
}

func TestWithoutEntropy(t *testing.T) {
	was := rand.Reader
	t.Cleanup(func() { rand.Reader = was })
	for n := range 6 {
		rand.Reader = &brokenReader{32 * n}
		_, err := Run(newWeb(6, 2, 9, 1).compile(t), new(key.Memory), nil)
		require.ErrorContains(t, err, "draw secrets: no entropy")
	}
}

// full takes some bytes and then fails.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	r := newWeb(4, 9, 3000, 9).compile(t)
	size := &full{1 << 40}
	_, err := Run(r, key.NewWriter(size), nil)
	require.NoError(t, err)
	need := 1<<40 - size.left
	for _, room := range []int{0, key.Page, need / 2, need - 1} {
		_, err := Run(r, key.NewWriter(&full{room}), nil)
		require.ErrorIs(t, err, io.ErrShortWrite, "room for %d of %d bytes", room, need)
	}
}

func TestProgress(t *testing.T) {
	last := map[string]float64{}
	var order []string
	_, err := Run(newWeb(4, 9, 300, 9).compile(t), new(key.Memory), func(part string, done float64) {
		was, seen := last[part]
		if !seen {
			require.Zero(t, done, part)
			order = append(order, part)
		}
		require.GreaterOrEqual(t, done, was, part)
		last[part] = done
	})
	require.NoError(t, err)
	require.Equal(t, []string{Evaluate, Tables, "G1.A", "G1.B", "G1.Z", "G1.K", "basis", "basis times sigma", "G2.B"}, order)
	for part, done := range last {
		require.Equal(t, 1.0, done, part)
	}
}
