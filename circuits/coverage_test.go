package circuits

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"assay/circuits/gadget"
	"assay/internal/testprogram"
	"assay/ir/program"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/stretchr/testify/require"
)

// coverage is what a test of forgeries has met: places that ask for advice, kinds of kernels, forms of plans.
type coverage struct {
	sync.Mutex
	models, sites, kinds, forms map[string]bool
}

func newCoverage() *coverage {
	return &coverage{models: map[string]bool{}, sites: map[string]bool{}, kinds: map[string]bool{}, forms: map[string]bool{}}
}

func (c *coverage) add(m *Model, of calls) {
	c.Lock()
	defer c.Unlock()
	c.models[m.Program.Name] = true
	for _, site := range of.site {
		c.sites[site] = true
	}
	for _, n := range m.Plan.Nodes {
		c.kinds[n.Kind] = true
		c.forms[n.Form] = true
	}
}

// require fails for each advice call in the code, kernel of the registry and form in the code that was not met.
func (c *coverage) require(t *testing.T) {
	if len(c.models) < len(forms) {
		t.Logf("%d of %d programs ran: what they leave out is not required", len(c.models), len(forms))
		return
	}
	sites, planned := source(t)
	multiplicities := func(site string) bool { // forged apart
		return strings.HasPrefix(site, "challenge.go:") || strings.HasPrefix(site, "united.go:")
	}
	for _, site := range slices.DeleteFunc(sites, multiplicities) {
		require.True(t, c.sites[site], "no program forges the advice of %s", site)
	}
	for _, k := range program.Kinds() {
		require.True(t, c.kinds[k] || free[k], "no program forges kernel %s", k)
	}
	for _, f := range planned {
		require.True(t, c.forms[f], "no program forges form %q", f)
	}
}

// free are the kernels that have neither constraints nor advice, and so no form.
var free = map[string]bool{"constant": true, "gather": true}

// source reads the package and its gadgets: the places of advice calls, and the forms that plans may have.
func source(t *testing.T) (sites, planned []string) {
	var files []string
	for _, dir := range []string{".", "gadget"} {
		found, err := filepath.Glob(filepath.Join(dir, "*.go"))
		require.NoError(t, err)
		files = append(files, found...)
	}
	seen := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Advise" {
					sites = append(sites, fmt.Sprintf("%s:%d", filepath.Base(name), set.Position(f.Sel.Pos()).Line))
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if f, ok := l.(*ast.SelectorExpr); ok && f.Sel.Name == "Form" {
						lit, ok := n.Rhs[min(i, len(n.Rhs)-1)].(*ast.BasicLit)
						require.True(t, ok, "%s: a form is a literal", set.Position(n.Pos()))
						form, err := strconv.Unquote(lit.Value)
						require.NoError(t, err)
						seen[form] = true
					}
				}
			}
			return true
		})
	}
	require.NotEmpty(t, sites)
	require.NotEmpty(t, seen)
	return sites, slices.Sorted(maps.Keys(seen))
}

// adviser is the place in the code that asks for the advice of the present call.
func adviser() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for inside := false; ; {
		f, more := frames.Next()
		if strings.HasSuffix(f.Function, "(*Synth).Advise") {
			inside = true
		} else if inside || !more {
			return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		}
	}
}

// Every hint function that a constraint system names is forged by a test, and so is every one that gadgets export. No
// wire but the mask of the commitment can have another value beside those of all others.
func TestEveryHintIsForged(t *testing.T) {
	forged := map[string]bool{
		solver.GetHintName(gadget.Oracle): true, // TestForgedAdviceIsRefused
		// The commitment's challenge is not the prover's: the verifier derives it itself.
		solver.GetHintName(fcs.Bsb22CommitmentComputePlaceholder): true,
		// The mask that hides what is committed may be any number: no other constraint reads it.
		"github.com/consensys/gnark/internal/hints.Randomize": true,
	}
	for _, h := range gadget.Hints() {
		require.True(t, forged[solver.GetHintName(h)], "hint %s", solver.GetHintName(h))
	}
	for i, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewSource(int64(i)))
			s := newSystem(t, f.build(t), visibilities[i%2], visibilities[i%2])
			named := s.full.(*cs.R1CS).MHintsDependencies
			require.Contains(t, named, solver.GetHintID(gadget.Oracle))
			for _, name := range named {
				require.True(t, forged[name], "hint %s", name)
			}
			solution := s.solution(t, testprogram.Inputs(rng, s.Program))
			info, err := commitment(s.full)
			require.NoError(t, err)
			holds := map[uint32][]constraint.R1C{} // constraints by wire
			for _, c := range s.full.(*cs.R1CS).GetR1Cs() {
				for _, l := range []constraint.LinearExpression{c.L, c.R, c.O} {
					for _, term := range l {
						holds[term.VID] = append(holds[term.VID], c)
					}
				}
			}
			internal := s.full.GetNbPublicVariables() + s.full.GetNbSecretVariables()
			mask := info.PrivateCommitted[len(info.PrivateCommitted)-1]
			for id := internal; id < len(solution); id++ {
				if id == mask || id == info.CommitmentIndex {
					continue
				}
				honest := solution[id]
				for solution[id] == honest {
					solution[id].SetInt64(rng.Int63n(5) - 2)
				}
				require.True(t, slices.ContainsFunc(holds[uint32(id)], func(c constraint.R1C) bool {
					var product fr.Element
					left, right, out := s.value(c.L, solution), s.value(c.R, solution), s.value(c.O, solution)
					return !product.Mul(&left, &right).Equal(&out)
				}), "wire %d: no constraint refuses another value", id)
				solution[id] = honest
			}
		})
	}
}

// value is what a side of a constraint comes to.
func (s *system) value(l constraint.LinearExpression, wires []fr.Element) (sum fr.Element) {
	for _, t := range l {
		var x fr.Element
		sum.Add(&sum, x.Mul(&s.full.(*cs.R1CS).Coefficients[t.CID], &wires[t.VID]))
	}
	return sum
}
