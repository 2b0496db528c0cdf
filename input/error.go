package input

import (
	"errors"
	"fmt"
)

// Code is the stable name of a reason to refuse a file.
type Code string

// Reasons to refuse a file.
const (
	CodeFormat Code = "input-format" // not a well-formed file of a known format
	CodeName   Code = "input-name"   // an array that is missing, unknown or given twice
	CodeDType  Code = "input-dtype"  // an element type that does not convert to the model's
	CodeShape  Code = "input-shape"  // a shape that does not fit the model's
	CodeValue  Code = "input-value"  // a number that the model's element type cannot hold
	CodeLimit  Code = "input-limit"  // more than the limits allow
	CodeRange  Code = "input-range"  // elements outside their declared range, for a model that does not clamp them
)

// Error says which file, and which model input where there is one, holds what was not wanted.
type Error struct {
	Code  Code
	File  string
	Input string // name of the model input, or ""
	Want  string
	Got   string
}

// Error prints the place, the code, what was wanted and what was got.
func (e *Error) Error() string {
	place := e.File
	if e.Input != "" {
		place += fmt.Sprintf(": input %q", e.Input)
	}
	return fmt.Sprintf("%s: %s: want %s, got %s", place, e.Code, e.Want, e.Got)
}

func refuse(code Code, want, got string, args ...any) *Error {
	return &Error{Code: code, Want: want, Got: fmt.Sprintf(got, args...)}
}

// named fills in the file of an *Error and makes one of any other error.
func named(err error, file string) error {
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Code: CodeFormat, Want: "a well-formed file", Got: err.Error()}
	}
	e.File = file
	return e
}

// about fills in the model input of an error.
func about(err error, input string) error {
	var e *Error
	if errors.As(err, &e) && e.Input == "" {
		e.Input = input
	}
	return err
}
