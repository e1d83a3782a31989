package emrtd

import (
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	"github.com/travelseal/travelseal/internal/mrz"
)

// The tolerances of this package.
var (
	bare = formats.Tolerance{
		Name: "sod-bare", On: true,
		Why:  "programs that read chips save the signed message without the tag 77 around it",
		Cite: "Doc 9303-10 §4.6.2: EF.SOD is a message within tag 77",
	}
	padding = formats.Tolerance{
		Name: "file-padding", On: true,
		Why:  "programs that read chips save a file in its full size, with zeros or FF after what is in it",
		Cite: "Doc 9303-10 §3: the length of a file's content is that of its value",
	}
	notGiven = formats.Tolerance{
		Name: "dg-not-given", On: true,
		Why:  "fingerprints and irises open only to states that the issuer has admitted, and readers leave out what they do not need",
		Cite: "Doc 9303-11 §5.1 and §7: a group that was not read is not authenticated",
	}
	comDiffers = formats.Tolerance{
		Name: "com-differs", On: true,
		Why:  "nobody signs EF.COM, and issuers leave it as it was when they change the groups; the security object counts",
		Cite: "Doc 9303-10 §4.6.1; Doc 9303-11 §5.1",
	}
	weakDigests = formats.Tolerance{
		Name: "lds-sha1", On: true,
		Why:  "passports whose security object has digests of SHA-1 are still valid",
		Cite: "Doc 9303-12 §4.4; NIST SP 800-131A §9",
	}
)

// A departure is one way in which genuine issuers write an EF.SOD otherwise than X.690 or RFC 5652 has it, under the code
// that package der or cms gives it.
type departure struct {
	code, text, why, cite string
}

var departures = []departure{
	{der.IndefiniteLength, "lengths are not stated", "passports of New Zealand have the message in BER", "X.690 §10.1; Doc 9303-10 §4.6.2.2"},
	{der.LongLength, "a length has more octets than it needs", "issuers leave room for a length and fill it up", "X.690 §10.1; Doc 9303-10 §4.6.2.2"},
	{der.ConstructedString, "the content is in pieces", "passports of New Zealand have the message in BER", "X.690 §10.2; Doc 9303-10 §4.6.2.2"},
	{cms.SHA1, "signed over a hash of SHA-1", "passports signed so are still valid", "Doc 9303-12 §4.4; NIST SP 800-131A §9"},
	{cms.Version, "the version does not fit the rest", "issuers write another; nothing depends on it", "RFC 5652 §5.1 and §5.3"},
	{cms.DigestNotListed, "the signer's hash is not announced", "issuers leave the list of hashes as it was", "RFC 5652 §5.1"},
	{cms.AttributeOrder, "the signed attributes are in another order", "issuers have an order of their own", "RFC 5652 §5.3 and §5.4"},
	{cms.AttributeUnknown, "a signed attribute is not known", "issuers add attributes of their own", "Doc 9303-10 §4.6.2.2"},
	{cms.SigningTime, "the signing time is in another form, and taken as absent", "it may be absent, and nothing else is lost", "RFC 5652 §11.3"},
	{cms.SerialPadded, "the serial number of the signer has lost its sign", "issuers write serial numbers without it", "RFC 5280 §4.1.2.2"},
	{cms.SignerUnmatched, "the signer is named otherwise than in its certificate", "passports of several states name it so; the signature decides", "RFC 5652 §5.3"},
	{cms.SignerAmbiguous, "several certificates may be the signer's", "issuers repeat names; the signature decides", "RFC 5652 §5.3"},
}

// tolerances are all that Decode knows. Of those of the zone, blanks, quotation marks and small letters are for people who
// type one.
var tolerances = func() []formats.Tolerance {
	list := []formats.Tolerance{bare, padding, notGiven, comDiffers, weakDigests}
	for _, d := range departures {
		list = append(list, formats.Tolerance{Name: d.code, On: true, Why: d.why, Cite: d.cite})
	}
	return slices.Concat(list, lds.Tolerances(), []formats.Tolerance{mrz.ZeroDate, mrz.PrintedX})
}()

// typed are the tolerances of a zone that do not apply to a chip.
var typed = []string{mrz.Spaces.Name, mrz.Guillemets.Name, mrz.LowerCase.Name}

// allowed finds the tolerance of a name, and whether it applies. A name that is not in the table applies never.
func allowed(o formats.Options, name string) (formats.Tolerance, bool) {
	for _, t := range tolerances {
		if t.Name == name {
			return t, o.Allows(t)
		}
	}
	return formats.Tolerance{}, false
}

// tolerate notes that a tolerance was used, or reports that it does not apply.
func (r *reading) tolerate(name, where, text string) bool {
	t, ok := allowed(r.o, name)
	if !ok {
		return false
	}
	result := formats.Tolerated
	if !t.On {
		result = formats.Doubtful
	}
	c := formats.Check{Kind: formats.Reading, Result: result, Name: name, Where: where, Text: text}
	if !slices.Contains(r.checks, c) { // two signers may depart alike
		r.checks = append(r.checks, c)
	}
	return true
}

// noteOrBreach notes a use of a tolerance; where it does not apply, that is a breach.
func (r *reading) noteOrBreach(t formats.Tolerance, where, text string) {
	if !r.tolerate(t.Name, where, text) {
		r.breach(where, text)
	}
}

// breach notes that something breaks Doc 9303.
func (r *reading) breach(where, why string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why})
}
