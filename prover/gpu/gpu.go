// Package gpu proves on an NVIDIA GPU, by gnark's backend on ICICLE (github.com/ingonyama-zk/icicle-gnark).
//
// It is compiled in by the build tag icicle, which needs ICICLE's libraries to link with: make gpu makes both. Without
// the tag, Open says so and nothing else of the module changes.
//
// # Keys
//
// A proving key is copied to the device by its first proof and stays there until Release, or until another key needs
// the memory: the key that was used longest ago goes first. On the device a key takes 64 bytes a point of G1, 128 a
// point of G2, and 32 bytes an element of the FFT's domain. The backend holds on to the key in memory as well, and knows
// it by its address.
//
// # Limits
//
// All proofs of a process are made one after the other, because ICICLE has one table of roots of unity a device. A
// failure inside of ICICLE, such as memory that another program took, ends the process: its goroutines panic.
package gpu

import (
	"assay/verifier/fault"
)

// Faults of the device.
var (
	ErrNotBuilt = fault.Define("gpu-not-built", "the program was built without GPU support")
	ErrDevice   = fault.Define("gpu-device", "the GPU or its libraries cannot be used")
	ErrMemory   = fault.Define("gpu-memory", "a proof does not fit the GPU's memory")
)

// Kinds of devices that ICICLE knows.
const (
	CUDA = "CUDA"
	CPU  = "CPU" // ICICLE's own arithmetic on the processor, slow: to test without a GPU
)

// Options choose a device.
type Options struct {
	Device    int    // number of the GPU, from 0
	Kind      string // CUDA where empty
	Libraries string // folder of ICICLE's libraries for CUDA; where empty, that of the build, or ICICLE_BACKEND_INSTALL_DIR
}
