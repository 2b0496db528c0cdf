// Package resident keeps small what a process has in memory.
package resident

import (
	"runtime/debug"

	"assay/internal/image"
)

// Shed gives back what earlier stages leave: freed heap, and the program's own pages, which come back from the system's
// cache as they are needed. Initialising some hundred packages maps most of the program, and a stage needs little of it. It
// takes milliseconds, and belongs before what takes much memory.
func Shed() {
	debug.FreeOSMemory()
	image.Drop()
}
