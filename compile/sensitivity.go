package compile

import (
	"math"
	"sort"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// group is the values that are quantized alike, and what rounding them does.
type group struct {
	values   []*graph.Value
	elements int
	error    float64 // mean square error of the outputs, over their mean square, when these values alone are rounded
}

const (
	sensitivitySamples = 2
	sensitivityGroups  = 48 // candidates: those with the largest error of their own
)

// sensitive lists the rounded values of a trial by how much their rounding moves the outputs for an element that it
// costs, most first. Each group is rounded alone, with all others exact, so that errors add up.
func (s *searcher) sensitive(t *trial) ([]group, error) {
	var groups []*group
	named := map[string]*group{}
	of := map[*graph.Value]*group{}
	rounding := map[*graph.Value]holding{}
	for _, h := range t.low.tensors {
		g := named[h.value.Group]
		if g == nil || h.value.Group == "" {
			g = &group{}
			groups = append(groups, g)
			if h.value.Group != "" {
				named[h.value.Group] = g
			}
		}
		g.values = append(g.values, h.value)
		g.elements += h.value.Type.Shape.Size()
		of[h.value], rounding[h.value] = g, h
	}
	samples := s.m.calibration[:min(sensitivitySamples, len(s.m.calibration))]
	if len(groups) > sensitivityGroups {
		if err := s.local(groups, of, rounding, t, samples[0]); err != nil {
			return nil, err
		}
		sort.SliceStable(groups, func(i, j int) bool { return groups[i].error > groups[j].error })
		groups = groups[:sensitivityGroups]
	}
	for _, g := range groups {
		g.error = 0
	}
	each := float64(work(t.low.program))
	for _, sample := range samples {
		want, err := s.m.graph.Run(sample, nil)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			if s.left -= each; s.left < 0 {
				break
			}
			got, err := s.m.graph.RunEdited(sample, func(v *graph.Value, x *tensor.Float) *tensor.Float {
				if of[v] != g {
					return x
				}
				return rounded(x, rounding[v], t)
			})
			if err != nil {
				return nil, err
			}
			for name, w := range want {
				g.error += relativeError(w.Data, got[name].Data)
			}
		}
	}
	sort.SliceStable(groups, func(i, j int) bool {
		return groups[i].error/float64(groups[i].elements) > groups[j].error/float64(groups[j].elements)
	})
	list := make([]group, len(groups))
	for i, g := range groups {
		list[i] = *g
	}
	return list, nil
}

// local sets the error of each group to that of its own values.
func (s *searcher) local(groups []*group, of map[*graph.Value]*group, rounding map[*graph.Value]holding, t *trial, sample Sample) error {
	_, err := s.m.graph.Run(sample, func(v *graph.Value, x *tensor.Float) {
		if g := of[v]; g != nil {
			g.error = math.Max(g.error, relativeError(x.Data, rounded(x, rounding[v], t).Data))
		}
	})
	return err
}

// rounded is x as the tensor that holds it rounds it.
func rounded(x *tensor.Float, h holding, t *trial) *tensor.Float {
	d := t.low.program.Tensors[h.tensor]
	y := tensor.New[float64](x.Shape)
	for i, v := range x.Data {
		y.Data[i] = d.Scale * math.Min(math.Max(math.Round(v/d.Scale), float64(d.Range.Min)), float64(d.Range.Max))
	}
	return y
}

// relativeError is the mean square error of got over the mean square of want.
func relativeError(want, got []float64) float64 {
	e, w := 0.0, 1e-30
	for i := range want {
		if d := want[i] - got[i]; !math.IsNaN(d) && !math.IsInf(d, 0) {
			e += d * d
			w += want[i] * want[i]
		}
	}
	return e / w
}
