package pipeline

import (
	"assay/circuits"
	"assay/compile"
	"assay/cost"
)

// Summary is what a compilation tells a publisher: fidelity, plan and cost. The constraints are those of the plan's nodes, the
// tables, the inputs and the statement.
type Summary struct {
	Model        string           `json:"model"`
	Bits         int              `json:"bits,omitempty"`
	Parameters   int              `json:"parameters"`
	MultiplyAdds int              `json:"multiply_adds"`
	Nonlinear    int              `json:"nonlinear"`
	Constraints  int              `json:"constraints"`
	Values       int              `json:"public_values"`
	Nodes        []Node           `json:"plan"`
	Tables       []circuits.Table `json:"tables"`
	Inputs       int              `json:"input_constraints"`     // for the ranges of inputs
	Statement    int              `json:"statement_constraints"` // with those of the challenges
	Estimate     cost.Estimate    `json:"estimate"`
	Size         cost.Size        `json:"size"`
	Weights      circuits.Weights `json:"planned_by"`
	Fidelity     *compile.Report  `json:"fidelity"`
}

// Node is one line of a plan.
type Node struct {
	Name        string `json:"name"`
	Kernel      string `json:"kernel"`
	Form        string `json:"form,omitempty"`
	Elements    int    `json:"elements"`
	Constraints int    `json:"constraints"`
}

// Summarize collects a compiled model's summary.
func Summarize(c *Compiled) *Summary {
	p, plan := c.Result.Program, c.Model.Plan
	s := &Summary{Model: c.Request.Name, Bits: c.Result.Report.Bits, Parameters: c.Info.Parameters, MultiplyAdds: c.Size.Terms,
		Nonlinear: c.Result.Nonlinear, Constraints: plan.Constraints(), Values: c.Model.Values(),
		Tables: plan.Shared(), Inputs: plan.Inputs, Statement: plan.Statement, Fidelity: c.Result.Report}
	for i, n := range plan.Nodes {
		s.Nodes = append(s.Nodes, Node{p.Tensors[p.Nodes[i].Out].Name, n.Kind, n.Form, n.Elements, n.Constraints})
	}
	s.Estimate = c.Request.Costs.Estimate(c.Size, s.Values)
	s.Size, s.Weights = c.Size, plan.Weights
	return s
}
