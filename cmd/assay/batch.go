package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/bundle"
	"assay/input"
	"assay/ir/tensor"
	"assay/prover"
	"assay/verifier"
	"assay/verifier/envelope"
)

// States of an input.
const (
	proven  = "proven"
	skipped = "skipped" // proven before
	failed  = "failed"
)

// batchItem is one input of a batch.
type batchItem struct {
	Input   string `json:"input"`
	Sample  int    `json:"sample"` // in the file
	State   string `json:"state"`
	Proof   string `json:"proof,omitempty"`
	Salts   string `json:"salts,omitempty"` // file with what opens the committed tensors' digests
	Clamped int    `json:"clamped"`
	Error   string `json:"error,omitempty"`
	Code    string `json:"code,omitempty"`
}

type batchResult struct {
	Items     []*batchItem `json:"items"`
	Setup     string       `json:"setup"`
	Backend   string       `json:"backend"`
	Proven    int          `json:"proven"`
	Skipped   int          `json:"skipped"`
	Failed    int          `json:"failed"`
	Seconds   float64      `json:"seconds"` // with warm keys
	PerMinute float64      `json:"proofs_per_minute"`
}

// batch proves many inputs with one prover.
type batch struct {
	app    *app
	bundle *bundle.Bundle
	prover *prover.Prover
	ctx    [32]byte
	dir    string // for the envelopes
	resume bool
	image  input.Options

	mu     sync.Mutex
	result batchResult
	queue  []*batchItem // those that go to the prover, in order
}

// run proves the inputs of files and reports each. An input that fails leaves the others alone, and an error at the end.
func (b *batch) run(files []string) error {
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return fmt.Errorf("prove: %w", err)
	}
	b.result.Setup, b.result.Backend, b.result.Items = string(b.prover.Key.Setup()), b.prover.Backend.Name(), []*batchItem{}
	p := b.app.progress()
	defer p.end()
	p.stage("prove")
	start := time.Now()
	var first error
	b.prover.ProveAll(b.ctx, b.inputs(files), func(i int, r *prover.Result, err error) {
		b.mu.Lock()
		it := b.queue[i]
		b.mu.Unlock()
		if err == nil {
			err = b.write(it, r)
		}
		it.State = proven
		if err != nil {
			it.State, it.Error, it.Code = failed, err.Error(), codeOf(err)
			if first == nil {
				first = err
			}
		}
		p.end()
		b.say(it)
		p.stage("prove")
	})
	p.end()
	b.count(time.Since(start))
	if err := b.app.print(&b.result, b.summary); err != nil {
		return err
	}
	if b.result.Failed > 0 {
		return fmt.Errorf("prove: %d of %d inputs failed, the first: %w", b.result.Failed, len(b.result.Items), first)
	}
	return nil
}

// inputs reads the files one after the other and gives their samples, but those that were proven before.
func (b *batch) inputs(files []string) iter.Seq2[[]*tensor.Int, error] {
	return func(yield func([]*tensor.Int, error) bool) {
		taken := map[string]string{}
		for _, f := range files {
			samples, err := input.Read(f, b.bundle.Specs(), b.image)
			if err != nil {
				b.add(&batchItem{Input: f}, true)
				if !yield(nil, err) {
					return
				}
				continue
			}
			for i, s := range samples {
				base := filepath.Join(b.dir, stem(f))
				if len(samples) > 1 {
					base += fmt.Sprintf(".%d", i)
				}
				it := &batchItem{Input: f, Sample: i, Proof: base + proofEnding}
				if b.prover.Model.Salts() > 0 {
					it.Salts = base + saltsEnding
				}
				q, clamped, err := b.bundle.Quantize(s)
				it.Clamped = clamped
				if other, dup := taken[it.Proof]; dup && err == nil {
					err = fmt.Errorf("%s: want another name than %s, whose proof goes to %s too", f, other, it.Proof)
				}
				taken[it.Proof] = f
				if err == nil && b.resume && b.proven(it, q) {
					it.State = skipped
					b.add(it, false)
					continue
				}
				b.add(it, true)
				if !yield(q, err) {
					return
				}
			}
		}
	}
}

func (b *batch) add(it *batchItem, queued bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.result.Items = append(b.result.Items, it)
	if queued {
		b.queue = append(b.queue, it)
	}
}

// proven reports whether the files of it hold a proof of in that this bundle's key accepts in the batch's context.
func (b *batch) proven(it *batchItem, in []*tensor.Int) bool {
	raw, err := os.ReadFile(it.Proof)
	if err != nil {
		return false
	}
	e, err := envelope.Decode(raw)
	if err != nil || verifier.Verify(b.prover.Key, b.prover.Schema, e, b.ctx) != nil {
		return false
	}
	var salts []fr.Element
	if it.Salts != "" {
		if salts, err = readSalts(it.Salts); err != nil || len(salts) != b.prover.Model.Salts() {
			return false
		}
	}
	return b.prover.Matches(e.Values, in, salts)
}

// write stores a proof. The salts come first: without them the proof's digests cannot be opened. An older proof goes before
// them, so that none lies beside another's.
func (b *batch) write(it *batchItem, r *prover.Result) error {
	enc, err := r.Envelope.Encode()
	if err != nil {
		return err
	}
	if it.Salts != "" {
		if err := os.Remove(it.Proof); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("replace proof: %w", err)
		}
		if err := b.app.writeSalts(it.Salts, r.Salts); err != nil {
			return err
		}
	}
	return b.app.output(it.Proof, enc)
}

func (b *batch) count(took time.Duration) {
	r := &b.result
	for _, it := range r.Items {
		switch it.State {
		case proven:
			r.Proven++
		case skipped:
			r.Skipped++
		default:
			r.Failed++
		}
	}
	if r.Seconds = took.Seconds(); r.Proven > 0 {
		r.PerMinute = 60 * float64(r.Proven) / r.Seconds
	}
}

// say tells a person of a finished input.
func (b *batch) say(it *batchItem) {
	name := it.Input
	if it.Sample > 0 {
		name += fmt.Sprintf(" sample %d", it.Sample)
	}
	switch {
	case b.app.json:
	case it.State == failed:
		b.app.say("%s: %s", name, strings.TrimPrefix(it.Error, name+": "))
	case it.Clamped > 0:
		b.app.say("%s: wrote %s; %d elements were clamped to the declared range", name, it.Proof, it.Clamped)
	default:
		b.app.say("%s: wrote %s", name, it.Proof)
	}
}

func (b *batch) summary() {
	r := &b.result
	b.app.say("Proven and verified %d, skipped %d, failed %d in %s: %.1f proofs a minute (setup: %s)", r.Proven, r.Skipped, r.Failed, elapsed(r.Seconds), r.PerMinute, r.Setup)
	if b.prover.Model.Salts() > 0 {
		b.app.say("The files *%s open the committed tensors' digests: keep them", saltsEnding)
	}
}
