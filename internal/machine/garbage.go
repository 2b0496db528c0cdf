package machine

import (
	"os"
	"runtime/debug"
)

// By how many per cent the heap may grow between collections. Memory decides which models a machine can prove, and what is
// large holds no pointers: collecting more often than Go does by default hardly takes time. A proof allocates little, and
// most of it at once.
const (
	Compiling = 50
	Proving   = 30
)

// Collect lets the heap grow by so many per cent between collections, unless the environment (GOGC) says by how many.
func Collect(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
