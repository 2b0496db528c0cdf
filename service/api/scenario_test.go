package api_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"assay/ir/tensor"
	"assay/service/api"
	"assay/service/job"
	"assay/service/jobtest"
	"assay/service/metrics"
	"assay/service/queue"

	"github.com/stretchr/testify/require"
)

const maxBody = 64 << 10

var quiet = slog.New(slog.DiscardHandler)

// bench is the surface over a real board, with one worker.
type bench struct {
	http.Handler
	t      *testing.T
	model  *jobtest.Model
	board  *job.Board
	server *queue.Server
	ready  atomic.Pointer[error]
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, model: &jobtest.Model{Label: "add", Rounds: 100}}
	var err error
	b.server, err = queue.Embed(t.TempDir(), quiet)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.server.Close()) })
	q, err := queue.New(t.Context(), b.server.Conn(), queue.Config{})
	require.NoError(t, err)
	b.board, err = job.OpenBoard(t.Context(), q, 0)
	require.NoError(t, err)
	models, err := job.NewModels(b.model, panicky{b.model}, slow{b.model})
	require.NoError(t, err)
	m := metrics.New(metrics.Gauge{Name: "assay_queue_depth", Help: "Jobs that wait or run.", Read: q.Depth})
	b.Handler = api.New(api.Config{
		Models: models, Board: b.board, Metrics: m, Log: quiet, Version: "1.2.3", MaxBody: maxBody,
		Timeout: time.Second, Ready: func(context.Context) error {
			if err := b.ready.Load(); err != nil {
				return *err
			}
			return nil
		},
	})
	r, err := job.NewRunner(b.board, job.Prove, models, 2, m, quiet)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Work(ctx, 1) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; !b.server.Conn().IsClosed() {
			require.NoError(t, err)
		}
	})
	return b
}

// panicky is a model with a fault.
type panicky struct{ *jobtest.Model }

func (panicky) Name() string                         { return "panicky" }
func (panicky) Verify([]byte, [32]byte) error        { panic("secret internals") }
func (panicky) Decode([]byte) (job.Statement, error) { return job.Statement{}, errors.New("unused") }

// slow is a model that answers too late.
type slow struct{ *jobtest.Model }

func (slow) Name() string { return "slow" }
func (slow) Infer(ctx context.Context, _ map[string]*tensor.Float) (map[string]*tensor.Float, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (b *bench) unready(err error) { b.ready.Store(&err) }

func (b *bench) do(method, path, body string, header ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	b.ServeHTTP(rec, req)
	return rec
}

// scenario is a request and what its answer must and must not hold.
type scenario struct {
	name         string
	method, path string
	body         string
	header       []string
	status       int
	kind         string // content type
	want, not    []string
}

const (
	plainJSON   = "application/json"
	problemJSON = "application/problem+json"
)

func (b *bench) run(scenarios []scenario) {
	for _, s := range scenarios {
		b.t.Run(s.name, func(t *testing.T) {
			got := b.do(s.method, s.path, s.body, s.header...)
			body := got.Body.String()
			require.Equal(t, s.status, got.Code, body)
			require.Equal(t, s.kind, got.Header().Get("Content-Type"), body)
			for _, w := range s.want {
				require.Contains(t, body, w)
			}
			for _, n := range append(s.not, "secret internals", "internals") {
				require.NotContains(t, body, n)
			}
		})
	}
}

// input is x as the protocol's tensor.
func input(data string) string {
	return `{"name":"x","datatype":"FP32","shape":[2],"data":` + data + `}`
}
