package mint

import (
	"bytes"
	"fmt"
	"strings"
)

// VDSNCCases lists the documents of testdata/vdsnc: first those that must be accepted, then those that must not.
func VDSNCCases() []Case {
	signers := BarcodeSigners()
	var cases []Case
	for _, s := range append(goodSeals(signers), append(badVDSNCSeals(signers[0]), badVDSNCContents(signers[0])...)...) {
		cases = append(cases, Case{Name: s.name, About: s.about, Text: s.doc.Build().Text, Want: s.want, Picture: s.name == "vaccination"})
	}
	return cases
}

type vdsncSpecimen struct {
	name, about string
	doc         VDSNC
	want        Want
}

func goodSeals(signers []Signer) []vdsncSpecimen {
	accept := Want{Status: "authentic", Verdict: "accept"}
	good := ProofOfVaccination(signers[0])
	return []vdsncSpecimen{
		{"vaccination", "A proof of two vaccinations, signed with ES256.", good, accept},
		{"test", "A proof of a negative test.", ProofOfTesting(signers[0]), accept},
		{"es384", "Signed with ES384 by a key on P-384.", ProofOfVaccination(signers[1]), accept},
		{"unpadded", "The certificate and the signature without the padding of base64.",
			with(good, func(v *VDSNC) { v.Unpadded = true }), accept},
		{"reordered", "The members in another order, with white space: the canonical form is the same.",
			with(good, func(v *VDSNC) { v.Hooks.Whole, v.Hooks.Altered, v.Hooks.Text = backwards, backwards, spaced }), accept},
		{"escaped", "A Thai name, written with escapes: the canonical form has none.",
			with(good.Set(Mali.Given+" "+Mali.Family, "msg", "pid", "n"), func(v *VDSNC) { v.Hooks.Text = escaped }), accept},
		{"birth-month", "A person whose day of birth is not known.", good.Set(Hirut.Birth, "msg", "pid", "dob"), accept},
		{"mononym", "A person with one name.", good.Set(Surya.holder(), "msg", "pid", "n").Set(Surya.Birth, "msg", "pid", "dob"), accept},
		{"further-member", "The issuer sealed a member that the type does not have.", good.Set("x", "msg", "note"), accept},
	}
}

func badVDSNCSeals(s Signer) []vdsncSpecimen {
	good := ProofOfVaccination(s)
	sig := func(change func(VDSObject) VDSObject) VDSNC {
		return with(good, func(v *VDSNC) { v.Hooks.Sig = change })
	}
	whole := func(change func(VDSObject) VDSObject) VDSNC {
		return with(good, func(v *VDSNC) { v.Hooks.Whole = change })
	}
	altered := func(change func(VDSObject) VDSObject) VDSNC {
		return with(good, func(v *VDSNC) { v.Hooks.Altered = change })
	}
	drop := func(name string) func(VDSObject) VDSObject {
		return func(o VDSObject) VDSObject { return o.Drop(name) }
	}
	mismatch, none := Want{"invalid", "reject", "seal.mismatch"}, Want{"unsealed", "refer", "seal.none"}
	return []vdsncSpecimen{
		{"forged", "Signed with a key of the forger's own, beside the certificate of a trusted signer.", good.Resign(Fresh("forger")), mismatch},
		{"altered", "One letter of the name was changed after signing.", altered(func(o VDSObject) VDSObject {
			return o.Set(strings.Replace(Maren.holder(), "MAREN", "KAREN", 1), "msg", "pid", "n")
		}), mismatch},
		{"doses-swapped", "The doses stand in another order than when they were signed.", altered(func(o VDSObject) VDSObject {
			first, _ := o.Get("msg", "ve", 0, "vd", 0)
			return o.Drop("msg", "ve", 0, "vd", 0).Set(first, "msg", "ve", 0, "vd", 1)
		}), mismatch},
		{"der", "The signature in ASN.1.", with(good, func(v *VDSNC) { v.Hooks.Signature = AsDER }), mismatch},
		{"stripped", "The signature zone is missing.", whole(drop("sig")), none},
		{"no-signature", "The signature is missing.", sig(drop("sigvl")), none},
		{"no-certificate", "The certificate is missing.", sig(drop("cer")), none},
		{"alg-none", "The algorithm is called none.", sig(func(o VDSObject) VDSObject { return o.Set("none", "alg") }),
			Want{"indeterminate", "refer", "seal.unsupported"}},
		{"alg-missing", "No algorithm is named.", sig(drop("alg")), Want{"indeterminate", "refer", "seal.header"}},
		{"unknown-signer", "Signed by a signer that no trust list names, with its certificate.", ProofOfVaccination(Fresh("stranger")),
			Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"country", "The seal says that another state issued it than its signer's.", good.Set("AUS", "hdr", "is"), Want{"untrusted", "refer", "seal.country"}},
		{"unsigned-member", "A member was added where the signature does not cover it.",
			whole(func(o VDSObject) VDSObject { return o.Add("note", "x") }), Want{"authentic", "refer", "content.schema"}},
	}
}

func badVDSNCContents(s Signer) []vdsncSpecimen {
	good := ProofOfVaccination(s)
	text := func(f func(string) string) VDSNC { return with(good, func(v *VDSNC) { v.Hooks.Text = f }) }
	replaced := func(old, new string) VDSNC {
		return text(func(s string) string { return strings.Replace(s, old, new, 1) })
	}
	schema := Want{"authentic", "refer", "content.schema"}
	unreadable := func(code string) Want { return Want{"unreadable", "refer", code} }
	return []vdsncSpecimen{
		{"type", "A message of a type that is not known.", good.Set("utopia.visa", "hdr", "t"), schema},
		{"version", "A message in a version that is not known.", good.Set(2, "hdr", "v"), schema},
		{"dose-zero", "The number of the dose is 0.", good.Set(0, "msg", "ve", 0, "vd", 0, "seq"), schema},
		{"no-identity", "Neither a date of birth nor a document number.", good.Drop("msg", "pid", "dob").Drop("msg", "pid", "i"), schema},
		{"not-yet-issued", "A test that was reported in 2058.", ProofOfTesting(s).Set("2058-06-01T00:00:00Z", "msg", "dat", "ri"),
			Want{"authentic", "reject", "time.not_yet_valid"}},
		{"duplicate-member", "The name is there twice.", replaced(`"n":"`, `"n":"KAREN","n":"`), unreadable("decode.payload")},
		{"number", "A number that a double cannot hold.", replaced(`"seq":1`, `"seq":1e400`), unreadable("decode.noncanonical")},
		{"data-text", "The data are a text.", text(func(string) string { return `{"data":"{\"hdr\":{}}","hdr":{},"sig":{}}` }), unreadable("decode.payload")},
		{"sig-text", "The signature zone is a text.", with(good, func(v *VDSNC) {
			v.Hooks.Whole = func(o VDSObject) VDSObject { return o.Set("x", "sig") }
		}), unreadable("decode.envelope")},
		{"base64", "The certificate in the other alphabet of base64.", with(good, func(v *VDSNC) {
			v.Hooks.Sig = func(o VDSObject) VDSObject { return o.Set("+/+/", "cer") }
		}), unreadable("decode.encoding")},
		{"trailing", "A second object follows.", text(func(s string) string { return s + "{}" }), unreadable("decode.trailing")},
		{"truncated", "The last part of the text is missing.", text(func(s string) string { return s[:len(s)/2] }), unreadable("decode.truncated")},
	}
}

// with gives a seal after a function has worked on it.
func with(v VDSNC, change func(*VDSNC)) VDSNC {
	change(&v)
	return v
}

// backwards turns the order of all members round, and leaves that of elements.
func backwards(o VDSObject) VDSObject {
	turned := make(VDSObject, len(o))
	for i, member := range o {
		if inner, ok := member.Value.(VDSObject); ok {
			member.Value = backwards(inner)
		}
		turned[len(o)-1-i] = member
	}
	return turned
}

// spaced puts white space around the signs of a text that holds none of them in its strings.
func spaced(s string) string {
	return strings.NewReplacer(`{"`, "{\n\t\"", `":`, "\" : ", `,"`, ",\r\n\"").Replace(s)
}

// escaped writes every character that is not ASCII as an escape, and one that is.
func escaped(s string) string {
	var b bytes.Buffer
	for _, c := range strings.Replace(s, "Comirnaty", `\u0043omirnaty`, 1) {
		if c < 0x80 {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, `\u%04X`, c)
		}
	}
	return b.String()
}
