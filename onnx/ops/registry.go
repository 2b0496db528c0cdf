package ops

import (
	"fmt"
	"slices"
	"strings"

	"assay/ir/graph"
)

// Opsets of the default domain that are supported.
const (
	MinOpset = 7
	MaxOpset = 22
)

// decoder builds an operator from a node's attributes and inputs. Failed reads of Attrs are sticky, so a decoder
// need not check them one by one: they are reported in place of what it returns.
type decoder func(*Attrs) (graph.Op, error)

// form is one meaning of an operator, from opset since on.
type form struct {
	since  int
	decode decoder
}

var registry = map[string][]form{}

// register adds the form of kind that opset since introduced. A duplicate panics.
func register(kind string, since int, decode decoder) {
	for _, f := range registry[kind] {
		if f.since == since {
			panic(fmt.Sprintf("ops: %s of opset %d is registered twice", kind, since))
		}
	}
	registry[kind] = append(registry[kind], form{since, decode})
	slices.SortFunc(registry[kind], func(a, b form) int { return a.since - b.since })
}

// Since is the opset that introduced the form of kind that a model of the given opset uses. It is false for an
// operator, domain or opset that is not supported; "" is the domain of ONNX itself.
func Since(domain, kind string, opset int) (int, bool) {
	f, ok := lookup(domain, kind, opset)
	return f.since, ok
}

func lookup(domain, kind string, opset int) (f form, ok bool) {
	if domain != "" || opset < MinOpset || opset > MaxOpset {
		return form{}, false
	}
	for _, g := range registry[kind] {
		if g.since <= opset {
			f, ok = g, true
		}
	}
	return f, ok
}

// Decode builds the operator of a node of the default domain. Its errors have a code.
func Decode(kind string, a *Attrs) (graph.Op, error) {
	f, ok := lookup("", kind, a.Opset)
	if !ok {
		return nil, &graph.Error{Code: CodeUnsupportedOp, Op: kind, Want: "a supported operator of opset " + fmt.Sprint(a.Opset), Got: kind}
	}
	op, err := f.decode(a)
	if e := a.check(); e != nil {
		return nil, e
	}
	return op, err
}

// Entry describes a supported operator.
type Entry struct {
	Name   string
	Since  []int // opsets at which its form changed, as far as this package distinguishes them, ascending
	Opsets string
}

// List gives the supported operators by name.
func List() []Entry {
	var list []Entry
	for name, forms := range registry {
		e := Entry{Name: name, Opsets: fmt.Sprintf("%d-%d", max(MinOpset, forms[0].since), MaxOpset)}
		for _, f := range forms {
			e.Since = append(e.Since, f.since)
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return list
}
