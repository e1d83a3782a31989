package bundle_test

import (
	"archive/tar"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/travelseal/travelseal/internal/outside"
	"github.com/travelseal/travelseal/trustlist/bundle"
)

// entries makes an archive of headers; each regular file gets four bytes.
func entries(t testing.TB, headers ...*tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		h.Mode = 0o644
		if h.Typeflag == 0 {
			h.Typeflag = tar.TypeReg
		}
		if h.Typeflag == tar.TypeReg {
			h.Size = 4
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := w.Write([]byte("data")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnArchiveHoldsRegularFilesOnly(t *testing.T) {
	const name = "targets/keys.cbor"
	good := entries(t, &tar.Header{Name: name}, &tar.Header{Name: "metadata/timestamp.json"})
	if _, err := bundle.ReadTar(bytes.NewReader(good), int64(len(good))); err != nil {
		t.Fatal(err)
	}
	file := func(name string) []*tar.Header { return []*tar.Header{{Name: name}} }
	for what, c := range map[string]struct {
		headers []*tar.Header
		kind    bundle.Kind
	}{
		"empty":                       {nil, bundle.Form},
		"a symbolic link":             {[]*tar.Header{{Name: name, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}}, bundle.Path},
		"a hard link":                 {[]*tar.Header{{Name: "metadata/a"}, {Name: name, Typeflag: tar.TypeLink, Linkname: "metadata/a"}}, bundle.Path},
		"a folder":                    {[]*tar.Header{{Name: "targets/", Typeflag: tar.TypeDir}}, bundle.Path},
		"a pipe":                      {[]*tar.Header{{Name: name, Typeflag: tar.TypeFifo}}, bundle.Path},
		"a device":                    {[]*tar.Header{{Name: name, Typeflag: tar.TypeChar}}, bundle.Path},
		"an extended header":          {[]*tar.Header{{Name: name, PAXRecords: map[string]string{"VENDOR.key": "x"}, Format: tar.FormatPAX}}, bundle.Path},
		"a name twice":                {[]*tar.Header{{Name: name}, {Name: name}}, bundle.Path},
		"names that differ in case":   {[]*tar.Header{{Name: name}, {Name: "targets/KEYS.cbor"}}, bundle.Path},
		"folders that differ in case": {[]*tar.Header{{Name: "targets/rev/a"}, {Name: "targets/REV/b"}}, bundle.Path},
		"a file that is a folder":     {[]*tar.Header{{Name: "targets/a"}, {Name: "targets/a/b"}}, bundle.Path},
		"a folder that is a file":     {[]*tar.Header{{Name: "targets/a/b"}, {Name: "targets/a"}}, bundle.Path},
		"upwards":                     {file("targets/../../etc/x"), bundle.Path},
		"upwards at once":             {file("../metadata/x"), bundle.Path},
		"absolute":                    {file("/etc/passwd"), bundle.Path},
		"a dot":                       {file("./targets/a"), bundle.Path},
		"an empty part":               {file("targets//a"), bundle.Path},
		"a drive":                     {file("C:/targets/a"), bundle.Path},
		"a stream":                    {file("targets/a:b"), bundle.Path},
		"a backslash":                 {file(`targets\a`), bundle.Path},
		"a device of Windows":         {file("targets/CON"), bundle.Path},
		"a device with an ending":     {file("targets/com1.json"), bundle.Path},
		"a dot at the end":            {file("targets/a."), bundle.Path},
		"a space":                     {file("targets/a "), bundle.Path},
		"a letter outside ASCII":      {file("targets/é"), bundle.Path},
		"a long name":                 {file("targets/" + strings.Repeat("a", 101)), bundle.Path},
		"outside the folders":         {file("README"), bundle.Path},
	} {
		data := entries(t, c.headers...)
		_, err := bundle.ReadTar(bytes.NewReader(data), int64(len(data)))
		if bundle.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want the kind %s", what, err, c.kind)
		}
	}
	for what, data := range map[string][]byte{"no archive": []byte("nothing"), "cut in a file": good[:514], "cut in a header": good[:300], "nothing": nil} {
		if _, err := bundle.ReadTar(bytes.NewReader(data), int64(len(data))); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

func TestAnArchiveOfTooManyFilesIsRefused(t *testing.T) {
	m := make(fstest.MapFS)
	for i := range bundle.MaxFiles + 1 {
		m[fmt.Sprintf("targets/keys/%d", i)] = &fstest.MapFile{}
	}
	if _, err := bundle.ReadFS(m); bundle.KindOf(err) != bundle.Limit {
		t.Error(err)
	}
}

func TestAFolderHoldsRegularFilesOnly(t *testing.T) {
	_, dir := published(t)
	f := forge(t, dir)
	if err := os.Remove(f.path("targets/keys.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "targets", "keys.json"), f.path("targets/keys.json")); err != nil {
		outside.Absent(t, "This system makes no symbolic links: "+err.Error())
	}
	if _, err := bundle.OpenFiles(f.dir); bundle.KindOf(err) != bundle.Path {
		t.Errorf("a link to the right file: %v", err)
	}
	g := forge(t, dir)
	if err := os.RemoveAll(g.path("targets")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "targets"), g.path("targets")); err != nil {
		t.Fatal(err)
	}
	if _, err := verify(t, g.dir, bundle.Options{Root: rootOf(t, dir), Now: now}); err == nil {
		t.Error("a link to the right folder is followed")
	}
}

func FuzzReadTar(f *testing.F) {
	f.Add(entries(f, &tar.Header{Name: "targets/keys.cbor"}, &tar.Header{Name: "metadata/timestamp.json"}))
	f.Add(entries(f, &tar.Header{Name: "targets/a", Typeflag: tar.TypeSymlink, Linkname: "b"}))
	_, dir := published(f)
	whole := archive(f, dir)
	f.Add(whole)
	root := rootOf(f, dir)
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := bundle.ReadTar(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if bundle.KindOf(err) == "" {
				t.Errorf("%v has no kind", err)
			}
			return
		}
		var out bytes.Buffer
		if err := files.WriteTar(&out); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := bundle.ReadTar(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		a, errA := bundle.Verify(files, bundle.Options{Root: root, Now: now})
		b, errB := bundle.Verify(again, bundle.Options{Root: root, Now: now})
		if (errA == nil) != (errB == nil) || errA == nil && a.Info.SHA256 != b.Info.SHA256 {
			t.Errorf("%v and %v", errA, errB)
		}
	})
}

func FuzzMetadata(f *testing.F) {
	_, dir := published(f)
	for _, name := range []string{"1.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json", "1.keys.json"} {
		data, err := os.ReadFile(filepath.Join(dir, "metadata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, data)
	}
	root := rootOf(f, dir)
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if strings.Contains(name, "/") || len(name) > 100 {
			return
		}
		m := make(fstest.MapFS)
		for _, n := range []string{"metadata/1.root.json", "metadata/timestamp.json", "metadata/1.snapshot.json", "metadata/1.targets.json",
			"metadata/1.keys.json", "metadata/1.revocation.json", "metadata/1.rules.json", "targets/keys.json", "targets/policy.yaml", "targets/rules/entry.json"} {
			b, err := os.ReadFile(filepath.Join(dir, n))
			if err != nil {
				t.Fatal(err)
			}
			m[n] = &fstest.MapFile{Data: b, Mode: 0o644}
		}
		m["metadata/"+name] = &fstest.MapFile{Data: data, Mode: 0o644}
		files, err := bundle.ReadFS(m)
		if err != nil {
			return
		}
		c, err := bundle.Verify(files, bundle.Options{Root: root, Now: now})
		if err != nil {
			if bundle.KindOf(err) == "" {
				t.Errorf("%v has no kind", err)
			}
			return
		}
		if c.Info.Version != 1 || len(c.Files) != 3 {
			t.Errorf("something else is accepted: %+v", c)
		}
	})
}
