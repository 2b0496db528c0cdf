package key

import "fmt"

// Section names a part of a key. The order is that of the file.
type Section int

// The sections. Those of points are slices of the same name in gnark's key.
const (
	Points1    Section = iota // alpha, beta, delta in G1
	Points2                   // beta, delta in G2
	InfinityA                 // a bit a wire: it has no point in A
	InfinityB                 // a bit a wire: it has no point in B and B2
	A                         // G1.A
	B                         // G1.B
	Z                         // G1.Z, one less than the domain's cardinality
	K                         // G1.K: private wires that are not committed
	Basis                     // of the commitment: committed wires
	BasisSigma                // the same, times the commitment's secret
	B2                        // G2.B
	sections
)

// Points are the sections of points that a proof sums.
func Points() []Section { return []Section{A, B, Z, K, Basis, BasisSigma, B2} }

var names = [sections]string{"points in G1", "points in G2", "infinity of A", "infinity of B", "G1.A", "G1.B", "G1.Z", "G1.K", "basis", "basis times sigma", "G2.B"}

// String is the section's name, as progress and errors show it.
func (s Section) String() string {
	if s < 0 || s >= sections {
		return fmt.Sprintf("section %d", int(s))
	}
	return names[s]
}

// bytes is the size of n elements of a section.
func (s Section) bytes(n uint64) uint64 {
	switch s {
	case InfinityA, InfinityB:
		return (n + 7) / 8
	case Points2, B2:
		return n * sizeG2
	default:
		return n * sizeG1
	}
}
