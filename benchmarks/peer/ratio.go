package peer

import (
	"math"
	"slices"
)

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	if len(s) == 0 {
		return 0
	}
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// Ratios are geometric means over the models that both sides finish, without those of which Assay proves the linear part alone.
type Ratios struct {
	Models int     `json:"models"`
	Prove  float64 `json:"prove"` // EZKL's time over Assay's, keys loaded
	Call   float64 `json:"call"`  // the same from new processes, loading included
	Setup  float64 `json:"setup"`
	Peak   float64 `json:"prove_peak"` // EZKL's memory over Assay's
	Key    float64 `json:"proving_key"`
}

// Mode selects one of the peer's sides.
type Mode struct {
	Name string
	Side func(*Comparison) *Side
}

// Modes of the peer.
var Modes = []Mode{
	{"EZKL calibrated", func(c *Comparison) *Side { return c.Calibrated }},
	{"EZKL tuned", func(c *Comparison) *Side { return c.Tuned }},
}

// Ratios of the record for a mode.
func (r Record) Ratios(mode Mode) Ratios {
	var n int
	var prove, call, setup, peak, key []float64
	for _, c := range r.Models {
		a, e := c.Assay, mode.Side(c)
		if !a.Finished() || !e.Finished() || c.LeftWhole() {
			continue
		}
		n++
		prove = append(prove, e.Prove/a.Prove)
		call = append(call, e.Call/a.Call)
		setup = append(setup, e.Setup/a.Setup)
		peak = append(peak, float64(e.ProvePeak)/float64(a.ProvePeak))
		key = append(key, float64(e.ProvingKey)/float64(a.ProvingKey))
	}
	return Ratios{n, geometric(prove), geometric(call), geometric(setup), geometric(peak), geometric(key)}
}

// geometric is the geometric mean, 0 of nothing.
func geometric(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Log(x)
	}
	return math.Exp(sum / float64(len(v)))
}
