package bundle

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover"
	"assay/prover/digest"
	"assay/prover/key"
	"assay/verifier"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/stretchr/testify/require"
)

// unset makes a bundle without keys.
func unset(t *testing.T) (*Bundle, *cs.R1CS) {
	b := testprogram.New(t, "tiny")
	x := b.Input(tensor.Shape{1, 2}, 0, 3)
	p := b.Done(b.Add(&program.Lookup{Arg: x, Table: program.Ints{2, 0, 1, 3}}))
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	require.NoError(t, err)
	r, err := prover.Compile(m)
	require.NoError(t, err)
	hash, err := p.Hash()
	require.NoError(t, err)
	out := &Bundle{Dir: t.TempDir(), Model: m, Manifest: &Manifest{Version: Version, Name: "tiny", Program: hash, Outside: Clamp, Weights: m.Plan.Weights,
		InputVisibility: circuits.Public, OutputVisibility: circuits.Public}}
	_, err = out.write(ProgramFile, p.Encode)
	require.NoError(t, err)
	out.Manifest.System, err = digest.Of(r)
	require.NoError(t, err)
	require.NoError(t, out.writeManifest())
	return out, r
}

func reopen(t *testing.T, b *Bundle) *Bundle {
	b, err := Open(b.Dir)
	require.NoError(t, err)
	return b
}

func leftovers(t *testing.T, dir string) []string {
	found, err := filepath.Glob(filepath.Join(dir, ".*.*"))
	require.NoError(t, err)
	return found
}

// A setup that fails, or is killed at any time, leaves a bundle without keys that can be set up.
func TestMakeKeysAfterFailure(t *testing.T) {
	b, r := unset(t)
	broken := errors.New("broken")
	require.ErrorIs(t, b.MakeKeys(func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		_, err := w.Write(make([]byte, 3*key.Page))
		require.NoError(t, err)
		return nil, nil, broken
	}), broken)
	require.Empty(t, leftovers(t, b.Dir))
	_, err := reopen(t, b).Prover(nil)
	require.ErrorContains(t, err, "has no keys")

	require.NoError(t, os.WriteFile(filepath.Join(b.Dir, "."+ProvingKeyFile+".123"), []byte("half"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(b.Dir, ProvingKeyFile), []byte("whole, but not in the manifest"), 0o600))
	b = reopen(t, b)
	_, err = b.Prover(nil)
	require.ErrorContains(t, err, "has no keys")
	require.NoError(t, b.MakeKeys(func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		return prover.SetupInsecureTo(b.Model, r, w, nil)
	}))
	require.Empty(t, leftovers(t, b.Dir))
	p, err := reopen(t, b).Prover(nil)
	require.NoError(t, err)
	require.NoError(t, p.Close())
	require.NoError(t, p.Close())
}

// A setup that fails over keys that there are leaves them, and one that is killed as it replaces them leaves none: keys of
// two setups are never named together.
func TestReplacedKeys(t *testing.T) {
	b, r := unset(t)
	setup := func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		return prover.SetupInsecureTo(b.Model, r, w, nil)
	}
	opens := func() error {
		p, err := reopen(t, b).Prover(nil)
		if err == nil {
			err = p.Close()
		}
		return err
	}
	require.NoError(t, b.MakeKeys(setup))
	require.NoError(t, opens())
	first := b.Manifest.Keys.ID

	broken := errors.New("broken")
	require.ErrorIs(t, b.MakeKeys(func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		_, _, err := setup(w)
		return nil, nil, errors.Join(err, broken)
	}), broken)
	require.NoError(t, opens())
	require.Equal(t, first, reopen(t, b).Manifest.Keys.ID)

	// The verifying key's place is taken: the proving key has been replaced when that shows.
	path := filepath.Join(b.Dir, VerifyingKeyFile)
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.MkdirAll(filepath.Join(path, "taken"), 0o700))
	require.Error(t, b.MakeKeys(setup))
	require.Empty(t, leftovers(t, b.Dir))
	require.ErrorContains(t, opens(), "has no keys: run assay setup")

	require.NoError(t, os.RemoveAll(path))
	require.NoError(t, b.MakeKeys(setup))
	require.NoError(t, opens())
	require.NotEqual(t, first, b.Manifest.Keys.ID)
}

func TestKeyFileThatChanged(t *testing.T) {
	b, r := unset(t)
	require.NoError(t, b.MakeKeys(func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		return prover.SetupInsecureTo(b.Model, r, w, nil)
	}))
	path := filepath.Join(b.Dir, ProvingKeyFile)
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	bad := bytes.Clone(good)
	bad[len(bad)/2] ^= 1
	for _, data := range [][]byte{bad, good[:len(good)-1], good[:key.Page], nil} {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		_, err = b.Prover(nil)
		require.ErrorIs(t, err, key.ErrFormat)
		require.ErrorContains(t, err, "SHA-256: want "+b.Manifest.Keys.Proving.String())
	}
	require.NoError(t, os.WriteFile(path, good, 0o600))
	p, err := b.Prover(nil)
	require.NoError(t, err)
	require.NoError(t, p.Close())
}

// While keys are made no other process writes the bundle, and keys are made for the bundle that is there.
func TestKeysOfOneWriter(t *testing.T) {
	b, r := unset(t)
	setup := func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		return prover.SetupInsecureTo(b.Model, r, w, nil)
	}
	other := reopen(t, b)
	require.NoError(t, b.MakeKeys(func(w io.Writer) (*verifier.Key, *verifier.Schema, error) {
		require.ErrorContains(t, other.MakeKeys(setup), "another process writes "+b.Dir)
		_, err := claim(b.Dir)
		require.ErrorContains(t, err, "another process writes")
		return setup(w)
	}))
	require.NoError(t, other.MakeKeys(setup), "keys that another process made are replaced")
	require.NotEqual(t, b.Manifest.Keys.ID, other.Manifest.Keys.ID)

	changed := reopen(t, b)
	changed.Manifest.Name = "another"
	require.NoError(t, changed.writeManifest())
	require.ErrorContains(t, b.MakeKeys(setup), "compiled again meanwhile")
	require.Equal(t, "another", reopen(t, b).Manifest.Name)
}
