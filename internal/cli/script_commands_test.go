package cli_test

import (
	"archive/zip"
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"image"
	"image/color"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// at is the moment for which the outcomes of the test documents hold.
var at = mint.AsOf.Format(time.RFC3339)

// exits runs a program and demands its exit code:
//
//	exits 4 travelseal verify forged.txt
//
// The commands stdout and stderr look at what it printed, as after exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// mintFile writes a file that a script cannot hold as text, or that nobody should find in the repository:
//
//	mint private-key trust/key.pem
func mintFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || minted[args[0]] == nil {
		ts.Fatalf("usage: mint KIND FILE, where KIND is one of %s", strings.Join(slices.Sorted(maps.Keys(minted)), ", "))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), minted[args[0]](), 0o644))
}

// flip changes one letter of a data file within an archive:
//
//	flip bundle.tar "-----BEGIN CERTIFICATE"
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILE TEXT")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	i := bytes.Index(data, []byte(args[1]))
	if i < 0 {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	data[i] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// minted are the kinds of file that mintFile makes. The documents are all signed by a trusted signer.
var minted = map[string]func() []byte{
	"good":         func() []byte { return text(good()) },
	"good-crlf":    func() []byte { return append(text(good()), "\r\n"...) },
	"good-newline": func() []byte { return append(text(good()), '\n') },
	"good-bom":     func() []byte { return append([]byte("\ufeff"), text(good())...) },
	"good-space":   func() []byte { return append(text(good()), ' ') },
	"float-date":   func() []byte { return text(floatDate()) },
	"name-escapes": func() []byte { return text(named("Mar\x1b[2Jen \u202eevil\u202c")) },
	"name-joiners": func() []byte { return text(named("ශ්\u200dරී می\u200cخواهم")) },

	"picture-without-code": func() []byte {
		return mint.PNG(image.NewPaletted(image.Rect(0, 0, 200, 200), color.Palette{color.White}))
	},
	"picture-damaged": func() []byte { p := mint.PNG(mint.QR("HC1:")); return p[:len(p)/2] },

	"private-key": func() []byte {
		der, err := x509.MarshalPKCS8PrivateKey(mint.NewKey(mint.P256, "left in a folder"))
		if err != nil {
			panic(err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	},
	"chip-archive": func() []byte { return chipArchive(chip.Good().Files()) },
	"credential":   func() []byte { return chip.CredentialOf(chip.Good()).Encode() },
	"credential-archive": func() []byte {
		return chipArchive(map[string][]byte{"maren.dtc": chip.CredentialOf(chip.Good()).Encode()})
	},
	"chip-zone":           func() []byte { return []byte(mint.Maren.Passport("UT0017243", "F").TD3()) },
	"chip-archive-forged": func() []byte { return chipArchive(chip.Good().FlipDG(1, 400).Files()) },
	"masterlist":          func() []byte { return chip.Utopian().Encode() },
	"masterlist-stranger": func() []byte { return chip.ListByStranger().Encode() },
	"directory":           func() []byte { return []byte(chip.Download()) },
	"crl":                 func() []byte { ut := chip.Utopia(); return ut.CSCA.Revoke(pki.List(7, ut.DSC)) },
	"certificate-critical": func() []byte {
		return mint.NewCA("critical", mint.Template{Extensions: []pkix.Extension{mint.UnknownCritical()}}).PEM()
	},
	"certificate-and-a-half": func() []byte {
		p := mint.Utopia().Vaccination.PEM()
		return append(p, p[:len(p)/2]...)
	},
	"trust-list-of-2020": func() []byte {
		return mint.TrustJSON(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), mint.Anchors(mint.Utopia().Vaccination)...)
	},
	"trust-list-without-keys": func() []byte {
		return mint.TrustJSON(time.Time{})
	},
}

// chipArchive is the files of a chip as they lie in a folder of an archive.
func chipArchive(files map[string][]byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create("chip/" + name)
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func good() mint.HCERT { return mint.Vaccination(mint.Utopia().Vaccination) }

func text(h mint.HCERT) []byte { return []byte(h.Build().Text) }

func named(family string) mint.HCERT { return good().Set(mint.Text(family), "nam", "fn") }

func floatDate() mint.HCERT {
	return good().SetClaim(mint.Float64(mint.Expires.Unix()), mint.ClaimExpires)
}
