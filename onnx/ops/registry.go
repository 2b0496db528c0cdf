package ops

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/ir/graph"
)

// Domains of operators. ONNX's own is "".
const (
	DomainML        = "ai.onnx.ml"
	DomainMicrosoft = "com.microsoft"
)

// Opsets of ONNX's own domain that are supported.
const (
	MinOpset = 1
	MaxOpset = 28
)

// versions are the first and last supported version of each domain's operator set.
var versions = map[string][2]int{
	"":              {MinOpset, MaxOpset},
	DomainML:        {1, 5},
	DomainMicrosoft: {1, 1},
}

// Versions gives the first and last supported version of a domain's operator set; false for a domain of which no
// operator is supported.
func Versions(domain string) (first, last int, ok bool) {
	v, ok := versions[domain]
	return v[0], v[1], ok
}

// decoder builds an operator from a node's attributes and inputs. Failed reads of Attrs are sticky, so a decoder
// need not check them one by one: they are reported in place of what it returns.
type decoder func(*Attrs) (graph.Op, error)

// form is one meaning of an operator, from version since of its domain on.
type form struct {
	since  int
	decode decoder
}

// kindOf names an operator.
type kindOf struct{ domain, kind string }

var registry = map[kindOf][]form{}

// register adds the form of an operator of ONNX's own domain that opset since introduced. A duplicate panics.
func register(kind string, since int, decode decoder) { registerIn("", kind, since, decode) }

// registerML is register for ai.onnx.ml.
func registerML(kind string, since int, decode decoder) { registerIn(DomainML, kind, since, decode) }

func registerIn(domain, kind string, since int, decode decoder) {
	k := kindOf{domain, kind}
	if _, _, ok := Versions(domain); !ok {
		panic(fmt.Sprintf("ops: %s of unknown domain %q", kind, domain))
	}
	for _, f := range registry[k] {
		if f.since == since {
			panic(fmt.Sprintf("ops: %s of version %d of domain %q is registered twice", kind, since, domain))
		}
	}
	registry[k] = append(registry[k], form{since, decode})
	slices.SortFunc(registry[k], func(a, b form) int { return a.since - b.since })
}

// Since is the version of the domain that introduced the form of kind that a model of the given version uses. It is
// false for an operator, domain or version that is not supported; "" is the domain of ONNX itself.
func Since(domain, kind string, version int) (int, bool) {
	f, ok := lookup(domain, kind, version)
	return f.since, ok
}

func lookup(domain, kind string, version int) (f form, ok bool) {
	if first, last, known := Versions(domain); !known || version < first || version > last {
		return form{}, false
	}
	for _, g := range registry[kindOf{domain, kind}] {
		if g.since <= version {
			f, ok = g, true
		}
	}
	return f, ok
}

// Decode builds the operator of a node of the domain and version that a holds. Its errors have a code.
func Decode(kind string, a *Attrs) (graph.Op, error) {
	f, ok := lookup(a.Domain, kind, a.Opset)
	if !ok {
		want := fmt.Sprintf("a supported operator of version %d of domain %q", a.Opset, a.Domain)
		return nil, &graph.Error{Code: CodeUnsupportedOp, Op: kind, Want: want, Got: kind}
	}
	op, err := f.decode(a)
	if e := a.check(); e != nil {
		return nil, e
	}
	return op, err
}

// Entry describes a supported operator.
type Entry struct {
	Domain string // "" is ONNX's own
	Name   string
	Since  []int // versions of the domain at which its form changed, as far as this package distinguishes them, ascending
	Opsets string
}

// List gives the supported operators by domain and name.
func List() []Entry {
	var list []Entry
	for k, forms := range registry {
		first, last, _ := Versions(k.domain)
		e := Entry{Domain: k.domain, Name: k.kind, Opsets: fmt.Sprintf("%d-%d", max(first, forms[0].since), last)}
		for _, f := range forms {
			e.Since = append(e.Since, f.since)
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b Entry) int {
		return cmp.Or(strings.Compare(a.Domain, b.Domain), strings.Compare(a.Name, b.Name))
	})
	return list
}
