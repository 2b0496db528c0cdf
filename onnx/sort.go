package onnx

import (
	"container/heap"
	"fmt"
)

// order gives the operators in topological order, in file order where that is free. Names that no operator defines
// count as known.
func order(list []operator) ([]int, error) {
	by := map[string]int{}
	for i, op := range list {
		for _, name := range op.out {
			if name == "" {
				continue
			}
			if j, ok := by[name]; ok {
				return nil, &Error{Code: CodeMalformed, Node: op.name, Op: op.kind, Want: "values defined once", Got: fmt.Sprintf("%q, also defined by %q", name, list[j].name)}
			}
			by[name] = i
		}
	}
	wait := make([]int, len(list))
	readers := make([][]int, len(list))
	for i, op := range list {
		for _, names := range [][]string{op.in, op.captured} {
			for _, name := range names {
				if j, ok := by[name]; ok {
					wait[i]++
					readers[j] = append(readers[j], i)
				}
			}
		}
	}
	ready := &indices{}
	for i, n := range wait {
		if n == 0 {
			*ready = append(*ready, i)
		}
	}
	var sorted []int
	for ready.Len() > 0 {
		i := heap.Pop(ready).(int)
		sorted = append(sorted, i)
		for _, j := range readers[i] {
			if wait[j]--; wait[j] == 0 {
				heap.Push(ready, j)
			}
		}
	}
	if len(sorted) < len(list) {
		for i, n := range wait {
			if n > 0 {
				return nil, &Error{Code: CodeCycle, Node: list[i].name, Op: list[i].kind, Want: "a graph without cycles", Got: fmt.Sprintf("%d nodes on or after one", len(list)-len(sorted))}
			}
		}
	}
	return sorted, nil
}

// indices is a heap of the smallest index.
type indices []int

func (h indices) Len() int           { return len(h) }
func (h indices) Less(i, j int) bool { return h[i] < h[j] }
func (h indices) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *indices) Push(x any)        { *h = append(*h, x.(int)) }
func (h *indices) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
