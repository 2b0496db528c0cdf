// Command readme fills the generated parts of a document: what stands between <!-- begin NAME --> and <!-- end NAME -->.
// The parts are made from the files in benchmarks/results.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"assay/benchmarks"
	"assay/benchmarks/peer"
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
	if err != nil && (pictures[filepath.Base(doc)] == nil || !errors.Is(err, fs.ErrNotExist)) {
		return fmt.Errorf("read document: %w", err)
	}
	if draw := pictures[filepath.Base(doc)]; draw != nil {
		picture, err := draw(results)
		if err != nil {
			return fmt.Errorf("%s: %w", doc, err)
		}
		if picture == nil {
			return nil
		}
		return current(doc, old, picture, check)
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
	return current(doc, old, []byte(text), check)
}

// current writes what a document must be, or checks that it is.
func current(doc string, old, text []byte, check bool) error {
	if bytes.Equal(text, old) {
		return nil
	}
	if check {
		return fmt.Errorf("%s is not what benchmarks/results gives: run make docs", doc)
	}
	if err := os.WriteFile(doc, text, 0o644); err != nil {
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

	"peer":      peers(pictured("docs/peer.svg", peer.Record.Summary)),
	"peers":     peers(pictured("peer.svg", peer.Record.Markdown)),
	"published": published,

	"profile": recorded("profile.json", (*benchmarks.Profile).Markdown),
	"largest": recorded("largest.json", (*benchmarks.Largest).Markdown),
	"progress": func(results string) (string, error) {
		var before, after benchmarks.Result
		if err := errors.Join(read(results, "before.json", &before), read(results, "bench.json", &after)); err != nil {
			return "", err
		}
		var b strings.Builder
		err := after.Progress(&before, &b)
		return b.String(), err
	},
	"predictions": recorded("bench.json", (*benchmarks.Result).Predictions),
	"kernels":     recorded("bench.json", (*benchmarks.Result).Constraints),

	"coverage":  coverage(suite.Record.Summary),
	"operators": coverage(suite.Record.ByOperator),
	"models":    coverage(suite.Record.Models),
	"refusals":  coverage(suite.Record.Refusals),
}

// recorded makes the part that write gives for a file of results.
func recorded[T any](file string, write func(*T, io.Writer) error) func(results string) (string, error) {
	return func(results string) (string, error) {
		v := new(T)
		if err := read(results, file, v); err != nil {
			return "", err
		}
		var b strings.Builder
		err := write(v, &b)
		return b.String(), err
	}
}

// pictures draws each picture, by the name of its file, from the folder of results; nil while there is nothing to draw.
var pictures = map[string]func(results string) ([]byte, error){
	"peer.svg": func(results string) ([]byte, error) {
		r, err := peer.Load(filepath.Join(results, "peer.json"))
		if err != nil || len(r.Models) == 0 {
			return nil, err
		}
		return r.Chart()
	},
}

// peers makes a table of the recorded comparison with the peer.
func peers(write func(peer.Record, io.Writer) error) func(results string) (string, error) {
	return func(results string) (string, error) {
		r, err := peer.Load(filepath.Join(results, "peer.json"))
		if err != nil {
			return "", err
		}
		if len(r.Models) == 0 {
			return "Not measured yet: `make peer-bench`.\n", nil
		}
		var b strings.Builder
		err = write(*r, &b)
		return b.String(), err
	}
}

// pictured puts the chart, whose path is relative to the document, above what write writes.
func pictured(path string, write func(peer.Record, io.Writer) error) func(peer.Record, io.Writer) error {
	return func(r peer.Record, w io.Writer) error {
		if _, err := fmt.Fprintf(w, "![Time to prove by model](%s)\n\n", path); err != nil {
			return err
		}
		return write(r, w)
	}
}

func published(results string) (string, error) {
	var r benchmarks.Result
	if err := read(results, "bench.json", &r); err != nil {
		return "", err
	}
	var b strings.Builder
	err := peer.Publications(&b, r)
	return b.String(), err
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
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s | %.2f s | %.2f s | %s | %.1f ms | %d gas | %.0f MB |\n",
			x.Model, x.Parameters, x.MultiplyAdds, x.Constraints, ratio, x.Setup, x.Prove, x.Throughput(), 1000*x.Verify, x.Gas, float64(x.ProvePeak)/1e6)
	}
	m := r.Machine
	fmt.Fprintf(&b, "\nMeasured by `assay bench` on %d cores of an %s with %.0f GiB, commit %s; proving and verifying are medians of at least %d, setting up, where it takes less than two seconds, of %d. A proof is %d bytes.\n",
		m.Cores, m.CPU, float64(m.Memory)/(1<<30), m.Commit, r.Runs, benchmarks.Setups, r.Rows[0].ProofBytes)
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
