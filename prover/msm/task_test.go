package msm

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listed is a sum of tasks of given costs, which writes down those that ran.
type listed struct {
	name     string
	costs    []int
	mu       *sync.Mutex
	ran      *[]string
	finished bool
}

func (l *listed) tasks(*Engine) (all []task) {
	for _, c := range l.costs {
		all = append(all, task{cost: c, run: func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			*l.ran = append(*l.ran, fmt.Sprint(l.name, c))
		}})
	}
	return all
}

func (l *listed) finish() { l.finished = true }

// Sums begin in their order, the dearest task of each first, and what follows a sum comes once after all its tasks.
func TestRunOrder(t *testing.T) {
	var ran []string
	mu := new(sync.Mutex)
	a := &listed{name: "a", costs: []int{1, 3, 2}, mu: mu, ran: &ran}
	b := &listed{name: "b", costs: []int{9, 8}, mu: mu, ran: &ran}
	empty := &listed{name: "empty", mu: mu, ran: &ran}
	then := func(s *listed) Sum { return Then(s, func() { ran = append(ran, "after "+s.name) }) }
	New(1).Run(then(a), then(empty), then(b))
	require.Equal(t, []string{"a3", "a2", "a1", "after a", "after empty", "b9", "b8", "after b"}, ran)
	require.True(t, a.finished && b.finished && empty.finished)
}

func TestThenOnManyThreads(t *testing.T) {
	for range 50 {
		var ran []string
		mu := new(sync.Mutex)
		s := &listed{costs: make([]int, 40), mu: mu, ran: &ran}
		calls := new(atomic.Int64)
		New(8).Run(Then(s, func() {
			mu.Lock()
			defer mu.Unlock()
			assert.Len(t, ran, 40)
			calls.Add(1)
		}))
		require.EqualValues(t, 1, calls.Load())
	}
}
