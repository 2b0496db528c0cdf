package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"assay/input"
	"assay/ir/graph"
	"assay/onnx"
	"assay/verifier/fault"
)

// print writes v as JSON, or else calls text.
func (a *app) print(v any, text func()) error {
	if !a.json {
		text()
		return nil
	}
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func (a *app) say(format string, args ...any) { fmt.Fprintf(a.out, format+"\n", args...) }

// table prints rows in columns; the first row is the header.
func (a *app) table(rows [][]string) {
	w := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(w, "  "+strings.Join(r, "\t"))
	}
	w.Flush()
}

// failure is an error as --json prints it.
type failure struct {
	Error   string   `json:"error"`
	Code    string   `json:"code,omitempty"`
	Details []string `json:"details,omitempty"`
}

// fail prints err on the standard error, with its stable code where it has one.
func (a *app) fail(err error) {
	f := failure{Error: err.Error(), Code: codeOf(err)}
	var u *onnx.UnsupportedError
	if errors.As(err, &u) {
		for _, n := range u.Nodes {
			f.Details = append(f.Details, n.String())
		}
	}
	if a.json {
		json.NewEncoder(a.errOut).Encode(f)
		return
	}
	fmt.Fprintln(a.errOut, "error:", f.Error)
	if f.Code != "" && !strings.Contains(f.Error, f.Code) {
		fmt.Fprintln(a.errOut, "code: ", f.Code)
	}
}

// codeOf is the stable code of err, or "".
func codeOf(err error) string {
	var g *graph.Error
	var i *input.Error
	var u *onnx.UnsupportedError
	switch {
	case errors.As(err, &u):
		return "ONNX_UNSUPPORTED_OP"
	case errors.As(err, &g):
		return g.Code
	case errors.As(err, &i):
		return string(i.Code)
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return string(f.Code)
	}
	return ""
}

// bytesText prints a number of bytes with a binary unit.
func bytesText(n int) string {
	const unit = 1024
	f, units := float64(n), []string{"B", "KiB", "MiB", "GiB", "TiB"}
	i := 0
	for f >= unit && i < len(units)-1 {
		f /= unit
		i++
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}

// grouped prints an integer with separators.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
