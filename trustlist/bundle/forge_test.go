package bundle_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

// A forgery is a copy of a bundle that is altered by somebody who holds some keys.
type forgery struct {
	t   testing.TB
	dir string
}

func forge(t testing.TB, dir string) *forgery {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return &forgery{t, to}
}

func (f *forgery) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *forgery) read(name string) []byte {
	f.t.Helper()
	data, err := os.ReadFile(f.path(name))
	if err != nil {
		f.t.Fatal(err)
	}
	return data
}

func (f *forgery) write(name string, data []byte) *forgery {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(f.path(name), data, 0o644); err != nil {
		f.t.Fatal(err)
	}
	return f
}

func (f *forgery) remove(name string) *forgery {
	f.t.Helper()
	if err := os.Remove(f.path(name)); err != nil {
		f.t.Fatal(err)
	}
	return f
}

type object = map[string]any

// signed signs an object as metadata.
func signed(t testing.TB, o object, keys ...string) []byte {
	t.Helper()
	payload, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var signatures []any
	for _, k := range keys {
		s, _ := key(k).Sign(payload)
		signatures = append(signatures, object{"keyid": id(t, k), "sig": hex.EncodeToString(s)})
	}
	out, err := json.Marshal(object{"signed": o, "signatures": signatures})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func id(t testing.TB, name string) string {
	t.Helper()
	s, err := bundle.KeyID(key(name).Public())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// content gives what a file of metadata says.
func (f *forgery) content(name string) object {
	f.t.Helper()
	var file struct{ Signed object }
	if err := json.Unmarshal(f.read("metadata/"+name), &file); err != nil {
		f.t.Fatal(err)
	}
	return file.Signed
}

// edit changes a file of metadata and signs it with these keys.
func (f *forgery) edit(name string, change func(object), keys ...string) *forgery {
	f.t.Helper()
	o := f.content(name)
	change(o)
	return f.write("metadata/"+name, signed(f.t, o, keys...))
}

// follow makes the snapshot and the timestamp name the metadata as they are now, signed by the online key.
func (f *forgery) follow() *forgery {
	f.t.Helper()
	ts := f.content("timestamp.json")
	snapshot := fmt.Sprintf("%v.snapshot.json", ts["meta"].(object)["snapshot.json"].(object)["version"])
	f.edit(snapshot, func(o object) {
		for name, m := range o["meta"].(object) {
			f.describe(m.(object), fmt.Sprintf("%v.%s", m.(object)["version"], name))
		}
	}, "hq")
	return f.edit("timestamp.json", func(o object) { f.describe(o["meta"].(object)["snapshot.json"].(object), snapshot) }, "hq")
}

func (f *forgery) describe(meta object, name string) {
	f.t.Helper()
	data := f.read("metadata/" + name)
	meta["length"], meta["hashes"] = len(data), object{"sha256": fmt.Sprintf("%x", sha256.Sum256(data))}
}

// target is what a role says of a data file.
func target(data []byte) object {
	return object{"length": len(data), "hashes": object{"sha256": fmt.Sprintf("%x", sha256.Sum256(data))}}
}

// name adds a data file to what the keys role names, with the signatures that it needs, whether or not the file is there.
func (f *forgery) name(target string, what object) *forgery {
	f.t.Helper()
	return f.edit("1.keys.json", func(o object) { o["targets"].(object)[target] = what }, "anna", "bela").follow()
}

func replaced(t testing.TB, data []byte, from, to string) []byte {
	t.Helper()
	out := strings.Replace(string(data), from, to, 1)
	if out == string(data) {
		t.Fatalf("%q is not there", from)
	}
	return []byte(out)
}
