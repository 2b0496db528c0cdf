// Package fault gives the errors of the verifier stable codes.
//
// A code is declared once, beside the check that raises it, and is itself an error:
// errors.Is(err, verifier.ErrContext) holds for any error raised with that code. Programs switch on
// codes; the text around them may change.
package fault

import (
	"fmt"
	"maps"
	"slices"
)

// Code is the stable name of one way to fail, as in "context-mismatch".
type Code string

// Error returns the code itself.
func (c Code) Error() string { return string(c) }

var meanings = map[Code]string{}

// Define declares a code and what it means. A duplicate panics at start.
func Define(code, meaning string) Code {
	c := Code(code)
	if _, dup := meanings[c]; dup {
		panic(fmt.Sprintf("fault: code %q is defined twice", code))
	}
	meanings[c] = meaning
	return c
}

// Codes lists every declared code in alphabetical order.
func Codes() []Code { return slices.Sorted(maps.Keys(meanings)) }

// Meaning explains a code in one sentence; it is empty for an undeclared one.
func (c Code) Meaning() string { return meanings[c] }

// Error is a failure with its code and its place.
type Error struct {
	Code Code
	At   string // the field, value or point at fault
	Want string // what was wanted there
	Got  string // what was there instead
}

// New builds an error; want and got are formatted with %v and may be nil.
func New(code Code, at string, want, got any) *Error {
	e := &Error{Code: code, At: at}
	if want != nil {
		e.Want = fmt.Sprint(want)
	}
	if got != nil {
		e.Got = fmt.Sprint(got)
	}
	return e
}

// Error reads "code: at: want W, got G".
func (e *Error) Error() string {
	s := string(e.Code)
	if e.At != "" {
		s += ": " + e.At
	}
	switch {
	case e.Want != "" && e.Got != "":
		s += ": want " + e.Want + ", got " + e.Got
	case e.Want != "":
		s += ": want " + e.Want
	case e.Got != "":
		s += ": got " + e.Got
	}
	return s
}

// Unwrap lets errors.Is and errors.As find the code.
func (e *Error) Unwrap() error { return e.Code }
