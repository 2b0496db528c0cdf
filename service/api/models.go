package api

import (
	"context"
	"net/http"

	"assay/service/oip"
)

type modelInput struct {
	Model string `path:"model" doc:"Name of the model"`
}

type modelMetadata struct {
	Body struct {
		Name       string          `json:"name"`
		Platform   string          `json:"platform" doc:"Proof system and curve"`
		Inputs     []oip.Spec      `json:"inputs"`
		Outputs    []oip.Spec      `json:"outputs"`
		Parameters modelParameters `json:"parameters"`
	}
}

type modelParameters struct {
	ProgramHash string `json:"program_hash" doc:"Hash of the integer program that is proven"`
	KeyID       string `json:"key_id" doc:"Hash of the verifying key"`
	Setup       string `json:"setup" doc:"How the keys were made; insecure-dev keys allow false proofs" enum:"insecure-dev,ceremony"`
}

type modelReady struct {
	Body struct {
		Name  string `json:"name"`
		Ready bool   `json:"ready"`
	}
}

const platform = "assay_groth16_bn254"

func (a *API) registerModels() {
	handle(a, a.inference("model-metadata", http.MethodGet, "/v2/models/{model}", "Inputs and outputs of a model"), a.modelMetadata)
	handle(a, a.inference("model-ready", http.MethodGet, "/v2/models/{model}/ready", "Whether a model can be used"), a.modelReady)
}

func (a *API) modelMetadata(_ context.Context, in *modelInput) (*modelMetadata, error) {
	model, err := a.Models.Get(in.Model)
	if err != nil {
		return nil, err
	}
	m := model.Metadata()
	out := &modelMetadata{}
	out.Body.Name, out.Body.Platform = model.Name(), platform
	out.Body.Inputs, out.Body.Outputs = m.Inputs, m.Outputs
	out.Body.Parameters = modelParameters{m.ProgramHash, m.KeyID, m.Setup}
	return out, nil
}

func (a *API) modelReady(_ context.Context, in *modelInput) (*modelReady, error) {
	model, err := a.Models.Get(in.Model)
	if err != nil {
		return nil, err
	}
	out := &modelReady{}
	out.Body.Name, out.Body.Ready = model.Name(), true
	return out, nil
}
