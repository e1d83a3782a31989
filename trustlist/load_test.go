package trustlist_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/outside"
	"github.com/travelseal/travelseal/trustlist"
)

func TestContentSaysWhatAFileIs(t *testing.T) {
	v, r := utopia.Vaccination, utopia.Recovery
	bundle := bytes.Join([][]byte{[]byte("Signers of Utopia\n\n"), v.PEM(), []byte("\nand another\n"), r.PEM(), []byte("\n")}, nil)
	for name, c := range map[string]struct {
		data    []byte
		anchors int
	}{
		"PEM":                {v.PEM(), 1},
		"PEM with CR LF":     {bytes.ReplaceAll(v.PEM(), []byte("\n"), []byte("\r\n")), 1},
		"PEM with text":      {bundle, 2},
		"DER":                {v.Cert, 1},
		"a list":             {list(t, nil, entry(v, nil), entry(r, nil)), 2},
		"a list after space": {append([]byte(" \r\n\t"), list(t, nil, entry(v, nil))...), 1},
		"a list of nobody":   {list(t, nil), 0},
	} {
		for _, ending := range []string{".pem", ".json", ".txt", ""} {
			s := load(t, file(t, "file"+ending, c.data))
			if len(s.Anchors()) != c.anchors || len(s.Dropped()) != 0 {
				t.Errorf("%s as file%s: %d anchors, dropped %v", name, ending, len(s.Anchors()), s.Dropped())
			}
		}
	}
}

func TestAFileThatIsNamedMustBeTrustMaterial(t *testing.T) {
	v := utopia.Vaccination
	for name, data := range map[string][]byte{
		"an empty file": nil, "a text": []byte("Signers of Utopia"), "white space": []byte(" \n"), "base64 alone": []byte(b64(v.Cert)),
		"a JSON array": []byte("[]"), "a JSON text": []byte(`"x"`), "a byte order mark": append([]byte("\xef\xbb\xbf"), list(t, nil)...),
		"a PNG": []byte("\x89PNG\r\n\x1a\n"), "a number": []byte("0123456789"), "a date": []byte("09.04.1963"), "no JSON": []byte("{"), "an empty object": []byte("{}"),
		"another schema": []byte(`{"schema":"travelseal.trust/2"}`), "a PEM block cut": v.PEM()[:100], "PEM of nothing": []byte("-----BEGIN CERTIFICATE-----\n-----END"),
	} {
		path := file(t, "file", data)
		if le := notLoaded(t, name, path); le.Source != path || !strings.HasPrefix(le.Error(), "trust list "+path+": ") {
			t.Errorf("%s: %v", name, le)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing")
	if le := notLoaded(t, "missing", missing); strings.Count(le.Error(), missing) != 1 {
		t.Errorf("the path stands there more than once: %v", le)
	}
	notLoaded(t, "nothing named")
	notLoaded(t, "a good file and a missing one", file(t, "v.pem", v.PEM()), missing)
}

func TestAFolderHoldsTrustMaterialAmongOtherThings(t *testing.T) {
	dir := t.TempDir()
	var hashes []byte
	for _, f := range mint.Trust() { // named in the order of their names below
		write(t, dir, f.Name, f.PEM)
	}
	for _, name := range []string{"ut-expired", "ut-p384", "ut-recovery", "ut-rsa", "ut-test", "ut-vaccination"} {
		data, err := os.ReadFile(filepath.Join(dir, name+".pem"))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		hashes = append(hashes, sum[:]...)
	}
	write(t, dir, "README.txt", []byte("These are the signers of Utopia."))
	write(t, dir, ".hidden", []byte("-----BEGIN PRIVATE KEY-----"))
	if err := os.MkdirAll(filepath.Join(dir, "old", "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "old"), "forger.pem", mint.Fresh("forger").PEM())

	s := load(t, dir)
	if n := len(s.Anchors()); n != 6 {
		t.Errorf("%d anchors", n)
	}
	if d := s.Dropped(); len(d) != 1 || d[0].Source != "README.txt" || d[0].Item != "file" || d[0].Reason == "" {
		t.Errorf("dropped %+v", d)
	}
	info := s.Info()
	if info.Name != filepath.Base(dir) || info.Anchors != 6 || info.Dropped != 1 || info.SHA256 != sha256.Sum256(hashes) || !info.Created.IsZero() {
		t.Errorf("%+v", info)
	}
	for _, a := range s.Anchors() {
		if a.Source.Name == "" || a.Source.SHA256 == [32]byte{} || !a.Source.Date.IsZero() {
			t.Errorf("source %+v", a.Source)
		}
	}
}

func TestAFolderWithoutTrustMaterialIsAnError(t *testing.T) {
	empty := t.TempDir()
	notLoaded(t, "empty", empty)
	for name, data := range map[string][]byte{"notes.txt": []byte("nothing"), "0-notes.txt": []byte("0 keys so far"), "empty": nil, ".pem": utopia.Vaccination.PEM()} {
		dir := t.TempDir()
		write(t, dir, name, data)
		if le := notLoaded(t, name, dir); le.Source != dir {
			t.Errorf("%s: %v", name, le)
		}
	}
	good := t.TempDir()
	write(t, good, "v.pem", utopia.Vaccination.PEM())
	notLoaded(t, "a good folder and an empty one", good, empty)
}

// A text that begins with the digit 0 begins as a DER SEQUENCE does.
func TestATextInAFolderIsNoCertificate(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "list.json", list(t, nil, entry(utopia.Vaccination, nil)))
	write(t, dir, "notes.txt", []byte("0 keys are missing"))
	s := load(t, dir)
	if s.Info().Created.IsZero() {
		t.Error("a text that is no trust material takes away the list's date")
	}
	if d := s.Dropped(); len(d) != 1 || d[0].Item != "file" {
		t.Errorf("dropped %+v", d)
	}
}

// A file of a private key must not be handed around as trust material.
func TestAPrivateKeyIsRefused(t *testing.T) {
	v := utopia.Vaccination
	for _, kind := range []string{"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"} {
		key := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte("secret")})
		for name, data := range map[string][]byte{"alone": key, "after a certificate": append(v.PEM(), key...), "before one": append(key[:len(key):len(key)], v.PEM()...)} {
			if le := notLoaded(t, kind, file(t, "key.pem", data)); !strings.Contains(le.Error(), "private key") {
				t.Errorf("%s %s: %v", kind, name, le)
			}
			dir := t.TempDir()
			write(t, dir, "v.pem", v.PEM())
			write(t, dir, "key.pem", data)
			notLoaded(t, kind+" in a folder", dir)
		}
	}
}

func TestOneBrokenCertificateDoesNotCostTheOthers(t *testing.T) {
	v, r := utopia.Vaccination, utopia.Recovery
	broken := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: v.Cert[:len(v.Cert)-1]})
	other := pem.EncodeToMemory(&pem.Block{Type: "PARAMETERS", Bytes: spki(v)})
	s := load(t, file(t, "signers.pem", bytes.Join([][]byte{v.PEM(), broken, other, r.PEM()}, nil)))
	if n := len(s.Anchors()); n != 2 {
		t.Errorf("%d anchors", n)
	}
	d := s.Dropped()
	if len(d) != 2 || s.Info().Dropped != 2 {
		t.Fatalf("dropped %+v", d)
	}
	if d[0].Source != "signers.pem" || d[0].Item != "certificate 2" || !strings.Contains(d[0].Reason, "not a readable X.509 certificate") {
		t.Errorf("%+v", d[0])
	}
	if d[1].Item != "PEM block 3" || !strings.Contains(d[1].Reason, "PARAMETERS") {
		t.Errorf("%+v", d[1])
	}
}

// encoding/pem passes over a block that it cannot read, whatever is in it.
func TestAPEMBlockThatCannotBeReadIsNotPassedOver(t *testing.T) {
	v, r := utopia.Vaccination, utopia.Recovery
	spoil := func(block []byte) []byte { return bytes.Replace(block, []byte("MII"), []byte("M!I"), 1) }
	key := []byte("-----BEGIN PRIVATE KEY-----\nM!I=\n-----END PRIVATE KEY-----\n")
	for name, data := range map[string][]byte{
		"first":  append(spoil(v.PEM()), r.PEM()...),
		"middle": bytes.Join([][]byte{v.PEM(), spoil(r.PEM()), utopia.Test.PEM()}, nil),
		"last":   append(r.PEM(), spoil(v.PEM())...),
		"a key":  append(key, v.PEM()...),
		"no end": append([]byte("-----BEGIN CERTIFICATE-----\n"), v.PEM()...),
	} {
		s, err := trustlist.Load(file(t, "signers.pem", data))
		if err == nil && len(s.Dropped()) == 0 {
			t.Errorf("%s: %d anchors, and nothing says that one is missing", name, len(s.Anchors()))
		}
	}
}

func TestTheSizeOfTrustMaterialIsBounded(t *testing.T) {
	path := file(t, "large.pem", utopia.Vaccination.PEM())
	if err := os.Truncate(path, trustlist.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	if le := notLoaded(t, "file", path); !strings.Contains(le.Error(), "the limit is") {
		t.Error(le)
	}
}

func TestTheFilesOfAFolderAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand files take some seconds to make")
	}
	dir := t.TempDir()
	for i := range trustlist.MaxFiles + 1 {
		f, err := os.Create(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	if le := notLoaded(t, "folder", dir); !strings.Contains(le.Error(), "the limit for a folder is") {
		t.Error(le)
	}
}

func TestOnlyRegularFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "v.pem", utopia.Vaccination.PEM())
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "linked")); err != nil {
		outside.Absent(t, "This system makes no symbolic links: "+err.Error())
	}
	s := load(t, dir)
	if d := s.Dropped(); len(s.Anchors()) != 1 || len(d) != 1 || d[0].Source != "linked" || d[0].Reason != "not a regular file" {
		t.Errorf("a link to a folder: %d anchors, dropped %+v", len(s.Anchors()), d)
	}
	if le := notLoaded(t, "a link to a folder, by itself", os.DevNull); !strings.Contains(le.Error(), "not a regular file") {
		t.Error(le)
	}
	dangling := filepath.Join(t.TempDir(), "dangling")
	if err := os.Symlink("nowhere", dangling); err != nil {
		t.Fatal(err)
	}
	notLoaded(t, "a link to nothing", dangling)
	notLoaded(t, "a link to nothing in a folder", filepath.Dir(dangling))
}
