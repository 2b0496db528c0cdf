package cost

import (
	"fmt"

	"assay/circuits"
	"assay/internal/machine"
	"assay/prover/msm"
)

// Fit makes a model of this machine from samples.
func Fit(samples []Sample) (*Model, error) {
	m := &Model{Machine: machine.This(), Samples: samples}
	var sizes []Size
	for _, s := range samples {
		sizes = append(sizes, s.Size)
	}
	for _, q := range []struct {
		name  string
		rates *Rates
		drop  []int
		of    func(Sample) float64
	}{
		{"proving time", &m.Prove, []int{full, stored, tables, distincts}, func(s Sample) float64 { return s.Prove }},
		{"setup time", &m.Setup, []int{stored, tables, additions}, func(s Sample) float64 { return s.Setup }},
		{"memory of synthesis", &m.Synthesis, []int{domain, terms, tables, additions}, func(s Sample) float64 { return s.Synthesis }},
		{"memory of proving", &m.ProvePeak, []int{terms, tables, additions}, func(s Sample) float64 { return s.ProvePeak }},
		{"memory of setup", &m.SetupPeak, []int{terms, additions}, func(s Sample) float64 { return s.SetupPeak }},
		{"proving key", &m.Key, []int{stored, tables, distincts, additions}, func(s Sample) float64 { return s.Key }},
	} {
		var values []float64
		for _, s := range samples {
			values = append(values, q.of(s))
		}
		var err error
		if *q.rates, err = fit(sizes, values, q.drop...); err != nil {
			return nil, fmt.Errorf("%s: %w", q.name, err)
		}
	}
	m.Weights = m.Prove.weights()
	return m, nil
}

// weights are what the planner trades by, in microseconds. A full-size wire counts as in a sum over as many as it trades by.
func (r Rates) weights() circuits.Weights {
	const (
		micro   = 1e6
		typical = 1 << 17
	)
	wire := r.Full + r.Addition*float64(msm.Additions(typical))/typical
	return circuits.Weights{Domain: max(micro*(r.Domain+r.Constraint), 0.1), Lookup: micro * wire, Advice: micro * r.Advice}
}

// Worst is the largest relative error of the model's own samples, over time and memory of setup and proving.
func (m *Model) Worst() (worst float64) {
	for _, s := range m.Samples {
		for _, q := range []struct{ got, want float64 }{{m.Prove.Of(s.Size), s.Prove}, {m.Setup.Of(s.Size), s.Setup},
			{m.Peak(s.Size), s.Peak()}, {m.SetupPeak.Of(s.Size), s.SetupPeak}} {
			if e := q.got/q.want - 1; e > worst {
				worst = e
			} else if -e > worst {
				worst = -e
			}
		}
	}
	return worst
}
