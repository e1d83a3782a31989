package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

const onePlace = "a signature meets a key in internal/sig alone, which is tested once for all formats"

// A ban forbids a package, or some of its names, to the packages where it applies.
type ban struct {
	path  string   // import path
	names []string // nil forbids the import itself
	in    []string // folders; nil is everywhere in library code
	but   []string // folders that are excepted
	why   string
}

var (
	// readers are the packages that meet a stranger's bytes.
	readers = []string{"formats", "formats/...", "trustlist", "trustlist/...",
		"internal/c40", "internal/cose", "internal/jws", "internal/jcs", "internal/ldproof", "internal/lds", "internal/mrz", "internal/shlink"}
	verdict = []string{"verify", "verify/..."}
	// openers take envelopes apart.
	openers = []string{"formats", "formats/...", "internal/cms", "internal/cose", "internal/jcs", "internal/jws", "internal/ldproof", "internal/lds"}
	checker = []string{"internal/sig"}
	both    = slices.Concat(readers, verdict, []string{"internal/cms"})
)

// bans are the decoders that let altered bytes through, second places for signatures, and what library code must not reach for. Third-party decoders
// are in the table of libraries.
var bans = []ban{
	{path: "encoding/json", in: readers, why: "it folds the case of names, takes repeated ones and mends bad UTF-8; use internal/strict/json"},
	{path: "encoding/json", names: []string{"Unmarshal", "NewDecoder", "Decoder"}, in: verdict,
		why: "package verify writes JSON and reads none: a report read back vouches for nothing"},
	{path: "encoding/base64", names: []string{"NewDecoder", "Decode", "DecodeString", "AppendDecode"}, in: verdict,
		why: "package verify writes base64 and reads none; use internal/strict/base64"},
	{path: "encoding/base64", in: slices.Concat(readers, []string{"internal/cms"}), why: "it skips newlines and by default takes loose tails; use internal/strict/base64"},
	{path: "encoding/base32", in: both, why: "it skips newlines; use internal/strict/base32"},
	{path: "compress/flate", in: both, why: "it has no limit and leaves trailing bytes unread; use internal/strict/inflate"},
	{path: "compress/zlib", in: both, why: "it has no limit and leaves trailing bytes unread; use internal/strict/inflate"},
	{path: "compress/gzip", in: both, why: "it has no limit and joins several members; use internal/strict/inflate"},
	{path: "compress/bzip2", in: both, why: "it has no limit; no format needs it"},
	{path: "compress/lzw", in: both, why: "it has no limit; no format needs it"},
	{path: "encoding/asn1", names: []string{"Unmarshal", "UnmarshalWithParams"}, in: both,
		why: "it has no limit of depth or size; use internal/der or internal/cert"},

	{path: "crypto/ecdsa", names: []string{"Verify", "VerifyASN1"}, but: checker, why: onePlace},
	{path: "crypto/ed25519", names: []string{"Verify", "VerifyWithOptions"}, but: checker, why: onePlace},
	{path: "crypto/rsa", names: []string{"VerifyPKCS1v15", "VerifyPSS"}, but: checker, why: onePlace},
	{path: module + "/internal/sig", names: []string{"Verify", "CheckKey"}, in: openers,
		why: "formats and envelopes check nothing: they hand over the bytes, and the key comes from the trust list"},

	{path: "time", names: []string{"Now", "Since", "Until"}, why: "library code reads no clock: the moment is passed in and printed in the report"},
	{path: "fmt", names: []string{"Print", "Printf", "Println"}, why: "library code does not write to the terminal"},
	{path: "os", names: []string{"Stdin", "Stdout", "Stderr", "Exit", "Getenv", "LookupEnv", "Environ"},
		why: "library code gets its streams and settings from its caller"},
	{path: "log", why: "library code does not log"},
	{path: "log/slog", but: []string{"batch", "batch/...", "httpapi", "httpapi/..."}, why: "library code does not log"},
	{path: "log/slog", names: []string{"Default", "SetDefault", "Debug", "Info", "Warn", "Error", "Log"},
		why: "a logger is passed in; the global one belongs to the program"},
}

// doors are the packages that are programs or serve tests, to which the bans do not apply.
var doors = slices.Concat([]string{"cmd/...", "internal/cli", "internal/cli/..."}, testSupport)

// applies reports whether a ban holds in a folder.
func (b ban) applies(folder string) bool {
	return !within(folder, b.but) && (b.in == nil || within(folder, b.in))
}

// lint lists what a file of library code must not contain.
func lint(f *goFile) []string {
	if within(f.folder, doors) || f.syntax.Name.Name == "main" {
		return nil
	}
	var wrong []string
	say := func(pos token.Pos, format string, args ...any) {
		wrong = append(wrong, f.at(pos)+": "+fmt.Sprintf(format, args...))
	}
	names := make(map[string]string) // the name in this file → import path
	for i, imported := range f.imports() {
		spec := f.syntax.Imports[i]
		name := imported[strings.LastIndex(imported, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." {
			say(spec.Pos(), "imports %s into its own names: then nobody sees where a name comes from", imported)
		}
		names[name] = imported
		for _, b := range bans {
			if b.names == nil && b.path == imported && b.applies(f.folder) {
				say(spec.Pos(), "imports %s: %s", imported, b.why)
			}
		}
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			for _, b := range bans {
				if b.path == names[origin(n.X)] && slices.Contains(b.names, n.Sel.Name) && b.applies(f.folder) {
					say(n.Pos(), "uses %s of %s: %s", n.Sel.Name, b.path, b.why)
				}
			}
		case *ast.CallExpr:
			if fun, ok := n.Fun.(*ast.Ident); ok && (fun.Name == "print" || fun.Name == "println") {
				say(n.Pos(), "calls %s: library code does not write to the terminal", fun.Name)
			}
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				say(n.Pos(), "has an init function: what a package does must be visible at its call")
			}
		}
		return true
	})
	return wrong
}

// origin gives the name that a chain of selections and calls begins with: base64 for base64.StdEncoding.Strict().
func origin(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.SelectorExpr:
			e = x.X
		case *ast.CallExpr:
			e = x.Fun
		default:
			return ""
		}
	}
}

func TestLibraryCodeUsesNoLooseDecoderClockLogOrInit(t *testing.T) {
	for _, f := range production(t) {
		for _, wrong := range lint(f) {
			t.Error(wrong)
		}
	}
}

func TestTheLintFindsWhatItForbids(t *testing.T) {
	for _, bad := range []struct{ name, folder, src, part string }{
		{"JSON in a format", "formats/shc", `import "encoding/json"; var _ = json.Valid`, "use internal/strict/json"},
		{"JSON under another name", "trustlist/vci", `import j "encoding/json"; var _ = j.Valid`, "use internal/strict/json"},
		{"JSON in an envelope", "internal/jws", `import "encoding/json"; var _ = json.Valid`, "use internal/strict/json"},
		{"JSON read by verify", "verify", `import "encoding/json"; var _ = json.Unmarshal`, "writes JSON and reads none"},
		{"JSON streamed by verify", "verify", `import "encoding/json"; var _ json.Decoder`, "writes JSON and reads none"},
		{"base64", "trustlist", `import "encoding/base64"; var _ = base64.StdEncoding`, "internal/strict/base64"},
		{"base64 read by verify", "verify", `import "encoding/base64"; var _, _ = base64.StdEncoding.Strict().DecodeString("")`, "reads none"},
		{"base32", "formats/nzcp", `import "encoding/base32"; var _ = base32.StdEncoding`, "internal/strict/base32"},
		{"inflate", "formats/hcert", `import "compress/zlib"; var _ = zlib.NewReader`, "internal/strict/inflate"},
		{"ASN.1", "formats/emrtd", `import "encoding/asn1"; var _ = asn1.Unmarshal`, "internal/der"},
		{"a second place for signatures", "verify", `import "crypto/ecdsa"; var _ = ecdsa.VerifyASN1`, "internal/sig alone"},
		{"an envelope that checks", "internal/cose", `import "` + module + `/internal/sig"; var _ = sig.Verify`, "check nothing"},
		{"clock", "verify", `import "time"; func f() time.Time { return time.Now() }`, "reads no clock"},
		{"clock as a default", "verify", `import "time"; var clock = time.Now`, "reads no clock"},
		{"clock in batch", "batch", `import "time"; func f(t time.Time) time.Duration { return time.Since(t) }`, "reads no clock"},
		{"terminal", "heuristics", `import "fmt"; func f() { fmt.Println() }`, "terminal"},
		{"builtin", "heuristics", `func f() { println() }`, "terminal"},
		{"stdout", "rules", `import "os"; var w = os.Stdout`, "from its caller"},
		{"log", "httpapi", `import "log"; func f() { log.Print() }`, "does not log"},
		{"slog", "verify", `import "log/slog"; func f(l *slog.Logger) {}`, "does not log"},
		{"global slog", "httpapi", `import "log/slog"; func f() { slog.Info("") }`, "passed in"},
		{"init", "scan", `func init() {}`, "init function"},
		{"dot import", "scan", `import . "fmt"; func f() { Println() }`, "its own names"},
	} {
		t.Run(bad.name, func(t *testing.T) {
			if got := strings.Join(lintSource(t, bad.folder, bad.src), "\n"); !strings.Contains(got, bad.part) {
				t.Errorf("got %q, want a sentence with %q", got, bad.part)
			}
		})
	}
}

func TestTheLintLeavesSoundCodeAlone(t *testing.T) {
	for _, good := range []struct{ name, folder, src string }{
		{"JSON written by verify", "verify", `import "encoding/json"; var _ = json.Marshal`},
		{"base64 written by verify", "verify", `import "encoding/base64"; var _ = base64.StdEncoding.EncodeToString(nil)`},
		{"strict JSON", "formats/shc", `import "` + module + `/internal/strict/json"; var _ = json.Parse`},
		{"an object identifier", "trustlist", `import "encoding/asn1"; var _ asn1.ObjectIdentifier`},
		{"an envelope that looks up an algorithm", "internal/cose", `import "` + module + `/internal/sig"; var _ = sig.FromCOSE`},
		{"a list that is checked", "trustlist/dgcg", `import "` + module + `/internal/sig"; var _ = sig.Verify`},
		{"base64 on the ground floor", "internal/strict/base64", `import "encoding/base64"; var _ = base64.StdEncoding`},
		{"a moment passed in", "verify", `import "time"; func f(now time.Time) bool { return now.IsZero() }`},
		{"a method named init", "verify", `type t int; func (t) init() {}`},
		{"a logger passed in", "httpapi", `import "log/slog"; func f(l *slog.Logger) { l.Info("") }`},
		{"the clock of the command", "internal/cli", `import "time"; var clock = time.Now`},
	} {
		t.Run(good.name, func(t *testing.T) {
			for _, wrong := range lintSource(t, good.folder, good.src) {
				t.Error(wrong)
			}
		})
	}
}

func lintSource(t *testing.T, folder, src string) []string {
	t.Helper()
	f, err := parseFile(folder+"/x.go", []byte("package x; "+src))
	if err != nil {
		t.Fatal(err)
	}
	return lint(f)
}
