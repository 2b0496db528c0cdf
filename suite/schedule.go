package suite

import (
	"context"
	"sync"
	"time"
)

// Schedule decides how cases share a machine.
type Schedule struct {
	Workers int           // cases at a time
	Limit   time.Duration // of a case
	Memory  int64         // of all cases that run at a time, in bytes; 0 for no limit
	Command Command
	Done    func(i int, o Outcome) // hears each outcome with the index of its case, one at a time
}

// Run runs cases, several at a time as long as their memory is expected to suffice. When it does not, the largest
// is stopped and runs again at the end, alone. Outcomes are in the order of the cases; after ctx has ended, they are
// those of the cases that finished.
func (s *Schedule) Run(ctx context.Context, cases []Case) []Outcome {
	q := &queue{Schedule: s, running: map[int]*process{}, outcomes: map[int]Outcome{}}
	q.changed = sync.NewCond(&q.mu)
	stop := context.AfterFunc(ctx, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.changed.Broadcast()
	})
	defer stop()
	watched, end := context.WithCancel(ctx)
	defer end()
	go q.watch(watched)
	var order []int
	for i := range cases {
		order = append(order, i)
	}
	again := q.pass(ctx, cases, order, s.Workers)
	q.pass(ctx, cases, again, 1)
	var all []Outcome
	for i := range cases {
		if o, ok := q.outcomes[i]; ok {
			all = append(all, o)
		}
	}
	return all
}

// queue is the state of a schedule.
type queue struct {
	*Schedule
	mu       sync.Mutex
	changed  *sync.Cond
	running  map[int]*process // by index of the case
	expected int64            // memory of those that run
	outcomes map[int]Outcome
}

// pass runs the cases of order, and lists those that were stopped for memory.
func (q *queue) pass(ctx context.Context, cases []Case, order []int, workers int) (again []int) {
	var wg sync.WaitGroup
	q.mu.Lock()
	for _, i := range order {
		c := cases[i]
		for ctx.Err() == nil && (len(q.running) >= workers || len(q.running) > 0 && q.Memory > 0 && q.expected+need(c) > q.Memory) {
			q.changed.Wait()
		}
		if ctx.Err() != nil {
			break
		}
		p := &process{limit: q.Limit}
		q.running[i] = p
		q.expected += need(c)
		wg.Go(func() {
			o := p.run(ctx, c, q.Command)
			q.mu.Lock()
			defer q.mu.Unlock()
			delete(q.running, i)
			q.expected -= need(c)
			q.changed.Broadcast()
			switch {
			case ctx.Err() != nil && o.Status == Fail:
			case p.killed.Load() && workers > 1:
				again = append(again, i)
			default:
				q.outcomes[i] = o
				q.Done(i, o)
			}
		})
	}
	q.mu.Unlock()
	wg.Wait()
	return again
}

// watch stops the largest process when all together take more memory than they may.
func (q *queue) watch(ctx context.Context) {
	if q.Memory <= 0 {
		return
	}
	t := time.NewTicker(200 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		q.mu.Lock()
		var sum, most int64
		var largest *process
		for _, p := range q.running {
			n := resident(int(p.pid.Load()))
			if sum += n; n > most && !p.killed.Load() {
				most, largest = n, p
			}
		}
		if sum > q.Memory && largest != nil {
			largest.kill()
		}
		q.mu.Unlock()
	}
}
