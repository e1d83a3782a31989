package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const packages = ".." // the parent of the generated packages

func TestTheGeneratedFilesAreWhatTheGeneratorMakes(t *testing.T) {
	files, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, filepath.Join(packages, filepath.FromSlash(f.Name)))
		got, err := os.ReadFile(filepath.Join(packages, filepath.FromSlash(f.Name)))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(got, f.Content) {
			t.Errorf("%s is not what the generator makes: run go generate ./internal/ec", f.Name)
		}
	}
	there, err := filepath.Glob(filepath.Join(packages, "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range there {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(src, []byte(header)) && !slices.Contains(names, name) {
			t.Errorf("%s says that it is generated, but the generator does not make it", name)
		}
	}
}
