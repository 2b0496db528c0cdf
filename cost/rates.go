package cost

// Rates are what each part of a circuit adds to one quantity. None is negative.
type Rates struct {
	Fixed      float64 `json:"fixed"`
	Constraint float64 `json:"constraint"`
	Full       float64 `json:"full"`
	Domain     float64 `json:"domain"`
	Advice     float64 `json:"advice"`
	Term       float64 `json:"term"`
	Stored     float64 `json:"stored"`
	Table      float64 `json:"table"`
	Distinct   float64 `json:"distinct"`
	Addition   float64 `json:"addition"`
}

func ratesOf(v []float64) Rates {
	return Rates{v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]}
}

// Of is the quantity for a circuit of size s.
func (r Rates) Of(s Size) float64 {
	sum, rates := 0.0, r.values()
	for i, x := range s.features() {
		sum += x * rates[i]
	}
	return sum
}

// scaled is r times f but for what is the same for any circuit.
func (r Rates) scaled(f float64) Rates {
	return Rates{r.Fixed, f * r.Constraint, f * r.Full, f * r.Domain, f * r.Advice, f * r.Term, f * r.Stored, f * r.Table,
		f * r.Distinct, f * r.Addition}
}

// values are the rates in the order of Size.features.
func (r Rates) values() []float64 {
	return []float64{r.Fixed, r.Constraint, r.Full, r.Domain, r.Advice, r.Term, r.Stored, r.Table, r.Distinct, r.Addition}
}
