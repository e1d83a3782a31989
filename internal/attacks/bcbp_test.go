package attacks_test

import (
	"crypto"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// boarding trusts the airline of Utopia, which signs with no other keys.
func boarding(t *testing.T) *verify.Verifier { return trusting(t, mint.AirlineTrust()) }

// boarded is a boarding pass against which nothing can be said where boarding is the Verifier.
var boarded = mint.LongPass().Signed("1", mint.AirlineSigner("1"))

func ofPass(p mint.BoardingPass, change func(*mint.BoardingPass)) mint.BoardingPass {
	change(&p)
	return p
}

func boardingMutant(name string, p mint.BoardingPass, w want) textMutant {
	return textMutant{name, p.Build(), w}
}

// A115: what anyone can compute proves nothing. A pass without a signature is never more than unsealed, however sound its
// lengths are, and what looks like a signature is one only under a key.
func TestA115_InventedBoardingPass(t *testing.T) {
	data := func(kind, text string) mint.BoardingPass {
		return ofPass(mint.LongPass(), func(p *mint.BoardingPass) { p.Security = mint.BoardingSecurity{Kind: kind, Data: text} })
	}
	stripped := boarded
	stripped.Security = mint.BoardingSecurity{}
	zeros := boarded
	zeros.Security.Form = mint.AllZero // base64 of zeros has one capital alone
	for name, p := range map[string]mint.BoardingPass{
		"the mandatory items": mint.ShortPass(), "every item": mint.LongPass(), "the signature taken off": stripped, "no security data": data("1", ""),
		"a word": data("1", "VALID"), "a MAC": data("1", strings.Repeat("0123456789abcdef", 4)), "zeros for r and s": zeros,
	} {
		d := boarding(t).Inspect(t.Context(), []formats.Input{formats.Text(p.Build())}).Documents[0]
		if d.Status != verify.Unsealed || d.Verdict != verify.Refer || !slices.Contains(codes(d), verify.SealNotOfKind) || d.Verified != nil || d.Unverified != nil {
			t.Errorf("%s: %s, %s, %v", name, d.Status, d.Verdict, codes(d))
		}
	}
	attackText(t, boarding(t), boarded.Build(),
		boardingMutant("an invented signature", mint.LongPass().Signed("1", mint.Fresh("forger")), disproved(verify.SealMismatch)),
		boardingMutant("for an airline that is not known", ofPass(boarded, func(p *mint.BoardingPass) {
			p.Unique = strings.Replace(p.Unique, "UT ", "QQ ", 1)
		}), untrusted(verify.SealSignerUnknown)),
	)
	// Where the list does not say that the airline has no other key, a signature that fails disproves nothing.
	one := mint.AirlineSigner("1")
	hint := trusting(t, list(mint.Anchor{Signer: one, KeyOnly: true, Scope: []string{"bcbp"}}))
	attackText(t, hint, boarded.Build(), boardingMutant("of another key", mint.LongPass().Signed("1", mint.Fresh("forger")), untrusted(verify.SealNoKeyMatches)))
}

func TestA13_BoardingPassInOtherForms(t *testing.T) {
	form := func(f mint.SignatureForm) mint.BoardingPass {
		return ofPass(boarded, func(p *mint.BoardingPass) { p.Security.Form = f })
	}
	asDER := func(f mint.SignatureForm) mint.SignatureForm {
		return func(raw []byte, key crypto.PublicKey) []byte { return mint.AsDER(f(raw, key), key) }
	}
	attackText(t, boarding(t), boarded.Build(),
		boardingMutant("r and s", form(func(raw []byte, _ crypto.PublicKey) []byte { return raw }), accepted),
		boardingMutant("r is zero", form(asDER(mint.ZeroR)), disproved(verify.SealMismatch)),
		boardingMutant("s is zero", form(asDER(mint.ZeroS)), disproved(verify.SealMismatch)),
		boardingMutant("s is the order", form(asDER(mint.OrderS)), disproved(verify.SealMismatch)),
	)
}

func TestA28_BoardingPassWithTrailingData(t *testing.T) {
	good, plain := boarded.Build(), mint.ShortPass().Build()
	refused := unreadable(formats.CodeTrailing)
	attackText(t, boarding(t), good,
		textMutant{"itself", good + good, refused}, textMutant{"a blank", good + " ", refused}, textMutant{"more security data", good + "^100", refused},
		textMutant{"a pass behind one without a signature", plain + plain, refused}, textMutant{"a NUL", good + "\x00", unreadable(formats.CodeEncoding)},
		textMutant{"a line feed and a pass", good + "\n" + plain, unreadable(formats.CodeEncoding)},
	)
}

// A34 and A35: the resolution has printable ASCII alone, so that nothing that hides or escapes is read at all; what a
// spreadsheet or a browser would run is text like any other.
func TestA34_HiddenCharactersInABoardingPass(t *testing.T) {
	refused := unreadable(formats.CodeEncoding)
	named := func(text string) string { return strings.Replace(boarded.Build(), "WQ^", text+"^", 1) }
	for name, hidden := range map[string]string{
		"an escape": "W\x1b", "a NUL": "W\x00", "a delete": "W\x7f", "a byte of UTF-8": "W\xe2", "a tab": "W\t",
	} {
		demand(t, boarding(t), name, formats.Text(named(hidden)), refused)
	}
	active := mint.LongPass().Leg(1, func(l *mint.Leg) { l.Airline = `=cmd()<script>` }).Signed("1", mint.AirlineSigner("1"))
	demand(t, boarding(t), "a formula and a script", formats.Text(active.Build()), accepted)
}

// A key of the airline's is none for certificates, and theirs is none for boarding passes.
func TestA52_BoardingPassOfAnotherUse(t *testing.T) {
	signer := mint.AirlineSigner("1")
	as := func(a mint.Anchor) *verify.Verifier {
		a.Signer, a.Issuer, a.KeyOnly = signer, "UT", true
		return trusting(t, list(a))
	}
	for name, c := range map[string]struct {
		anchor mint.Anchor
		want   want
	}{
		"for boarding":     {mint.Anchor{Scope: []string{"bcbp"}, Uses: []string{"boarding"}}, accepted},
		"for vaccinations": {mint.Anchor{Uses: []string{"vaccination"}}, untrusted(verify.SealWrongUse)},
		"of passports":     {mint.Anchor{Scope: []string{"emrtd"}}, untrusted(verify.SealOutOfScope)},
	} {
		demand(t, as(c.anchor), name, formats.Text(boarded.Build()), c.want)
	}
}
