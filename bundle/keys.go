package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"assay/internal/resident"
	"assay/prover"
	"assay/prover/key"
	"assay/verifier"
)

// MakeKeys stores the keys that setup makes, the proving key as it is written, and at last names them in the manifest. A
// process that is killed before the keys are complete leaves the bundle as it was, and perhaps a file that the next call
// removes; one that is killed while they replace others leaves a bundle without keys. No other process writes the bundle
// meanwhile, and none has written it since it was opened: that is an error.
func (b *Bundle) MakeKeys(setup func(proving io.Writer) (*verifier.Key, *verifier.Schema, error)) (err error) {
	held, err := lock(b.Dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	if err := b.reread(); err != nil {
		return err
	}
	for _, name := range []string{ProvingKeyFile, VerifyingKeyFile} {
		if err := b.clean(name); err != nil {
			return err
		}
	}
	var vk *verifier.Key
	var schema *verifier.Schema
	proving, err := b.stage(ProvingKeyFile, func(w io.Writer) (err error) {
		vk, schema, err = setup(w)
		return err
	})
	if err != nil {
		return err
	}
	verifying, err := b.stage(VerifyingKeyFile, func(w io.Writer) error {
		file, err := verifier.EncodeKey(vk, schema)
		if err == nil {
			_, err = w.Write(file)
		}
		return err
	})
	if err != nil {
		return errors.Join(err, os.Remove(proving.at))
	}
	if b.Manifest.Keys != nil {
		b.Manifest.Keys = nil
		if err := b.writeManifest(); err != nil {
			return errors.Join(err, os.Remove(proving.at), os.Remove(verifying.at))
		}
	}
	if err := b.place(proving, verifying); err != nil {
		return err
	}
	b.Manifest.Keys = &Keys{Setup: string(vk.Setup()), ID: vk.ID(), Proving: proving.sum}
	return b.writeManifest()
}

// reread reads the manifest again, of which another process may have changed the keys.
func (b *Bundle) reread() error {
	m, err := readManifest(b.Dir)
	if err != nil {
		return err
	}
	then, now := *b.Manifest, *m
	then.Keys, now.Keys = nil, nil
	var was, is bytes.Buffer
	if err := errors.Join(indented(&then)(&was), indented(&now)(&is)); err != nil {
		return fmt.Errorf("open bundle %s: %w", b.Dir, err)
	}
	if !bytes.Equal(was.Bytes(), is.Bytes()) {
		return fmt.Errorf("open bundle %s: want the model that was opened, got another: it was compiled again meanwhile", b.Dir)
	}
	b.Manifest = m
	return nil
}

// clean removes what killed processes left of a file: a proving key can be large.
func (b *Bundle) clean(name string) error {
	entries, err := os.ReadDir(b.Dir)
	if err != nil {
		return fmt.Errorf("clean bundle: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "."+name+".") {
			continue
		}
		if err := os.Remove(filepath.Join(b.Dir, e.Name())); err != nil {
			return fmt.Errorf("clean bundle: %w", err)
		}
	}
	return nil
}

// Key reads the verifying key and the schema of the public values.
func (b *Bundle) Key() (*verifier.Key, *verifier.Schema, error) {
	if b.Manifest.Keys == nil {
		return nil, nil, fmt.Errorf("bundle %s has no keys: run assay setup %s --insecure-dev", b.Dir, b.Dir)
	}
	raw, err := os.ReadFile(filepath.Join(b.Dir, VerifyingKeyFile))
	if err != nil {
		return nil, nil, fmt.Errorf("read verifying key: %w", err)
	}
	key, schema, err := verifier.DecodeKey(raw)
	if err != nil {
		return nil, nil, err
	}
	if id := Hash(key.ID()); id != b.Manifest.Keys.ID {
		return nil, nil, fmt.Errorf("read verifying key: want id %v, got %v", b.Manifest.Keys.ID, id)
	}
	if h := Hash(key.Program); h != b.Manifest.Program {
		return nil, nil, fmt.Errorf("read verifying key: want the key of program %v, got that of %v", b.Manifest.Program, h)
	}
	want, err := prover.Schema(b.Model)
	if err != nil {
		return nil, nil, err
	}
	if want.Digest() != schema.Digest() {
		return nil, nil, fmt.Errorf("read verifying key: its schema is not that of the bundle's program")
	}
	return key, schema, nil
}

// Prover loads what proving needs. The proving key is mapped into memory until the prover is closed. It is hashed on
// the way, which takes about a second for a gigabyte: who proves often keeps the prover.
func (b *Bundle) Prover(backend prover.Backend) (*prover.Prover, error) {
	vk, schema, err := b.Key()
	if err != nil {
		return nil, err
	}
	r, err := b.System()
	if err != nil {
		return nil, err
	}
	resident.Shed() // what synthesis leaves would stay beside the key and what proving takes
	f, err := key.OpenSum(filepath.Join(b.Dir, ProvingKeyFile), b.Manifest.Keys.Proving)
	if err != nil {
		return nil, err
	}
	return &prover.Prover{Model: b.Model, R1CS: r, PK: f.Key, Mapping: f, Key: vk, Schema: schema, Backend: backend}, nil
}
