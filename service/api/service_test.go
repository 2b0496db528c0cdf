package api_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestHealth(t *testing.T) {
	b := newBench(t)
	b.run([]scenario{
		{name: "live", method: "GET", path: "/livez", status: 200, kind: plainJSON, want: []string{`{"status":"ok"}`}},
		{name: "ready", method: "GET", path: "/readyz", status: 200, kind: plainJSON, want: []string{`{"status":"ok"}`}},
	})
	b.unready(errors.New("shutting down"))
	b.run([]scenario{
		{name: "still live", method: "GET", path: "/livez", status: 200, kind: plainJSON},
		{name: "not ready", method: "GET", path: "/readyz", status: 503, kind: problemJSON, want: []string{`"unavailable"`, "shutting down"}},
	})
}

func TestQueueGone(t *testing.T) {
	b := newBench(t)
	id := b.submit(proofOf("[1,2]"))
	b.server.Conn().Close()
	b.run([]scenario{
		{name: "submit", method: "POST", path: "/v1/proofs", body: proofOf("[1,2]"), status: 500, kind: problemJSON, want: []string{`"internal"`}, not: []string{"nats"}},
		{name: "get", method: "GET", path: "/v1/proofs/" + id, status: 500, kind: problemJSON, want: []string{`"internal"`}, not: []string{"nats"}},
		{name: "infer goes on", method: "POST", path: "/v2/models/add/infer", body: `{"inputs":[` + input("[1,2]") + `]}`, status: 200, kind: plainJSON},
	})
	require.Equal(t, http.StatusInternalServerError, b.do("GET", "/metrics", "").Code)
}

func TestMetrics(t *testing.T) {
	b := newBench(t)
	b.await(b.submit(proofOf("[1,2]")))
	b.await(b.submit(proofOf("[-1,0]")))
	b.do("GET", "/v1/proofs/none", "")
	b.do("GET", "/nothing/at/all", "")
	b.do("BREW", "/v2", "")
	got := b.do("GET", "/metrics", "")
	require.Equal(t, 200, got.Code)
	for _, want := range []string{
		"assay_queue_depth ",
		`assay_job_stage_seconds_count{kind="prove",outcome="ok",stage="chain"} 1`,
		`assay_job_stage_seconds_count{kind="prove",outcome="ok",stage="verifying"} 1`,
		`assay_job_stage_seconds_count{kind="prove",outcome="failed",stage="proving"} 1`,
		`assay_job_seconds_count{kind="prove",outcome="done"} 1`,
		`assay_job_seconds_count{kind="prove",outcome="failed"} 1`,
		`assay_http_request_seconds_count{method="POST",route="/v1/proofs",status="202"} 2`,
		`assay_http_request_seconds_count{method="GET",route="/v1/proofs/:id",status="404"} 1`,
		`assay_http_request_seconds_count{method="GET",route="none",status="404"} 1`,
		`assay_http_request_seconds_count{method="other",route="none",status="405"} 1`,
	} {
		require.Contains(t, got.Body.String(), want)
	}
	require.NotContains(t, got.Body.String(), "/nothing/at/all")
	require.NotContains(t, got.Body.String(), "BREW")
}

func TestRequestID(t *testing.T) {
	b := newBench(t)
	require.Equal(t, "abc-1.2_3", b.do("GET", "/livez", "", "X-Request-Id", "abc-1.2_3").Header().Get("X-Request-Id"))
	for _, bad := range []string{"", "a b", "a\"b", strings.Repeat("a", 65)} {
		got := b.do("GET", "/livez", "", "X-Request-Id", bad).Header().Get("X-Request-Id")
		require.Regexp(t, "^[A-Z2-7]{26}$", got)
	}
}

func TestOpenAPI(t *testing.T) {
	b := newBench(t)
	got := b.do("GET", "/openapi.json", "")
	require.Equal(t, 200, got.Code)
	var spec struct {
		OpenAPI string `json:"openapi"`
		Info    struct{ Title, Version string }
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Summary     string
			Parameters  []struct {
				Name, In string
				Required bool
			}
			Responses map[string]struct {
				Description string
				Content     map[string]struct{ Schema map[string]any }
			}
		}
	}
	require.NoError(t, json.Unmarshal(got.Body.Bytes(), &spec))
	require.Equal(t, "3.1.0", spec.OpenAPI)
	require.Equal(t, "1.2.3", spec.Info.Version)

	var routes []string
	ids := map[string]bool{}
	param := regexp.MustCompile(`\{(\w+)\}`)
	for path, ops := range spec.Paths {
		for method, op := range ops {
			route := strings.ToUpper(method) + " " + path
			routes = append(routes, route)
			require.NotEmpty(t, op.Summary, route)
			require.False(t, ids[op.OperationID], "%s: id %q is taken", route, op.OperationID)
			ids[op.OperationID] = true
			for _, m := range param.FindAllStringSubmatch(path, -1) {
				require.True(t, slices.ContainsFunc(op.Parameters, func(p struct {
					Name, In string
					Required bool
				}) bool {
					return p.Name == m[1] && p.In == "path" && p.Required
				}), "%s: parameter %s", route, m[1])
			}
			for status, r := range op.Responses {
				require.NotEmpty(t, r.Description, "%s %s", route, status)
				if strings.HasPrefix(path, "/v1") && status >= "400" {
					require.Contains(t, r.Content, problemJSON, "%s %s", route, status)
				}
			}
			if strings.HasPrefix(path, "/v2") {
				require.Equal(t, "#/components/schemas/InferenceError", op.Responses["default"].Content[plainJSON].Schema["$ref"], route)
			}
		}
	}
	slices.Sort(routes)
	require.Empty(t, cmp.Diff([]string{
		"GET /livez", "GET /readyz", "GET /v1/proofs/{id}", "GET /v2", "GET /v2/health/live", "GET /v2/health/ready",
		"GET /v2/models/{model}", "GET /v2/models/{model}/ready", "POST /v1/proofs", "POST /v1/verify", "POST /v2/models/{model}/infer",
	}, routes))

	var doc any
	require.NoError(t, json.Unmarshal(got.Body.Bytes(), &doc))
	references(t, doc, doc)
}

// references checks that every $ref in node points at something in doc.
func references(t *testing.T, doc, node any) {
	switch node := node.(type) {
	case map[string]any:
		for k, v := range node {
			ref, isRef := v.(string)
			if k != "$ref" || !isRef {
				references(t, doc, v)
				continue
			}
			at := doc
			for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
				m, ok := at.(map[string]any)
				require.True(t, ok, ref)
				at = m[step]
			}
			require.NotNil(t, at, ref)
		}
	case []any:
		for _, v := range node {
			references(t, doc, v)
		}
	}
}
