package api

import (
	"context"
	"net/http"

	"assay/service/job"

	"github.com/danielgtaylor/huma/v2"
)

type health struct {
	Body struct {
		Status string `json:"status" enum:"ok" doc:"Always ok; anything else is a problem"`
	}
}

func (a *API) registerHealth() {
	handle(a, huma.Operation{
		OperationID: "livez", Method: http.MethodGet, Path: "/livez", Tags: []string{"health"},
		Summary: "Whether the process answers",
	}, a.livez)
	handle(a, huma.Operation{
		OperationID: "readyz", Method: http.MethodGet, Path: "/readyz", Tags: []string{"health"},
		Summary: "Whether requests and jobs can be taken", Errors: []int{http.StatusServiceUnavailable},
	}, a.readyz)
}

func (a *API) livez(context.Context, *struct{}) (*health, error) {
	out := &health{}
	out.Body.Status = "ok"
	return out, nil
}

func (a *API) readyz(ctx context.Context, in *struct{}) (*health, error) {
	if err := a.Ready(ctx); err != nil {
		return nil, job.Errorf(CodeUnavailable, "%v", err)
	}
	return a.livez(ctx, in)
}
