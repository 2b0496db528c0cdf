// Package bundle keeps a compiled model on disk: the ONNX file that it came from, the integer program, the
// fidelity report and the keys, in one folder that a manifest ties together by hashes. The constraint system is a function
// of the program: it is made when it is asked for, and must have the digest (package prover/digest) that the manifest names.
//
//	manifest.json       what the bundle is
//	model.onnx          as compiled: for the float answer, and for an audit
//	program.json        the integer program
//	report.json         fidelity and plan
//	proving.key         the proving key, as package prover/key keeps it
//	verifying_key.json  the verifying key with the schema of the public values
//
// Files are written beside their place and renamed, so that a killed process leaves no half of one. A reader
// checks every file against the manifest.
package bundle

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/gofrs/flock"

	"assay/circuits"
	"assay/compile"
	"assay/input"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/prover"
	"assay/prover/digest"
)

// Names of the files in a bundle.
const (
	ManifestFile     = "manifest.json"
	ModelFile        = "model.onnx"
	ProgramFile      = "program.json"
	ReportFile       = "report.json"
	PageFile         = "report.html"
	FidelityFile     = "fidelity.svg"
	LayersFile       = "layers.svg"
	ProvingKeyFile   = "proving.key"
	VerifyingKeyFile = "verifying_key.json"
)

var names = []string{ManifestFile, ModelFile, ProgramFile, ReportFile, PageFile, FidelityFile, LayersFile, ProvingKeyFile, VerifyingKeyFile}

// temporary reports whether a file has the name that write gives to what it has not finished.
func temporary(name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(name, "."+n+".") })
}

// Bundle is an opened folder. Large parts load when they are asked for.
type Bundle struct {
	Dir      string
	Manifest *Manifest
	Model    *circuits.Model
}

// Contents is what Create writes.
type Contents struct {
	Name      string
	ONNX      []byte
	Dims      map[string]int
	Constants map[string]*tensor.Float // inputs of the file that are fixed
	Inputs    []input.Spec
	Result    *compile.Result
	Model     *circuits.Model
	System    *cs.R1CS
	Outside   Outside           // default Clamp
	Report    any               // written as JSON
	Pages     map[string][]byte // pictures of the report: PageFile, FidelityFile, LayersFile
}

// Create writes a bundle without keys. dir may exist if it is empty or a bundle, which is replaced, keys
// included.
func Create(dir string, c Contents) (_ *Bundle, err error) {
	if c.Outside == "" {
		c.Outside = Clamp
	}
	if !c.Outside.valid() {
		return nil, fmt.Errorf("create bundle: inputs outside their range: want %q or %q, got %q", Clamp, Refuse, c.Outside)
	}
	held, err := claim(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	m := &Manifest{Version: Version, Name: c.Name, Model: sha256.Sum256(c.ONNX), Dims: c.Dims, Outside: c.Outside,
		InputVisibility: c.Model.Inputs, OutputVisibility: c.Model.Outputs, Reader: c.Result.Reader, Names: c.Result.Names,
		Weights: c.Model.Plan.Weights, Constraints: c.System.GetNbConstraints(), Nonlinear: c.Result.Nonlinear}
	for name, t := range c.Constants {
		if m.Constants == nil {
			m.Constants = map[string]Constant{}
		}
		m.Constants[name] = Constant(*t)
	}
	for _, s := range c.Inputs {
		m.Inputs = append(m.Inputs, Port(s))
	}
	hash, err := c.Result.Program.Hash()
	if err != nil {
		return nil, err
	}
	m.Program = hash
	b := &Bundle{Dir: dir, Manifest: m, Model: c.Model}
	if _, err := b.write(ModelFile, func(w io.Writer) error { _, err := w.Write(c.ONNX); return err }); err != nil {
		return nil, err
	}
	if _, err := b.write(ProgramFile, c.Result.Program.Encode); err != nil {
		return nil, err
	}
	if m.System, err = digest.Of(c.System); err != nil {
		return nil, err
	}
	if _, err := b.write(ReportFile, indented(c.Report)); err != nil {
		return nil, err
	}
	for name, page := range c.Pages {
		if !slices.Contains([]string{PageFile, FidelityFile, LayersFile}, name) {
			return nil, fmt.Errorf("create bundle: %s is not a picture of the report", name)
		}
		if _, err := b.write(name, func(w io.Writer) error { _, err := w.Write(page); return err }); err != nil {
			return nil, err
		}
	}
	return b, b.writeManifest()
}

// claim makes dir ready to receive a bundle and locks it: any manifest goes first, so that a half-written bundle is none.
func claim(dir string) (*flock.Flock, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return nil, fmt.Errorf("create bundle: %w", err)
	}
	gone := []string{ManifestFile, ProvingKeyFile, VerifyingKeyFile, PageFile, FidelityFile, LayersFile}
	for _, e := range entries {
		switch n := e.Name(); {
		case temporary(n): // what a killed process was writing
			gone = append(gone, n)
		case n != lockFile && !slices.Contains(names, n):
			return nil, fmt.Errorf("create bundle: %s: want an empty folder or a bundle, found %s", dir, n)
		}
	}
	held, err := lock(dir)
	if err != nil {
		return nil, err
	}
	for _, n := range gone {
		if err := os.Remove(filepath.Join(dir, n)); err != nil && !os.IsNotExist(err) {
			return nil, errors.Join(fmt.Errorf("create bundle: %w", err), held.Close())
		}
	}
	return held, nil
}

// Open reads the manifest and the program of a bundle.
func Open(dir string) (*Bundle, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(filepath.Join(dir, ProgramFile))
	if err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	p, err := program.Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("open bundle %s: %w", dir, err)
	}
	if h, err := p.Hash(); err != nil || h != m.Program {
		return nil, fmt.Errorf("open bundle %s: %s: want hash %v, got %x (%v)", dir, ProgramFile, m.Program, h, err)
	}
	model, err := circuits.NewModelBy(m.Weights, p, m.InputVisibility, m.OutputVisibility)
	if err != nil {
		return nil, fmt.Errorf("open bundle %s: %w", dir, err)
	}
	return &Bundle{Dir: dir, Manifest: m, Model: model}, nil
}

func readManifest(dir string) (*Manifest, error) {
	raw, err := os.ReadFile(filepath.Join(dir, ManifestFile))
	if err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	m, err := decodeManifest(raw)
	if err != nil {
		return nil, fmt.Errorf("open bundle %s: %w", dir, err)
	}
	return m, nil
}

// Specs are the model's inputs, for readers of files.
func (b *Bundle) Specs() []input.Spec {
	var s []input.Spec
	for _, p := range b.Manifest.Inputs {
		s = append(s, input.Spec(p))
	}
	return s
}

// Graph decodes the ONNX file.
func (b *Bundle) Graph() (*graph.Graph, error) {
	raw, err := os.ReadFile(filepath.Join(b.Dir, ModelFile))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	if h := Hash(sha256.Sum256(raw)); h != b.Manifest.Model {
		return nil, fmt.Errorf("read model %s: want SHA-256 %v, got %v", b.Dir, b.Manifest.Model, h)
	}
	opt := onnx.Options{Large: true, Dims: b.Manifest.Dims, Constants: map[string]*tensor.Float{}}
	for name, c := range b.Manifest.Constants {
		if opt.Constants[name], err = tensor.From(c.Shape, c.Data); err != nil {
			return nil, fmt.Errorf("read manifest: constant %s: %w", name, err)
		}
	}
	g, _, err := onnx.Decode(raw, opt)
	return g, err
}

// System makes the constraint system of the program and checks its digest.
func (b *Bundle) System() (*cs.R1CS, error) {
	r, err := prover.Compile(b.Model)
	if err != nil {
		return nil, err
	}
	d, err := digest.Of(r)
	if err != nil {
		return nil, err
	}
	if got := Hash(d); got != b.Manifest.System {
		return nil, fmt.Errorf("make constraint system: %s: want digest %v, got %v: another version of this software compiled the bundle", b.Dir, b.Manifest.System, got)
	}
	return r, nil
}

func (b *Bundle) writeManifest() error {
	_, err := b.write(ManifestFile, indented(b.Manifest))
	return err
}

func indented(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(v)
	}
}

// write makes one file and gives its SHA-256.
func (b *Bundle) write(name string, f func(io.Writer) error) (Hash, error) {
	file, err := b.stage(name, f)
	if err != nil {
		return Hash{}, err
	}
	return file.sum, b.place(file)
}

// staged is a file that is written, under a name of its own.
type staged struct {
	name, at string
	sum      Hash
}

// stage writes a file beside its place.
func (b *Bundle) stage(name string, f func(io.Writer) error) (s *staged, err error) {
	file, err := os.CreateTemp(b.Dir, "."+name+".*")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			file.Close()
			os.Remove(file.Name())
		}
	}()
	sum := sha256.New()
	w := bufio.NewWriterSize(io.MultiWriter(file, sum), 1<<20)
	if err = f(w); err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return &staged{name, file.Name(), Hash(sum.Sum(nil))}, nil
}

// place puts staged files in their places.
func (b *Bundle) place(files ...*staged) error {
	for _, f := range files {
		if err := os.Rename(f.at, filepath.Join(b.Dir, f.name)); err != nil {
			for _, f := range files {
				os.Remove(f.at)
			}
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	if err := syncDir(b.Dir); err != nil {
		return fmt.Errorf("write %s: %w", b.Dir, err)
	}
	return nil
}

// syncDir makes the renaming of files in dir durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
