package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Series is a named row of values, one for each group of a bar chart; what is not positive is absent.
type Series struct {
	Name   string
	Values []float64
}

// palette tells series apart, also for readers who do not see red and green.
var palette = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff}, color.RGBA{0xe6, 0x9f, 0x00, 0xff}, color.RGBA{0xcc, 0x79, 0xa7, 0xff}, color.RGBA{0x55, 0x55, 0x55, 0xff},
}

// Bars draws groups of horizontal bars on a logarithmic axis, the first group on top. unit follows each value.
func Bars(title, axis, unit string, groups []string, series []Series) ([]byte, error) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range series {
		if len(s.Values) != len(groups) {
			return nil, fmt.Errorf("draw bars: series %s: want %d values, got %d", s.Name, len(groups), len(s.Values))
		}
		for _, v := range s.Values {
			if v > 0 && finite(v) {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if low > high {
		low, high = 1, 10
	}
	// A bar needs a length: the axis starts a little below the smallest.
	start := math.Floor(math.Log10(low) - 0.3)
	p := plot.New()
	p.Title.Text, p.X.Label.Text = title, axis
	grid := plotter.NewGrid()
	grid.Horizontal.Width = 0
	p.Add(grid)
	height := vg.Points(7)
	for i, s := range series {
		values, labels := make(plotter.Values, len(groups)), plotter.XYLabels{}
		for j, v := range s.Values {
			at := len(groups) - 1 - j
			if v > 0 && finite(v) {
				values[at] = math.Log10(v) - start
				labels.XYs = append(labels.XYs, plotter.XY{X: values[at], Y: float64(at)})
				labels.Labels = append(labels.Labels, fmt.Sprintf(" %.3g%s", v, unit))
			}
		}
		if len(groups) == 0 {
			continue
		}
		bars, err := plotter.NewBarChart(values, height)
		if err != nil {
			return nil, fmt.Errorf("draw bars: %w", err)
		}
		offset := vg.Length(float64(len(series)-1)/2-float64(i)) * height
		bars.Horizontal, bars.Color, bars.LineStyle.Width, bars.Offset = true, palette[i%len(palette)], 0, offset
		p.Add(bars)
		p.Legend.Add(s.Name, bars)
		if len(labels.XYs) == 0 {
			continue
		}
		text, err := plotter.NewLabels(labels)
		if err != nil {
			return nil, fmt.Errorf("draw bars: %w", err)
		}
		text.Offset.Y = offset - height/2
		for k := range text.TextStyle {
			text.TextStyle[k].Font.Size = height
		}
		p.Add(text)
	}
	names := slices.Clone(groups)
	slices.Reverse(names)
	longest := 0
	for _, n := range names {
		longest = max(longest, len([]rune(n)))
	}
	if len(names) > 0 {
		p.NominalY(names...)
		p.Y.Padding = vg.Length(longest) * vg.Points(1.5)
	}
	p.X.Min, p.X.Max = 0, math.Ceil(math.Log10(high)+0.5)-start
	p.X.Tick.Marker = decades(start)
	p.Legend.Top, p.Legend.XOffs = true, -vg.Points(14)
	rows := vg.Length(len(groups)) * (vg.Length(len(series))*height + vg.Points(9))
	return svg(p, 8*vg.Inch, rows+1.2*vg.Inch)
}
