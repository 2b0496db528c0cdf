package benchmarks

import "assay/internal/machine"

// Machine is where figures were measured.
type Machine = machine.Machine

// ThisMachine describes the machine and the build.
func ThisMachine() Machine { return machine.This() }
