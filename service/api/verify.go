package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"assay/ir/tensor"
	"assay/service/job"
	"assay/service/oip"

	"github.com/danielgtaylor/huma/v2"
)

type verifyInput struct {
	Body struct {
		Model string          `json:"model" doc:"Name of the model that the proof must be of"`
		Proof json.RawMessage `json:"proof" doc:"The proof's envelope"`
		Ctx   string          `json:"ctx,omitempty" pattern:"^0x[0-9a-fA-F]{64}$" doc:"What the proof must be bound to; zero if absent"`
	}
}

type verifyOutput struct{ Body verdict }

type verdict struct {
	Valid   bool       `json:"valid"`
	Code    job.Code   `json:"code,omitempty" doc:"Why not, where the verifier has a code for it"`
	Reason  string     `json:"reason,omitempty" doc:"Why not"`
	Decoded *statement `json:"decoded,omitempty" doc:"What a valid proof says in the clear"`
}

type statement struct {
	Inputs  []oip.Tensor `json:"inputs,omitempty" doc:"Absent if the model commits to its inputs"`
	Outputs []oip.Tensor `json:"outputs,omitempty" doc:"Absent if the model commits to its outputs"`
}

func (a *API) registerVerify() {
	handle(a, huma.Operation{
		OperationID: "verify-proof", Method: http.MethodPost, Path: "/v1/verify", Tags: []string{"proofs"},
		Summary: "Whether a proof holds, and what it says",
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType},
	}, a.verifyProof)
}

func (a *API) verifyProof(_ context.Context, in *verifyInput) (*verifyOutput, error) {
	model, err := a.Models.Get(in.Body.Model)
	if err != nil {
		return nil, err
	}
	bind, err := job.ParseBind(in.Body.Ctx)
	if err != nil {
		return nil, err
	}
	if err := model.Verify(in.Body.Proof, bind); err != nil {
		v := verdict{Reason: err.Error()}
		var known *job.Error
		if errors.As(err, &known) {
			v.Code, v.Reason = known.Code, known.Detail
		}
		return &verifyOutput{v}, nil
	}
	said, err := decode(model, in.Body.Proof)
	if err != nil {
		return nil, err
	}
	return &verifyOutput{verdict{Valid: true, Decoded: said}}, nil
}

func decode(model job.Model, envelope []byte) (*statement, error) {
	s, err := model.Decode(envelope)
	if err != nil {
		return nil, fmt.Errorf("decode envelope: %w", err)
	}
	meta := model.Metadata()
	out := &statement{}
	if out.Inputs, err = encode(meta.Inputs, s.Inputs); err != nil {
		return nil, err
	}
	if out.Outputs, err = encode(meta.Outputs, s.Outputs); err != nil {
		return nil, err
	}
	return out, nil
}

// encode gives nothing for a side that is committed.
func encode(specs []oip.Spec, values map[string]*tensor.Float) ([]oip.Tensor, error) {
	if values == nil {
		return nil, nil
	}
	return oip.EncodeAll(specs, values)
}
