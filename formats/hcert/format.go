package hcert

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
)

// carrier names the format itself, in errors that occur before the profile is known.
const carrier formats.ID = "hcert"

// Format is the carrier with its profiles. What follows the prefix is laid out alike for all of them.
var Format = formats.Format{
	ID:       carrier,
	Title:    "Electronic health certificate (HC1)",
	Spec:     "eHealth Network, Technical Specifications for EU DCC, Volume 1",
	Profiles: described(),
	Tolerances: []formats.Tolerance{
		cose.CWTTag, cose.Untagged, cose.AlgUnprotected,
		floatDate, taggedDate, partialBirthDate, nullField, floatInteger, timedDate, noZone,
	},
	Detect: detect,
	Decode: decode,
	Trace:  trace,
}

// The tolerances of this format's own. Each is a departure that genuine national issuers have made in certificates that
// their holders could not exchange.
var (
	floatDate = formats.Tolerance{
		Name: "float-date", On: true,
		Why:  "Hungary wrote the times of its first certificates as floating point",
		Cite: "Volume 1 §3.3.1: exp and iat are integer NumericDates",
	}
	taggedDate = formats.Tolerance{
		Name: "tagged-date", On: true,
		Why:  "Hungary, Romania and Slovenia wrote sample times as CBOR dates (tag 0)",
		Cite: "DCC schema: t.sc is a text string; FHIR R4 §2.24: so is every date",
	}
	partialBirthDate = formats.Tolerance{
		Name: "partial-birth-date", On: true,
		Why:  "the birthday of many people is known to the year or month only; schema 1.0 had no way to say so, 1.1 has",
		Cite: "DCC schema 1.0, SMART ICVP REQ-DE-02: dob is a complete date",
	}
	nullField = formats.Tolerance{
		Name: "null-field", On: true,
		Why:  "Bulgaria and Ireland wrote members that do not apply as null instead of leaving them out",
		Cite: "DCC schema: v, t and r are arrays, t.ma is a text string; the WHO's data sets likewise",
	}
	floatInteger = formats.Tolerance{
		Name: "float-integer", On: true,
		Why:  "Ireland wrote dose numbers as floating point (2.0)",
		Cite: "DCC schema: dn and sd are integers; WHO DDCC: dose and totalDoses are positiveInt",
	}
	timedDate = formats.Tolerance{
		Name: "timed-date", On: true,
		Why:  "Bulgaria and others wrote days of vaccination with a time of day",
		Cite: "DCC schema: v.dt, r.fr, r.df and r.du are complete dates; FHIR R4 §2.24: a date has no time of day",
	}
	noZone = formats.Tolerance{
		Name: "no-zone", On: true,
		Why:  "some issuers left the zone out of sample times; they are read as UTC",
		Cite: "RFC 3339 §5.6, by DCC schema: t.sc is a date-time; FHIR R4 §2.24: a dateTime with a time has a zone",
	}
)

// prefixLen is the length of "HC1:".
const prefixLen = 4

// detect claims every text that begins with the letters of a known prefix, a digit and a colon, in either case, so that
// a version or spelling that is not supported is named as such instead of as unknown.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	if !ok || len(b) < prefixLen || b[2] < '0' || b[2] > '9' || b[3] != ':' {
		return false
	}
	for _, p := range profiles {
		if bytes.EqualFold(b[:2], []byte(p.context.prefix[:2])) {
			return true
		}
	}
	return false
}

func described() []formats.Profile {
	list := make([]formats.Profile, len(profiles))
	for i, p := range profiles {
		list[i] = p.Profile
	}
	return list
}
