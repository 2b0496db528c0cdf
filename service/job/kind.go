package job

import (
	"context"
	"fmt"
	"slices"
)

// Kind is one kind of work.
type Kind interface {
	// Run does the work of a stored request and gives the result to store. It reports each state and stage that it
	// enters; report's error must end it. An *Error fails the job, any other error ends this attempt.
	Run(ctx context.Context, request []byte, report func(State, string) error) ([]byte, error)
}

var kinds = map[string]func(*Models) Kind{}

// register adds a kind under a name, which must be a subject token. A duplicate panics.
func register(name string, make func(*Models) Kind) {
	if kinds[name] != nil {
		panic("job: kind " + name + " registered twice")
	}
	kinds[name] = make
}

// Kinds is the sorted names of all kinds.
func Kinds() []string {
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func newKind(name string, models *Models) (Kind, error) {
	make, ok := kinds[name]
	if !ok {
		return nil, fmt.Errorf("job kind: want one of %v, got %q", Kinds(), name)
	}
	return make(models), nil
}
