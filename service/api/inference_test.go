package api_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestOpenInferenceProtocol(t *testing.T) {
	b := newBench(t)
	const infer = "/v2/models/add/infer"
	problem := []string{`"code"`, `"detail"`}
	b.run([]scenario{
		{name: "server", method: "GET", path: "/v2", status: 200, kind: plainJSON,
			want: []string{`{"name":"assay","version":"1.2.3","extensions":[]}`}},
		{name: "live", method: "GET", path: "/v2/health/live", status: 200, kind: plainJSON, want: []string{`{"live":true}`}},
		{name: "ready", method: "GET", path: "/v2/health/ready", status: 200, kind: plainJSON, want: []string{`{"ready":true}`}},
		{name: "model", method: "GET", path: "/v2/models/add", status: 200, kind: plainJSON, want: []string{
			`"name":"add"`, `"inputs":[{"name":"x","datatype":"FP32","shape":[2]}]`, `"outputs":[{"name":"y","datatype":"FP32","shape":[1]}]`,
			`"setup":"insecure-dev"`, `"program_hash":"0x01"`, `"key_id":"0x02"`}, not: []string{"$schema"}},
		{name: "unknown model", method: "GET", path: "/v2/models/none", status: 404, kind: plainJSON,
			want: []string{`{"error":"unknown_model: model \"none\"`}, not: problem},
		{name: "model ready", method: "GET", path: "/v2/models/add/ready", status: 200, kind: plainJSON,
			want: []string{`{"name":"add","ready":true}`}},
		{name: "unknown model ready", method: "GET", path: "/v2/models/none/ready", status: 404, kind: plainJSON, want: []string{`"error"`}, not: problem},

		{name: "infer flat", method: "POST", path: infer, body: `{"id":"7","inputs":[` + input("[1.5,2]") + `]}`, status: 200, kind: plainJSON,
			want: []string{`"id":"7"`, `"model_name":"add"`, `"outputs":[{"name":"y","datatype":"FP32","shape":[1],"data":[3.5]}]`}},
		{name: "infer chosen output", method: "POST", path: infer, body: `{"inputs":[` + input("[1,2]") + `],"outputs":[{"name":"y"}]}`,
			status: 200, kind: plainJSON, want: []string{`"data":[3]`}},
		{name: "infer with parameters", method: "POST", path: infer, status: 200, kind: plainJSON, want: []string{`"data":[3]`},
			body: `{"parameters":{"a":1},"inputs":[{"name":"x","datatype":"FP32","shape":[2],"parameters":{"b":[]},"data":[1,2]}]}`},
		{name: "infer unknown output", method: "POST", path: infer, body: `{"inputs":[` + input("[1,2]") + `],"outputs":[{"name":"z"}]}`,
			status: 400, kind: plainJSON, want: []string{`output \"z\"`}, not: problem},
		{name: "infer unknown model", method: "POST", path: "/v2/models/none/infer", body: `{"inputs":[` + input("[1,2]") + `]}`,
			status: 404, kind: plainJSON, want: []string{`{"error":"unknown_model`}},
		{name: "infer wrong size", method: "POST", path: infer, body: `{"inputs":[` + input("[1,2,3]") + `]}`,
			status: 400, kind: plainJSON, want: []string{`want 2 elements, got more`}},
		{name: "infer nothing", method: "POST", path: infer, body: `{"inputs":[]}`, status: 400, kind: plainJSON, want: []string{`tensor \"x\": missing`}},
		{name: "infer without inputs", method: "POST", path: infer, body: `{}`, status: 400, kind: plainJSON,
			want: []string{`"error"`, "inputs"}, not: problem},
		{name: "infer empty body", method: "POST", path: infer, status: 400, kind: plainJSON, want: []string{`"error":"malformed_body`}, not: problem},
		{name: "infer broken body", method: "POST", path: infer, body: `{"inputs":[`, status: 400, kind: plainJSON, want: []string{`"error":"malformed_body`}},
		{name: "infer too large", method: "POST", path: infer, body: `{"inputs":[` + strings.Repeat(" ", maxBody) + `]}`,
			status: 413, kind: plainJSON, want: []string{`"error":"body_too_large`}},
		{name: "infer other media", method: "POST", path: infer, body: `x`, header: []string{"Content-Type", "text/csv"},
			status: 415, kind: plainJSON, want: []string{`"error":"unsupported_media_type`}},
		{name: "infer fault", method: "POST", path: infer, body: `{"inputs":[` + input("[3e38,3e38]") + `]}`,
			status: 500, kind: plainJSON, want: []string{`"error":"internal`}, not: []string{"overflows"}},
		{name: "infer slow", method: "POST", path: "/v2/models/slow/infer", body: `{"inputs":[` + input("[1,2]") + `]}`,
			status: 504, kind: plainJSON, want: []string{`"error":"timeout`}},
		{name: "infer by GET", method: "GET", path: infer, status: 405, kind: plainJSON, want: []string{`"error":"method_not_allowed`}},
		{name: "no route", method: "GET", path: "/v2/nothing", status: 404, kind: plainJSON, want: []string{`"error":"not_found`}},
	})
	b.unready(errors.New("not now"))
	b.run([]scenario{
		{name: "not ready", method: "GET", path: "/v2/health/ready", status: http.StatusServiceUnavailable, kind: plainJSON, want: []string{`{"ready":false}`}},
		{name: "not ready but live", method: "GET", path: "/v2/health/live", status: 200, kind: plainJSON, want: []string{`{"live":true}`}},
	})
}
