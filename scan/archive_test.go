package scan_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
)

// twoFiles is a format whose documents are the files "A" and "B".
func twoFiles(t *testing.T) *formats.Set {
	t.Helper()
	set, err := formats.NewSet(formats.Format{
		ID: "two", Detect: func(in formats.Input) bool {
			return slices.ContainsFunc(in.Files, func(f formats.File) bool { return f.Name == "A" && string(f.Data) == "a" })
		},
		Decode: func(formats.Input, formats.Options) (*formats.Document, error) { return nil, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// zipped writes an archive of names and contents in turn; a name that ends with a slash is a folder.
func zipped(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.Create(pairs[i])
		if err == nil && !strings.HasSuffix(pairs[i], "/") {
			_, err = f.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// damaged flips a bit of the first file's content, which begins behind its header of 30 bytes and its name.
func damaged(archive []byte) []byte {
	archive[30+len("A")+2] ^= 0x10
	return archive
}

// outline is the sources of Inputs, with the names of their files or the code of what is wrong.
func outline(inputs []formats.Input) (lines []string) {
	for _, in := range inputs {
		line := in.Source + ":"
		for _, f := range in.Files {
			line += " " + f.Name + "=" + string(f.Data)
		}
		if in.Err != nil {
			line += " " + in.Err.Code
		}
		lines = append(lines, line)
	}
	return lines
}

func TestAnArchiveHoldsDocuments(t *testing.T) {
	picture := string(mint.PNG(mint.QR("HC1:A")))
	for name, c := range map[string]struct {
		archive []byte
		want    []string
	}{
		"the files of one document":  {zipped(t, "A", "a", "B", "b"), []string{"x.zip: A=a B=b"}},
		"in a folder":                {zipped(t, "chip/", "", "chip/B", "b", "chip/A", "a"), []string{"x.zip/chip: B=b A=a"}},
		"two documents":              {zipped(t, "1/A", "a", "2/A", "a", "1/B", "b"), []string{"x.zip/1: A=a B=b", "x.zip/2: A=a"}},
		"a text and a picture":       {zipped(t, "t.txt", "HC1:B\n", "p.png", picture), []string{"x.zip/t.txt: =HC1:B", "x.zip/p.png#1: =HC1:A"}},
		"what programs leave behind": {zipped(t, "__MACOSX/._A", "x", ".DS_Store", "x", "A", "a"), []string{"x.zip: A=a"}},
		"paths that lead elsewhere":  {zipped(t, "../../A", "a", `..\..\B`, "b", "/C", "c"), []string{"x.zip: A=a B=b C=c"}},
		"an archive in it":           {zipped(t, "y.zip", string(zipped(t, "A", "a"))), []string{"x.zip/y.zip: " + scan.CodeMediaType}},
		"no file":                    {zipped(t, "chip/", ""), []string{"x.zip: " + scan.CodeNoSymbol}},
		"nothing":                    {zipped(t), []string{"x.zip: " + scan.CodeNoSymbol}},
		"an archive cut short":       {zipped(t, "A", "a")[:40], []string{"x.zip: " + scan.CodeUnreadable}},
		"a damaged file":             {damaged(zipped(t, "A", strings.Repeat("a", 300))), []string{"x.zip: " + scan.CodeUnreadable}},
	} {
		got, err := scan.Open(t.Context(), twoFiles(t), "x.zip", c.archive, scan.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if lines := outline(got); !slices.Equal(lines, c.want) {
			t.Errorf("%s: %q, want %q", name, lines, c.want)
		}
	}
}

// An archive is held to the limits of one file, however it is packed.
func TestAnArchiveIsBounded(t *testing.T) {
	var many []string
	for i := range 257 {
		many = append(many, fmt.Sprintf("f%d", i), "x")
	}
	bomb := zipped(t, "A", strings.Repeat("\x00", 3<<20))
	if len(bomb) > 8<<10 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	for name, c := range map[string]struct {
		archive []byte
		limit   int
	}{
		"many files": {zipped(t, many...), 0}, "a bomb": {bomb, 1 << 20}, "several bombs": {zipped(t, "A", strings.Repeat("a", 700), "B", strings.Repeat("b", 700)), 1 << 10},
	} {
		got, err := scan.Open(t.Context(), twoFiles(t), "x.zip", c.archive, scan.Limits{FileBytes: c.limit})
		if err != nil || len(got) != 1 || got[0].Err == nil || got[0].Err.Code != scan.CodeTooLarge {
			t.Errorf("%s: %q, %v", name, outline(got), err)
		}
	}
}

func TestAFolderIsOneDocumentOrSeveral(t *testing.T) {
	file := func(name, data string) formats.File { return formats.File{Name: name, Data: []byte(data)} }
	for name, c := range map[string]struct {
		files []formats.File
		want  []string
	}{
		"one document":     {[]formats.File{file("B", "b"), file("A", "a")}, []string{"chip: B=b A=a"}},
		"texts":            {[]formats.File{file("1.txt", "x\n"), file("2.txt", "y")}, []string{"chip/1.txt: =x", "chip/2.txt: =y"}},
		"with an archive":  {[]formats.File{file("y.zip", string(zipped(t, "A", "a")))}, []string{"chip/y.zip: A=a"}},
		"files by the way": {nil, nil},
	} {
		got, err := scan.Folder(t.Context(), twoFiles(t), "chip", c.files, scan.Limits{})
		if err != nil || !slices.Equal(outline(got), c.want) {
			t.Errorf("%s: %q, %v; want %q", name, outline(got), err, c.want)
		}
	}
	got, err := scan.Folder(t.Context(), twoFiles(t), "chip", make([]formats.File, 257), scan.Limits{})
	if err != nil || len(got) != 1 || got[0].Err == nil || got[0].Err.Code != scan.CodeTooLarge {
		t.Errorf("257 files: %q, %v", outline(got), err)
	}
}

// The name of a file counts where a format needs it beside the bytes, and nowhere else.
func TestAFileOfADocumentKeepsItsName(t *testing.T) {
	for data, want := range map[string]string{"a": "chip/A: A=a", "HC1:A\n": "chip/A: =HC1:A"} {
		got, err := scan.Open(t.Context(), twoFiles(t), "chip/A", []byte(data), scan.Limits{})
		if err != nil || !slices.Equal(outline(got), []string{want}) {
			t.Errorf("%q, %v; want %q", outline(got), err, want)
		}
	}
}
