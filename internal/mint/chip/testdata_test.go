package chip_test

import (
	"bytes"
	"encoding/asn1"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/outside"
)

const committed = "../../../testdata"

func TestCasesHaveNamesOfTheirOwnAndSoundWants(t *testing.T) {
	allowed := map[string][]string{
		"authentic": {"accept", "refer", "reject"}, "invalid": {"reject"}, "untrusted": {"refer"},
		"indeterminate": {"refer"}, "unreadable": {"refer"},
	}
	chips := map[string]map[string][]byte{}
	for _, c := range chip.Cases() {
		files := c.Chip.Files()
		for other, seen := range chips {
			if other == c.Name || maps.EqualFunc(files, seen, slices.Equal) {
				t.Errorf("%s and %s have one name or are the same chip", c.Name, other)
			}
		}
		chips[c.Name] = files
		if !slices.Contains(allowed[c.Want.Status], c.Want.Verdict) {
			t.Errorf("%s: %s and %s do not go together", c.Name, c.Want.Status, c.Want.Verdict)
		}
		note := c.Want.Code == "" || c.Want.Code == "decode.tolerated"
		if (c.Want.Verdict == "accept") != note || c.About == "" {
			t.Errorf("%s: a chip that is not accepted has a code, and each says what it is", c.Name)
		}
		if files["EF.SOD"] == nil && c.Name != "sod-empty" {
			t.Errorf("%s has no EF.SOD", c.Name)
		}
	}
}

func TestTheCommittedTestdataAreWhatTheGeneratorWrites(t *testing.T) {
	dir := t.TempDir()
	if err := chip.WriteTestdata(dir); err != nil {
		t.Fatal(err)
	}
	size := 0
	written := readAll(t, dir)
	for name, want := range written {
		size += len(want)
		got, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("testdata/%s is missing: run go generate ./internal/mint (%v)", name, err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("testdata/%s is not what the generator writes: run go generate ./internal/mint", name)
		}
	}
	if size > 1<<20 {
		t.Errorf("%d bytes", size)
	}
	for _, folder := range []string{"emrtd/", "dtc/", "trust/emrtd/"} {
		for name := range readAll(t, filepath.Join(committed, folder)) {
			if _, ok := written[folder+name]; !ok {
				t.Errorf("testdata/%s%s is not written by the generator: remove it, or add it to the cases", folder, name)
			}
		}
	}
}

func TestAFolderThatCannotBeWrittenIsAnError(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := chip.WriteTestdata(blocked); err == nil {
		t.Error("no error")
	}
}

// readAll reads every file below a folder, by its path with slashes.
func readAll(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// OpenSSL says of every chip whether its message is sound; the Wants must agree with it. Where the two may differ, a case is
// named with the reason.
func TestOpenSSLAgreesWithTheWants(t *testing.T) {
	differ := map[string]string{
		"attributes-reordered": "OpenSSL verifies the attributes as they stand",
		"digest-info":          "OpenSSL takes no DigestInfo without NULL",
		"signer-other":         "OpenSSL looks for the certificate that the message names",
		"card-brainpool":       "OpenSSL takes no explicit parameters in a chain",
		"critical-names":       "OpenSSL knows constraints of names, and these permit the certificate",
		"certificate-md5":      "the level of security is 0 here, for the sake of SHA-1",
		"rsa-small":            "as above",
		"crl-signer":           "it is asked for any purpose here, and does not look at the key usage",
		"country-signer":       "OpenSSL does not compare countries",
		"version-1":            "OpenSSL does not compare the version with what the certificate has",
	}
	ut := chip.Utopia()
	roots := []byte{}
	for _, csca := range ut.CSCAs() {
		roots = append(roots, csca.PEM()...)
	}
	for _, c := range chip.Cases() {
		var message []byte
		if sod := c.Chip.Files()["EF.SOD"]; c.Want == (mint.Want{Status: "authentic", Verdict: "accept"}) ||
			c.Want.Code == "seal.mismatch" || c.Want.Code == "seal.chain" || c.Want.Code == "seal.signer_unknown" {
			message = inside(sod)
		}
		if message == nil {
			continue
		}
		r := outside.OpenSSL(t, map[string][]byte{"roots.pem": roots, "cms": message},
			"cms", "-verify", "-inform", "DER", "-in", "cms", "-CAfile", "roots.pem", "-no_check_time", "-auth_level", "0", "-purpose", "any", "-binary", "-out", "content")
		out, ok := r.Output, r.OK
		if want := c.Want.Verdict == "accept"; ok != want && differ[c.Name] == "" {
			t.Errorf("%s: OpenSSL says %v: %s", c.Name, ok, out)
		} else if ok == want && differ[c.Name] != "" {
			t.Errorf("%s: OpenSSL agrees; the exception is not needed", c.Name)
		}
	}
}

// inside gives what stands within the tag 0x77, without what follows it.
func inside(sod []byte) []byte {
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(sod, &outer); err != nil {
		return nil
	}
	return outer.Bytes
}
