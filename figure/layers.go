package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"

	"assay/compile"
)

// maxLayers is how many layers are drawn: the worst.
const maxLayers = 24

// Layers draws the relative error of a report's worst layers, the worst on top, on a logarithmic scale.
func Layers(r *compile.Report) ([]byte, error) {
	layers := r.Layers[:min(maxLayers, len(r.Layers))]
	p := plot.New()
	p.Title.Text = "Error by layer: root mean square, relative to the layer's values"
	p.X.Label.Text = "relative error, powers of ten"
	n := len(layers)
	values, names := make(plotter.Values, n), make([]string, n)
	longest := 0
	low := -1.0
	for _, l := range layers {
		if l.Relative > 0 {
			low = math.Min(low, math.Floor(math.Log10(l.Relative)))
		}
	}
	for i, l := range layers {
		at := n - 1 - i
		names[at] = fmt.Sprintf("%s (%s, %.0f bits)", short(l.Node), l.Kind, l.Bits)
		longest = max(longest, len([]rune(names[at])))
		if l.Relative > 0 {
			values[at] = math.Max(math.Log10(l.Relative)-low, 0)
		}
	}
	if n > 0 {
		bars, err := plotter.NewBarChart(values, vg.Points(8))
		if err != nil {
			return nil, fmt.Errorf("draw layers: %w", err)
		}
		bars.Horizontal, bars.Color, bars.LineStyle.Width = true, plotutil.Color(1), 0
		p.Add(bars)
		p.NominalY(names...)
		// Viewers replace the font, often by a wider one.
		p.Y.Padding = vg.Length(longest) * vg.Points(2)
	}
	p.X.Min, p.X.Max = 0, math.Max(-low, 1)
	p.X.Tick.Marker = decades(low)
	p.Add(plotter.NewGrid())
	return svg(p, 8*vg.Inch, vg.Length(n+6)*vg.Points(14))
}

// decades marks powers of ten on an axis that starts at 10^low.
type decades float64

// Ticks implements plot.Ticker.
func (d decades) Ticks(from, to float64) []plot.Tick {
	var ts []plot.Tick
	for x := math.Ceil(from); x <= to; x++ {
		ts = append(ts, plot.Tick{Value: x, Label: fmt.Sprintf("1e%d", int(x)+int(d))})
	}
	return ts
}

// short is the end of a long name, which tells layers apart.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return "…" + string(r[len(r)-most:])
	}
	return s
}
