package prover

import (
	"iter"
	"sync"

	"assay/ir/tensor"
)

// lanes is how many inputs ProveAll has in work: one that the backend proves, and, unless p is Alone, one that is read,
// evaluated or verified meanwhile.
func (p *Prover) lanes() int {
	if p.Alone {
		return 1
	}
	return 2
}

// ProveAll proves inputs of the model, bound to ctx. Each goes to done once, with its number from 0, as soon as it is
// proven or has failed; an error that comes in place of an input goes there too. The others go on. inputs and done run
// in one goroutine at a time each.
func (p *Prover) ProveAll(ctx [32]byte, inputs iter.Seq2[[]*tensor.Int, error], done func(i int, r *Result, err error)) {
	next, stop := iter.Pull2(inputs)
	defer stop()
	var reading, telling sync.Mutex
	count := 0
	take := func() (i int, in []*tensor.Int, err error, ok bool) {
		reading.Lock()
		defer reading.Unlock()
		in, err, ok = next()
		i = count
		count++
		return i, in, err, ok
	}
	p.share()
	var running sync.WaitGroup
	for range p.lanes() {
		lane := *p
		running.Go(func() {
			for {
				i, in, err, ok := take()
				if !ok {
					return
				}
				var r *Result
				if err == nil {
					r, err = lane.Prove(ctx, in, nil)
				}
				telling.Lock()
				done(i, r, err)
				telling.Unlock()
			}
		})
	}
	running.Wait()
}
