package mint

import (
	"crypto"
	"strings"
)

// BoardingCases lists the documents of testdata/bcbp: passes without a signature with nothing against them, passes whose
// signature must be accepted, and those in which something is wrong.
func BoardingCases() []Case {
	var cases []Case
	for _, s := range append(append(plainBoardings(), signedBoardings()...), badBoardings()...) {
		cases = append(cases, Case{Name: s.name, About: s.about, Text: s.pass.Build(), Want: s.want})
	}
	return cases
}

type boardingSpecimen struct {
	name, about string
	pass        BoardingPass
	want        Want
}

// passWith gives a pass after a function has worked on it.
func passWith(p BoardingPass, change func(*BoardingPass)) BoardingPass {
	change(&p)
	return p
}

func plainBoardings() []boardingSpecimen {
	want := Want{"unsealed", "refer", "seal.not_of_this_kind"}
	long := LongPass()
	nine := ShortPass()
	for len(nine.Legs) < 9 {
		nine.Legs = append(nine.Legs, nine.Legs[0])
	}
	return []boardingSpecimen{
		{"one-leg", "The mandatory items alone.", ShortPass(), want},
		{"two-legs", "Two legs with every conditional item.", long, want},
		{"nine-legs", "As many legs as one digit can count.", nine, want},
		{"version-8", "Conditional items that end after the airline that issued the pass.",
			passWith(long, func(p *BoardingPass) { p.Version, p.Unique = "8", p.Unique[:11] }), want},
		{"name-cut", "A name that fills its field and may be cut off.",
			passWith(ShortPass(), func(p *BoardingPass) { p.Name = "ACHTERBERG LINDQVIST/MAREN ZOE" }), want},
		{"open", "A pass for any flight of any day.", ShortPass().Leg(0, func(l *Leg) { l.Flight, l.Day, l.Seat = "", "", "" }), want},
		{"security-unknown", "Security data of a form that does not tell what they are.",
			passWith(long, func(p *BoardingPass) {
				p.Security = BoardingSecurity{Kind: "1", Data: strings.Repeat("GIWVC5EH7JNT684FVNJ9", 5)}
			}), want},
		{"security-empty", "Security data of no length.",
			passWith(ShortPass(), func(p *BoardingPass) { p.Security = BoardingSecurity{Kind: "1"} }), want},
	}
}

func signedBoardings() []boardingSpecimen {
	accept := Want{Status: "authentic", Verdict: "accept"}
	raw := LongPass().Signed("1", AirlineSigner("1"))
	raw.Security.Form = func(b []byte, _ crypto.PublicKey) []byte { return b }
	return []boardingSpecimen{
		{"signed", "Signed by the airline, as ECDSA-Sig-Value.", LongPass().Signed("1", AirlineSigner("1")), accept},
		{"signed-raw", "Signed by the airline, as r and s.", raw, accept},
		{"signed-p384", "Signed by the airline with a key on P-384.", ShortPass().Signed("2", AirlineSigner("2")), accept},
	}
}

func badBoardings() []boardingSpecimen {
	signed := LongPass().Signed("1", AirlineSigner("1"))
	altered := func(old, new string) BoardingPass {
		return passWith(signed, func(p *BoardingPass) {
			p.Hooks.Signed = func(s string) string { return strings.Replace(s, old, new, 1) }
		})
	}
	whole := func(p BoardingPass, change func(string) string) BoardingPass {
		return passWith(p, func(p *BoardingPass) { p.Hooks.Whole = change })
	}
	replaced := func(p BoardingPass, old, new string) BoardingPass {
		return whole(p, func(s string) string { return strings.Replace(s, old, new, 1) })
	}
	mismatch, schema := Want{"invalid", "reject", "seal.mismatch"}, Want{"unsealed", "refer", "content.schema"}
	unreadable := func(code string) Want { return Want{"unreadable", "refer", code} }
	return []boardingSpecimen{
		{"forged", "Signed with a key of the forger's own.", LongPass().Signed("1", Fresh("forger")), mismatch},
		{"altered", "The given name was changed after signing.", altered("/MAREN", "/KAREN"), mismatch},
		{"altered-seat", "The seat was changed after signing.", altered("001A", "002A"), mismatch},
		{"other-type", "Signed, and called another type of security data.", LongPass().Signed("3", AirlineSigner("1")),
			Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"other-airline", "Signed for another airline.",
			passWith(signed, func(p *BoardingPass) { p.Unique = strings.Replace(p.Unique, "UT ", "XX ", 1) }),
			Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"signed-schema", "The airline signed a day that no year has.", signed.Leg(0, func(l *Leg) { l.Day = "367" }),
			Want{"authentic", "refer", "content.schema"}},

		{"day", "A flight on day 000.", ShortPass().Leg(0, func(l *Leg) { l.Day = "000" }), schema},
		{"airport", "An airport with a digit.", ShortPass().Leg(0, func(l *Leg) { l.To = "NW0" }), schema},
		{"flight", "A flight without a number.", ShortPass().Leg(0, func(l *Leg) { l.Flight = "ABCD" }), schema},
		{"version", "A version that is not known.", passWith(LongPass(), func(p *BoardingPass) { p.Version = "9" }), schema},
		{"further-items", "More items than the version has.", passWith(LongPass(), func(p *BoardingPass) { p.Unique += "X" }), schema},

		{"no-leg", "No leg at all.", replaced(ShortPass(), "M1", "M0"), unreadable("decode.payload")},
		{"leg-missing", "Three legs are announced, and two are there.", replaced(LongPass(), "M2", "M3"), unreadable("decode.truncated")},
		{"length-long", "The field of the last leg is said to be longer than the text.", replaced(ShortPass(), "0025 1"+"00", "0025 1"+"0A"), unreadable("decode.truncated")},
		{"length-short", "The items of the pass reach beyond the field that holds them.", replaced(LongPass(), ">6"+"32", ">6"+"FE"), unreadable("decode.payload")},
		{"length-inside", "The items of the pass end within one of them.", passWith(LongPass(), func(p *BoardingPass) { p.Unique = p.Unique[:5] }), unreadable("decode.payload")},
		{"length-text", "A length that is no number.", replaced(ShortPass(), "0025 1"+"00", "0025 1"+"0G"), unreadable("decode.payload")},
		{"no-version", "The conditional items do not begin with their sign.", replaced(LongPass(), ">6", "+6"), unreadable("decode.payload")},
		{"trailing", "More follows the last leg.", whole(ShortPass(), func(s string) string { return s + "M1" }), unreadable("decode.trailing")},
		{"security-short", "The security data are shorter than they are said to be.", whole(ShortPass(), func(s string) string { return s + "^101" }), unreadable("decode.truncated")},
		{"security-long", "More follows the security data.", whole(ShortPass(), func(s string) string { return s + "^100+" }), unreadable("decode.trailing")},
		{"control", "A control character in what the airline writes for itself.", LongPass().Leg(1, func(l *Leg) { l.Airline = "W\x1b" }), unreadable("decode.encoding")},
	}
}
