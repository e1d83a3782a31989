package cli_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/bundle"
)

// BenchmarkColdStart runs the command as an officer does: one process, one document. It does so with one key in a file and, by
// turns, with a store whose bundle has ten thousand signers. "ms/more" is what the officer waits longer for the bundle, "cpu-ms/more"
// what it costs in CPU time of the process, in which other work on the machine counts less.
func BenchmarkColdStart(b *testing.B) {
	dir := b.TempDir()
	command := filepath.Join(dir, "travelseal")
	if out, err := exec.Command("go", "build", "-o", command, "github.com/travelseal/travelseal/cmd/travelseal").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	signer := mint.Utopia().Vaccination
	document := write(b, dir, "document.txt", []byte(mint.Vaccination(signer).Build().Text))
	one := write(b, dir, "one.pem", signer.PEM())
	store := filepath.Join(dir, "post")
	install(b, store, signer)

	run := func(trust string) (took, cpu time.Duration) {
		c := exec.Command(command, "verify", "--trust", trust, document)
		begin := time.Now()
		out, err := c.Output()
		took = time.Since(begin)
		if err != nil || !strings.Contains(string(out), "ACCEPT") {
			b.Fatalf("%v: %s", err, out)
		}
		return took, c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	run(one)
	run(store)
	var alone, bundled, cpu time.Duration
	for b.Loop() {
		took, used := run(one)
		alone, cpu = alone+took, cpu-used
		took, used = run(store)
		bundled, cpu = bundled+took, cpu+used
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 / float64(b.N) }
	b.ReportMetric(ms(alone), "ms/one-key")
	b.ReportMetric(ms(bundled), "ms/bundle")
	b.ReportMetric(ms(bundled-alone), "ms/more")
	b.ReportMetric(ms(cpu), "cpu-ms/more")
	b.ReportMetric(0, "ns/op")
}

func write(b *testing.B, dir, name string, data []byte) string {
	b.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// officeKey signs every role of the bundle of these benchmarks.
type officeKey struct{ key ed25519.PrivateKey }

func (k officeKey) Public() ed25519.PublicKey           { return k.key.Public().(ed25519.PublicKey) }
func (k officeKey) Sign(message []byte) ([]byte, error) { return ed25519.Sign(k.key, message), nil }

// install makes a bundle of ten thousand signers and brings it into force at a post.
func install(b *testing.B, store string, first mint.Signer) {
	b.Helper()
	dir := b.TempDir()
	list := first.PEM()
	authority := mint.NewCA("ten thousand", mint.Template{})
	for i := range 9_999 {
		list = append(list, authority.Issue(fmt.Sprint("signer ", i), mint.Template{}).PEM()...)
	}
	s, err := trustlist.Load(write(b, dir, "signers.pem", list))
	if err != nil {
		b.Fatal(err)
	}
	packed, err := s.Pack()
	if err != nil {
		b.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		b.Fatal(err)
	}
	write(b, data, "keys.jsonl", packed)

	seed := sha256.Sum256([]byte("office"))
	key := officeKey{ed25519.NewKeyFromSeed(seed[:])}
	plan := bundle.Plan{Roles: make(map[string]bundle.Authority)}
	for _, role := range bundle.Roles() {
		plan.Roles[role] = bundle.Authority{Keys: []ed25519.PublicKey{key.Public()}, Threshold: 1}
	}
	now := time.Now()
	office := filepath.Join(dir, "office")
	r, err := bundle.Init(office, plan, now)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := r.Stage(data); err != nil {
		b.Fatal(err)
	}
	if _, err := r.Sign(key, now); err != nil {
		b.Fatal(err)
	}
	if _, err := r.Publish(now); err != nil {
		b.Fatal(err)
	}
	files, err := bundle.OpenFiles(filepath.Join(office, "published"))
	if err != nil {
		b.Fatal(err)
	}
	defer files.Close()
	root, err := os.ReadFile(filepath.Join(office, "published", "metadata", "1.root.json"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := bundle.Install(store, files, bundle.InstallOptions{Root: root, Now: now}); err != nil {
		b.Fatal(err)
	}
}
