package house

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A library is something from outside this module, or a door to the network, and the packages that may import it.
type library struct {
	path string // the import path, and everything below it
	in   []string
	why  string
}

// libraries are all there are: what has no row may not be imported outside tests. See doc/decisions/0004.
var libraries = []library{
	{"github.com/fxamacker/cbor/v2", []string{"internal/strict/..."},
		"by default it folds the case of field names and takes repeated ones; internal/strict/cbor does not"},
	{"github.com/veraison/go-cose", []string{"internal/cose", "internal/strict/...", "internal/mint", "internal/mint/..."},
		"signatures are decided in internal/sig alone; internal/cose reads the envelope for everybody"},
	{"github.com/makiuchi-d/gozxing", []string{"scan", "scan/...", "internal/mint", "internal/mint/..."},
		"scan is the only package that decodes pictures; internal/mint draws codes for tests"},
	{"golang.org/x/image", []string{"scan", "scan/...", "internal/mint", "internal/mint/..."},
		"scan is the only package that decodes pictures"},
	{"golang.org/x/text", []string{"heuristics", "heuristics/..."},
		"only the comparison of names needs Unicode tables"},
	{"github.com/theupdateframework/go-tuf/v2", []string{"trustlist/bundle"},
		"the signed bundle is the only user of TUF"},
	{"filippo.io/age", []string{"trustlist/bundle"},
		"only the keys that sign bundles are files under a passphrase"},
	{"github.com/goccy/go-yaml", []string{"verify/policyfile", "trustlist/fetch"},
		"a policy, and the addresses that lists are fetched from, are the only things that people write by hand"},
	{"github.com/piprate/json-gold", []string{"internal/ldproof"},
		"canonical forms of linked data; it links net/http, and only its canonicalisation is called, which reads nothing from outside"},
	{"github.com/go-jose/go-jose/v4", []string{"scan"}, "only what a link leads to is encrypted"},
	{"github.com/gofrs/flock", []string{"batch", "trustlist/bundle"},
		"only a run over an archive, and what signs or installs bundles, needs to be alone with its files"},
	{"github.com/schollz/progressbar/v3", []string{"internal/cli"}, "only the command meets a terminal"},
	{"github.com/danielgtaylor/huma/v2", []string{"httpapi"}, "only the HTTP service describes itself"},
	{"github.com/spf13/cobra", []string{"internal/cli", "internal/cli/...", "cmd/travelseal"}, "only the command has flags"},
	{"github.com/spf13/pflag", []string{"internal/cli", "internal/cli/...", "cmd/travelseal"}, "only the command has flags"},
	{"golang.org/x/term", []string{"internal/cli", "internal/cli/..."}, "only the command meets a terminal"},
	{"net/http", []string{"scan", "scan/...", "httpapi", "httpapi/...", "trustlist/fetch", "internal/cli", "cmd/travelseal"},
		"nothing else reaches the network: a document or a list is given as bytes"},
}

// foreign says what is wrong with a package of this module importing something from outside it; "" if nothing is.
func foreign(from, imported string) string {
	for _, l := range libraries {
		if imported == l.path || strings.HasPrefix(imported, l.path+"/") {
			if within(from, l.in) {
				return ""
			}
			return fmt.Sprintf("%s imports %s: permitted only in %s, because %s", from, imported, listed(l.in), l.why)
		}
	}
	if standard(imported) {
		return ""
	}
	return fmt.Sprintf("%s imports %s: the table of libraries has no row for it", from, imported)
}

// standard reports whether an import path belongs to the standard library, whose first element has no dot.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".")
}

func TestEveryLibraryIsInTheTable(t *testing.T) {
	for _, f := range production(t) {
		for _, imported := range f.imports() {
			if strings.HasPrefix(imported, module+"/") {
				continue
			}
			if wrong := foreign(f.folder, imported); wrong != "" {
				t.Errorf("%s: %s", f.path, wrong)
			}
		}
	}
}

func TestTheTableRefusesLibrariesInTheWrongRoom(t *testing.T) {
	for _, bad := range []struct{ from, imported, part string }{
		{"formats", "golang.org/x/text/unicode/norm", "permitted only in heuristics"},
		{"formats/hcert", "github.com/fxamacker/cbor/v2", "permitted only in internal/strict/..."},
		{"verify", "github.com/veraison/go-cose", "permitted only in internal/cose"},
		{"verify", "net/http", "nothing else reaches the network"},
		{"trustlist/vci", "net/http/httputil", "nothing else reaches the network"},
		{"internal/cli", "github.com/makiuchi-d/gozxing/qrcode", "permitted only in scan"},
		{"trustlist", "github.com/theupdateframework/go-tuf/v2/metadata", "permitted only in trustlist/bundle"},
		{"rules", "example.org/unheard/of", "no row"},
	} {
		if got := foreign(bad.from, bad.imported); !strings.Contains(got, bad.part) {
			t.Errorf("%s → %s: got %q, want a sentence with %q", bad.from, bad.imported, got, bad.part)
		}
	}
	for _, good := range [][2]string{
		{"formats", "crypto/sha256"}, {"scan", "github.com/makiuchi-d/gozxing/qrcode"}, {"verify", "net/url"},
		{"internal/strict/cbor", "github.com/fxamacker/cbor/v2"},
	} {
		if got := foreign(good[0], good[1]); got != "" {
			t.Errorf("%s → %s is permitted, got %q", good[0], good[1], got)
		}
	}
}

// listClosures gives everything that each package of the module links, by folder: the packages of this module as
// folders too, all others by import path.
var listClosures = sync.OnceValues(func() (map[string][]string, error) {
	cmd := exec.Command("go", "list", "-e", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	all := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(strings.ReplaceAll(line, module+"/", ""))
		all[fields[0]] = fields[1:]
	}
	return all, nil
})

func closures(t *testing.T) map[string][]string {
	t.Helper()
	all, err := listClosures()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// heavy says why a dependency must not be linked by a package that is meant to be light; "" if it may be.
func heavy(dep string) string {
	switch {
	case within(dep, []string{"net/http", "net/http/..."}):
		return "it opens a way to the network"
	case within(dep, []string{"formats/..."}):
		return "it is a format, and an importer links only the formats that it names"
	case within(dep, []string{"internal/cose", "internal/jws", "internal/cms", "internal/ldproof", "internal/lds"}):
		return "it opens envelopes, which is the formats' work"
	case !standard(dep) && !slices.Contains([]string{"formats", "trustlist"}, dep) && !within(dep, []string{"internal/..."}):
		return "it comes from outside this module"
	}
	return ""
}

func TestVerifyLinksNoFormatNoEnvelopeNoNetworkAndNoLibrary(t *testing.T) {
	for _, light := range []string{"formats", "trustlist", "verify"} {
		for _, dep := range closures(t)[light] {
			if why := heavy(dep); why != "" {
				t.Errorf("%s links %s: %s", light, dep, why)
			}
		}
	}
}

func TestAFormatLinksNoOtherFormatNoVerdictAndNoNetwork(t *testing.T) {
	for folder, deps := range closures(t) {
		if !within(folder, []string{"formats/..."}) || folder == "formats/all" || folder == "formats/formatstest" {
			continue
		}
		for _, dep := range deps {
			// The one exception: json-gold links net/http; internal/ldproof calls its canonicalisation only, which reads nothing from outside.
			if folder == "formats/divoc" && within(dep, []string{"net/http"}) {
				continue
			}
			if within(dep, []string{"formats/...", "trustlist", "trustlist/...", "verify", "net/http"}) {
				t.Errorf("%s links %s: a format decodes, and an importer of one format links one codec", folder, dep)
			}
		}
	}
}

// What signs and verifies bundles is as large as all the rest. Only who installs bundles links it: neither a verifier, nor a
// format, nor a reader of published lists.
func TestOnlyWhoInstallsBundlesLinksTUF(t *testing.T) {
	linked := false
	for folder, deps := range closures(t) {
		for _, dep := range deps {
			if !strings.HasPrefix(dep, "github.com/theupdateframework/") && !strings.HasPrefix(dep, "github.com/sigstore/") {
				continue
			}
			linked = true
			if !within(folder, []string{"trustlist/bundle", "internal/cli", "cmd/travelseal"}) {
				t.Errorf("%s links %s", folder, dep)
			}
		}
	}
	if !linked {
		t.Error("nothing links TUF: this test looks for the wrong name")
	}
}

// What fetches lists is linked by the command alone, and by nothing that decides over documents.
func TestOnlyTheCommandFetches(t *testing.T) {
	fetchers := []string{"trustlist/fetch", "internal/cli", "cmd/travelseal"}
	for folder, deps := range closures(t) {
		if slices.Contains(deps, "trustlist/fetch") && !slices.Contains(fetchers, folder) {
			t.Errorf("%s links trustlist/fetch: lists are fetched by a command that is called for it, and by nothing else", folder)
		}
		if strings.HasPrefix(folder, "trustlist") && folder != "trustlist/fetch" && slices.Contains(deps, "net/http") {
			t.Errorf("%s links net/http: lists come as bytes", folder)
		}
	}
}

func TestHeavyDependenciesAreRecognised(t *testing.T) {
	for _, dep := range []string{"net/http", "net/http/internal", "formats/hcert", "internal/cose", "github.com/veraison/go-cose", "golang.org/x/text/cases"} {
		if heavy(dep) == "" {
			t.Errorf("%s counts as light", dep)
		}
	}
	for _, dep := range []string{"crypto/x509", "net/url", "vendor/golang.org/x/crypto/cryptobyte", "formats", "trustlist", "internal/sig", "internal/strict/json"} {
		if why := heavy(dep); why != "" {
			t.Errorf("%s counts as heavy: %s", dep, why)
		}
	}
}
