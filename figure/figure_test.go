package figure

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"assay/compile"

	"github.com/stretchr/testify/require"
)

func report(layers, points int) *compile.Report {
	r := &compile.Report{Bits: 8, Calibration: compile.Fidelity{Samples: 3, Outputs: []compile.Output{{Name: "y<b>", Cosine: 0.9987, Measure: "cosine", Accuracy: 0.9987}}}}
	for i := range layers {
		r.Layers = append(r.Layers, compile.Layer{Node: "layer/" + strings.Repeat("x", i), Kind: "Conv", Relative: math.Pow(10, -float64(i%9)), Bits: 8})
	}
	for i := range points {
		r.Points = append(r.Points, compile.Point{Output: []string{"a", "b"}[i%2], Float: float64(i), Program: float64(i) + 0.1})
	}
	return r
}

// elements counts the elements of a document by name; a document that is not well formed fails.
func elements(t *testing.T, b []byte) map[string]int {
	n := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(string(b)))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		require.NoError(t, err)
		if e, ok := tok.(xml.StartElement); ok {
			n[e.Name.Local]++
		}
	}
}

func TestFidelity(t *testing.T) {
	few, err := Fidelity(report(0, 10))
	require.NoError(t, err)
	many, err := Fidelity(report(0, 100))
	require.NoError(t, err)
	// Axes of other lengths may have a few marks more or less.
	require.InDelta(t, 90, elements(t, many)["path"]-elements(t, few)["path"], 8, "a mark for each element")
	for _, r := range []*compile.Report{report(0, 0), report(0, 1), {Points: []compile.Point{{Float: math.NaN()}, {Program: math.Inf(1)}}}} {
		b, err := Fidelity(r)
		require.NoError(t, err)
		require.Equal(t, 1, elements(t, b)["svg"])
	}
}

func TestLayers(t *testing.T) {
	b, err := Layers(report(40, 0))
	require.NoError(t, err)
	elements(t, b)
	require.Contains(t, string(b), "layer/ (Conv, 8 bits)", "the worst is drawn")
	require.NotContains(t, string(b), strings.Repeat("x", 39), "the best is not")
	for _, r := range []*compile.Report{report(0, 0), report(1, 0), {Layers: []compile.Layer{{Node: "exact"}}}} {
		_, err := Layers(r)
		require.NoError(t, err)
	}
}

func TestPage(t *testing.T) {
	b, err := Page("<script>", 1234, report(3, 20))
	require.NoError(t, err)
	s := string(b)
	require.NotContains(t, s, "<script>")
	require.NotContains(t, s, "y<b>")
	require.Contains(t, s, "1234 constraints; 8 bits")
	require.Contains(t, s, "0.998700")
	require.Equal(t, 2, strings.Count(s, "<svg"))
}

func TestBars(t *testing.T) {
	b, err := Bars("title", "seconds", " s", []string{"first", "second"}, []Series{{"ours", []float64{0.25, 3}}, {"theirs", []float64{148, 0}}})
	require.NoError(t, err)
	elements(t, b)
	for _, want := range []string{"first", "second", "ours", "theirs", "0.25 s", "148 s", "3 s"} {
		require.Contains(t, string(b), want)
	}
	require.NotContains(t, string(b), "> 0 s", "what is absent has no label")
	_, err = Bars("", "", "", []string{"one"}, []Series{{"ours", nil}})
	require.ErrorContains(t, err, "want 1 values, got 0")
	for _, groups := range [][]string{nil, {"one"}} {
		_, err := Bars("", "", "", groups, []Series{{"ours", make([]float64, len(groups))}})
		require.NoError(t, err)
	}
}
