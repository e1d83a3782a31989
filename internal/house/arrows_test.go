package house

import (
	"fmt"
	"strings"
	"testing"
)

// A room is a row of the table of arrows: one folder, or all folders below one, and what of this module its packages
// may import. The first row that fits a package is its row.
type room struct {
	at  string
	may []string
}

// rooms is the table. An arrow that is not here is a change of the architecture: discuss it, then add it.
var rooms = []room{
	// The vocabulary and what decodes into it. A format knows no other format, so that an importer links one codec.
	{"formats", nil},
	{"formats/all", []string{"formats", "formats/..."}},
	{"formats/formatstest", []string{"formats", "formats/all", "trustlist", "verify", "internal/mint", "internal/vectors", "internal/strict/..."}},
	{"formats/...", []string{"formats", "internal/c40", "internal/cms", "internal/cose", "internal/der", "internal/jcs", "internal/jws",
		"internal/ldproof", "internal/lds", "internal/mrz", "internal/shlink", "internal/stages",
		"internal/states", "internal/strict/..."}},

	// Whom to trust. The root never knows where a list came from; an importer may open envelopes, as lists are sealed too.
	{"trustlist", []string{"formats", "internal/cert", "internal/der", "internal/ec", "internal/sig", "internal/strict/..."}},
	{"trustlist/all", []string{"trustlist", "trustlist/..."}},
	{"trustlist/revlists", []string{"trustlist", "trustlist/...", "internal/cert"}}, // every form of list of revoked documents, for one store
	{"trustlist/provenance", []string{"internal/strict/...", "trustlist", "trustlist/diff"}},
	// The signed bundle carries what others read; it knows the stores alone, which are too large to be read at every start.
	{"trustlist/bundle", []string{"formats", "trustlist", "trustlist/revstore", "internal/sig", "internal/strict/..."}},
	{"trustlist/de", []string{"formats", "trustlist", "trustlist/dgcg", "internal/strict/..."}}, // the gateway's items in an envelope of its own
	{"trustlist/fetch", []string{"internal/opennet", "internal/strict/..."}},                    // it brings files, and neither reads nor trusts them
	{"trustlist/...", []string{"formats", "trustlist", "internal/cert", "internal/cms", "internal/cose", "internal/der", "internal/ec",
		"internal/jcs", "internal/jws", "internal/ldproof", "internal/sig", "internal/states", "internal/strict/..."}},

	// The verdict. It meets documents as values, and therefore needs no format and no envelope.
	{"verify", []string{"formats", "trustlist", "internal/cert", "internal/display", "internal/ec", "internal/sig"}},
	{"verify/policyfile", []string{"formats", "trustlist", "verify", "internal/strict/..."}},

	// What comes after the verdict, and before the bytes.
	{"heuristics", []string{"formats", "trustlist", "verify", "heuristics/...", "internal/mrz", "internal/strict/..."}},
	{"heuristics/...", []string{"formats", "trustlist", "verify", "heuristics/...", "internal/mrz", "internal/strict/..."}},
	{"rules", []string{"formats", "trustlist", "verify", "rules/...", "internal/strict/..."}},
	{"rules/...", []string{"formats", "trustlist", "verify", "rules/...", "internal/strict/..."}},
	{"scan", []string{"formats", "verify", "scan/...", "internal/opennet", "internal/shlink", "internal/strict/..."}},
	{"scan/...", []string{"formats", "verify", "scan/...", "internal/strict/..."}},

	// The doors.
	{"batch", []string{"formats", "formats/all", "trustlist", "trustlist/...", "verify", "verify/...", "heuristics", "rules", "scan",
		"batch/...", "internal/display", "internal/strict/..."}},
	{"batch/...", []string{"formats", "trustlist", "verify", "verify/...", "heuristics", "rules", "scan", "batch", "batch/...", "internal/strict/..."}},
	{"httpapi", []string{"formats", "formats/all", "trustlist", "trustlist/...", "verify", "verify/...", "heuristics", "rules", "scan",
		"httpapi/...", "internal/strict/..."}},
	{"httpapi/...", []string{"formats", "verify", "httpapi/..."}},
	{"internal/cli", []string{"formats", "formats/all", "trustlist", "trustlist/...", "verify", "verify/...", "heuristics", "heuristics/...",
		"rules", "rules/...", "scan", "scan/...", "batch", "batch/...", "httpapi", "httpapi/...", "internal/cli/...", "internal/display", "internal/strict/..."}},
	{"internal/cli/...", []string{"formats", "trustlist", "verify", "verify/...", "internal/cli/..."}},
	{"cmd/travelseal", []string{"internal/cli"}},

	// Test support may know everything below the doors; see TestNoProductionPackageImportsTestSupport.
	{"internal/house", nil},
	{"internal/mint", []string{"formats", "formats/...", "trustlist", "trustlist/...", "verify", "internal/..."}},
	{"internal/mint/...", []string{"formats", "formats/...", "trustlist", "trustlist/...", "verify", "internal/..."}},
	{"internal/vectors", []string{"formats", "formats/...", "trustlist", "trustlist/...", "verify", "internal/..."}},
	{"internal/conformance", nil}, // both hold tests alone, which may import anything
	{"internal/attacks", nil},
	{"internal/gencodes", []string{"verify", "heuristics"}},
	{"internal/byturns", nil},
	{"internal/outside", nil},

	// Envelopes: bytes to payload and formats.Seal. They read the table of algorithms in internal/sig and check nothing;
	// decoders_test.go forbids them its functions that do.
	{"internal/cose", []string{"formats", "internal/sig", "internal/strict/..."}},
	{"internal/jws", []string{"formats", "internal/sig", "internal/strict/..."}},
	{"internal/cms", []string{"formats", "internal/cert", "internal/der", "internal/sig"}},
	{"internal/ldproof", []string{"formats", "internal/jcs", "internal/jws", "internal/sig", "internal/strict/..."}},
	{"internal/lds", []string{"formats", "internal/der", "internal/strict/..."}},
	{"internal/jcs", []string{"formats", "internal/strict/..."}},
	{"internal/c40", []string{"formats"}},
	{"internal/mrz", []string{"formats"}},
	{"internal/stages", []string{"formats"}},
	{"internal/shlink", []string{"formats", "internal/strict/..."}},

	// Signatures and certificates.
	{"internal/sig", []string{"formats", "internal/der", "internal/ec"}},
	{"internal/ec", []string{"internal/ec/..."}},
	{"internal/ec/...", []string{"internal/ec/..."}},
	{"internal/cert", []string{"formats", "internal/der", "internal/ec", "internal/sig"}},

	// Strict readers, and what a text looks like: the ground floor.
	{"internal/display", nil},
	{"internal/opennet", nil},
	{"internal/states", nil},
	{"internal/der", []string{"formats"}},
	{"internal/strict/...", []string{"formats", "internal/strict/..."}},
}

// testSupport are the packages that exist for tests.
var testSupport = []string{"internal/mint", "internal/mint/...", "internal/vectors", "internal/house", "internal/conformance", "internal/attacks",
	"internal/gencodes", "internal/byturns", "internal/outside", "formats/formatstest"}

// arrow says what is wrong with package from importing package to, both paths within the module; "" if nothing is.
func arrow(from, to string) string {
	for _, r := range rooms {
		if !within(from, []string{r.at}) {
			continue
		}
		switch {
		case within(to, testSupport) && !within(from, testSupport):
			return fmt.Sprintf("%s imports %s: that package is test support, and no production package may import it", from, to)
		case !within(to, r.may):
			return fmt.Sprintf("%s imports %s: the row %q of the table permits only %s", from, to, r.at, listed(r.may))
		}
		return ""
	}
	return fmt.Sprintf("%s imports %s: the table has no row for %s; add one, or move the package", from, to, from)
}

func listed(s []string) string {
	if len(s) == 0 {
		return "the standard library"
	}
	return strings.Join(s, ", ")
}

func TestEveryArrowBetweenPackagesIsInTheTable(t *testing.T) {
	for _, f := range production(t) {
		for _, imported := range f.imports() {
			if to, ok := strings.CutPrefix(imported, module+"/"); ok {
				if wrong := arrow(f.folder, to); wrong != "" {
					t.Errorf("%s: %s", f.path, wrong)
				}
			}
		}
	}
}

func TestEveryPackageHasARow(t *testing.T) {
	for _, f := range production(t) {
		known := false
		for _, r := range rooms {
			known = known || within(f.folder, []string{r.at})
		}
		if !known {
			t.Errorf("%s: the table of arrows has no row for %s", f.path, f.folder)
		}
	}
}

func TestTheTableRefusesArrowsThatPointBack(t *testing.T) {
	for _, bad := range []struct{ from, to, part string }{
		{"formats", "verify", "standard library"},
		{"formats/hcert", "formats/shc", "permits only"},
		{"formats/hcert", "internal/sig", "permits only"},
		{"formats/hcert", "verify", "permits only"},
		{"trustlist", "trustlist/bundle", "permits only"},
		{"trustlist/bundle", "trustlist/icao", "permits only"},
		{"trustlist/bundle", "verify", "permits only"},
		{"trustlist/dgcg", "verify", "permits only"},
		{"trustlist/dgcg", "trustlist/icao", "permits only"},
		{"verify", "formats/hcert", "permits only"},
		{"verify", "internal/cose", "permits only"},
		{"verify", "heuristics", "permits only"},
		{"internal/cose", "internal/cert", "permits only"},
		{"internal/strict/cbor", "verify", "permits only"},
		{"cmd/travelseal", "verify", "permits only"},
		{"internal/cli", "internal/mint", "test support"},
		{"formats/all", "formats/formatstest", "test support"},
		{"surprise", "formats", "no row for surprise"},
	} {
		if got := arrow(bad.from, bad.to); !strings.Contains(got, bad.part) {
			t.Errorf("%s → %s: got %q, want a sentence with %q", bad.from, bad.to, got, bad.part)
		}
	}
	for _, good := range [][2]string{
		{"formats/hcert", "internal/strict/cbor"}, {"formats/all", "formats/hcert"}, {"verify", "trustlist"},
		{"trustlist/bundle", "trustlist"}, {"internal/cli", "batch"}, {"formats/formatstest", "internal/mint"},
	} {
		if got := arrow(good[0], good[1]); got != "" {
			t.Errorf("%s → %s is permitted, got %q", good[0], good[1], got)
		}
	}
}
