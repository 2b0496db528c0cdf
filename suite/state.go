package suite

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"assay/models"
)

// State is a file of outcomes by what they depend on: the case's files, the program that ran it, and the options.
type State struct {
	program string
	file    *os.File
	known   map[string]Outcome
}

type entry struct {
	Key     string  `json:"key"`
	Outcome Outcome `json:"outcome"`
}

// OpenState opens or makes a state file; outcomes are added to its end. program is the path of the executable.
func OpenState(path, program string) (*State, error) {
	sum, err := digestFile(program)
	if err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	s := &State{program: sum, known: map[string]Outcome{}}
	if s.file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644); err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	lines := bufio.NewScanner(s.file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var e entry
		if json.Unmarshal(lines.Bytes(), &e) == nil { // the last line of a run that was stopped may be cut off
			s.known[e.Key] = e.Outcome
		}
	}
	if err := lines.Err(); err != nil {
		s.file.Close()
		return nil, fmt.Errorf("read state %s: %w", path, err)
	}
	return s, nil
}

// Close closes the file.
func (s *State) Close() error { return s.file.Close() }

// Add records an outcome.
func (s *State) Add(key string, o Outcome) error {
	b, err := json.Marshal(entry{key, o})
	if err != nil {
		return fmt.Errorf("record outcome: %w", err)
	}
	if _, err := s.file.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("record outcome: %w", err)
	}
	s.known[key] = o
	return nil
}

// Key is the digest of all that the outcome of a case depends on, the machine apart.
func (s *State) Key(c Case, opt Options) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %+v\n", s.program, c.Name, opt)
	if slices.Contains(models.Names(), c.Path) {
		return hex.EncodeToString(h.Sum(nil)), nil
	}
	files := []string{c.Path}
	switch c.Kind {
	case Node:
		files = nil
		err := filepath.WalkDir(c.Path, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return "", fmt.Errorf("digest case: %w", err)
		}
	case Model:
		if golden := goldenFile(c.Path); exists(golden) {
			files = append(files, golden)
		}
	}
	for _, f := range files {
		sum, err := digestFile(f)
		if err != nil {
			return "", fmt.Errorf("digest case: %w", err)
		}
		fmt.Fprintf(h, "%s %s\n", strings.TrimPrefix(f, c.Path), sum)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func digestFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Resume runs cases and records their outcomes in st. Those whose outcome st knows are not run again if resume is set.
// done hears each outcome.
func (s Schedule) Resume(ctx context.Context, cases []Case, st *State, opt Options, resume bool, done func(Outcome)) ([]Outcome, error) {
	outcomes := map[int]Outcome{}
	var left []Case
	var keys []string
	var index []int
	for i, c := range cases {
		key, err := st.Key(c, opt)
		if err != nil {
			return nil, err
		}
		if o, ok := st.known[key]; ok && resume {
			outcomes[i] = o
			done(o)
			continue
		}
		left, keys, index = append(left, c), append(keys, key), append(index, i)
	}
	var failed error
	s.Done = func(i int, o Outcome) {
		if err := st.Add(keys[i], o); err != nil && failed == nil {
			failed = err
		}
		outcomes[index[i]] = o
		done(o)
	}
	s.Run(ctx, left)
	var all []Outcome
	for i := range cases {
		if o, ok := outcomes[i]; ok {
			all = append(all, o)
		}
	}
	return all, failed
}
