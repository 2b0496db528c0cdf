// Package floors holds the module's import rules and the tests that keep them, in the manner of Go's own
// go/build/deps_test.go.
package floors

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// none stands for no package, on the left.
const none = "NONE"

// table maps each name to those that a rule puts directly below it.
type table map[string]map[string]bool

// parse reads rules of the form "a, b < c < d;". From # to the end of the line is a comment.
func parse(text string) (table, error) {
	var plain strings.Builder
	for line := range strings.Lines(text) {
		code, _, _ := strings.Cut(line, "#")
		plain.WriteString(code + "\n")
	}
	rules := strings.Split(plain.String(), ";")
	if rest := strings.TrimSpace(rules[len(rules)-1]); rest != "" {
		return nil, fmt.Errorf("parse rule %q: want a semicolon at its end", rest)
	}
	t := table{}
	for _, rule := range rules[:len(rules)-1] {
		lists := strings.Split(rule, "<")
		if len(lists) < 2 {
			return nil, fmt.Errorf("parse rule %q: want at least one <", strings.TrimSpace(rule))
		}
		var below []string
		for _, list := range lists {
			var names []string
			for _, name := range strings.Split(list, ",") {
				name = strings.TrimSpace(name)
				if name == "" || strings.ContainsAny(name, " \t\n") {
					return nil, fmt.Errorf("parse rule %q: want a name, got %q", strings.TrimSpace(rule), name)
				}
				if name == none {
					continue
				}
				names = append(names, name)
				if t[name] == nil {
					t[name] = map[string]bool{}
				}
				for _, b := range below {
					t[name][b] = true
				}
			}
			below = names
		}
	}
	return t, nil
}

// closure gives all names below each name. A cycle is an error.
func (t table) closure() (map[string]map[string]bool, error) {
	all := map[string]map[string]bool{}
	var visit func(name string, path []string) error
	visit = func(name string, path []string) error {
		if slices.Contains(path, name) {
			return fmt.Errorf("close rules: cycle: %s", strings.Join(append(path, name), " < "))
		}
		if all[name] != nil {
			return nil
		}
		below := map[string]bool{}
		for _, b := range slices.Sorted(maps.Keys(t[name])) {
			if err := visit(b, append(path[:len(path):len(path)], name)); err != nil {
				return err
			}
			below[b] = true
			maps.Copy(below, all[b])
		}
		all[name] = below
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		if err := visit(name, nil); err != nil {
			return nil, err
		}
	}
	return all, nil
}
