package house

import (
	"bufio"
	"bytes"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	root   = "../.."
	module = "github.com/travelseal/travelseal"
)

// A goFile is one parsed Go file of the module.
type goFile struct {
	path   string // from the root of the module, with slashes
	folder string // the package's path within the module: "formats/hcert"
	test   bool
	lines  int
	syntax *ast.File
	fset   *token.FileSet
}

// imports lists what the file imports.
func (f *goFile) imports() []string {
	var list []string
	for _, spec := range f.syntax.Imports {
		p, _ := strconv.Unquote(spec.Path.Value) // the parser has accepted it
		list = append(list, p)
	}
	return list
}

// standsAside reports a generator or example that the build constraint "ignore" keeps out of every package.
func (f *goFile) standsAside() bool {
	for _, group := range f.syntax.Comments {
		if group.Pos() > f.syntax.Package {
			break
		}
		for _, c := range group.List {
			if expr, err := constraint.Parse(c.Text); err == nil && expr.String() == "ignore" {
				return true
			}
		}
	}
	return false
}

// at gives a place in the file as people write it.
func (f *goFile) at(pos token.Pos) string {
	return f.path + ":" + strconv.Itoa(f.fset.Position(pos).Line)
}

// parseFile reads one Go file. All files are read whatever their build constraints, so that a rule holds on every
// system and not only on the one that runs the tests.
func parseFile(name string, src []byte) (*goFile, error) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &goFile{
		path: name, folder: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		lines: bytes.Count(src, []byte("\n")), syntax: syntax, fset: fset,
	}, nil
}

var readTree = sync.OnceValues(func() ([]*goFile, error) {
	var files []*goFile
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_")
			if name != root && (hidden || d.Name() == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f, err := parseFile(filepath.ToSlash(rel), src)
		if err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	return files, err
})

// tree gives every Go file of the module.
func tree(t *testing.T) []*goFile {
	t.Helper()
	files, err := readTree()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go file found: the rules would hold for nothing")
	}
	return files
}

// production gives the files that end up in somebody's program: no tests, nothing that stands aside.
func production(t *testing.T) []*goFile {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(tree(t)), func(f *goFile) bool { return f.test || f.standsAside() })
}

// within reports whether a folder or import matches one of the patterns: "verify" is that folder alone, "verify/..."
// everything below it and not the folder itself.
func within(p string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if below, ok := strings.CutSuffix(pattern, "..."); ok {
			return strings.HasPrefix(p, below)
		}
		return p == pattern
	})
}

func TestTheTreeIsThisModule(t *testing.T) {
	f, err := os.Open(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	if lines.Scan(); lines.Text() != "module "+module {
		t.Fatalf("go.mod begins %q, want module %s", lines.Text(), module)
	}
}
