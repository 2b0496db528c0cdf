package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"assay/service/job"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// Codes of failures that the surface itself finds; package job has the others.
const (
	CodeMalformedBody    job.Code = "malformed_body"         // not JSON, or empty
	CodeInvalidRequest   job.Code = "invalid_request"        // JSON that the route's schema refuses
	CodeBodyTooLarge     job.Code = "body_too_large"         // over the service's limit
	CodeUnsupportedMedia job.Code = "unsupported_media_type" // a body that is not application/json
	CodeBodyTimeout      job.Code = "body_timeout"           // the body did not arrive in time
	CodeNotFound         job.Code = "not_found"              // no such route
	CodeMethodNotAllowed job.Code = "method_not_allowed"     // a route that does not take this method
	CodeTimeout          job.Code = "timeout"                // the request took too long
	CodeUnavailable      job.Code = "unavailable"            // not ready, or shutting down
	CodeInternal         job.Code = "internal"               // a fault of the service; its log has the rest
)

// statuses is every code that a problem can carry, with its HTTP status.
var statuses = map[job.Code]int{
	CodeMalformedBody:    http.StatusBadRequest,
	CodeInvalidRequest:   http.StatusUnprocessableEntity,
	CodeBodyTooLarge:     http.StatusRequestEntityTooLarge,
	CodeUnsupportedMedia: http.StatusUnsupportedMediaType,
	CodeBodyTimeout:      http.StatusRequestTimeout,
	CodeNotFound:         http.StatusNotFound,
	CodeMethodNotAllowed: http.StatusMethodNotAllowed,
	CodeTimeout:          http.StatusGatewayTimeout,
	CodeUnavailable:      http.StatusServiceUnavailable,
	CodeInternal:         http.StatusInternalServerError,

	job.CodeUnknownModel: http.StatusNotFound,
	job.CodeUnknownJob:   http.StatusNotFound,
	job.CodeInvalidInput: http.StatusUnprocessableEntity,
	job.CodeKeyReused:    http.StatusUnprocessableEntity,
}

// found maps a status that huma gives to the code that it stands for.
var found = map[int]job.Code{
	http.StatusBadRequest:            CodeMalformedBody,
	http.StatusRequestTimeout:        CodeBodyTimeout,
	http.StatusRequestEntityTooLarge: CodeBodyTooLarge,
	http.StatusUnsupportedMediaType:  CodeUnsupportedMedia,
	http.StatusUnprocessableEntity:   CodeInvalidRequest,
}

// Problem is an error as RFC 9457 problem details, with a stable code.
type Problem struct {
	Type   string   `json:"type" doc:"URN of the code" example:"urn:assay:problem:unknown_model"`
	Title  string   `json:"title" doc:"The HTTP status in words" example:"Not Found"`
	Status int      `json:"status" doc:"The HTTP status" example:"404"`
	Code   job.Code `json:"code" doc:"What went wrong; stable" example:"unknown_model"`
	Detail string   `json:"detail" doc:"What went wrong this time"`
	Errors []Fault  `json:"errors,omitempty" doc:"Each place of the request that is at fault"`
}

// Fault is one place of a request that its schema refuses.
type Fault struct {
	Location string `json:"location,omitempty" doc:"Path of the value, as in body.inputs[0].shape"`
	Message  string `json:"message" doc:"What was wanted"`
}

func problemOf(code job.Code, detail string) *Problem {
	status, ok := statuses[code]
	if !ok {
		status, code = http.StatusInternalServerError, CodeInternal
	}
	return &Problem{
		Type: "urn:assay:problem:" + string(code), Title: http.StatusText(status),
		Status: status, Code: code, Detail: detail,
	}
}

// newProblem is a failure that huma found. The refused values are not echoed.
func newProblem(status int, msg string, errs []error) *Problem {
	code, ok := found[status]
	if !ok {
		code, msg = CodeInternal, "the service failed; its log has the reason"
	}
	p := problemOf(code, msg)
	for _, err := range errs {
		var d *huma.ErrorDetail
		switch {
		case code == CodeInternal:
		case errors.As(err, &d):
			p.Errors = append(p.Errors, Fault{d.Location, d.Message})
		default:
			p.Errors = append(p.Errors, Fault{Message: err.Error()})
		}
	}
	return p
}

// problem is a failure that a handler returned. What is not the client's to know goes to the log alone.
func (a *API) problem(ctx context.Context, err error) *Problem {
	var known *job.Error
	switch {
	case errors.As(err, &known) && statuses[known.Code] != 0:
		return problemOf(known.Code, known.Detail)
	case ctx.Err() == context.DeadlineExceeded:
		return problemOf(CodeTimeout, "the request took longer than "+a.Timeout.String())
	case ctx.Err() != nil:
		return problemOf(CodeUnavailable, "the request was given up")
	default:
		a.Log.ErrorContext(ctx, "request failed", "request", requestID(ctx), "error", err)
		return problemOf(CodeInternal, "the service failed; its log has the reason")
	}
}

func (p *Problem) Error() string  { return string(p.Code) + ": " + p.Detail }
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// shape gives p the form of the protocol that path belongs to. The Open Inference Protocol knows no 422.
func shape(path string, p *Problem) huma.StatusError {
	if path != "/v2" && !strings.HasPrefix(path, "/v2/") {
		return p
	}
	e := &InferenceError{Message: p.describe(), status: p.Status}
	if e.status == http.StatusUnprocessableEntity {
		e.status = http.StatusBadRequest
	}
	return e
}

// describe is the problem in one line.
func (p *Problem) describe() string {
	s := p.Error()
	for _, f := range p.Errors {
		s += "; " + strings.TrimPrefix(f.Location+": ", ": ") + f.Message
	}
	return s
}

// refuse answers a request that no handler saw.
func refuse(c *gin.Context, code job.Code, detail string) {
	e := shape(c.Request.URL.Path, problemOf(code, detail))
	kind := "application/json"
	if f, ok := e.(huma.ContentTypeFilter); ok {
		kind = f.ContentType(kind)
	}
	body, err := json.Marshal(e)
	if err != nil {
		panic("api: encode problem: " + err.Error())
	}
	c.Abort()
	c.Data(e.GetStatus(), kind, body)
}
