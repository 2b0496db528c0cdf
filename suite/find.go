package suite

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"assay/models"
)

// Case names what to run: Path is a folder with a node test, a model file, or the name of a bundled model.
type Case struct {
	Name string
	Path string
	Kind Kind
	Size int64 // of the model file, bytes
}

const (
	modelFile = "model.onnx"
	dataSets  = "test_data_set_*"
)

// Find lists the cases under each path in order of their names, which start with the last element of the path.
// Only names that match only are listed, if it is not nil.
func Find(paths []string, only *regexp.Regexp) ([]Case, error) {
	var all []Case
	for _, root := range paths {
		found, err := under(root)
		if err != nil {
			return nil, fmt.Errorf("find cases: %w", err)
		}
		all = append(all, found...)
	}
	return slices.DeleteFunc(all, func(c Case) bool { return only != nil && !only.MatchString(c.Name) }), nil
}

// Bundled lists the models that the program carries.
func Bundled(only *regexp.Regexp) []Case {
	var all []Case
	for _, name := range models.Names() {
		c := Case{Name: "bundled/" + name, Path: name, Kind: Model}
		if only == nil || only.MatchString(c.Name) {
			all = append(all, c)
		}
	}
	return all
}

func under(root string) (found []Case, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		name := path.Join(filepath.Base(root), filepath.ToSlash(rel))
		if d.IsDir() {
			info, err := os.Stat(filepath.Join(file, modelFile))
			sets, _ := filepath.Glob(filepath.Join(file, dataSets))
			if err != nil || len(sets) == 0 {
				return nil
			}
			found = append(found, Case{Name: name, Path: file, Kind: Node, Size: info.Size()})
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".onnx") {
			return nil
		}
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		found = append(found, Case{Name: strings.TrimSuffix(name, ".onnx"), Path: file, Kind: Model, Size: info.Size()})
		return nil
	})
	return found, err
}
