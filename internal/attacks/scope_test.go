package attacks_test

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// sharing makes signers whose trust list calls them all by one key identifier.
func sharing(n int, kid []byte) []mint.Signer {
	signers := make([]mint.Signer, n)
	for i := range signers {
		signers[i] = ut.CSCA.Issue(fmt.Sprint("sharing ", i), mint.Template{})
		signers[i].KID = kid
	}
	return signers
}

func TestA49_TwoSignersOfOneKeyID(t *testing.T) {
	pair := sharing(2, []byte("collide!"))
	for _, order := range [][]mint.Signer{{pair[0], pair[1]}, {pair[1], pair[0]}} {
		attack(t, trusting(t, list(mint.Anchors(order...)...)), mint.Vaccination(pair[0]),
			mutant{"by the second", mint.Vaccination(pair[1]), accepted},
			// The identifier is no digest of either key: a third one may have it.
			mutant{"by neither", mint.Resign(mint.Vaccination(pair[0]), mint.Fresh("forger")), untrusted(verify.SealNoKeyMatches)},
		)
	}
	// An attacker who has a key listed under another signer's identifier neither shuts that one out nor speaks for it.
	squatter := pair[1]
	squatter.KID = ut.Vaccination.KID
	for _, order := range [][]mint.Signer{{squatter, ut.Vaccination}, {ut.Vaccination, squatter}} {
		attack(t, trusting(t, list(mint.Anchors(order...)...)), vaccination,
			mutant{"by the one whose digest it is not", mint.Vaccination(squatter), accepted},
			mutant{"by neither", mint.Resign(vaccination, mint.Fresh("forger")), disproved(verify.SealMismatch)},
		)
	}
	testOnly := ut.Test
	testOnly.KID = pair[0].KID
	for _, order := range [][]mint.Signer{{testOnly, pair[0]}, {pair[0], testOnly}} {
		attack(t, trusting(t, list(mint.Anchors(order...)...)), mint.Vaccination(pair[0]),
			mutant{"by the one that may not", mint.Vaccination(testOnly), untrusted(verify.SealWrongUse)})
	}
	all := sharing(trustlist.MaxSameKeyID, []byte("collide!"))
	attack(t, trusting(t, list(mint.Anchors(all...)...)), mint.Vaccination(all[0]),
		mutant{"by the last of as many as are tried", mint.Vaccination(all[len(all)-1]), accepted})
}

func TestA50_FloodOfKeysUnderOneKeyID(t *testing.T) {
	signers := sharing(trustlist.MaxSameKeyID+1, []byte("collide!"))
	attack(t, trusting(t, list(mint.Anchors(signers[1:]...)...)), mint.Vaccination(signers[1]))
	refused := func(what string, files ...[]byte) {
		start := time.Now()
		trust, err := trustlist.Load(folder(t, files...))
		var le *trustlist.LoadError
		if trust != nil || !errors.As(err, &le) || !strings.Contains(le.Error(), "share the key ID") {
			t.Errorf("%s: %v, error %v", what, trust.Info(), err)
		}
		if took := time.Since(start); took > 2*maxTime {
			t.Errorf("%s: refused after %v", what, took)
		}
	}
	refused("one too many", list(mint.Anchors(signers...)...))
	refused("one too many in two files", list(mint.Anchors(signers[:9]...)...), list(mint.Anchors(signers[9:]...)...))

	flood := list(mint.Anchor{Signer: signers[0], KeyOnly: true})
	from, to := bytes.Index(flood, []byte("    {")), bytes.LastIndex(flood, []byte("\n  ]"))
	one := flood[from:to]
	many := bytes.Repeat(append(slices.Clone(one), ','), 100_000-1)
	refused("a hundred thousand", slices.Concat(flood[:from], many, one, flood[to:]))
}

func TestA51_AnotherCountryThanTheSigners(t *testing.T) {
	for _, c := range []struct {
		key      string
		legal    []string
		crossing []string
	}{
		{"UT", []string{"UT", "ut"}, []string{"XA", "U", "UTO", "UT ", "UT\x00", "UT,XA", "*", "XK"}},
		{"GR", []string{"GR", "EL"}, []string{"CY", "UK"}},
		{"EL", []string{"EL", "GR"}, []string{"CY"}},
		{"NL", []string{"NL", "CW", "AW", "SX", "BQ"}, []string{"BE", "PM"}},
		{"CW", []string{"CW"}, []string{"NL", "AW"}},
		{"FR", []string{"FR", "PM", "NC", "PF", "RE"}, []string{"CW", "MC", "BE"}},
		{"PM", []string{"PM"}, []string{"FR"}},
		{"GB", []string{"GB", "UK", "JE"}, []string{"IE"}},
		{"UK", []string{"UK", "GB"}, []string{"GR"}},
		{"XK", []string{"XK"}, []string{"RS", "AL", "EL"}},
	} {
		signer := mint.NewCA("country "+c.key, mint.Template{Country: c.key}).Issue("dsc "+c.key, mint.Template{})
		own := mint.Vaccination(signer)
		var mutants []mutant
		for _, country := range c.legal {
			mutants = append(mutants, mutant{c.key + " for " + country, own.SetClaim(mint.Text(country), mint.ClaimIssuer), accepted})
		}
		for _, country := range c.crossing {
			mutants = append(mutants, mutant{c.key + " for " + country, own.SetClaim(mint.Text(country), mint.ClaimIssuer), untrusted(verify.SealCountry)})
		}
		attack(t, trusting(t, list(mint.Anchors(signer)...)), own, mutants...)
	}
	// What a list says of a key's country counts before what its certificate says.
	attack(t, trusting(t, list(mint.Anchor{Signer: ut.Vaccination, Country: "XA"})), vaccination.SetClaim(mint.Text("XA"), mint.ClaimIssuer),
		mutant{"the certificate's country", vaccination, untrusted(verify.SealCountry)})
}

func TestA52_SignerOfAnotherUse(t *testing.T) {
	all := []asn1.ObjectIdentifier{mint.UseTest, mint.UseVaccination, mint.UseRecovery}
	documents := []func(mint.Signer) mint.HCERT{mint.Test, mint.Vaccination, mint.Recovery}
	for i, use := range all {
		for _, oid := range []asn1.ObjectIdentifier{use, mint.OtherSpelling(use)} {
			signer := ut.CSCA.Issue("only "+oid.String(), mint.Template{Uses: []asn1.ObjectIdentifier{oid}})
			v := trusting(t, list(mint.Anchors(signer)...))
			attack(t, v, documents[i](signer),
				mutant{"the next kind", documents[(i+1)%3](signer), untrusted(verify.SealWrongUse)},
				mutant{"the kind after", documents[(i+2)%3](signer), untrusted(verify.SealWrongUse)},
				// A failing signature says nothing under a key that may not make such seals at all.
				mutant{"the next kind, forged", mint.Resign(documents[(i+1)%3](signer), mint.Fresh("forger")), untrusted(verify.SealNoKeyMatches)},
			)
		}
	}
	// A list can narrow a key's uses and never widen them.
	attack(t, trusting(t, list(mint.Anchor{Signer: ut.AnyUse, Uses: []string{"test"}})), mint.Test(ut.AnyUse),
		mutant{"narrowed", mint.Vaccination(ut.AnyUse), untrusted(verify.SealWrongUse)})
	attack(t, trusting(t, list(mint.Anchor{Signer: ut.Test, Uses: []string{"test", "vaccination"}})), mint.Test(ut.Test),
		mutant{"widened", mint.Vaccination(ut.Test), untrusted(verify.SealWrongUse)})
}

func TestA53_AuthorityThatSignsADocument(t *testing.T) {
	byCA := mint.Vaccination(ut.CSCA.Signer)
	for name, files := range map[string][][]byte{
		"certificates": {ut.CSCA.PEM(), ut.Vaccination.PEM()},
		"list":         {list(mint.Anchors(ut.CSCA.Signer, ut.Vaccination)...)},
		"bare key":     {list(mint.Anchors(ut.Vaccination)...), raw(t, map[string]any{"role": "ca", "key_id": ut.CSCA.KID, "spki": spkiOf(t, ut.CSCA.Key.Public())})},
	} {
		t.Run(name, func(t *testing.T) {
			attack(t, trusting(t, files...), vaccination,
				mutant{"signed by the authority", byCA, untrusted(verify.SealWrongRole)},
				mutant{"forged in the authority's name", mint.Resign(byCA, mint.Fresh("forger")), untrusted(verify.SealNoKeyMatches)})
		})
	}
	refusesKey(t, "a list that calls the authority a signer", map[string]any{
		"role": "signer", "key_id": ut.CSCA.KID, "certificate": ut.CSCA.Cert,
	}, byCA, "CA")
	refusesKey(t, "a signer that may not sign", entry("certificate", ut.CSCA.Issue("no signature", mint.Template{
		Extensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Critical: true, Value: []byte{3, 2, 5, 0x20}}}, // keyEncipherment
	}).Cert), byCA, "key usage")
	// A certificate that may sign certificates alone is an authority's, whether it says so elsewhere or not.
	issuing := ut.CSCA.Issue("issuing", mint.Template{
		Extensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Critical: true, Value: []byte{3, 2, 2, 4}}}, // keyCertSign
	})
	attack(t, trusting(t, list(mint.Anchors(issuing, ut.Vaccination)...)), vaccination,
		mutant{"signed by what may issue alone", mint.Vaccination(issuing), untrusted(verify.SealWrongRole)})
}

func TestA54_KeyOfAnotherScheme(t *testing.T) {
	set := func(t *testing.T, files ...[]byte) *verify.Verifier {
		return verifier(t, load(t, files...), formats.Options{}, rawFormat)
	}
	health, broad := ut.Vaccination, ut.CSCA.Issue("any format", mint.Template{})
	v := set(t, list(mint.Anchors(health, broad)...))
	demand(t, v, "the sibling", formats.Bytes(rawDocument(broad)), accepted)
	demand(t, v, "the sibling's forgery", formats.Bytes(mint.FlipBit(rawDocument(broad), 8*len(rawDocument(broad))-1)), disproved(verify.SealMismatch))
	demand(t, v, "a health key on another format", formats.Bytes(rawDocument(health)), untrusted(verify.SealOutOfScope))
	demand(t, v, "a health key's forgery", formats.Bytes(mint.FlipBit(rawDocument(health), 8*len(rawDocument(health))-1)), untrusted(verify.SealNoKeyMatches))
	attack(t, v, vaccination, mutant{"a key for everything", mint.Vaccination(broad), accepted})

	narrow := set(t, list(mint.Anchor{Signer: broad, Scope: []string{"raw"}, KeyOnly: true}, mint.Anchor{Signer: health}))
	demand(t, narrow, "the sibling", formats.Bytes(rawDocument(broad)), accepted)
	attack(t, narrow, vaccination, mutant{"a key of another format", mint.Vaccination(broad), untrusted(verify.SealOutOfScope)})
	refusesKey(t, "a scope that the certificate does not allow", map[string]any{
		"key_id": badKID, "certificate": health.Cert, "scope": []string{"raw"},
	}, mint.Vaccination(mint.Fresh("stranger")), "scope")
}

func TestA54_CertificateOfAnotherTrade(t *testing.T) {
	for name, use := range map[string]asn1.ObjectIdentifier{
		"TLS server": {1, 3, 6, 1, 5, 5, 7, 3, 1}, "programs": {1, 3, 6, 1, 5, 5, 7, 3, 3}, "time stamps": {1, 3, 6, 1, 5, 5, 7, 3, 8},
		"OCSP": {1, 3, 6, 1, 5, 5, 7, 3, 9}, "master lists": {2, 23, 136, 1, 1, 3}, "deviation lists": {2, 23, 136, 1, 1, 8},
	} {
		uses := func(list ...asn1.ObjectIdentifier) mint.Signer {
			return ut.CSCA.Issue("trade "+name, mint.Template{Uses: list})
		}
		refusesKey(t, name, entry("certificate", uses(use).Cert), mint.Vaccination(uses(use)), "no use")
		both := uses(use, mint.UseVaccination)
		attack(t, trusting(t, list(mint.Anchors(both)...)), mint.Vaccination(both),
			mutant{name + " and vaccination, on a test", mint.Test(both), untrusted(verify.SealWrongUse)})
	}
}
