package figure

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"

	"assay/compile"
)

// Page is an HTML page, whole in itself, with the pictures and figures of a model's report.
func Page(model string, constraints int, r *compile.Report) ([]byte, error) {
	fidelity, err := Fidelity(r)
	if err != nil {
		return nil, err
	}
	layers, err := Layers(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, struct {
		Model            string
		Constraints      int
		Report           *compile.Report
		Fidelity, Layers template.HTML
	}{model, constraints, r, inline(fidelity), inline(layers)})
	if err != nil {
		return nil, fmt.Errorf("write page: %w", err)
	}
	return b.Bytes(), nil
}

var prolog = regexp.MustCompile(`(?s)^.*?<svg`)

// inline makes an SVG file, of this package's own making, part of a page.
func inline(svg []byte) template.HTML {
	return template.HTML(prolog.ReplaceAll(svg, []byte("<svg")))
}

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"percent": func(x float64) string { return fmt.Sprintf("%.2f%%", 100*x) },
	"number":  func(x float64) string { return fmt.Sprintf("%.4g", x) },
	"cosine":  func(x float64) string { return fmt.Sprintf("%.6f", x) },
}).Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{{.Model}}: fidelity</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:right}
td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}</style>
<h1>{{.Model}}</h1>
<p>{{.Constraints}} constraints; {{.Report.Precision}} an activation{{with .Report.Raised}}, more for {{len .}} tensors{{end}}.</p>
{{define "outputs"}}<table><tr><th>output<th>max error<th>mean error<th>cosine<th>same top-1<th>exact<th>accuracy
{{range .}}<tr><td>{{.Name}}<td>{{number .MaxAbs}}<td>{{number .Mean}}<td>{{cosine .Cosine}}<td>{{percent .Top1}}<td>{{percent .Exact}}<td>{{percent .Accuracy}} ({{.Measure}})
{{end}}</table>{{end}}
<h2>On {{.Report.Calibration.Samples}} calibration samples</h2>{{template "outputs" .Report.Calibration.Outputs}}
{{if .Report.HeldBack.Samples}}<h2>On {{.Report.HeldBack.Samples}} samples held back</h2>{{template "outputs" .Report.HeldBack.Outputs}}{{end}}
<h2>Outputs</h2>{{.Fidelity}}
<h2>Where the error comes from</h2>{{.Layers}}
</html>
`))
