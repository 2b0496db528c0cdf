package cpu

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"

	"assay/prover/msm"
)

// tabled are the bases that tables serve: those of full scalars in G1.
func (k *key) tabled() []*msm.Bases[bn254.G1Affine] {
	return []*msm.Bases[bn254.G1Affine]{k.a, k.b1, k.k, k.z}
}

// see notes which rows have full scalars, the first time. It comes before tabulate.
func (k *key) see(wires, quotient *msm.Scalars) {
	if k.full != nil {
		return
	}
	for _, b := range k.tabled() {
		s := wires
		if b == k.z {
			s = quotient
		}
		k.full = append(k.full, b.Full(s))
	}
}

// tabulate makes tables, of the same depth for all rows seen, in at most so many bytes, unless it has done so or nothing
// was seen yet. It gives the bytes of what it made.
func (k *key) tabulate(e *msm.Engine, bytes int64) int64 {
	if len(k.full) == 0 {
		return 0
	}
	rows := 0
	for i, b := range k.tabled() {
		rows += len(k.full[i])
		bytes -= 4 * int64(b.Len())
	}
	fold := msm.Folds(rows, bytes)
	if fold > 1 {
		for i, b := range k.tabled() {
			e.Tabulate(b, k.full[i], fold)
			k.bytes += 4*int64(b.Len()) + msm.TableBytes(len(k.full[i]), fold)
		}
	}
	k.full = [][]uint32{}
	return k.bytes
}
