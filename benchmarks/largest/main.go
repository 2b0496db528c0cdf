// Command largest finds the largest circuit that this machine sets up and proves: circuits of a growing number of
// constraints, each of which fills its domain, each in processes of its own, until one does not fit or will not by what the
// one before it took.
//
//	largest > benchmarks/results/largest.json
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"

	"assay/benchmarks"
	"assay/cost"
	"assay/internal/machine"
	"assay/prover/cpu"
)

// Domains of the circuits, as powers of two.
const (
	first = 22
	last  = 26
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "largest:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 3 {
		return one(args[0], args[1], args[2])
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out := benchmarks.Largest{Machine: benchmarks.ThisMachine()}
	for e := first; e <= last && out.Stopped == ""; e++ {
		if n := len(out.Samples); n > 0 {
			s := out.Samples[n-1]
			if need := 2 * max(s.SetupPeak, s.ProvePeak); need > float64(machine.Memory()) {
				out.Stopped = fmt.Sprintf("2^%d constraints would take twice as much, %.1f GiB", e, need/(1<<30))
				break
			}
		}
		s := cost.Specimen{Inputs: 8, Elements: (1<<e - 30_000) / 3, Shift: 10}
		sample, err := measure(self, s)
		if err != nil {
			out.Stopped = fmt.Sprintf("2^%d constraints: %v", e, err)
			break
		}
		out.Samples = append(out.Samples, *sample)
		fmt.Fprintf(os.Stderr, "2^%d: setup %.0f s, %.1f GiB; proof %.1f s, %.1f GiB\n", e, sample.Setup, sample.SetupPeak/(1<<30), sample.Prove, sample.ProvePeak/(1<<30))
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// one measures half of a specimen in this process.
func one(specimen, dir, half string) error {
	var s cost.Specimen
	if err := json.Unmarshal([]byte(specimen), &s); err != nil {
		return err
	}
	var sample *cost.Sample
	var err error
	if half == "prove" {
		debug.SetGCPercent(30)
		sample, err = s.MeasureProve(dir, 1, cpu.New(cpu.Options{}))
	} else {
		sample, err = s.MeasureSetup(dir)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(sample)
}

// measure runs both halves. A process that the system kills for its memory is an error.
func measure(self string, s cost.Specimen) (*cost.Sample, error) {
	dir, err := os.MkdirTemp("", "assay-largest-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var halves [2]cost.Sample
	for i, half := range []string{"setup", "prove"} {
		cmd := exec.Command(self, string(text), dir, half)
		cmd.Env = append(os.Environ(), fmt.Sprintf("GOMEMLIMIT=%d", machine.Memory()*9/10))
		raw, err := cmd.Output()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("%s: %v %s", half, err, strings.TrimSpace(string(exit.Stderr[max(0, len(exit.Stderr)-200):])))
		}
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(raw, &halves[i]); err != nil {
			return nil, err
		}
	}
	halves[0].Prove, halves[0].ProvePeak = halves[1].Prove, halves[1].ProvePeak
	return &halves[0], nil
}
