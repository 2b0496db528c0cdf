package graph

import (
	"errors"
	"fmt"
	"strings"
)

// Codes of errors that an operator's Lower reports. They are stable: tools may match on them.
const (
	// CodeLower: the operator, as it is used here, has no integer form.
	CodeLower = "LOWER_UNSUPPORTED"
	// CodeNotLast: the operator is supported only where its output is an output of the model.
	CodeNotLast = "LOWER_NOT_LAST"
	// CodeLarge: the operators that stand for a composite one, or the values of the graph, are too many.
	CodeLarge = "LOWER_TOO_LARGE"
)

// Error is a failure with an address: what is wrong, at which node, what was wanted and what was found.
// Fields that do not apply are empty.
type Error struct {
	Code string // stable, as in ONNX_SHAPE
	Node string // node, tensor or input name
	Op   string // operator type
	Want string
	Got  string
	Err  error // cause
}

// Error prints every field that is set on one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	if e.Node != "" {
		fmt.Fprintf(&b, ": %q", e.Node)
	}
	if e.Op != "" {
		fmt.Fprintf(&b, " (%s)", e.Op)
	}
	sep := ": "
	if e.Want != "" {
		b.WriteString(sep + "want " + e.Want)
		sep = ", "
	}
	if e.Got != "" {
		b.WriteString(sep + "got " + e.Got)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Wrap gives err the address of n. An error that has a code keeps it; any other gets code.
func (n *Node) Wrap(code string, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return &Error{Code: code, Node: n.Name, Op: n.Kind, Err: err}
	}
	w := *e
	if w.Node == "" {
		w.Node = n.Name
	}
	if w.Op == "" {
		w.Op = n.Kind
	}
	return &w
}
