// Package api is the service's HTTP surface: gin under huma, one file a resource.
//
// Under /v2 it speaks the Open Inference Protocol, version 2, with that protocol's errors. Under /v1 are the
// resources of its own, with RFC 9457 problems that carry a stable code. /openapi.json describes both.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"assay/service/job"
	"assay/service/metrics"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
)

func init() {
	gin.SetMode(gin.ReleaseMode)
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError { return newProblem(status, msg, errs) }
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return shape(ctx.URL().Path, newProblem(status, msg, errs))
	}
}

// Config is what the surface needs. All but Ready is required.
type Config struct {
	Models  *job.Models
	Board   *job.Board
	Metrics *metrics.Metrics
	Log     *slog.Logger
	Version string
	MaxBody int64                       // bytes of a request body
	Timeout time.Duration               // of one request, its body included
	Ready   func(context.Context) error // why no request can be taken now, or nil
}

// API is the handlers' common ground.
type API struct {
	Config
	huma huma.API
}

// New gives the handler of every route.
func New(cfg Config) http.Handler {
	router := gin.New()
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	router.Use(identify, observe(cfg.Metrics, cfg.Log), recovered(cfg.Log), limit(cfg.Timeout))
	router.NoRoute(func(c *gin.Context) { refuse(c, CodeNotFound, "no route "+c.Request.URL.Path) })
	router.NoMethod(func(c *gin.Context) {
		refuse(c, CodeMethodNotAllowed, "route "+c.Request.URL.Path+" does not take "+c.Request.Method)
	})

	spec := huma.DefaultConfig("Assay", cfg.Version)
	spec.Info.Description = "Inference with a proof: answers of ONNX models, and Groth16 proofs that they came from them."
	spec.DocsPath, spec.SchemasPath, spec.CreateHooks = "", "", nil

	a := &API{Config: cfg, huma: humagin.New(router, spec)}
	a.registerHealth()
	a.registerServer()
	a.registerModels()
	a.registerInfer()
	a.registerProofs()
	a.registerVerify()
	router.GET("/metrics", gin.WrapH(cfg.Metrics.Handler()))
	return router
}

// handle registers a route of the service's own: its errors become problems.
func handle[I, O any](a *API, op huma.Operation, h func(context.Context, *I) (*O, error)) {
	op.MaxBodyBytes = a.MaxBody + 1 // huma refuses a body that fills its limit
	op.BodyReadTimeout = a.Timeout
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, shape(op.Path, a.problem(ctx, err))
		}
		return out, nil
	})
}
