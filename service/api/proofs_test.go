package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"assay/service/job"

	"github.com/stretchr/testify/require"
)

const bind = "0x00000000000000000000000000000000000000000000000000000000000000ff"

func proofOf(data string) string { return `{"model":"add","inputs":[` + input(data) + `]}` }

// proofJob is a job as a client reads it.
type proofJob struct {
	ID, State, Stage, Calldata string
	Attempts                   int
	Created                    time.Time  `json:"created_at"`
	Finished                   *time.Time `json:"finished_at"`
	Error                      *struct{ Code, Detail string }
	Proof                      json.RawMessage
}

func (b *bench) submit(body string, header ...string) (id string) {
	b.t.Helper()
	got := b.do("POST", "/v1/proofs", body, header...)
	require.Equal(b.t, http.StatusAccepted, got.Code, got.Body.String())
	require.NotEmpty(b.t, got.Header().Get("Retry-After"))
	var j proofJob
	require.NoError(b.t, json.Unmarshal(got.Body.Bytes(), &j))
	require.Equal(b.t, "/v1/proofs/"+j.ID, got.Header().Get("Location"))
	return j.ID
}

func (b *bench) await(id string) (j proofJob) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		got := b.do("GET", "/v1/proofs/"+id, "")
		require.Equal(b.t, http.StatusOK, got.Code, got.Body.String())
		j = proofJob{}
		require.NoError(b.t, json.Unmarshal(got.Body.Bytes(), &j))
		finished := j.State == "done" || j.State == "failed"
		require.Equal(b.t, finished, got.Header().Get("Retry-After") == "")
		require.Equal(b.t, finished, j.Finished != nil)
		require.Equal(b.t, j.State == "done", len(j.Proof) > 0 && j.Calldata != "")
		require.Equal(b.t, j.State == "failed", j.Error != nil)
		return finished
	}, 10*time.Second, 10*time.Millisecond)
	return j
}

func TestProofAndItsVerification(t *testing.T) {
	b := newBench(t)
	j := b.await(b.submit(`{"model":"add","inputs":[` + input("[1,2]") + `],"ctx":"` + bind + `"}`))
	require.Equal(t, "done", j.State)
	require.Regexp(t, "^0xca11da7a", j.Calldata)
	proof := string(j.Proof)

	verify := func(name, model, proof, ctx string, status int, kind string, want, not []string) scenario {
		return scenario{name: name, method: "POST", path: "/v1/verify", status: status, kind: kind, want: want, not: not,
			body: `{"model":"` + model + `","proof":` + proof + ctx + `}`}
	}
	bound := `,"ctx":"` + bind + `"`
	decoded := []string{"decoded"}
	b.run([]scenario{
		verify("good", "add", proof, bound, 200, plainJSON, []string{
			`"valid":true`, `"inputs":[{"name":"x","datatype":"FP32","shape":[2],"data":[1,2]}]`,
			`"outputs":[{"name":"y","datatype":"FP32","shape":[1],"data":[3]}]`}, []string{"reason"}),
		verify("bound elsewhere", "add", proof, "", 200, plainJSON, []string{`"valid":false`, "digest"}, decoded),
		verify("another value", "add", strings.Replace(proof, `"x":[1,2]`, `"x":[2,1]`, 1), bound, 200, plainJSON, []string{`"valid":false`, "digest"}, decoded),
		verify("another field", "add", strings.Replace(proof, `"y"`, `"z"`, 1), bound, 200, plainJSON, []string{`"valid":false`, "unknown field"}, decoded),
		verify("null", "add", "null", bound, 200, plainJSON, []string{`"valid":false`}, decoded),
		verify("a list", "add", "[1]", bound, 200, plainJSON, []string{`"valid":false`}, decoded),
		verify("unknown model", "none", proof, bound, 404, problemJSON, []string{`"unknown_model"`}, nil),
		verify("ctx too short", "add", proof, `,"ctx":"0x00"`, 422, problemJSON, []string{`"invalid_request"`, "body.ctx"}, nil),
		verify("fault", "panicky", proof, "", 500, problemJSON, []string{`"internal"`}, nil),
		{name: "no proof", method: "POST", path: "/v1/verify", body: `{"model":"add"}`, status: 422, kind: problemJSON, want: []string{"proof"}},
	})
}

func TestSubmitRefuses(t *testing.T) {
	b := newBench(t)
	post := func(name, body string, status int, want ...string) scenario {
		return scenario{name: name, method: "POST", path: "/v1/proofs", body: body, status: status, kind: problemJSON, want: want}
	}
	b.run([]scenario{
		post("empty body", "", 400, `"code":"malformed_body"`, `"type":"urn:assay:problem:malformed_body"`, `"status":400`, `"title":"Bad Request"`),
		post("cut body", proofOf("[1,2]")[:40], 400, `"malformed_body"`),
		post("trailing bytes", proofOf("[1,2]")+"x", 400, `"malformed_body"`),
		post("binary body", "\x00\xff\xfe", 400, `"malformed_body"`),
		post("a list", "[]", 422, `"invalid_request"`),
		post("unknown field", `{"model":"add","inputs":[],"extra":1}`, 422, `"invalid_request"`, "body.extra"),
		post("no model", `{"inputs":[]}`, 422, `"invalid_request"`, "model"),
		post("model of another type", `{"model":7,"inputs":[]}`, 422, `"invalid_request"`, "body.model"),
		post("negative shape", `{"model":"add","inputs":[{"name":"x","datatype":"FP32","shape":[-2],"data":[1]}]}`, 422, `"invalid_input"`, "want shape [2]"),
		post("unknown model", strings.Replace(proofOf("[1,2]"), "add", "none", 1), 404, `"unknown_model"`),
		post("too few values", proofOf("[1]"), 422, `"invalid_input"`, "want 2 elements, got 1"),
		post("strings", proofOf(`["1","2"]`), 422, `"invalid_input"`),
		post("ctx is not hex", strings.Replace(proofOf("[1,2]"), `"model"`, `"ctx":"0xzz","model"`, 1), 422, `"invalid_request"`, "body.ctx"),
		post("too large", proofOf("["+strings.Repeat("1,", maxBody)+"1]"), 413, `"body_too_large"`),
		{name: "other media", method: "POST", path: "/v1/proofs", body: "model: add", header: []string{"Content-Type", "application/yaml"},
			status: 415, kind: problemJSON, want: []string{`"unsupported_media_type"`}},
		{name: "long key", method: "POST", path: "/v1/proofs", body: proofOf("[1,2]"), header: []string{"Idempotency-Key", strings.Repeat("k", 256)},
			status: 422, kind: problemJSON, want: []string{`"invalid_request"`, "Idempotency-Key"}},
		{name: "unknown job", method: "GET", path: "/v1/proofs/abcdefghijklmnopqrstuvwxyz", status: 404, kind: problemJSON, want: []string{`"unknown_job"`}},
		{name: "no job id", method: "GET", path: "/v1/proofs/..", status: 404, kind: problemJSON, want: []string{`"unknown_job"`}},
		{name: "list", method: "GET", path: "/v1/proofs", status: 405, kind: problemJSON, want: []string{`"method_not_allowed"`}},
		{name: "no route", method: "GET", path: "/v1/", status: 404, kind: problemJSON, want: []string{`"not_found"`}},
	})
}

func TestLargestBodyIsTaken(t *testing.T) {
	b := newBench(t)
	body := proofOf("[1,2]")
	body += strings.Repeat(" ", maxBody-len(body))
	b.submit(body)
	require.Equal(t, http.StatusRequestEntityTooLarge, b.do("POST", "/v1/proofs", body+" ").Code)
}

func TestFailedJobSaysWhy(t *testing.T) {
	b := newBench(t)
	j := b.await(b.submit(proofOf("[-1,0]")))
	require.Equal(t, "failed", j.State)
	require.Equal(t, "invalid_input", j.Error.Code)
	require.Equal(t, 1, j.Attempts)
}

func TestIdempotencyKey(t *testing.T) {
	b := newBench(t)
	id := b.submit(proofOf("[1,2]"), "Idempotency-Key", "k 1")
	require.Equal(t, id, b.submit(" "+proofOf("[1, 2]"), "Idempotency-Key", "k 1"), "spaces do not make another request")
	require.NotEqual(t, id, b.submit(proofOf("[1,2]"), "Idempotency-Key", "k 2"))
	b.run([]scenario{{name: "other body", method: "POST", path: "/v1/proofs", body: proofOf("[2,1]"), header: []string{"Idempotency-Key", "k 1"},
		status: 422, kind: problemJSON, want: []string{`"key_reused"`}}})
	require.Equal(t, "done", b.await(id).State)
	require.Equal(t, id, b.submit(proofOf("[1,2]"), "Idempotency-Key", "k 1"))
}

func TestConcurrentSubmits(t *testing.T) {
	b := newBench(t)
	const n = 24
	ids := make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			got := b.do("POST", "/v1/proofs", proofOf("["+string(rune('0'+i%10))+",1]"))
			if got.Code == http.StatusAccepted {
				ids[i] = strings.TrimPrefix(got.Header().Get("Location"), "/v1/proofs/")
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for i, id := range ids {
		require.NotEmpty(t, id)
		require.False(t, seen[id])
		seen[id] = true
		j := b.await(id)
		require.Equal(t, "done", j.State)
		require.Contains(t, string(j.Proof), `"x":[`+string(rune('0'+i%10))+`,1]`)
	}
}

func TestJobInWorkShowsItsStage(t *testing.T) {
	b := newBench(t)
	hold := make(chan struct{})
	b.model.Before = func(context.Context, []float64) error { <-hold; return nil }
	id := b.submit(proofOf("[1,2]"))
	require.Eventually(t, func() bool {
		return strings.Contains(b.do("GET", "/v1/proofs/"+id, "").Body.String(), `"state":"proving"`)
	}, 5*time.Second, 5*time.Millisecond)
	close(hold)
	b.await(id)
	history, err := b.board.History(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, job.Verifying, history[len(history)-2].State)
}
