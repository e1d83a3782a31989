// Package outside runs the programs of others that tests compare with. It is test support.
package outside

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Env names the environment variable that, where it is not empty, turns the absence of a program from a reason to skip into
// a failure. The script that judges a change sets it, so that no comparison is left out there unseen.
const Env = "TRAVELSEAL_NO_SKIP"

// Absent ends a test for which something is not on this machine. What says what it is, and how to come by it.
func Absent(t testing.TB, what string) {
	t.Helper()
	if os.Getenv(Env) != "" {
		t.Fatalf("%s (%s is set)", what, Env)
	}
	t.Skip(what)
}

// A Run is one run of OpenSSL, in a folder with files.
type Run struct {
	Output []byte // what it printed, errors included
	OK     bool   // whether it ended well
	dir    string
}

// OpenSSL runs the openssl command in a folder with files. It knows curves and forms that the standard library does not, and
// was written by others.
func OpenSSL(t testing.TB, files map[string][]byte, args ...string) Run {
	t.Helper()
	program, err := exec.LookPath("openssl")
	if err != nil {
		Absent(t, "There is no openssl command on this machine; install it to run this test.")
	}
	r := Run{dir: t.TempDir()}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(r.dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = r.dir
	r.Output, err = cmd.CombinedOutput()
	r.OK = err == nil
	return r
}

// File is a file that the run has written; nil where there is none.
func (r Run) File(name string) []byte {
	data, err := os.ReadFile(filepath.Join(r.dir, name))
	if err != nil {
		return nil
	}
	return data
}
