package mint

import (
	"encoding/base32"
	"fmt"
	"strings"
	"time"
)

// A Seal2D is a French 2D-Doc (ANTS, Spécifications techniques des Codes à Barres 2D-Doc).
//
// A Seal2D is a value: changing a copy leaves the original as it was.
type Seal2D struct {
	Signer  Signer // its common names are those of the header
	CA      string // "UT00"
	Cert    string // "0001"
	Version string // "02", "03", "04"
	Issued  time.Time
	Signed  time.Time
	Type    string
	Message string // with its separators
	Annex   string // "" is none

	Perimeter string // default 01
	Country   string // default UT
	Hooks     Seal2DHooks
}

// Seal2DHooks change what a layer has become. A nil hook changes nothing.
type Seal2DHooks struct {
	Header    func(string) string // before it is signed
	Altered   func(string) string // what was signed, afterwards
	Signature SignatureForm
	Encoded   func(string) string // the signature in Base32
	Whole     func(string) string
}

// GS and RS end values of variable length in a Seal2D, whole ones and ones that were cut off.
const (
	GS = "\x1d"
	RS = "\x1e"
)

// Build writes the text.
func (s Seal2D) Build() string {
	header := "DC" + s.Version + s.CA + s.Cert + days(s.Issued) + days(s.Signed) + s.Type
	if s.Version >= "03" {
		header += or(s.Perimeter, "01")
	}
	if s.Version >= "04" {
		header += or(s.Country, "UT")
	}
	signed := change(s.Hooks.Header, header) + s.Message
	signature := s.Signer.Sign([]byte(signed))
	if s.Hooks.Signature != nil {
		signature = s.Hooks.Signature(signature, s.Signer.Key.Public())
	}
	encoded := change(s.Hooks.Encoded, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(signature))
	text := change(s.Hooks.Altered, signed) + "\x1f" + encoded
	if s.Annex != "" {
		text += GS + s.Annex
	}
	return change(s.Hooks.Whole, text)
}

// days counts from 1 January 2000, in hexadecimal. The zero time is no date.
func days(t time.Time) string {
	if t.IsZero() {
		return "FFFF"
	}
	return fmt.Sprintf("%04X", int(t.Sub(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).Hours()/24))
}

// Resign signs the same content with another key, under the names of the first.
func (s Seal2D) Resign(other Signer) Seal2D {
	s.Signer = other
	return s
}

// SealSigner2D is the signer 0001 of the authority UT00, with the common names by which a 2D-Doc finds its certificate.
func SealSigner2D() Signer {
	return NewCA("2ddoc", Template{CommonName: "UT00"}).Issue("0001", Template{})
}

func seal2D(kind string, fields ...string) Seal2D {
	return Seal2D{
		Signer: SealSigner2D(), CA: "UT00", Cert: "0001", Version: "04", Type: kind, Message: strings.Join(fields, ""),
		Issued: time.Date(2026, 1, 14, 0, 0, 0, 0, time.UTC), Signed: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC),
	}
}

// Bill2D proves an address of Maren.
func Bill2D() Seal2D {
	return seal2D("01", "26UT", "24"+"12345", "10MME/LINDQVIST/MAREN", GS, "22"+"12 HARBOUR STREET", GS, "25AMAUROT", GS)
}

// Vaccination2D is a certificate of vaccination of Maren.
func Vaccination2D() Seal2D {
	return seal2D("L1", "L0ACHTERBERG LINDQVIST", GS, "L1MAREN/ZOE", GS, "L2"+"19071984", "L3COVID-19", GS, "L4J07BX03", GS, "L5COMIRNATY PFIZER/BIONTECH", GS,
		"L6COMIRNATY PFIZER/BIONTECH", GS, "L72", "L82", "L9"+"03102025", "LATE")
}

// Test2D is the result of a test of Tobias.
func Test2D() Seal2D {
	return seal2D("B2", "F0TOBIAS", GS, "F1OEDEGAARD QUILL", GS, "F2"+"02111991", "F3M", "F4"+"945006", GS, "F5N", "F6"+"140120260815")
}

// Identity2D is an identity document of Jonas.
func Identity2D() Seal2D {
	return seal2D("07", "60JONAS/ALBRECHT", GS, "62MUELLER SOEDERBLOM", GS, "65CI", "66UT7042724", GS, "67UT", "68M", "69"+"05121968", "6IUT")
}

// Zone2D holds the machine readable zone of the passport of Jonas, with blanks for fillers.
func Zone2D() Seal2D {
	zone := strings.NewReplacer("\n", "", "<", " ").Replace(Jonas.Passport("UT7042724", "M").TD3())
	return seal2D("08", "6F"+zone, GS)
}
