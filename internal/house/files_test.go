package house

import (
	"bytes"
	"go/ast"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/outside"
)

const (
	maxLines    = 500       // a file is a room; one does not find one's way in a larger one
	maxTestdata = 512 << 10 // bytes; vectors are small, and every clone carries them
)

func TestNoFileIsLongerThanARoom(t *testing.T) {
	for _, f := range tree(t) {
		if f.lines > maxLines && !ast.IsGenerated(f.syntax) {
			t.Errorf("%s has %d lines, the limit is %d: divide it by what its parts are about", f.path, f.lines, maxLines)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	described := make(map[string]bool)
	for _, f := range production(t) {
		described[f.folder] = described[f.folder] || f.syntax.Doc != nil
	}
	for folder, ok := range described {
		if !ok {
			t.Errorf("%s: no file has a package comment", folder)
		}
	}
}

func TestEveryExportedNameIsDescribed(t *testing.T) {
	documented := make(map[string]map[string]bool) // folder → types with a doc comment
	for _, f := range production(t) {
		if documented[f.folder] == nil {
			documented[f.folder] = make(map[string]bool)
		}
		for name := range describedTypes(f) {
			documented[f.folder][name] = true
		}
	}
	for _, f := range production(t) {
		if strings.HasPrefix(f.path, "internal/") || strings.Contains(f.path, "/internal/") || ast.IsGenerated(f.syntax) {
			continue
		}
		for _, wrong := range undescribed(f, documented[f.folder]) {
			t.Errorf("%s is exported and has no doc comment", wrong)
		}
	}
}

func TestUndescribedNamesAreFound(t *testing.T) {
	f, err := parseFile("x/x.go", []byte(`package x
func Bare() {}
type Naked struct{}
var Loose, hidden = 1, 2
const Alone = 1
// A Kind is described.
type Kind int
func (Kind) String() string { return "" }
func (Kind) Method() {}
const (
	First Kind = iota
	Second
)
const Trailing = 1 // is described
// Group is described.
var (
	InGroup = 1
)
type inner int
func (inner) Exported() {}
func (*Box[T]) Open() {}
// A Box is described.
type Box[T any] struct{}
`))
	if err != nil {
		t.Fatal(err)
	}
	got := undescribed(f, describedTypes(f))
	want := []string{"x/x.go:2: Bare", "x/x.go:3: Naked", "x/x.go:4: Loose", "x/x.go:5: Alone", "x/x.go:9: Kind.Method", "x/x.go:21: Box.Open"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestNoFileNamesTheMachineItWasWrittenOn(t *testing.T) {
	words := []string{"/wo" + "rk/", ".lib" + "rary", "farm-" + "bench"} // in pieces, so that this file passes its own test
	for _, name := range repository(t) {
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) { // removed, and not yet committed
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if i := bytes.Index(data, []byte(word)); i >= 0 {
				t.Errorf("%s:%d mentions %q", name, 1+bytes.Count(data[:i], []byte("\n")), word)
			}
		}
	}
}

func TestTestdataIsSmall(t *testing.T) {
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.Contains(filepath.ToSlash(name), "/testdata/") {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Size() > maxTestdata {
			t.Errorf("%s has %d bytes, the limit is %d", name, info.Size(), maxTestdata)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// repository lists the files that git knows, and those that it would take with the next commit.
func repository(t *testing.T) []string {
	t.Helper()
	// A clone may belong to another user than the one who tests it; that is no reason to check less.
	cmd := exec.Command("git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		outside.Absent(t, "These files are not in a git repository, so there is no list of them: "+err.Error())
	}
	names := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if !slices.Contains(names, "go.mod") {
		t.Fatalf("git lists %d files and go.mod is not one of them", len(names))
	}
	return names
}
