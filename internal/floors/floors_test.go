package floors

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// floors is which package of this module may import which. It is a statement of policy: do not change it to fix a
// build.
//
// "a < b" means package b can import package a. It is transitive, and "a, b < c, d" relates each on the left to each
// on the right. Every package of the module must be here; one that nothing stands above is imported by tests alone.
const floors = `
	# The two representations, and what makes and reads them. Nothing after ir/program knows what ONNX is.
	ir/tensor < ir/program < ir/graph < onnx/ops < onnx < compile;
	ir/tensor < input;

	# Circuits know programs and gadgets, never onnx or ir/graph.
	circuits/gadget, ir/program < circuits;

	# The verifier must fit in a browser: it stands on nothing but itself.
	verifier/fault < verifier/internal/strict < verifier/envelope < verifier;
	verifier < verifier/fromgnark;
	verifier, contracts < verifier/evm < verifier/evm/devnet;

	# The prover. Only a command or the service picks a backend.
	circuits, verifier/fromgnark < prover < prover/cpu, prover/gpu;
	circuits/gadget < prover/solver < prover;
	NONE < prover/digest < bundle, cost;
	NONE < internal/image < internal/resident < bundle, cost, pipeline;
	internal/image < internal/startup < cmd/assay;
	NONE < internal/simd < prover/fixed, prover/key, prover/msm;
	prover/msm < prover/ntt < prover/cpu;
	verifier/fault < prover/key;
	prover/fixed, prover/msm < cost;
	prover/fixed, prover/key < prover/setup < prover;

	# A bundle is a compiled model in a folder; the pipeline runs the stages for commands, which pick the backend.
	onnx, input < models;
	compile, input, prover < bundle;
	compile < figure;
	bundle, figure < pipeline;
	internal/machine, prover < cost < pipeline;
	internal/machine < benchmarks;
	models, pipeline, verifier/evm/devnet < benchmarks;
	benchmarks < suite;

	# The service.
	ir/tensor < service/oip;
	service/queue < service/store;
	service/oip, service/queue, service/store < service/job;
	service/job, service/metrics < service/api < service;

	# The command line.
	benchmarks < benchmarks/accuracy;
	benchmarks, prover/cpu < benchmarks/profile, benchmarks/largest;
	models, pipeline, prover/cpu, prover/gpu < benchmarks/gpu;
	benchmarks < benchmarks/peer;
	benchmarks/peer, suite < benchmarks/readme;
	benchmarks, benchmarks/peer, prover/cpu, prover/gpu, service, suite < cmd/assay;

	# What tests share.
	onnx, compile < internal/optest < internal/reference;
	internal/optest < benchmarks/shapes;
	ir/program < internal/testprogram;
	verifier/fromgnark < verifier/internal/prooftest;
	internal/testprogram, pipeline, models < prover/backendtest;
	service/job < service/jobtest;
	NONE < internal/codes, internal/floors, internal/style;
	NONE < internal/replace < cost, benchmarks/peer, cmd/assay;
`

// modules is which packages may import which module directly: "module < packages", a trailing "..." standing for what
// is below. A module that is not here must not be imported outside of tests.
const modules = `
	gonum.org/v1/plot < figure;
	github.com/owulveryck/onnx-go, gonum.org/v1/gonum, gorgonia.org/tensor < onnx;
	google.golang.org/protobuf < onnx, internal/optest;

	github.com/consensys/gnark-crypto < benchmarks/profile, circuits/gadget, cmd/assay, internal/simd, prover, prover/backendtest, prover/cpu, prover/digest, prover/fixed, prover/key, prover/msm, prover/ntt, prover/setup, prover/solver, suite, verifier, verifier/envelope, verifier/evm, verifier/fromgnark, verifier/internal/prooftest;
	github.com/consensys/gnark < benchmarks/profile, bundle, circuits, circuits/gadget, prover, prover/backendtest, prover/cpu, prover/digest, prover/gpu, prover/key, prover/setup, prover/solver, suite, verifier/fromgnark, verifier/internal/prooftest;
	golang.org/x/crypto < verifier;
	github.com/rs/zerolog < prover;

	github.com/ingonyama-zk/icicle-gnark/v3 < prover/gpu;
	github.com/ethereum/go-ethereum < verifier/evm, verifier/evm/devnet;
	github.com/holiman/uint256 < verifier/evm/devnet;

	github.com/gin-gonic/gin, github.com/danielgtaylor/huma/v2 < service/api;
	github.com/nats-io/nats-server/v2, github.com/gofrs/flock < service/queue;
	github.com/gofrs/flock < bundle;
	github.com/nats-io/nats.go < service/queue, service/store;
	github.com/prometheus/client_golang < service/metrics;

	github.com/KimMachineGun/automemlimit < internal/machine;
	github.com/google/pprof < benchmarks/profile;
	github.com/dustin/go-humanize < cmd/assay, pipeline;
	github.com/spf13/cobra, github.com/schollz/progressbar/v3, github.com/mattn/go-isatty < cmd/assay;

	github.com/stretchr/testify < internal/optest, internal/testprogram, prover/backendtest, verifier/internal/prooftest;
`

// unseen is what a package must not reach by any path: "x < p" means that neither x nor anything below its folder is
// among the dependencies of p. Names with a dot before their first slash are of other modules.
const unseen = `
	ir, onnx, compile, circuits, prover, service, bundle, input, models < verifier, verifier/envelope, verifier/fault;
	github.com/consensys/gnark, github.com/ethereum/go-ethereum < verifier, verifier/envelope, verifier/fault;
	github.com/consensys/gnark < verifier/evm;
	onnx, ir/graph < circuits, circuits/gadget, prover, prover/cpu, prover/digest, prover/solver;
	github.com/owulveryck/onnx-go, gorgonia.org/tensor < ir/tensor, ir/program, ir/graph, onnx/ops, compile, circuits, prover, verifier, service;
	github.com/gin-gonic/gin, github.com/nats-io, github.com/danielgtaylor/huma/v2 < compile, onnx, prover, verifier, verifier/evm, bundle, input, models;
	prover, circuits, verifier < onnx, compile, ir/graph, ir/program, input;
`

const module = "assay"

type pkg struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Module     *struct{ Path string }
}

// load lists the module's packages and all that they depend on, tests apart.
func load(t *testing.T) map[string]pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Module", module+"/...")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("go list: %v\n%s", err, exit.Stderr)
	}
	require.NoError(t, err)
	pkgs := map[string]pkg{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return pkgs
		}
		require.NoError(t, err)
		pkgs[p.ImportPath] = p
	}
}

// own gives the name in the tables of a package of this module.
func own(p pkg) (name string, ok bool) {
	if p.Module == nil || p.Module.Path != module {
		return "", false
	}
	return strings.TrimPrefix(p.ImportPath, module+"/"), true
}

func TestFloors(t *testing.T) {
	table, err := parse(floors)
	require.NoError(t, err)
	may, err := table.closure()
	require.NoError(t, err)
	seen := map[string]bool{}
	pkgs := load(t)
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		p := pkgs[path]
		name, ok := own(p)
		if !ok {
			continue
		}
		seen[name] = true
		below, ok := may[name]
		if !ok {
			t.Errorf("package %s is not in the table of floors", name)
			continue
		}
		for _, i := range p.Imports {
			q, ok := own(pkgs[i])
			if ok && !below[q] {
				t.Errorf("package %s imports %s: the floors do not have %s < %s", name, q, q, name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(may)) {
		if !seen[name] {
			t.Errorf("the table of floors has %s, which is no package", name)
		}
	}
}

func TestModules(t *testing.T) {
	table, err := parse(modules)
	require.NoError(t, err)
	pkgs := load(t)
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		name, ok := own(pkgs[path])
		if !ok {
			continue
		}
		for _, i := range pkgs[path].Imports {
			m := pkgs[i].Module
			if pkgs[i].Standard || m == nil || m.Path == module {
				continue
			}
			if !table[name][m.Path] {
				t.Errorf("package %s imports %s: the table of modules does not have %s < %s", name, i, m.Path, name)
			}
		}
	}
}

func TestUnseen(t *testing.T) {
	table, err := parse(unseen)
	require.NoError(t, err)
	pkgs := load(t)
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if len(table[name]) == 0 {
			continue
		}
		if _, ok := pkgs[module+"/"+name]; !ok {
			t.Errorf("the table of what is unseen has %s, which is no package", name)
		}
		deps := map[string]string{}
		reach(pkgs, module+"/"+name, "", deps)
		for _, dep := range slices.Sorted(maps.Keys(deps)) {
			if dep == module+"/"+name {
				continue
			}
			for _, no := range slices.Sorted(maps.Keys(table[name])) {
				if within(dep, no) {
					t.Errorf("package %s reaches %s: %s", name, dep, chain(deps, dep))
				}
			}
		}
	}
}

// within reports whether a dependency is the package or module of a table's name, or below it.
func within(dep, name string) bool {
	if !strings.Contains(strings.Split(name, "/")[0], ".") {
		name = module + "/" + name
	}
	return dep == name || strings.HasPrefix(dep, name+"/")
}

// reach records every dependency of path with the package that imports it.
func reach(pkgs map[string]pkg, path, by string, deps map[string]string) {
	if _, ok := deps[path]; ok || pkgs[path].Standard {
		return
	}
	deps[path] = by
	for _, i := range pkgs[path].Imports {
		reach(pkgs, i, path, deps)
	}
}

func chain(deps map[string]string, path string) string {
	s := path
	for path = deps[path]; path != ""; path = deps[path] {
		s = path + " -> " + s
	}
	return s
}

func TestParse(t *testing.T) {
	table, err := parse("a < b, c; # note\n b < d;")
	require.NoError(t, err)
	may, err := table.closure()
	require.NoError(t, err)
	want := map[string]map[string]bool{
		"a": {}, "b": {"a": true}, "c": {"a": true}, "d": {"a": true, "b": true},
	}
	require.Empty(t, cmp.Diff(want, may))

	for _, bad := range []string{"a", "a;", "a < ;", "a < b", "a < b, ;", "a < b; c d < e;"} {
		_, err := parse(bad)
		require.Error(t, err, bad)
	}
	table, err = parse("a < b < a;")
	require.NoError(t, err)
	_, err = table.closure()
	require.ErrorContains(t, err, "cycle")
}
