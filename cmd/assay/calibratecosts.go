package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"assay/cost"
	"assay/prover/cpu"
)

// rounds is how often each specimen is measured: in turn, because a machine may be slow for a while.
const rounds = 3

// calibrated is what calibrate-costs prints.
type calibrated struct {
	File  string      `json:"file"`
	Worst float64     `json:"worst_relative_error"` // of the fit, on its own samples
	Model *cost.Model `json:"costs"`
}

func (a *app) calibrateCosts() *cobra.Command {
	var out, one, dir string
	var prove bool
	c := &cobra.Command{
		Use:   "calibrate-costs",
		Short: "Measure what setup and proving cost on this machine, for the planner and its predictions",
		Long: "Measure what setup and proving cost on this machine, for the planner and its predictions. A few circuits made for\n" +
			"the purpose are set up and proven, each in a process of its own, three times in turn, which takes about four minutes;\n" +
			"rates are fitted to the medians. Keep the machine quiet. Models that are compiled afterwards are planned and\n" +
			"estimated by these rates.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if one != "" {
				return a.calibrateOne(one, dir, prove)
			}
			return a.calibrateAll(out)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default where compile and inspect look)")
	c.Flags().StringVar(&one, "one", "", "measure this specimen in this process")
	c.Flags().StringVar(&dir, "dir", "", "folder of the specimen's keys")
	c.Flags().BoolVar(&prove, "prove", false, "prove instead of setting up")
	for _, f := range []string{"one", "dir", "prove"} {
		c.Flags().MarkHidden(f)
	}
	return c
}

func (a *app) calibrateOne(one, dir string, prove bool) error {
	var s cost.Specimen
	if err := json.Unmarshal([]byte(one), &s); err != nil {
		return fmt.Errorf("read specimen: %w", err)
	}
	var sample *cost.Sample
	var err error
	if prove {
		sample, err = s.MeasureProve(dir, 5, newCPU(cpu.Options{}))
	} else {
		sample, err = s.MeasureSetup(dir)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(a.out).Encode(sample)
}

func (a *app) calibrateAll(out string) error {
	if out == "" {
		var err error
		if out, err = cost.File(); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("calibrate costs: %w", err)
	}
	p := a.progress()
	defer p.end()
	all := cost.Specimens()
	measured := make([][]cost.Sample, len(all))
	for round := range rounds {
		for i, s := range all {
			p.stage(fmt.Sprintf("measure circuit %d of %d, round %d of %d", i+1, len(all), round+1, rounds))
			sample, err := measure(self, s)
			if err != nil {
				return fmt.Errorf("calibrate costs: circuit %d: %w", i+1, err)
			}
			measured[i] = append(measured[i], *sample)
		}
	}
	var samples []cost.Sample
	for _, m := range measured {
		samples = append(samples, cost.Median(m))
	}
	m, err := cost.Fit(samples)
	if err != nil {
		return fmt.Errorf("calibrate costs: %w", err)
	}
	if err := m.Save(out); err != nil {
		return err
	}
	p.end()
	return a.print(calibrated{out, m.Worst(), m}, func() {
		rows := [][]string{{"CONSTRAINTS", "TERMS", "SETUP", "PREDICTED", "PROOF", "PREDICTED", "MEMORY", "PREDICTED"}}
		for _, s := range samples {
			rows = append(rows, []string{grouped(s.Size.Constraints), grouped(s.Size.Terms), elapsed(s.Setup), elapsed(m.Setup.Of(s.Size)), elapsed(s.Prove), elapsed(m.Prove.Of(s.Size)),
				bytesText(int(s.Peak())), bytesText(int(m.Peak(s.Size)))})
		}
		a.table(rows)
		a.say("\nThe worst prediction is off by %.0f %%. Wrote %s.", 100*m.Worst(), out)
	})
}

// measure sets a specimen up and proves it, in processes of their own.
func measure(self string, s cost.Specimen) (*cost.Sample, error) {
	dir, err := os.MkdirTemp("", "assay-costs-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if err := s.Write(dir); err != nil {
		return nil, err
	}
	run := func(to *cost.Sample, more ...string) error {
		raw, err := exec.Command(self, append([]string{"calibrate-costs", "--json", "--one", string(text), "--dir", dir}, more...)...).Output()
		if err != nil {
			return fmt.Errorf("%s", childError(err))
		}
		return json.Unmarshal(raw, to)
	}
	var setup, proof cost.Sample
	if err := run(&setup); err != nil {
		return nil, err
	}
	if err := run(&proof, "--prove"); err != nil {
		return nil, err
	}
	return setup.With(&proof), nil
}
