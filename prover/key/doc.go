// Package key keeps Groth16 proving keys over BN254 in files that are written as a setup makes them and mapped
// into memory when they are used.
//
// A file is a page of header and one section after the other, each at a multiple of Page bytes, zeros between.
// All numbers are little-endian. A field element is four words of 64 bits in Montgomery form (R = 2^256), a point
// of G1 is X, Y, one of G2 is X.A0, X.A1, Y.A0, Y.A1, infinity is all zeros: as gnark keeps them in memory.
//
//	0     16  magic "assay-groth16-pk"
//	16    4   version, 1
//	20    4   number of sections
//	24    8   cardinality of the domain, a power of two
//	32    8   number of wires
//	40    24  for each section: offset, elements, bytes
//
// The header says the counts twice over: a reader computes the offsets from the counts and takes no other. Points
// are not checked to be on the curve: whoever opens a file compares its hash with the one that its maker wrote
// down. A wrong key makes proofs that do not verify, nothing worse.
//
// A mapping lives in the page cache. The system drops clean pages when memory is short and reads them again, so an
// open key costs no memory that something else needs. Who is done with a section says so by File.Rest, and the process
// does without its pages at once. A file must not be cut or changed while it is mapped: writers
// replace files by renaming.
package key
