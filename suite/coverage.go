package suite

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// several is the row of node tests with more than one operator: models of an operator's definition by simpler ones,
// and tests of loops and branches.
const several = "(several)"

// source is the folder that an outcome's case came from.
func (o Outcome) source() string {
	first, _, _ := strings.Cut(o.Name, "/")
	return first
}

// operator is the row of a node test.
func (o Outcome) operator() string {
	if len(o.Operators) == 1 {
		return o.Operators[0]
	}
	return several
}

// tally counts outcomes.
type tally struct {
	scope, skipped, passed, folded, circuit, proof int
	failed                                         map[Stage]int
	codes                                          map[string]int
	opsets                                         []int
}

func count(list []Outcome) tally {
	t := tally{failed: map[Stage]int{}, codes: map[string]int{}}
	for _, o := range list {
		if o.Opset > 0 {
			t.opsets = append(t.opsets, o.Opset)
		}
		switch o.Status {
		case Skip:
			t.skipped++
			continue
		case Fail:
			t.failed[o.Stage]++
			t.codes[cmp.Or(o.Code, "no code")]++
		case Pass:
			t.passed++
			if o.Folded {
				t.folded++
			}
			if o.Stage == Circuit || o.Stage == Proof {
				t.circuit++
			}
			if o.Stage == Proof {
				t.proof++
			}
		}
		t.scope++
	}
	return t
}

func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
}

// Summary writes a line for each folder of cases: how many are in scope, and how far they came.
func (r Record) Summary(w io.Writer) error {
	groups := map[string][]Outcome{}
	for _, o := range r.Cases {
		groups[o.source()] = append(groups[o.source()], o)
	}
	t := &markdown{w: w}
	m := r.Machine
	t.text("%s, %d cores, %.0f GiB, %s, %s, commit %s.\n\n", m.CPU, m.Cores, float64(m.Memory)/(1<<30), m.OS, m.Go, m.Commit)
	t.head("folder", "cases", "skipped", "in scope", "passed", "share", "of these folded", "to the circuit", "proven", "fail at import", "float", "integer", "circuit", "proof")
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		c := count(groups[name])
		t.row(name, len(groups[name]), c.skipped, c.scope, c.passed, share(c.passed, c.scope), c.folded, c.circuit, c.proof,
			c.failed[Import], c.failed[Float], c.failed[Integer], c.failed[Circuit], c.failed[Proof])
	}
	return t.err
}

// ownCases is the folder of the project's own operator cases.
const ownCases = "operators"

// ByOperator writes a line for each operator of the node tests: ONNX's, and the project's own.
func (r Record) ByOperator(w io.Writer) error {
	all, tests, own := map[string][]Outcome{}, map[string][]Outcome{}, map[string][]Outcome{}
	for _, o := range r.Cases {
		if o.Kind != Node {
			continue
		}
		group := tests
		if o.source() == ownCases {
			group = own
		}
		op := o.operator()
		group[op], all[op] = append(group[op], o), append(all[op], o)
	}
	t := &markdown{w: w}
	t.head("operator", "opsets", "node tests in scope", "passed", "to the circuit", "folded", "skipped", "own cases passed", "constraints", "what fails")
	for _, op := range slices.Sorted(maps.Keys(all)) {
		c, mine := count(tests[op]), count(own[op])
		t.row(op, span(count(all[op]).opsets), c.scope, c.passed, c.circuit, c.folded, c.skipped, fmt.Sprintf("%d of %d", mine.passed, mine.scope),
			constraints(all[op]), failures(count(all[op])))
	}
	return t.err
}

// failures lists stages and codes of what failed.
func failures(c tally) string {
	var list []string
	for _, s := range Stages {
		if n := c.failed[s]; n > 0 {
			list = append(list, fmt.Sprintf("%d at %s", n, s))
		}
	}
	for _, code := range slices.Sorted(maps.Keys(c.codes)) {
		list = append(list, fmt.Sprintf("%s ×%d", code, c.codes[code]))
	}
	return strings.Join(list, ", ")
}

// span is the least and largest of a list.
func span(list []int) string {
	if len(list) == 0 {
		return ""
	}
	low, high := slices.Min(list), slices.Max(list)
	if low == high {
		return fmt.Sprint(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

// constraints is the range of the constraints of outcomes.
func constraints(list []Outcome) string {
	var all []int
	for _, o := range list {
		if o.Constraints > 0 && o.Status == Pass {
			all = append(all, o.Constraints)
		}
	}
	return span(all)
}

// Models writes a line for each model.
func (r Record) Models(w io.Writer) error {
	t := &markdown{w: w}
	t.head("model", "result", "stage", "constraints", "cosine", "relative error", "same top-1", "seconds", "why not")
	for _, o := range r.Cases {
		if o.Kind != Model {
			continue
		}
		size, cosine, relative, top1 := "", "", "", ""
		if o.Constraints > 0 {
			size, cosine, relative = fmt.Sprint(o.Constraints), fmt.Sprintf("%.5f", o.Cosine), fmt.Sprintf("%.4f", o.Error)
		}
		if o.Top1 != nil {
			top1 = map[bool]string{true: "yes", false: "no"}[*o.Top1]
		}
		t.row(o.Name, o.Status, o.Stage, size, cosine, relative, top1, fmt.Sprintf("%.1f", o.Seconds), brief(o.Detail, 120))
	}
	return t.err
}

// Refusals writes a line for each code with which cases were refused, and the operators of the node tests among them.
func (r Record) Refusals(w io.Writer) error {
	groups := map[string][]Outcome{}
	for _, o := range r.Cases {
		if o.Status == Fail {
			key := cmp.Or(o.Code, "no code") + " at " + string(o.Stage)
			groups[key] = append(groups[key], o)
		}
	}
	t := &markdown{w: w}
	t.head("code and stage", "node tests", "models", "operators of the node tests")
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		ops := map[string]bool{}
		nodes := 0
		for _, o := range groups[key] {
			if o.Kind == Node {
				nodes++
				ops[o.operator()] = true
			}
		}
		t.row(key, nodes, len(groups[key])-nodes, strings.Join(slices.Sorted(maps.Keys(ops)), ", "))
	}
	return t.err
}

// markdown writes tables; the first error stays.
type markdown struct {
	w   io.Writer
	err error
}

func (m *markdown) text(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

func (m *markdown) head(cells ...string) {
	m.text("| %s |\n", strings.Join(cells, " | "))
	m.text("|%s\n", strings.Repeat(" --- |", len(cells)))
}

func (m *markdown) row(cells ...any) {
	m.text("|")
	for _, c := range cells {
		m.text(" %s |", strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;").Replace(fmt.Sprint(c)))
	}
	m.text("\n")
}
