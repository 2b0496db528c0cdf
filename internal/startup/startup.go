// Package startup keeps small what initialising a program's packages maps. Each touches some pages of the program and of its
// constants, and the system maps their neighbours as well: by the time that main begins, most of the program is in memory, and
// that would be the peak of a command that needs little.
//
// Importing it is enough. Of packages whose imports are initialised, Go initialises those with the first path next (the
// language's specification, program initialization), and this one imports little: it begins before what is large.
package startup

import (
	"time"

	"assay/internal/image"
)

const interval = time.Millisecond

var ended = make(chan struct{})

func init() {
	go func() {
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				return
			case <-tick.C:
				image.Drop()
			}
		}
	}()
}

// End is called once, by main: from there on commands say themselves when to give memory back.
func End() {
	close(ended)
	image.Drop()
}
