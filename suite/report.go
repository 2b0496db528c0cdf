package suite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"assay/benchmarks"
)

// Report is the outcomes of a run as other programs read them.
type Report struct {
	Cases []Line `json:"cases"`
}

// Line is one case of a Report.
type Line struct {
	Name   string `json:"name"`
	Stage  Stage  `json:"stage"`
	Status Status `json:"status"`
	Detail string `json:"detail"`
}

// NewReport keeps of outcomes what a Report has.
func NewReport(all []Outcome) Report {
	r := Report{Cases: []Line{}}
	for _, o := range all {
		r.Cases = append(r.Cases, Line{o.Name, o.Stage, o.Status, o.Detail})
	}
	return r
}

// Record is a run with where it ran, as docs/coverage.md is made from it.
type Record struct {
	Machine benchmarks.Machine `json:"machine"`
	Options Options            `json:"options"`
	Cases   []Outcome          `json:"cases"`
}

// Marshal writes the record with a line for each case, so that a change of it can be read.
func (r Record) Marshal() ([]byte, error) {
	var b bytes.Buffer
	machine, err := json.Marshal(r.Machine)
	if err != nil {
		return nil, fmt.Errorf("write record: %w", err)
	}
	options, err := json.Marshal(r.Options)
	if err != nil {
		return nil, fmt.Errorf("write record: %w", err)
	}
	fmt.Fprintf(&b, "{\n\"machine\": %s,\n\"options\": %s,\n\"cases\": [", machine, options)
	for i, o := range r.Cases {
		line, err := json.Marshal(o)
		if err != nil {
			return nil, fmt.Errorf("write record: %w", err)
		}
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n%s", line)
	}
	b.WriteString("\n]\n}\n")
	return b.Bytes(), nil
}

// Failures counts the cases that failed.
func Failures(all []Outcome) int {
	n := 0
	for _, o := range all {
		if o.Status == Fail {
			n++
		}
	}
	return n
}

// Table writes outcomes for a person: a line for each case, or only for each that failed; then how many came how far.
func Table(w io.Writer, all []Outcome, every bool) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "CASE\tSTATUS\tSTAGE\tCONSTRAINTS\tSECONDS\tDETAIL")
	last := map[Stage]int{}
	status := map[Status]int{}
	for _, o := range all {
		status[o.Status]++
		if o.Status == Pass {
			last[o.Stage]++
		}
		if every || o.Status == Fail {
			constraints := "-"
			if o.Constraints > 0 {
				constraints = fmt.Sprint(o.Constraints)
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.1f\t%s\n", o.Name, o.Status, o.Stage, constraints, o.Seconds, brief(o.Detail, 160))
		}
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	fmt.Fprintf(w, "\n%d cases: %d passed, %d failed, %d skipped.", len(all), status[Pass], status[Fail], status[Skip])
	for i := len(Stages) - 1; i >= 0; i-- {
		if n := last[Stages[i]]; n > 0 {
			fmt.Fprintf(w, " %d to %s.", n, Stages[i])
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// brief cuts text to a number of runes.
func brief(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
