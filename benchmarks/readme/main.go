// Command readme fills the generated parts of a document: what stands between <!-- begin NAME --> and <!-- end NAME -->.
// The parts are made from the files in benchmarks/results.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"assay/benchmarks"
	"assay/suite"
)

func main() {
	results := flag.String("results", "benchmarks/results", "folder of recorded results")
	check := flag.Bool("check", false, "change nothing; fail if a document is not current")
	flag.Parse()
	for _, doc := range flag.Args() {
		if err := run(doc, *results, *check); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(1)
		}
	}
}

func run(doc, results string, check bool) error {
	old, err := os.ReadFile(doc)
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	text := string(old)
	for name, make := range parts {
		begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
		i := strings.Index(text, begin)
		if i < 0 {
			continue
		}
		j := strings.Index(text, end)
		if j < i {
			return fmt.Errorf("%s: part %s has no end", doc, name)
		}
		part, err := make(results)
		if err != nil {
			return fmt.Errorf("%s: part %s: %w", doc, name, err)
		}
		text = text[:i+len(begin)] + part + text[j:]
	}
	if text == string(old) {
		return nil
	}
	if check {
		return fmt.Errorf("%s is not what benchmarks/results gives: run make docs", doc)
	}
	if err := os.WriteFile(doc, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

// parts makes each generated part from the folder of results.
var parts = map[string]func(results string) (string, error){
	"demo":     demo,
	"table":    table,
	"full":     full,
	"accuracy": accuracy,

	"coverage":  coverage(suite.Record.Summary),
	"operators": coverage(suite.Record.ByOperator),
	"models":    coverage(suite.Record.Models),
	"refusals":  coverage(suite.Record.Refusals),
}

// coverage makes a table of the recorded run of the suite.
func coverage(write func(suite.Record, io.Writer) error) func(results string) (string, error) {
	return func(results string) (string, error) {
		var r suite.Record
		if err := read(results, "suite.json", &r); err != nil {
			return "", err
		}
		var b strings.Builder
		err := write(r, &b)
		return b.String(), err
	}
}

func demo(results string) (string, error) {
	b, err := os.ReadFile(filepath.Join(results, "demo.txt"))
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return "```\n" + strings.Join(lines, "\n") + "\n```\n", nil
}

func read(results, name string, v any) error {
	b, err := os.ReadFile(filepath.Join(results, name))
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// full is the whole table.
func full(results string) (string, error) {
	var r benchmarks.Result
	if err := read(results, "bench.json", &r); err != nil {
		return "", err
	}
	var b bytes.Buffer
	err := r.Markdown(&b)
	return b.String(), err
}

// table is what a first reader compares.
func table(results string) (string, error) {
	var r benchmarks.Result
	if err := read(results, "bench.json", &r); err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| model | parameters | multiply-adds | constraints | a nonlinear element | set up | prove | proofs a minute | verify | on an EVM | memory to prove |\n")
	fmt.Fprintf(&b, "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, x := range r.Rows {
		if x.Error != "" {
			continue
		}
		ratio := "-"
		if x.Nonlinear > 0 {
			ratio = fmt.Sprintf("%.2f", x.PerNonlinear)
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s | %.1f s | %.2f s | %s | %.1f ms | %d gas | %.0f MB |\n",
			x.Model, x.Parameters, x.MultiplyAdds, x.Constraints, ratio, x.Setup, x.Prove, x.Throughput(), 1000*x.Verify, x.Gas, float64(x.ProvePeak)/1e6)
	}
	m := r.Machine
	fmt.Fprintf(&b, "\nMeasured by `assay bench` on %d cores of an %s with %.0f GiB, commit %s; proving and verifying are medians of %d. A proof is %d bytes.\n",
		m.Cores, m.CPU, float64(m.Memory)/(1<<30), m.Commit, r.Runs, r.Rows[0].ProofBytes)
	return b.String(), nil
}

func accuracy(results string) (string, error) {
	var r struct {
		Rows []struct {
			Model   string
			Samples int
			Float   float64 `json:"float_accuracy"`
			Integer float64 `json:"integer_accuracy"`
			Agree   float64 `json:"same_answer"`
		}
	}
	if err := read(results, "accuracy.json", &r); err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| model | test samples | float model | integer program | same answer |\n|---|---:|---:|---:|---:|\n")
	for _, x := range r.Rows {
		fmt.Fprintf(&b, "| %s | %d | %.2f%% | %.2f%% | %.2f%% |\n", x.Model, x.Samples, 100*x.Float, 100*x.Integer, 100*x.Agree)
	}
	return b.String(), nil
}
