package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// InferenceError is an error in the form of the Open Inference Protocol.
type InferenceError struct {
	Message string `json:"error" doc:"What went wrong"`
	status  int
}

func (e *InferenceError) Error() string  { return e.Message }
func (e *InferenceError) GetStatus() int { return e.status }

type serverMetadata struct {
	Body struct {
		Name       string   `json:"name"`
		Version    string   `json:"version"`
		Extensions []string `json:"extensions"`
	}
}

type serverLive struct {
	Body struct {
		Live bool `json:"live"`
	}
}

type serverReady struct {
	Status int
	Body   struct {
		Ready bool `json:"ready"`
	}
}

func (a *API) registerServer() {
	handle(a, a.inference("server-metadata", http.MethodGet, "/v2", "Name and version of the server"),
		func(context.Context, *struct{}) (*serverMetadata, error) {
			out := &serverMetadata{}
			out.Body.Name, out.Body.Version, out.Body.Extensions = "assay", a.Version, []string{}
			return out, nil
		})
	handle(a, a.inference("server-live", http.MethodGet, "/v2/health/live", "Whether the server answers"),
		func(context.Context, *struct{}) (*serverLive, error) {
			out := &serverLive{}
			out.Body.Live = true
			return out, nil
		})
	handle(a, a.inference("server-ready", http.MethodGet, "/v2/health/ready", "Whether all models can be used: 200, or 503"),
		func(ctx context.Context, _ *struct{}) (*serverReady, error) {
			out := &serverReady{Status: http.StatusOK}
			out.Body.Ready = a.Ready(ctx) == nil
			if !out.Body.Ready {
				out.Status = http.StatusServiceUnavailable
			}
			return out, nil
		})
}

// inference is an operation of the Open Inference Protocol.
func (a *API) inference(id, method, path, summary string) huma.Operation {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[InferenceError](), true, "")
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"Open Inference Protocol v2"},
		Responses: map[string]*huma.Response{"default": {
			Description: "Error",
			Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
		}},
	}
}
