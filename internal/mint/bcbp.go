package mint

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A BoardingPass is the text of a bar coded boarding pass (IATA Resolution 792, format M).
//
// A BoardingPass is a value: changing a copy leaves the original as it was.
type BoardingPass struct {
	Legs   []Leg
	Name   string // SURNAME/GIVEN
	Ticket string // electronic ticket indicator; default "E"

	// Version and the conditional items of the pass stand with the first leg. Without a Version there are none.
	Version string
	Unique  string // from the description of the passenger on
	Tail    string // what follows the last leg before it is signed

	Security BoardingSecurity
	Hooks    BoardingHooks
}

// A Leg is one flight. Blank items are padded with blanks.
type Leg struct {
	Booking, From, To, Carrier, Flight, Day, Class, Seat, Sequence, Status string

	Repeated string // the conditional items of the leg
	Airline  string // individual airline use
}

// BoardingSecurity is what stands behind "^". Without a Kind there is nothing.
type BoardingSecurity struct {
	Kind   string
	Data   string // as it stands, where there is no Signer
	Signer Signer // signs what precedes "^"; the Data are then base64 of ECDSA-Sig-Value
	Form   SignatureForm
}

// BoardingHooks change what a layer has become. A nil hook changes nothing.
type BoardingHooks struct {
	Signed func(string) string // the text, after it was signed
	Whole  func(string) string
}

// Build writes the text.
func (p BoardingPass) Build() string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%d%-20.20s%1.1s", len(p.Legs), p.Name, or(p.Ticket, "E"))
	for i, l := range p.Legs {
		fmt.Fprintf(&b, "%-7.7s%-3.3s%-3.3s%-3.3s%-5.5s%-3.3s%-1.1s%-4.4s%-5.5s%-1.1s",
			l.Booking, l.From, l.To, l.Carrier, l.Flight, l.Day, l.Class, l.Seat, l.Sequence, l.Status)
		variable := ""
		if i == 0 && p.Version != "" {
			variable = ">" + p.Version + sized(p.Unique)
		}
		if i > 0 && l.Repeated+l.Airline != "" || i == 0 && p.Version != "" {
			variable += sized(l.Repeated) + l.Airline
		}
		b.WriteString(sized(variable))
	}
	b.WriteString(p.Tail)
	text := b.String()
	data := p.Security.Data
	if p.Security.Signer.Key != nil {
		form := p.Security.Form
		if form == nil {
			form = AsDER
		}
		data = base64.StdEncoding.EncodeToString(form(p.Security.Signer.Sign([]byte(text)), p.Security.Signer.Key.Public()))
	}
	text = change(p.Hooks.Signed, text)
	if p.Security.Kind != "" {
		text += "^" + p.Security.Kind + sized(data)
	}
	return change(p.Hooks.Whole, text)
}

// sized writes a text behind its length.
func sized(text string) string { return fmt.Sprintf("%02X", len(text)) + text }

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// Signed gives the pass security data of a type, by a signer.
func (p BoardingPass) Signed(kind string, s Signer) BoardingPass {
	p.Security = BoardingSecurity{Kind: kind, Signer: s}
	return p
}

// Leg changes one leg of a copy.
func (p BoardingPass) Leg(i int, change func(*Leg)) BoardingPass {
	p.Legs = slices.Clone(p.Legs)
	change(&p.Legs[i])
	return p
}

// ShortPass has the mandatory items alone: of Tobias, from Amaurot to Nowhere.
func ShortPass() BoardingPass {
	return BoardingPass{Name: "OEDEGAARD/TOBIAS", Legs: []Leg{{
		Booking: "Q7HB2M", From: "AMA", To: "NWH", Carrier: "UT", Flight: "0417", Day: "305", Class: "Y", Seat: "012C", Sequence: "0025", Status: "1",
	}}}
}

// LongPass has two legs and every conditional item: of Maren.
func LongPass() BoardingPass {
	repeated := func(number, allowance, fast string) string {
		return "999" + number + " " + "1" + "UT " + "UT " + "5550001234      " + " " + allowance + fast
	}
	return BoardingPass{
		Name: "LINDQVIST/MAREN MS", Version: "6", Unique: "1" + "W" + "W" + "6304" + "B" + "UT " + "0999123456003" + strings.Repeat(" ", 26),
		Legs: []Leg{
			{Booking: "4QX7HB", From: "AMA", To: "NWH", Carrier: "UT", Flight: "0834", Day: "305", Class: "F", Seat: "001A", Sequence: "0007", Status: "1",
				Repeated: repeated("2300456789", "20K", "Y"), Airline: "LX58Z"},
			{Booking: "DEF456", From: "NWH", To: "EUT", Carrier: "UT", Flight: "3664A", Day: "306", Class: "C", Seat: "012C", Sequence: "0002", Status: "1",
				Repeated: repeated("2300456790", "2PC", "N"), Airline: "WQ"},
		},
	}
}

// AirlineSigner is the signer of boarding passes of Utopia's airline whose security data have a type: "1" with a key on
// P-256, or "2" on P-384.
func AirlineSigner(kind string) Signer {
	key := map[string]KeyKind{"1": P256, "2": P384}[kind]
	s := Utopia().CSCA.Issue("ut-airline-"+kind, Template{Key: key})
	s.KID = []byte("UT" + kind)
	return s
}

// AirlineTrust is the trust list of testdata/trust for boarding passes. The airline signs with no other keys.
func AirlineTrust() []byte {
	var list []Anchor
	for _, kind := range []string{"1", "2"} {
		list = append(list, Anchor{Signer: AirlineSigner(kind), Issuer: "UT", Scope: []string{"bcbp"}, Uses: []string{"boarding"}})
	}
	return TrustJSON(time.Time{}, list...)
}
