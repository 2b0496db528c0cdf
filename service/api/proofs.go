package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"assay/service/job"
	"assay/service/oip"

	"github.com/danielgtaylor/huma/v2"
)

// retryAfter is how many seconds a client should wait before it asks for a job again.
const retryAfter = "1"

type submitInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"255" doc:"The same key with the same request gives the same job"`
	Body proofRequest
}

type proofRequest struct {
	Model  string       `json:"model" doc:"Name of the model"`
	Inputs []oip.Tensor `json:"inputs" doc:"One tensor for each input of the model, as in the Open Inference Protocol"`
	Ctx    string       `json:"ctx,omitempty" pattern:"^0x[0-9a-fA-F]{64}$" doc:"32 bytes that bind the proof to its use; zero if absent"`
}

type submitOutput struct {
	Location   string `header:"Location" doc:"Where the job is"`
	RetryAfter string `header:"Retry-After" doc:"Seconds to wait before asking"`
	Body       proofJob
}

type getInput struct {
	ID string `path:"id" doc:"Id of the job"`
}

type getOutput struct {
	RetryAfter string `header:"Retry-After" doc:"Seconds to wait before asking again, while the job is not finished"`
	Body       proofJob
}

type proofJob struct {
	ID       string          `json:"id"`
	Model    string          `json:"model"`
	State    job.State       `json:"state" enum:"queued,proving,verifying,done,failed"`
	Stage    string          `json:"stage,omitempty" doc:"What the prover is at"`
	Attempts int             `json:"attempts" doc:"How often a worker has begun"`
	Created  time.Time       `json:"created_at"`
	Started  *time.Time      `json:"started_at,omitempty" doc:"When the latest attempt began"`
	Finished *time.Time      `json:"finished_at,omitempty"`
	Error    *proofError     `json:"error,omitempty" doc:"Why the job failed"`
	Proof    json.RawMessage `json:"proof,omitempty" doc:"The proof's envelope, when done"`
	Calldata string          `json:"calldata,omitempty" doc:"The call that settles the proof on an EVM, when done"`
}

type proofError struct {
	Code   job.Code `json:"code"`
	Detail string   `json:"detail"`
}

func (a *API) registerProofs() {
	handle(a, huma.Operation{
		OperationID: "submit-proof", Method: http.MethodPost, Path: "/v1/proofs", Tags: []string{"proofs"},
		Summary:       "Ask for the proof of one inference",
		Description:   "The job is accepted once it is on disk: it then survives the death of the process.",
		DefaultStatus: http.StatusAccepted,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusServiceUnavailable},
	}, a.submitProof)
	handle(a, huma.Operation{
		OperationID: "get-proof", Method: http.MethodGet, Path: "/v1/proofs/{id}", Tags: []string{"proofs"},
		Summary: "State of a job and, when done, its proof", Errors: []int{http.StatusNotFound},
	}, a.getProof)
}

func (a *API) submitProof(ctx context.Context, in *submitInput) (*submitOutput, error) {
	req := job.ProveRequest{Model: in.Body.Model, Inputs: in.Body.Inputs, Bind: in.Body.Ctx}
	if err := req.Check(a.Models); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(req)
	if err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	rec, err := a.Board.Submit(ctx, job.Prove, req.Model, raw, in.Key)
	if err != nil {
		return nil, err
	}
	out := &submitOutput{Location: "/v1/proofs/" + rec.ID, RetryAfter: retryAfter}
	out.Body = jobOf(rec)
	return out, nil
}

func (a *API) getProof(ctx context.Context, in *getInput) (*getOutput, error) {
	rec, err := a.Board.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &getOutput{Body: jobOf(rec)}
	switch {
	case !rec.State.Finished():
		out.RetryAfter = retryAfter
	case rec.State == job.Succeeded:
		raw, err := a.Board.Result(ctx, rec)
		if err != nil {
			return nil, err
		}
		var res job.ProveResult
		if err := json.Unmarshal(raw, &res); err != nil {
			return nil, fmt.Errorf("read result of job %s: %w", rec.ID, err)
		}
		out.Body.Proof, out.Body.Calldata = res.Proof, res.Calldata
	}
	return out, nil
}

func jobOf(r job.Record) proofJob {
	j := proofJob{
		ID: r.ID, Model: r.Model, State: r.State, Stage: r.Stage, Attempts: r.Attempts, Created: r.Created,
		Started: some(r.Started), Finished: some(r.Finished),
	}
	if r.State == job.Failed && r.Failure != nil {
		j.Error = &proofError{r.Failure.Code, r.Failure.Detail}
	}
	return j
}

func some(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
