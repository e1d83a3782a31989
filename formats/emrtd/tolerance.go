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
		Cite: "Doc 9303-10 §3.11: the length of a file's content is that of its value",
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
		Cite: "Doc 9303-12 §4.4.5; NIST SP 800-131A §9",
	}
)

// ber are the departures from DER, and message those from RFC 5652, that genuine passports have in EF.SOD.
var (
	ber = []formats.Tolerance{
		{Name: der.IndefiniteLength, On: true, Why: "passports of New Zealand have the message in BER", Cite: "X.690 §10.1; Doc 9303-10 §4.6.2.2"},
		{Name: der.LongLength, On: true, Why: "issuers leave room for a length and fill it up", Cite: "X.690 §10.1; Doc 9303-10 §4.6.2.2"},
		{Name: der.ConstructedString, On: true, Why: "passports of New Zealand have the content in pieces", Cite: "X.690 §10.2; Doc 9303-10 §4.6.2.2"},
	}
	message = []formats.Tolerance{
		{Name: cms.SHA1, On: true, Why: "passports signed over SHA-1 are still valid", Cite: "Doc 9303-12 §4.4.5; NIST SP 800-131A §9"},
		{Name: cms.Version, On: true, Why: "issuers write a version that does not fit the rest; nothing depends on it", Cite: "RFC 5652 §5.1 and §5.3"},
		{Name: cms.DigestNotListed, On: true, Why: "issuers leave the list of hashes as it was", Cite: "RFC 5652 §5.1"},
		{Name: cms.AttributeOrder, On: true, Why: "issuers write the signed attributes in an order of their own", Cite: "RFC 5652 §5.3 and §5.4"},
		{Name: cms.AttributeUnknown, On: true, Why: "issuers add signed attributes of their own", Cite: "Doc 9303-10 §4.6.2.2"},
		{Name: cms.SigningTime, On: true, Why: "a signing time in another form is taken as absent, which it may be", Cite: "RFC 5652 §11.3"},
		{Name: cms.SerialPadded, On: true, Why: "issuers lose the sign of their serial numbers", Cite: "RFC 5280 §4.1.2.2"},
		{Name: cms.SignerUnmatched, On: true, Why: "passports of several states name their signer otherwise than its certificate does; the signature decides", Cite: "RFC 5652 §5.3"},
		{Name: cms.SignerAmbiguous, On: true, Why: "several certificates may be meant; the signature decides", Cite: "RFC 5652 §5.3"},
	}
)

// tolerances are all that Decode knows. Of those of the zone, blanks and small letters are for people who type one.
var tolerances = slices.Concat([]formats.Tolerance{bare, padding, notGiven, comDiffers, weakDigests}, ber, message, lds.Tolerances(),
	[]formats.Tolerance{mrz.ZeroDate, mrz.PrintedX})

// typed are the tolerances of a zone that do not apply to a chip.
var typed = []string{mrz.Spaces.Name, mrz.LowerCase.Name}

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
	r.checks = append(r.checks, formats.Check{Kind: formats.Reading, Result: result, Name: name, Where: where, Text: text})
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
