// Package peer compares Assay with another prover of ONNX models: the same file, the same input, the same machine, one
// run.
//
// Each stage of either side runs in a process of its own under limits of time and memory, so that peaks are the stage's
// own and a stage that cannot finish ends as a row that says where. Proofs alternate between the sides. The peer, EZKL,
// runs twice: as its own calibration leaves it, and with the fastest arguments that a search finds at an error no larger
// than Assay's; scripts/peer holds its stages and the search.
package peer
