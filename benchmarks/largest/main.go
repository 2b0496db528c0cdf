// Command largest finds the largest circuit that this machine sets up and proves: circuits of a growing number of
// constraints, each of which fills its domain, each in processes of its own, until one would not fit by what the one before it
// took; and then the largest that is predicted to fit, in a domain that it does not fill.
//
//	largest > benchmarks/results/largest.json
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
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
	try := func(elements int) (*cost.Sample, bool) {
		s, err := measure(self, cost.Specimen{Inputs: 8, Elements: elements, Shift: 10})
		if err != nil {
			out.Stopped = fmt.Sprintf("%d constraints: %v", 3*elements, err)
			return nil, false
		}
		out.Samples = append(out.Samples, *s)
		fmt.Fprintf(os.Stderr, "%d constraints: setup %.0f s, %.1f GiB; proof %.1f s, %.1f GiB\n", s.Size.Constraints, s.Setup, s.SetupPeak/(1<<30), s.Prove, s.Peak()/(1<<30))
		return s, true
	}
	for e := first; e <= last; e++ {
		s, ok := try((1<<e - 30_000) / 3)
		if !ok {
			break
		}
		if need := 2 * max(s.SetupPeak, s.Peak()); need > float64(machine.Usable()) {
			out.Stopped = fmt.Sprintf("2^%d constraints, which at twice as much as 2^%d would take %.1f GiB of the %.1f that may be planned for", e+1, e, need/(1<<30), float64(machine.Usable())/(1<<30))
			n, err := fits(s)
			if err != nil {
				return err
			}
			if n > s.Specimen.Elements {
				try(n)
			}
			break
		}
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// fits is the most elements beyond those of full, which fills its domain, that take no more memory than there is in twice the
// domain, by the reference rates in proportion to what full took; 0 if there are none.
func fits(full *cost.Sample) (int, error) {
	costs, err := cost.Reference()
	if err != nil {
		return 0, err
	}
	need := func(s cost.Size, r cost.Rates, took float64) float64 { return r.Of(s) * took / r.Of(full.Size) }
	last := 0
	for share := 1.0; share < 2; share += 0.01 {
		s := full.Size.Times(share, 2*full.Size.Domain)
		if max(need(s, costs.ProvePeak, full.ProvePeak), need(s, costs.SetupPeak, full.SetupPeak)) <= float64(machine.Usable()) {
			last = int(share * float64(full.Specimen.Elements))
		}
	}
	return last, nil
}

// one measures half of a specimen in this process.
func one(specimen, dir, half string) error {
	var s cost.Specimen
	if err := json.Unmarshal([]byte(specimen), &s); err != nil {
		return err
	}
	var sample *cost.Sample
	var err error
	machine.Collect(machine.Compiling)
	if half == "prove" {
		machine.Collect(machine.Proving)
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
	return halves[0].With(&halves[1]), nil
}
