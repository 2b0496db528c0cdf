package main

import (
	"errors"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/pipeline"
)

// insecureWarning is printed wherever development keys are made.
const insecureWarning = "INSECURE DEVELOPMENT KEYS: this machine could have kept the setup's secrets and forge any proof.\n" +
	"Bundle, proofs and contract are marked insecure-dev. Use them for development only."

func (a *app) setup() *cobra.Command {
	var insecure bool
	c := &cobra.Command{
		Use:   "setup bundle/ --insecure-dev",
		Short: "Make development keys for a bundle",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if !insecure {
				return errors.New("setup: this makes development keys, whose maker can forge proofs: say --insecure-dev if that is what you want")
			}
			b, err := bundle.Open(args[0])
			if err != nil {
				return err
			}
			before := b.Manifest.Keys
			p := a.progress()
			defer p.end()
			if err := pipeline.SetupInsecureParts(b, p.report(), p.parts("make keys")); err != nil {
				return err
			}
			p.end()
			return a.print(struct {
				*bundle.Keys
				Stages []stage `json:"stages"`
			}{b.Manifest.Keys, p.took}, func() {
				a.say("%s\n", insecureWarning)
				a.say("verifying key %v", b.Manifest.Keys.ID)
				if before != nil {
					a.say("It takes the place of %v, by which earlier proofs are verified.", before.ID)
				}
				a.say("Next: assay prove %s --input FILE -o proof.json", args[0])
			})
		},
	}
	c.Flags().BoolVar(&insecure, "insecure-dev", false, "acknowledge that these keys are for development only")
	return c
}
