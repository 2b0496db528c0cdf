package job

import "fmt"

// Code names a kind of failure. Codes are stable: clients may switch on them.
type Code string

// Codes of failures that another attempt would not mend.
const (
	CodeUnknownModel     Code = "unknown_model"     // no model of that name is offered
	CodeInvalidInput     Code = "invalid_input"     // the tensors do not fit the model
	CodeProofRejected    Code = "proof_rejected"    // the prover's own proof did not verify
	CodeAttemptsSpent    Code = "attempts_spent"    // every allowed attempt ended without a result
	CodeKeyReused        Code = "key_reused"        // an idempotency key came with another request
	CodeUnknownJob       Code = "unknown_job"       // no job of that id
	CodeMalformedRequest Code = "malformed_request" // the stored request cannot be read
)

// Error is a failure that another attempt would not mend.
type Error struct {
	Code   Code
	Detail string
}

// Errorf makes an Error; args are formatted into its detail and not wrapped.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Detail: fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.Detail }
