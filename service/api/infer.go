package api

import (
	"context"
	"net/http"
	"slices"

	"assay/service/job"
	"assay/service/oip"
)

type inferInput struct {
	Model string `path:"model" doc:"Name of the model"`
	Body  inferRequest
}

type inferRequest struct {
	ID         string         `json:"id,omitempty" maxLength:"255" doc:"Comes back in the answer"`
	Parameters map[string]any `json:"parameters,omitempty" doc:"Not used"`
	Inputs     []oip.Tensor   `json:"inputs" doc:"One tensor for each input of the model"`
	Outputs    []inferOutput  `json:"outputs,omitempty" doc:"Which outputs to give; all if absent"`
}

type inferOutput struct {
	Name       string         `json:"name"`
	Parameters map[string]any `json:"parameters,omitempty" doc:"Not used"`
}

type inferResponse struct {
	Body struct {
		ID        string       `json:"id,omitempty"`
		ModelName string       `json:"model_name"`
		Outputs   []oip.Tensor `json:"outputs"`
	}
}

func (a *API) registerInfer() {
	handle(a, a.inference("infer", http.MethodPost, "/v2/models/{model}/infer",
		"The answer of the integer program, which is the one that can be proven"), a.infer)
}

func (a *API) infer(ctx context.Context, in *inferInput) (*inferResponse, error) {
	model, err := a.Models.Get(in.Model)
	if err != nil {
		return nil, err
	}
	meta := model.Metadata()
	specs, err := wanted(meta.Outputs, in.Body.Outputs)
	if err != nil {
		return nil, err
	}
	inputs, err := oip.Decode(meta.Inputs, in.Body.Inputs)
	if err != nil {
		return nil, job.Errorf(job.CodeInvalidInput, "%v", err)
	}
	values, err := model.Infer(ctx, inputs)
	if err != nil {
		return nil, err
	}
	out := &inferResponse{}
	out.Body.ID, out.Body.ModelName = in.Body.ID, model.Name()
	if out.Body.Outputs, err = oip.EncodeAll(specs, values); err != nil {
		return nil, err
	}
	return out, nil
}

// wanted picks the outputs that a request names, in its order; all of them if it names none.
func wanted(specs []oip.Spec, named []inferOutput) ([]oip.Spec, error) {
	if len(named) == 0 {
		return specs, nil
	}
	picked := make([]oip.Spec, len(named))
	for k, n := range named {
		i := slices.IndexFunc(specs, func(s oip.Spec) bool { return s.Name == n.Name })
		if i < 0 {
			return nil, job.Errorf(job.CodeInvalidInput, "output %q: the model has none of that name", n.Name)
		}
		picked[k] = specs[i]
	}
	return picked, nil
}
