package attacks_test

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// proof is a VDS-NC seal against which nothing can be said where barcodes is the Verifier.
var proof = mint.ProofOfVaccination(mint.BarcodeSigners()[0])

func barcodes(t *testing.T, signers ...mint.Signer) *verify.Verifier {
	t.Helper()
	if signers == nil {
		signers = mint.BarcodeSigners()
	}
	var files [][]byte
	for _, s := range signers {
		files = append(files, s.PEM())
	}
	return verifier(t, load(t, files...), formats.Options{}, further(nzcp.Format, vdsnc.Format)...)
}

func proofMutant(name string, v mint.VDSNC, w want) textMutant {
	return textMutant{name, v.Build().Text, w}
}

// ofProof gives the seal after a function has worked on its layers.
func ofProof(change func(*mint.VDSNC)) mint.VDSNC {
	v := proof
	change(&v)
	return v
}

// ofSig gives the seal with another signature zone.
func ofSig(change func(mint.VDSObject) mint.VDSObject) mint.VDSNC {
	return ofProof(func(v *mint.VDSNC) { v.Hooks.Sig = change })
}

func ofWhole(change func(mint.VDSObject) mint.VDSObject) mint.VDSNC {
	return ofProof(func(v *mint.VDSNC) { v.Hooks.Whole = change })
}

// respelled changes the text of the seal, which must have what is replaced.
func respelled(t *testing.T, old, new string) string {
	t.Helper()
	text := proof.Build().Text
	if !strings.Contains(text, old) {
		t.Fatalf("the text has no %q", old)
	}
	return strings.Replace(text, old, new, 1)
}

func TestA04_CertificateInASeal(t *testing.T) {
	forger, stranger := mint.Fresh("forger"), mint.Fresh("stranger")
	own := mint.ProofOfVaccination(stranger)
	b64 := base64.URLEncoding.EncodeToString
	cer := func(value any) mint.VDSNC {
		return ofSig(func(o mint.VDSObject) mint.VDSObject { return o.Set(value, "cer") })
	}
	unknown := untrusted(verify.SealSignerUnknown)
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("own certificate", own, unknown),
		proofMutant("own certificate, and unsound", own.Resign(forger), untrusted(verify.SealUnsound)),
		proofMutant("a trusted one over an own signature", proof.Resign(forger), disproved(verify.SealMismatch)),
		proofMutant("another trusted one", cer(b64(mint.BarcodeSigners()[1].Cert)), disproved(verify.SealMismatch)),
		proofMutant("the authority's", cer(b64(ut.CSCA.Cert)), unknown),
		proofMutant("a trusted one and a byte", cer(b64(append(append([]byte(nil), proof.Signer.Cert...), 0))), unknown),
		proofMutant("no certificate", cer("AAAA"), unknown),
		proofMutant("an address", cer(b64([]byte("http://"+network.address+"/cer"))), unknown),
		proofMutant("an address beside it", ofSig(func(o mint.VDSObject) mint.VDSObject {
			return o.Add("x5u", "http://"+network.address+"/cer")
		}), doubted(verify.ContentSchema)),
		proofMutant("a list of both", cer([]any{b64(stranger.Cert), b64(proof.Signer.Cert)}), unreadable(formats.CodeEnvelope)),
	)
	// A certificate that the seal brings is sound or not, and is never trusted for that.
	d := demand(t, barcodes(t), "own certificate", formats.Text(own.Build().Text), untrusted(verify.SealSoundUnknown))
	if d.Verified != nil {
		t.Error("an unknown signer vouches")
	}
}

func TestA05_SealWithoutAlgorithm(t *testing.T) {
	alg := func(value any) mint.VDSNC {
		return ofSig(func(o mint.VDSObject) mint.VDSObject { return o.Set(value, "alg") })
	}
	unsupported := unchecked(verify.SealUnsupported)
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("none", alg("none"), unsupported),
		proofMutant("none, and a signature of nothing", ofSig(func(o mint.VDSObject) mint.VDSObject {
			return o.Set("none", "alg").Set("AA==", "sigvl")
		}), unsupported),
		proofMutant("a MAC", alg("HS256"), unsupported),
		proofMutant("RSA", alg("RS256"), unsupported),
		proofMutant("in small letters", alg("es256"), unsupported),
		proofMutant("null", alg(mint.VDSRaw("null")), unsupported),
		proofMutant("left out", ofSig(func(o mint.VDSObject) mint.VDSObject { return o.Drop("alg") }), unchecked(verify.SealHeader)),
		// The name is not signed; another one than the signer meant is another hash.
		proofMutant("another", alg("ES384"), disproved(verify.SealMismatch)),
	)
}

func TestA13_SealInASN1(t *testing.T) {
	form := func(f mint.SignatureForm) mint.VDSNC { return ofProof(func(v *mint.VDSNC) { v.Hooks.Signature = f }) }
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("DER", form(mint.AsDER), disproved(verify.SealMismatch)),
		proofMutant("63 bytes", form(mint.Shortened), disproved(verify.SealMismatch)),
		proofMutant("65 bytes", form(mint.Lengthened), disproved(verify.SealMismatch)),
		proofMutant("zeros", form(mint.AllZero), disproved(verify.SealMismatch)),
	)
}

// Without a signature nothing is shown as if it had one.
func TestA20_StrippedSeal(t *testing.T) {
	v := barcodes(t)
	drop := func(name string) func(mint.VDSObject) mint.VDSObject {
		return func(o mint.VDSObject) mint.VDSObject { return o.Drop(name) }
	}
	none := want{verify.Unsealed, verify.Refer, verify.SealNone}
	stripped := []textMutant{
		proofMutant("no signature zone", ofWhole(drop("sig")), none),
		proofMutant("an empty one", ofSig(func(mint.VDSObject) mint.VDSObject { return nil }), none),
		proofMutant("no signature", ofSig(drop("sigvl")), none),
		proofMutant("an empty signature", ofSig(func(o mint.VDSObject) mint.VDSObject { return o.Set("", "sigvl") }), none),
		proofMutant("no certificate", ofSig(drop("cer")), none),
		proofMutant("the zone under another name", ofWhole(func(o mint.VDSObject) mint.VDSObject {
			zone, _ := o.Get("sig")
			return o.Drop("sig").Set(zone, "proof")
		}), none),
		proofMutant("null for the zone", ofWhole(func(o mint.VDSObject) mint.VDSObject { return o.Set(mint.VDSRaw("null"), "sig") }), unreadable(formats.CodeEnvelope)),
		proofMutant("the zone within data", ofProof(func(v *mint.VDSNC) {
			v.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject {
				zone, _ := o.Get("sig")
				return o.Drop("sig").Set(zone, "data", "sig")
			}
		}), none),
	}
	attackText(t, v, proof.Build().Text, stripped...)
	for _, m := range stripped {
		if d := inspect(t, v, formats.Text(m.text)).Documents[0]; d.Verified != nil || len(d.Seals) != 0 {
			t.Errorf("%s: claims are shown: %+v", m.name, d)
		}
	}
}

func TestA25_RepeatedMemberOfASeal(t *testing.T) {
	refused := unreadable(formats.CodePayload)
	attackText(t, barcodes(t), proof.Build().Text,
		textMutant{"data", respelled(t, `{"data"`, `{"data":{"hdr":{},"msg":{}},"data"`), refused},
		textMutant{"data, last", strings.TrimSuffix(proof.Build().Text, "}") + `,"data":{"hdr":{},"msg":{}}}`, refused},
		textMutant{"sig", respelled(t, `"sig":`, `"sig":{},"sig":`), refused},
		textMutant{"sigvl", respelled(t, `"sigvl":`, `"sigvl":"AAAA","sigvl":`), refused},
		textMutant{"a name", respelled(t, `"n":`, `"n":"KAREN","n":`), refused},
		textMutant{"a name, escaped", respelled(t, `"n":`, `"\u006e":"KAREN","n":`), refused},
		textMutant{"a birth", respelled(t, `"sex":`, `"dob":"1999-09-09","sex":`), refused},
		textMutant{"a member not known", respelled(t, `"n":`, `"x":1,"x":2,"n":`), refused},
	)
}

func TestA26_MemberOfASealInAnotherCase(t *testing.T) {
	breach := doubted(verify.ContentSchema)
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("data", ofWhole(func(o mint.VDSObject) mint.VDSObject {
			return o.Add("Data", mint.VDSObject(nil).Set("KAREN", "msg"))
		}), breach),
		proofMutant("sig", ofWhole(func(o mint.VDSObject) mint.VDSObject { return o.Add("SIG", mint.VDSObject(nil)) }), breach),
		proofMutant("sigvl", ofSig(func(o mint.VDSObject) mint.VDSObject { return o.Add("SigVl", "AAAA") }), breach),
		proofMutant("a name, sealed", proof.Set("KAREN", "msg", "pid", "N"), accepted),
		textMutant{"a name instead", respelled(t, `"n":`, `"N":`), disproved(verify.SealMismatch)},
	)
	d := demand(t, barcodes(t), "a name in capitals", formats.Text(proof.Set("KAREN", "msg", "pid", "N").Build().Text), accepted)
	if name := d.Verified.Subjects[0].Names[0].Full; name != "ACHTERBERG LINDQVIST  MAREN ZOE" {
		t.Errorf("the name is %s", name)
	}
}

func TestA28_SealWithTrailingData(t *testing.T) {
	good := proof.Build().Text
	refused := unreadable(formats.CodeTrailing)
	attackText(t, barcodes(t), good,
		textMutant{"an object", good + "{}", refused},
		textMutant{"itself", good + good, refused},
		textMutant{"a bracket", good + "}", refused},
		textMutant{"a comma", good + ",", refused},
		textMutant{"a NUL", good + "\x00", refused},
		textMutant{"a blank", good + " ", refused},
		textMutant{"a line feed and an object", good + "\n{}", refused},
		textMutant{"another seal in a list", "[" + good + "," + good + "]", unreadable(formats.CodeUnknownFormat)},
		textMutant{"a signature and a byte", respelled(t, `=="}}`, `=="}x}`), unreadable(formats.CodeEncoding)},
	)
}

// The signature is over the canonical form: another order or spelling is the same document, another number is not.
func TestA40_SealThatIsWrittenOtherwise(t *testing.T) {
	turned := func(o mint.VDSObject) mint.VDSObject {
		var back mint.VDSObject
		for i := len(o) - 1; i >= 0; i-- {
			back = append(back, o[i])
		}
		return back
	}
	noncanonical := unreadable(formats.CodeNonCanonical)
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("members turned round", ofWhole(turned), accepted),
		proofMutant("members of data turned round", ofProof(func(v *mint.VDSNC) { v.Hooks.Altered = turned }), accepted),
		textMutant{"white space", respelled(t, `{"data":{"hdr":{`, "{ \"data\"\t:\r\n{\n\"hdr\": {"), accepted},
		textMutant{"an escape", respelled(t, "Comirnaty", `\u0043omirnaty`), accepted},
		textMutant{"an escape of a name", respelled(t, `"uvci"`, `"\u0075vci"`), accepted},
		textMutant{"1.0 for 1", respelled(t, `"seq":1`, `"seq":1.0`), accepted},
		textMutant{"10e-1 for 1", respelled(t, `"seq":1`, `"seq":10e-1`), accepted},

		textMutant{"1.1 for 1", respelled(t, `"seq":1`, `"seq":1.1`), disproved(verify.SealMismatch)},
		textMutant{"a text for 1", respelled(t, `"seq":1`, `"seq":"1"`), disproved(verify.SealMismatch)},
		textMutant{"a blank in a name", respelled(t, "LINDQVIST  MAREN", "LINDQVIST MAREN"), disproved(verify.SealMismatch)},
		textMutant{"an accent in two characters", respelled(t, "Comirnaty", "Comirnáty"), disproved(verify.SealMismatch)},
		textMutant{"beyond a double", respelled(t, `"seq":1`, `"seq":1e400`), noncanonical},
		textMutant{"below a double", respelled(t, `"seq":1`, `"seq":1e-400`), noncanonical},
		textMutant{"more precise than a double", respelled(t, `"seq":1`, `"seq":1.00000000000000000000001`), noncanonical},
		textMutant{"not a number", respelled(t, `"seq":1`, `"seq":NaN`), unreadable(formats.CodeEncoding)},
		textMutant{"a leading zero", respelled(t, `"seq":1`, `"seq":01`), unreadable(formats.CodeEncoding)},
		textMutant{"a lone surrogate", respelled(t, "Comirnaty", `\udead`), unreadable(formats.CodeEncoding)},
		proofMutant("doses turned round", ofProof(func(v *mint.VDSNC) {
			v.Hooks.Altered = func(o mint.VDSObject) mint.VDSObject {
				first, _ := o.Get("msg", "ve", 0, "vd", 0)
				return o.Drop("msg", "ve", 0, "vd", 0).Set(first, "msg", "ve", 0, "vd", 1)
			}
		}), disproved(verify.SealMismatch)),
		proofMutant("signed as it is written", ofProof(func(v *mint.VDSNC) {
			v.Hooks.Canonical = func([]byte) []byte { return []byte(v.Data.JSON()) }
		}), disproved(verify.SealMismatch)),
	)
}

func TestA43_SealOfAnExpiredSigner(t *testing.T) {
	until := func(name string, at time.Time) mint.Signer {
		return ut.CSCA.Issue(name, mint.Template{NotAfter: at, Uses: []asn1.ObjectIdentifier{mint.UseBarcode}})
	}
	valid, over := until("valid", mint.AsOf.Add(time.Second)), until("over", mint.AsOf.Add(-time.Second))
	v := barcodes(t, valid, over)
	attackText(t, v, mint.ProofOfVaccination(valid).Build().Text,
		proofMutant("a second ago", mint.ProofOfVaccination(over), doubted(verify.SealSignerExpired)),
		proofMutant("and forged", mint.ProofOfVaccination(over).Resign(mint.Fresh("forger")), disproved(verify.SealMismatch)))
}

func TestA44_SealOfTheFuture(t *testing.T) {
	tested := mint.ProofOfTesting(mint.BarcodeSigners()[0])
	reported := func(at time.Time) mint.VDSNC { return tested.Set(at.Format(time.RFC3339), "msg", "dat", "ri") }
	attackText(t, barcodes(t), tested.Build().Text,
		proofMutant("in five minutes", reported(mint.AsOf.Add(5*time.Minute)), accepted),
		proofMutant("a second later", reported(mint.AsOf.Add(5*time.Minute+time.Second)), outdated(verify.TimeNotYetValid)),
		proofMutant("tomorrow, in another zone", reported(mint.AsOf.Add(24*time.Hour).In(time.FixedZone("", -36000))), outdated(verify.TimeNotYetValid)),
	)
}

func TestA45_SealWithoutExpiry(t *testing.T) {
	// Seals of health have no end of validity: a policy about their age is another matter.
	attackText(t, barcodes(t), proof.Build().Text, proofMutant("a test", mint.ProofOfTesting(mint.BarcodeSigners()[0]), accepted))
}

func TestA51_SealOfAnotherState(t *testing.T) {
	is := func(code string) mint.VDSNC { return proof.Set(code, "hdr", "is") }
	crossing := untrusted(verify.SealCountry)
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("another", is("AUS"), crossing), proofMutant("nobody's", is("ZZZ"), crossing), proofMutant("stateless", is("XXA"), crossing),
		proofMutant("in small letters", is("uto"), crossing), proofMutant("empty", is(""), doubted(verify.ContentSchema)),
		proofMutant("two letters", is("UT"), doubted(verify.ContentSchema)),
	)
	issued := func(country string) mint.Signer {
		return mint.NewCA("barcode "+country, mint.Template{Country: country}).Issue("barcode "+country, mint.Template{})
	}
	for country, codes := range map[string][]string{"AU": {"AUS"}, "DE": {"DEU", "D"}, "GB": {"GBR", "GBD", "GBN"}, "NL": {"NLD", "CUW"}, "UN": {"UNO", "UNA"}} {
		s := issued(country)
		for _, code := range codes {
			demand(t, barcodes(t, s), country+" for "+code, formats.Text(mint.ProofOfVaccination(s).Set(code, "hdr", "is").Build().Text), accepted)
		}
		demand(t, barcodes(t, s), country+" for JPN", formats.Text(mint.ProofOfVaccination(s).Set("JPN", "hdr", "is").Build().Text), crossing)
	}
}

// A signer for vaccinations seals no test, and neither seals what is not known.
func TestA52_SealOfAnotherUse(t *testing.T) {
	s := mint.BarcodeSigners()[0]
	v := verifier(t, load(t, list(mint.Anchor{Signer: s, Scope: []string{"vdsnc"}, Uses: []string{"vaccination"}})), formats.Options{}, further(nzcp.Format, vdsnc.Format)...)
	attackText(t, v, proof.Build().Text,
		proofMutant("a test", mint.ProofOfTesting(s), untrusted(verify.SealWrongUse)),
		proofMutant("an unknown type", proof.Set("icao.dta", "hdr", "t"), untrusted(verify.SealWrongUse)),
		proofMutant("an unknown version", proof.Set(2, "hdr", "v"), untrusted(verify.SealWrongUse)),
	)
	narrow := verifier(t, load(t, list(mint.Anchor{Signer: s, Scope: []string{"eu-dcc"}})), formats.Options{}, further(nzcp.Format, vdsnc.Format)...)
	demand(t, narrow, "a list for another scheme than the certificate's", formats.Text(proof.Build().Text), untrusted(verify.SealSignerUnknown))
	health := mint.ProofOfVaccination(ut.Vaccination)
	demand(t, barcodes(t, ut.Vaccination), "a key for certificates of the EU", formats.Text(health.Build().Text), untrusted(verify.SealOutOfScope))
	forbidden := ut.CSCA.Issue("no signature", mint.Template{
		Extensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Critical: true, Value: []byte{3, 2, 5, 0x20}}}, // keyEncipherment
	})
	both := barcodes(t, s, forbidden)
	demand(t, both, "a key that may not sign", formats.Text(mint.ProofOfVaccination(forbidden).Build().Text), untrusted(verify.SealSignerUnknown))
}

// A type that is not known is shown and referred, never refused and never accepted.
func TestA110_SealOfAnUnknownType(t *testing.T) {
	v := barcodes(t)
	attackText(t, v, proof.Build().Text,
		proofMutant("type", proof.Set("icao.dta", "hdr", "t"), doubted(verify.ContentSchema)),
		proofMutant("type in capitals", proof.Set("ICAO.VACC", "hdr", "t"), doubted(verify.ContentSchema)),
		proofMutant("no type", proof.Drop("hdr", "t"), doubted(verify.ContentSchema)),
		proofMutant("version", proof.Set(2, "hdr", "v"), doubted(verify.ContentSchema)),
		proofMutant("the type of a test over a vaccination", proof.Set("icao.test", "hdr", "t"), doubted(verify.ContentSchema)),
		proofMutant("the type changed after signing", ofProof(func(v *mint.VDSNC) {
			v.Hooks.Altered = func(o mint.VDSObject) mint.VDSObject { return o.Set("icao.dta", "hdr", "t") }
		}), disproved(verify.SealMismatch)),
	)
	d := demand(t, v, "type", formats.Text(proof.Set("icao.dta", "hdr", "t").Build().Text), doubted(verify.ContentSchema))
	if len(d.Verified.Subjects)+len(d.Verified.Events) != 0 || len(d.Verified.Extra) != 6 {
		t.Errorf("%+v", d.Verified)
	}
}

func TestA111_SealInTheClothesOfOthers(t *testing.T) {
	b64 := base64.RawURLEncoding.EncodeToString
	jws := b64([]byte(`{"alg":"ES256","kid":"x"}`)) + "." + b64([]byte(`{"hdr":{}}`)) + "." + b64(make([]byte, 64))
	refused := unreadable(formats.CodePayload)
	attackText(t, barcodes(t), proof.Build().Text,
		proofMutant("a JWS", ofWhole(func(o mint.VDSObject) mint.VDSObject { return o.Set(jws, "data").Set("hdr", "hdr") }), refused),
		proofMutant("data in a text", ofWhole(func(o mint.VDSObject) mint.VDSObject { return o.Set(proof.Data.JSON(), "data").Set(1, "hdr") }), refused),
		proofMutant("a message in base64", proof.Set(b64([]byte(`{"uvci":"x"}`)), "msg"), refused),
		proofMutant("a credential", ofWhole(func(o mint.VDSObject) mint.VDSObject {
			return append(mint.VDSObject(nil).Set("https://www.w3.org/2018/credentials/v1", "@context"), o...)
		}), unreadable(formats.CodeUnknownFormat)),
		textMutant{"a pass with its prefix", "NZCP:/1/" + proof.Build().Text, unreadable(formats.CodeEncoding)},
		textMutant{"a health certificate with its prefix", "HC1:" + proof.Build().Text, unreadable(formats.CodeEncoding)},
		textMutant{"a pass of New Zealand as data", `{"data":{"hdr":"` + pass.Build().Text + `"}}`, refused},
	)
}
