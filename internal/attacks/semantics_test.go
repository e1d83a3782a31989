package attacks_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// A rule cannot know that a person does not exist: the seal holds, and a person is asked to look. The command is asked
// because the rules are chosen there.
func TestA108_AbsurdContentUnderAGoodSeal(t *testing.T) {
	absurd := func(family, given, birth string) mint.HCERT {
		icao := func(s string) string { return strings.ReplaceAll(strings.ToUpper(s), " ", "<") }
		return vaccination.Of(mint.Person{
			Family: family, FamilyICAO: icao(family), Given: given, GivenICAO: icao(given), Birth: birth, ID: "ABSURD000001",
		})
	}
	if p := command(t, "sibling.txt", []byte(vaccination.Build().Text), "verify"); p.code != exitAccept {
		t.Fatalf("the sibling: exit code %d: %s", p.code, p.stdout)
	}
	for name, h := range map[string]mint.HCERT{
		"cartoon":             absurd("Mouse", "Mickey", "1900-01-01"),
		"politician":          absurd("Hitler", "Adolf", "1900-01-01"),
		"sponge":              absurd("Squarepants", "Spongebob", "1900-01-01"),
		"specimen":            absurd("Mustermann", "Specimen", "1900-01-01"),
		"run of the keyboard": absurd("Asdf", "Qwerty", "1900-01-01"),
	} {
		d := inspect(t, utopia(t), formats.Text(h.Build().Text)).Documents[0]
		if d.Status != verify.Authentic || d.Seals[0].State != verify.Holds {
			t.Errorf("%s: %s, the seal %s", name, d.Status, d.Seals[0].State)
		}
		p := command(t, "certificate.txt", []byte(h.Build().Text), "verify")
		if rule := strings.Contains(p.stdout, "[rule."); p.code != exitRefer || !rule {
			t.Errorf("%s: exit code %d, a finding by a rule: %v; want %d and one", name, p.code, rule, exitRefer)
		}
	}
}

func TestA109_NumberOfEntries(t *testing.T) {
	entry := func(h mint.HCERT, group string) mint.Item {
		e, _ := mint.Get(h.DCC(), group, 0)
		return e
	}
	sibling := mint.Vaccination(ut.RSA) // a signer for all three kinds
	v, tested, r := entry(sibling, "v"), entry(mint.Test(ut.RSA), "t"), entry(mint.Recovery(ut.RSA), "r")
	group := func(h mint.HCERT, name string, value mint.Item) mint.HCERT { return h.Set(value, name) }
	old := func(version string) mint.HCERT { return sibling.Set(mint.Text(version), "ver") }
	wrong := doubted(verify.ContentSchema)
	attack(t, utopia(t), sibling,
		mutant{"two vaccinations", group(sibling, "v", mint.Array{v, v}), wrong},
		mutant{"a vaccination and a test", group(sibling, "t", mint.Array{tested}), wrong},
		mutant{"a vaccination and a recovery", group(sibling, "r", mint.Array{r}), wrong},
		mutant{"all three", group(group(sibling, "t", mint.Array{tested}), "r", mint.Array{r}), wrong},
		mutant{"none", sibling.Drop("v"), wrong},
		mutant{"an empty list", group(sibling, "v", mint.Array{}), wrong},
		mutant{"null", group(sibling, "v", mint.Null{}), wrong},
		mutant{"three empty lists", group(group(group(sibling, "v", mint.Array{}), "t", mint.Array{}), "r", mint.Array{}), wrong},
		mutant{"an empty entry", group(sibling, "v", mint.Array{mint.Map{}}), wrong},
		mutant{"null for an entry", group(sibling, "v", mint.Array{mint.Null{}}), wrong},
		mutant{"no list around the entry", group(sibling, "v", v), wrong},
		mutant{"an empty list beside it", group(sibling, "t", mint.Array{}), wrong},
		mutant{"the entry of another kind", group(sibling.Drop("v"), "v", mint.Array{tested}), wrong},
		mutant{"a kind in capitals", group(sibling.Drop("v"), "V", mint.Array{v}), wrong},
		// Earlier versions of the schema allowed several entries of one kind.
		mutant{"two vaccinations in 1.2.1", group(old("1.2.1"), "v", mint.Array{v, v}), accepted},
		mutant{"two vaccinations in 1.0.0", group(old("1.0.0"), "v", mint.Array{v, v}), accepted},
		mutant{"two kinds in 1.0.0", group(old("1.0.0"), "t", mint.Array{tested}), wrong},
		mutant{"none in 1.0.0", old("1.0.0").Drop("v"), wrong},
		mutant{"two vaccinations in a version to come", group(old("1.4.0"), "v", mint.Array{v, v}), wrong},
		mutant{"two vaccinations in 2.0.0", group(old("2.0.0"), "v", mint.Array{v, v}), wrong},
		mutant{"two vaccinations in no version", group(sibling.Drop("ver"), "v", mint.Array{v, v}), wrong},
	)
	// A second entry does not slip past what the signer may vouch for.
	attack(t, utopia(t), vaccination,
		mutant{"a test under a vaccination's signer", vaccination.Set(mint.Array{tested}, "t"), untrusted(verify.SealWrongUse)},
		mutant{"the same in 1.0.0", vaccination.Set(mint.Text("1.0.0"), "ver").Set(mint.Array{tested}, "t"), untrusted(verify.SealWrongUse)},
	)
}

// ddcc is the content of a WHO certificate (DDCC:VS), which is not what key 1 stands for.
var ddcc = mint.Map{
	{mint.Text("resourceType"), mint.Text("DDCCCoreDataSet")}, {mint.Text("name"), mint.Text("Maren Achterberg-Lindqvist")},
	{mint.Text("birthDate"), mint.Text("1984-07-19")}, {mint.Text("hcid"), mint.Text("4QX7HB2M9WKD")},
	{mint.Text("vaccination"), mint.Map{{mint.Text("dose"), mint.Int(2)}, {mint.Text("date"), mint.Text("2025-10-03")}}},
}

func TestA110_AnotherKindOfHealthCertificate(t *testing.T) {
	dcc := vaccination.DCC()
	hcert := func(value mint.Item) mint.HCERT { return vaccination.SetClaim(value, mint.ClaimHCERT) }
	refused := unreadable(formats.CodePayload)
	attack(t, utopia(t), vaccination,
		mutant{"kind 2", hcert(mint.Map{{mint.Int(2), dcc}}), refused},
		mutant{"kinds 1 and 2", hcert(mint.Map{{mint.Int(1), dcc}, {mint.Int(2), dcc}}), refused},
		mutant{"kinds 2 and 1", hcert(mint.Map{{mint.Int(2), dcc}, {mint.Int(1), dcc}}), refused},
		mutant{"kinds 1 and a text", hcert(mint.Map{{mint.Int(1), dcc}, {mint.Text("1"), dcc}}), refused},
		mutant{"a text for the kind", hcert(mint.Map{{mint.Text("1"), dcc}}), refused},
		mutant{"kind 1.0", hcert(mint.Map{{mint.Float64(1), dcc}}), unreadable(formats.CodeNonCanonical)},
		mutant{"kind 0", hcert(mint.Map{{mint.Int(0), dcc}}), refused},
		mutant{"kind -260", hcert(mint.Map{{mint.Int(-260), dcc}}), refused},
		mutant{"none", hcert(mint.Map{}), refused},
		mutant{"a list", hcert(mint.Array{dcc}), refused},
		mutant{"null", hcert(mint.Null{}), refused},
		mutant{"a certificate in bytes", hcert(mint.Map{{mint.Int(1), mint.Bytes(mint.Encode(dcc))}}), refused},
		mutant{"a tagged certificate", hcert(mint.Map{{mint.Int(1), mint.Tag{Number: 24, Content: dcc}}}), refused},
		mutant{"the claim left out", vaccination.DropClaim(mint.ClaimHCERT), refused},
		mutant{"the certificate itself as the claim", hcert(dcc), refused},
		mutant{"another claim", vaccination.DropClaim(mint.ClaimHCERT).AddClaim(mint.Int(-259), mint.Map{{mint.Int(1), dcc}}), refused},
		// What a trusted issuer sealed as an EU certificate is read as one, and breaks its schema.
		mutant{"WHO's, under the EU's number", hcert(mint.Map{{mint.Int(1), ddcc}}), doubted(verify.ContentSchema)},
		mutant{"an empty certificate", hcert(mint.Map{{mint.Int(1), mint.Map{}}}), doubted(verify.ContentSchema)},
	)
}

func TestA111_DocumentOfAnotherKindInTheSameClothes(t *testing.T) {
	payload := func(claims mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Claims = claims })
	}
	instead := func(message []byte) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.COSE = func([]byte) []byte { return message } })
	}
	prefix := func(p string) mint.HCERT { return changed(vaccination, func(h *mint.HCERT) { h.Prefix = p }) }
	b64 := base64.RawURLEncoding.EncodeToString
	jws := b64([]byte(`{"zip":"DEF","alg":"ES256","kid":"x"}`)) + "." + b64([]byte("payload")) + "." + b64(make([]byte, 64))
	nzcp := mint.Map{
		{mint.Int(mint.ClaimIssuer), mint.Text("did:web:nzcp.covid19.health.nz")}, {mint.Int(5), mint.Unix(mint.IssuedAt)},
		{mint.Int(mint.ClaimExpires), mint.Unix(mint.Expires)}, {mint.Int(7), mint.Bytes(make([]byte, 16))},
		{mint.Text("vc"), mint.Map{{mint.Text("type"), mint.Array{mint.Text("VerifiableCredential"), mint.Text("PublicCovidPass")}}}},
	}
	mso := mint.Map{
		{mint.Text("version"), mint.Text("1.0")}, {mint.Text("digestAlgorithm"), mint.Text("SHA-256")},
		{mint.Text("docType"), mint.Text("org.iso.18013.5.1.mDL")}, {mint.Text("valueDigests"), mint.Map{}},
	}
	refused := unreadable(formats.CodePayload)
	attack(t, utopia(t), vaccination,
		mutant{"a pass of New Zealand", payload(nzcp), refused},
		mutant{"a driving licence", payload(mso), refused},
		mutant{"a driving licence as it is signed", payload(mint.Tag{Number: 24, Content: mint.Bytes(mint.Encode(mso))}), refused},
		mutant{"a list", payload(mint.Array{vaccination.Claims}), refused},
		mutant{"a text", payload(mint.Text("a text")), refused},
		mutant{"nothing", payload(mint.Raw(nil)), unreadable(formats.CodeTruncated)},
		// Each begins as some CBOR does, and goes on otherwise.
		mutant{"a JWS", instead([]byte(jws)), unreadable(formats.CodeTrailing)},
		mutant{"JSON", instead([]byte(`{"1":"UT"}`)), unreadable(formats.CodeTruncated)},
		mutant{"a certificate", instead(ut.Vaccination.Cert), unreadable(formats.CodeTrailing)},
		mutant{"a whole certificate of this kind", instead([]byte(vaccination.Build().Text)), unreadable(formats.CodeTrailing)},
		mutant{"the test context", prefix("HCT:"), unreadable(formats.CodeUnknownFormat)},
		mutant{"the prefix of New Zealand", prefix("NZCP:/1/"), unreadable(formats.CodeEncoding)},
		mutant{"the prefix of a SMART Health Card", prefix("shc:/"), unreadable(formats.CodeEncoding)},
		mutant{"the prefix of Austria", prefix("AT1:"), untrusted(verify.SealOutOfScope)},
		mutant{"another algorithm's context", changed(vaccination, func(h *mint.HCERT) {
			h.Hooks.SigStructure = func(b []byte) []byte { // "Signature" of COSE_Sign, RFC 9052 §4.4
				return []byte(strings.Replace(string(b), "\x6aSignature1", "\x69Signature", 1))
			}
		}), disproved(verify.SealMismatch)},
	)
}
