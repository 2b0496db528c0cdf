//go:build !amd64 || purego

package msm

import "github.com/consensys/gnark-crypto/ecc/bn254"

func newBatch1() batch[bn254.G1Affine] { return new(batch1) }
