package main

import "assay/prover/gpu"

// A field multiplication is 8 by 8 words of 32 bits, reduced word by word.
const madsOfProduct = 2*8*8 + 8

// Field multiplications of the fastest known ways, which a card at its limit would do nothing else but make.
const (
	windowBits   = 16               // of a scalar, in a sum of 2^18 points and more
	windows      = 256 / windowBits // each adds every point to a bucket once
	addProducts  = 10               // of an affine point to an extended Jacobian one, in G1
	addProducts2 = 3 * addProducts  // in G2, by Karatsuba
)

// share is how much of the card's multiply-adds an operation put to use.
type share struct {
	Kind  string  `json:"kind"`
	Log   int     `json:"log2_size"`
	Limit float64 `json:"limit_elements_per_second"`
	Share float64 `json:"share"`
}

// products is what one element costs in field multiplications.
func products(kind string, log int) (float64, bool) {
	switch kind {
	case "G1":
		return windows * addProducts, true
	case "G2":
		return windows * addProducts2, true
	case "NTT":
		return float64(log) / 2, true
	}
	return 0, false
}

func shares(r *gpu.Rates, mads float64) []share {
	var out []share
	for _, x := range append(append([]gpu.Rate{}, r.MSM...), r.NTT...) {
		p, ok := products(x.Kind, x.Log)
		if !ok || mads <= 0 {
			continue
		}
		limit := mads / (madsOfProduct * p)
		out = append(out, share{x.Kind, x.Log, limit, x.PerSecond / limit})
	}
	return out
}
