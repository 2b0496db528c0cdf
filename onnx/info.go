package onnx

import (
	"fmt"
	"strings"

	"assay/ir/tensor"
)

// Info describes a model file.
type Info struct {
	IRVersion       int64
	Producer        string
	ProducerVersion string
	Name            string         // of the graph
	Opset           int            // of the default domain; 0 when the file does not say
	Domains         map[string]int // opset by domain, "" being ONNX itself
	Inputs, Outputs []Port         // inputs without those that have an initializer
	Nodes           int
	Ops             map[string]int // how many nodes of each operator; other domains as domain.Name
	Initializers    int
	Parameters      int // elements of initializers that are reals
	Unsupported     []Unsupported
}

// Port is an input or output of a model.
type Port struct {
	Name  string
	DType tensor.DType
	Dims  []Dim
	Known bool // the file gives a shape
}

// String prints the port as x:float32[N, 3, 224, 224].
func (p Port) String() string {
	if !p.Known {
		return fmt.Sprintf("%s:%v[?]", p.Name, p.DType)
	}
	dims := make([]string, len(p.Dims))
	for i, d := range p.Dims {
		dims[i] = d.String()
	}
	return fmt.Sprintf("%s:%v[%s]", p.Name, p.DType, strings.Join(dims, ", "))
}

// Dim is an extent: Size when positive, else unknown and perhaps named.
type Dim struct {
	Size   int
	Symbol string
}

// String is the size, the symbol, or "?".
func (d Dim) String() string {
	switch {
	case d.Size > 0:
		return fmt.Sprint(d.Size)
	case d.Symbol != "":
		return d.Symbol
	}
	return "?"
}

// Unsupported is a node whose operator is not supported.
type Unsupported struct {
	Node   string
	Op     string
	Domain string
}

func (u Unsupported) qualified() string {
	if u.Domain == "" {
		return u.Op
	}
	return u.Domain + "." + u.Op
}

// String prints operator and node.
func (u Unsupported) String() string { return fmt.Sprintf("%s (%q)", u.qualified(), u.Node) }
