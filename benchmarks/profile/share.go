package main

import (
	"strings"

	"github.com/google/pprof/profile"

	"assay/benchmarks"
)

// stages are told by what is on a sample's stack: the first stage of which any function is there has it. Transforms come before
// sums, whose threads they run on.
var stages = []struct {
	name  string
	marks []string
}{
	{"verify", []string{"assay/verifier.Verify"}},
	{"transforms", []string{"assay/prover/ntt.", "fr/fft.", "groth16/bn254.computeH"}},
	{"G2 sum", []string{"prover/msm.(*batch2", "prover/msm.(*buckets[github.com/consensys/gnark-crypto/ecc/bn254.G2", "bn254.G2Affine", "bn254.(*G2Jac)", "bn254.processChunkG2", "bn254.(*g2JacExtended)", "bn254.innerMsmG2"}},
	{"G1 sums", []string{"assay/prover/msm.", "bn254.(*G1Jac)", "bn254.processChunkG1", "bn254.(*g1JacExtended)", "bn254.innerMsmG1", "bn254.BatchScalarMultiplicationG1", "bn254.partitionScalars"}},
	{"solve", []string{"assay/prover/solver.", "constraint/bn254.(*solver)", "constraint/bn254.(*R1CS).Solve", "constraint/bn254.(*system).Solve"}},
	{"evaluate and advise", []string{"assay/ir/program.", "assay/circuits"}},
}

// other is what no stage claims: the collector, copies, hashes.
const other = "other"

// share gives the processor's milliseconds a proof of each stage.
func share(profiles []*profile.Profile, runs int) []benchmarks.Stage {
	sum := map[string]float64{}
	for _, p := range profiles {
		for _, s := range p.Sample {
			sum[stageOf(s)] += float64(s.Value[1]) / 1e6 / float64(runs)
		}
	}
	var out []benchmarks.Stage
	for _, s := range stages {
		out = append(out, benchmarks.Stage{Name: s.name, Milliseconds: sum[s.name]})
	}
	return append(out, benchmarks.Stage{Name: other, Milliseconds: sum[other]})
}

func stageOf(s *profile.Sample) string {
	for _, stage := range stages {
		for _, l := range s.Location {
			for _, line := range l.Line {
				for _, m := range stage.marks {
					if strings.Contains(line.Function.Name, m) {
						return stage.name
					}
				}
			}
		}
	}
	return other
}
