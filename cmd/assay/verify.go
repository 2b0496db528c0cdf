package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"assay/verifier"
	"assay/verifier/envelope"
)

func (a *app) verify() *cobra.Command {
	var vk, ctxFlag string
	c := &cobra.Command{
		Use:   "verify --vk verifying_key.json proof.json",
		Short: "Verify a proof; exit status 0 if it is valid, else 1 and the reason",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, err := contextFlag(ctxFlag)
			if err != nil {
				return err
			}
			raw, err := os.ReadFile(vk)
			if err != nil {
				return fmt.Errorf("read verifying key: %w", err)
			}
			key, schema, err := verifier.DecodeKey(raw)
			if err != nil {
				return err
			}
			if raw, err = os.ReadFile(args[0]); err != nil {
				return fmt.Errorf("read proof: %w", err)
			}
			e, err := envelope.Decode(raw)
			if err != nil {
				return err
			}
			if err := verifier.Verify(key, schema, e, ctx); err != nil {
				return err
			}
			tensors, err := schema.Describe(e.Values)
			if err != nil {
				return err
			}
			v := verification{Valid: true, Setup: string(e.Setup)}
			for _, t := range tensors {
				v.Tensors = append(v.Tensors, verified{t.Name, t.Role, t.Visibility, t.Shape, t.Scale, t.Integers})
			}
			return a.print(v, func() {
				a.say("valid (setup: %s)", v.Setup)
				for _, t := range v.Tensors {
					if t.Visibility == string(verifier.Committed) {
						a.say("  %s %s is committed", t.Role, t.Name)
						continue
					}
					a.say("  %s %s = %s x %.6g", t.Role, t.Name, brief(t.Integers), t.Scale)
				}
				if key.Insecure {
					a.say("The key is from a development setup: whoever made it can forge proofs.")
				}
			})
		},
	}
	c.Flags().StringVar(&vk, "vk", "", "verifying key file (required)")
	c.Flags().StringVar(&ctxFlag, "context", "", "the context that the proof must be bound to (default zero)")
	c.MarkFlagRequired("vk")
	return c
}

type verification struct {
	Valid   bool       `json:"valid"`
	Setup   string     `json:"setup"`
	Tensors []verified `json:"tensors"`
}

type verified struct {
	Name       string  `json:"name"`
	Role       string  `json:"role"`
	Visibility string  `json:"visibility"`
	Shape      []int   `json:"shape"`
	Scale      float64 `json:"scale"`
	Integers   []int64 `json:"integers,omitempty"`
}
