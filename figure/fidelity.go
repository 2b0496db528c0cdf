package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"assay/compile"
)

// Fidelity draws the elements of a report's outputs: the program's on the vertical axis against the float model's on
// the horizontal one, with the line on which they would be equal.
func Fidelity(r *compile.Report) ([]byte, error) {
	p := plot.New()
	p.Title.Text = "Outputs: integer program against float model"
	p.X.Label.Text, p.Y.Label.Text = "float model", "integer program"
	p.Add(plotter.NewGrid())
	low, high := math.Inf(1), math.Inf(-1)
	byOutput := map[string]plotter.XYs{}
	var names []string
	for _, pt := range r.Points {
		if !finite(pt.Float) || !finite(pt.Program) {
			continue
		}
		if byOutput[pt.Output] == nil {
			names = append(names, pt.Output)
		}
		byOutput[pt.Output] = append(byOutput[pt.Output], plotter.XY{X: pt.Float, Y: pt.Program})
		low, high = min(low, pt.Float, pt.Program), max(high, pt.Float, pt.Program)
	}
	if low > high {
		low, high = 0, 1
	}
	if low == high {
		low, high = low-0.5, high+0.5
	}
	equal, err := plotter.NewLine(plotter.XYs{{X: low, Y: low}, {X: high, Y: high}})
	if err != nil {
		return nil, fmt.Errorf("draw fidelity: %w", err)
	}
	equal.Width = vg.Points(0.5)
	p.Add(equal)
	for i, name := range names {
		s, err := plotter.NewScatter(byOutput[name])
		if err != nil {
			return nil, fmt.Errorf("draw fidelity: output %s: %w", name, err)
		}
		s.GlyphStyle = draw.GlyphStyle{Color: plotutil.Color(i), Radius: vg.Points(1.5), Shape: draw.CircleGlyph{}}
		p.Add(s)
		if len(names) > 1 && i < maxLegend {
			p.Legend.Add(name, s)
		}
	}
	p.Legend.Top, p.Legend.Left = true, true
	return svg(p, 6*vg.Inch, 5*vg.Inch)
}

// maxLegend bounds the outputs that a legend names.
const maxLegend = 8

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
