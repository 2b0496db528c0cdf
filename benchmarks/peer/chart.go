package peer

import "assay/figure"

// Chart draws the seconds of a proof by model and side, on a logarithmic axis, as SVG: the models that Assay and a mode of the peer
// finish.
func (r Record) Chart() ([]byte, error) {
	var names []string
	series := []figure.Series{{Name: "Assay"}}
	for _, m := range Modes {
		series = append(series, figure.Series{Name: m.Name})
	}
	for _, c := range r.Models {
		if !c.Assay.Finished() || !c.Calibrated.Finished() && !c.Tuned.Finished() {
			continue
		}
		name := c.Model
		if c.LeftWhole() {
			name += " *"
		}
		names = append(names, name)
		series[0].Values = append(series[0].Values, c.Assay.Prove)
		for i, m := range Modes {
			v := 0.0
			if s := m.Side(c); s.Finished() {
				v = s.Prove
			}
			series[i+1].Values = append(series[i+1].Values, v)
		}
	}
	return figure.Bars("Time to prove one inference, same model, input and machine", "seconds (logarithmic)", " s", names, series)
}
