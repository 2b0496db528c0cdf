// Package codes finds the stable error codes that the module's sources declare, for the list in docs/errors.md.
//
// Two forms declare a code: a call fault.Define("code", "meaning") and a string constant whose name starts with Code
// and whose line ends in a comment that gives the meaning.
package codes

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Code is one declared error code.
type Code struct {
	Name    string // as a program sees it
	Meaning string
	Package string // folder below the root
}

// Find lists the codes declared below root, tests apart, by package and name. A code without a meaning and a name
// that one package declares twice are errors.
func Find(root string) ([]Code, error) {
	var all []Code
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == ".git"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		found, err := read(path, filepath.ToSlash(dir))
		all = append(all, found...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find codes: %w", err)
	}
	slices.SortFunc(all, func(a, b Code) int {
		if c := strings.Compare(a.Package, b.Package); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	for i, c := range all {
		if c.Meaning == "" {
			return nil, fmt.Errorf("find codes: %s: code %s has no meaning", c.Package, c.Name)
		}
		if i > 0 && all[i-1].Name == c.Name && all[i-1].Package == c.Package {
			return nil, fmt.Errorf("find codes: %s: code %s is declared twice", c.Package, c.Name)
		}
	}
	return all, nil
}

func read(path, pkg string) ([]Code, error) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var found []Code
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Define" && len(n.Args) == 2 {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "fault" {
					found = append(found, Code{text(n.Args[0]), text(n.Args[1]), pkg})
				}
			}
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				found = append(found, constants(n, pkg)...)
			}
		}
		return true
	})
	return found, nil
}

func constants(d *ast.GenDecl, pkg string) []Code {
	var found []Code
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Names) != 1 || len(v.Values) != 1 || !strings.HasPrefix(v.Names[0].Name, "Code") || text(v.Values[0]) == "" {
			continue
		}
		meaning := strings.TrimSpace(v.Comment.Text())
		if meaning == "" {
			meaning = strings.TrimPrefix(strings.TrimSpace(v.Doc.Text()), v.Names[0].Name+": ")
		}
		found = append(found, Code{text(v.Values[0]), strings.TrimSuffix(meaning, "."), pkg})
	}
	return found
}

// text is the value of a string literal, else empty.
func text(e ast.Expr) string {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return s
}
