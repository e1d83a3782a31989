package bundle_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

func TestAKeyFileOpensWithItsPassphraseOnly(t *testing.T) {
	name := filepath.Join(t.TempDir(), "anna")
	secret := []byte("correct horse battery")
	public, err := bundle.GenerateKey(name, secret, rand.Reader, 10)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(name); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	data, err := os.ReadFile(name)
	if err != nil || !bytes.HasPrefix(data, []byte("-----BEGIN AGE ENCRYPTED FILE-----\n")) {
		t.Errorf("%q, %v", data, err)
	}
	k, err := bundle.ReadKey(name, secret)
	if err != nil || !k.Public().Equal(public) {
		t.Fatalf("%v", err)
	}
	line, err := os.ReadFile(name + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	if p, err := bundle.ParsePublic(line); err != nil || !p.Equal(public) {
		t.Errorf("%q, %v", line, err)
	}
	for what, wrong := range map[string][]byte{"another passphrase": []byte("correct horse batterz"), "no passphrase": nil} {
		if _, err := bundle.ReadKey(name, wrong); err == nil || strings.Contains(err.Error(), string(secret)) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := bundle.GenerateKey(name, secret, rand.Reader, 10); err == nil {
		t.Error("a key was overwritten")
	}
	if again, _ := os.ReadFile(name); !bytes.Equal(again, data) {
		t.Error("the key has changed")
	}
	if _, err := bundle.GenerateKey(name+"2", []byte("short"), rand.Reader, 10); bundle.KindOf(err) != bundle.Form {
		t.Errorf("a short passphrase: %v", err)
	}
	for what, data := range map[string][]byte{"empty": nil, "a text": []byte("anna"), "cut": data[:len(data)/2], "large": make([]byte, 1<<20)} {
		other := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(other, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := bundle.ReadKey(other, secret); err == nil {
			t.Errorf("%s is a key", what)
		}
	}
}

func TestAPublicKeyIsOneLine(t *testing.T) {
	line := string(bundle.MarshalPublic(key("anna").Public()))
	if p, err := bundle.ParsePublic([]byte(line)); err != nil || !p.Equal(key("anna").Public()) {
		t.Error(err)
	}
	for _, bad := range []string{"", strings.ToUpper(line), line + line, line[:len(line)-2], " " + line, strings.Replace(line, "ed25519", "rsa", 1)} {
		if _, err := bundle.ParsePublic([]byte(bad)); err == nil {
			t.Errorf("%q is a key", bad)
		}
	}
}
