package msm

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// task is a piece of work for one thread.
type task struct {
	cost int // additions, about
	run  func()
}

// dearest sorts tasks, the dearest first.
func dearest(tasks []task) []task {
	slices.SortStableFunc(tasks, func(a, b task) int { return cmp.Compare(b.cost, a.cost) })
	return tasks
}

// run does all tasks, each thread taking the next when it has done one.
func (e *Engine) run(tasks []task) {
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(tasks) {
				return
			}
			tasks[i].run()
		}
	}
	var done sync.WaitGroup
	for range min(e.threads, len(tasks)) - 1 {
		done.Go(work)
	}
	work()
	done.Wait()
}

// Parallel calls f for parts [from, to) of [0, n) on the engine's threads.
func (e *Engine) Parallel(n int, f func(from, to int)) {
	parts := min(e.threads*4, (n+1023)/1024)
	var tasks []task
	for i := range parts {
		from, to := i*n/parts, (i+1)*n/parts
		tasks = append(tasks, task{run: func() { f(from, to) }})
	}
	e.run(tasks)
}

// Each calls f for each number below n, on the engine's threads.
func (e *Engine) Each(n int, f func(i int)) {
	tasks := make([]task, n)
	for i := range tasks {
		tasks[i].run = func() { f(i) }
	}
	e.run(tasks)
}
