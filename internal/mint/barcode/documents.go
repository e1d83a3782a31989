package barcode

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// The kinds of documents.
var (
	KindVisa      = [2]byte{0x5D, 0x01}
	KindEmergency = [2]byte{0x5E, 0x03}
	KindArrival   = [2]byte{0xFD, 0x02}
	KindInsurance = [2]byte{0xFC, 0x04}
	KindPermit    = [2]byte{0xFB, 0x06}
	KindSheet     = [2]byte{0xFA, 0x06}
	KindSticker   = [2]byte{0xF9, 0x08}
	KindJourney   = [2]byte{0x7E, 0x04} // of one issuer, KURZ
	KindSchool    = [2]byte{0x8D, 0x04}
	KindTest      = [2]byte{0x6F, 0x01}
	KindPortrayed = [2]byte{0x5F, 0x03}
)

// Visa is a visa of the small size for Tobias.
func Visa(by *pki.Credential) VDS {
	return Seal(by, KindVisa,
		Feature{0x02, mint.C40(joined(Small(zoneOf(mint.Tobias, "VC", "UT7042699", "M")), 64))},
		Feature{0x03, []byte{2}}, Feature{0x04, []byte{90, 0, 0}}, Feature{0x05, mint.C40("UT7042699")})
}

// LargeVisa is a visa of the large size for Maren.
func LargeVisa(by *pki.Credential) VDS {
	return Seal(by, KindVisa,
		Feature{0x01, mint.C40(joined(Large(zoneOf(mint.Maren, "VA", "UT7042681", "F")), 72))},
		Feature{0x03, []byte{0}}, Feature{0x04, []byte{0, 0, 1}}, Feature{0x05, mint.C40("UT7042681")})
}

// Emergency is an emergency travel document for Brigid.
func Emergency(by *pki.Credential) VDS {
	return Seal(by, KindEmergency, Feature{0x02, mint.C40(joined(TD2(zoneOf(mint.Brigid, "PU", "UT1122334", "F")), 72))})
}

// Permit is a residence permit for Maren.
func Permit(by *pki.Credential) VDS {
	return Seal(by, KindPermit,
		Feature{0x02, mint.C40(joined(TD2(zoneOf(mint.Maren, "AR", "UT5566778", "F")), 72))}, Feature{0x03, mint.C40("UT7042681")})
}

// Sheet is the supplementary sheet of a residence permit.
func Sheet(by *pki.Credential) VDS {
	return Seal(by, KindSheet,
		Feature{0x04, mint.C40(joined(TD2(zoneOf(mint.Maren, "AR", "UT5566778", "F")), 72))}, Feature{0x05, mint.C40("UT0000005")})
}

// Arrival is an arrival attestation for Surya, who has one name. It is laid out as version 3.
func Arrival(by *pki.Credential) VDS {
	v := Seal(by, KindArrival,
		Feature{0x02, mint.C40(joined(TD2(zoneOf(mint.Surya, "ME", "UT9988776", "F")), 72))}, Feature{0x03, mint.C40("160113000085")})
	v.Version = 2
	return v
}

// Insurance is a social insurance card for Jonas.
func Insurance(by *pki.Credential) VDS {
	return Seal(by, KindInsurance, Feature{0x01, mint.C40("65170839J003")},
		Feature{0x02, []byte(mint.Jonas.Family)}, Feature{0x03, []byte(mint.Jonas.Given)}, Feature{0x04, []byte("Jacobénius")})
}

// Sticker is an address sticker of an identity card.
func Sticker(by *pki.Credential) VDS {
	return Seal(by, KindSticker, Feature{0x01, mint.C40("UT2000AK4")}, Feature{0x02, mint.C40("05314000")}, Feature{0x03, mint.C40("53175HARBOURSTR11")})
}

// Journey is a travel document of one issuer for a single journey.
func Journey(by *pki.Credential) VDS {
	return Seal(by, KindJourney, Feature{0x01, []byte("UT4711")}, Feature{0x02, []byte(mint.Tobias.Family)}, Feature{0x03, []byte(mint.Tobias.Given)},
		Feature{0x04, []byte("UTO")}, Feature{0x05, mint.SealDate(1991, 11, 2)}, Feature{0x06, []byte("M")},
		Feature{0x08, []byte("Utopia")}, Feature{0x09, mint.SealDate(2057, 12, 31)})
}

// Tested is a certificate of a supervised test for Tobias, of the same issuer.
func Tested(by *pki.Credential) VDS {
	return Seal(by, KindTest, Feature{0x01, []byte(mint.Tobias.Family)}, Feature{0x02, []byte(mint.Tobias.Given)}, Feature{0x03, mint.SealDate(1991, 11, 2)},
		Feature{0x04, []byte("Harbour Street 11")}, Feature{0x05, mint.C40("P")}, Feature{0x06, mint.C40("UT7042699")}, Feature{0x07, []byte("tobias@example.org")},
		Feature{0x08, []byte("Utopian antigen test")}, Feature{0x09, []byte("UT-AG-1")}, Feature{0x0A, []byte("COVID-19")}, Feature{0x0B, []byte("M. Quill")},
		Feature{0x0C, []byte("Harbour Pharmacy")}, Feature{0x0D, moment(Issued)}, Feature{0x0E, []byte{48}})
}

// moment is a number of seconds in four bytes.
func moment(t time.Time) []byte { return binary.BigEndian.AppendUint32(nil, uint32(t.Unix())) }

// Portrayed is an emergency travel document with a template of a face, of the same issuer.
func Portrayed(by *pki.Credential) VDS {
	return Seal(by, KindPortrayed, Emergency(by).Features[0], Feature{0x03, mint.NewDRBG([]byte("a face")).Bytes(128)})
}

// School is a pass with a template of a face, of 128 bytes.
func School(by *pki.Credential) VDS {
	return Seal(by, KindSchool, Feature{0x01, []byte("652584509")}, Feature{0x02, []byte("Harbour School")}, Feature{0x03, []byte(mint.Pippa.Family)},
		Feature{0x04, []byte(mint.Pippa.Given)}, Feature{0x06, mint.NewDRBG([]byte("a face")).Bytes(128)})
}

// TD2 writes two lines of 36 characters (ICAO Doc 9303-6 §4.2).
func TD2(m mint.MRZ) string {
	number, birth, expires := checked(m.Number, 9), checked(m.Birth, 6), checked(m.Expires, 6)
	second := number + filled(m.Nationality, 3) + birth + filled(m.Sex, 1) + expires + filled(m.Optional, 7)
	return heading(m, 36) + second + mint.CheckDigit(number+birth+expires+filled(m.Optional, 7))
}

// Small and Large write the zones of visas (ICAO Doc 9303-7 §4.2 and §5.2).
func Small(m mint.MRZ) string { return heading(m, 36) + lower(m, 36) }

// Large is Small for the large size.
func Large(m mint.MRZ) string { return heading(m, 44) + lower(m, 44) }

func lower(m mint.MRZ, width int) string {
	return filled(checked(m.Number, 9)+filled(m.Nationality, 3)+checked(m.Birth, 6)+filled(m.Sex, 1)+checked(m.Expires, 6)+m.Optional, width)
}

func heading(m mint.MRZ, width int) string {
	name := m.Primary
	if m.Secondary != "" {
		name += "<<" + m.Secondary
	}
	return filled(filled(m.Code, 2)+filled(m.State, 3)+name, width)
}

func checked(s string, width int) string {
	s = filled(s, width)
	return s + mint.CheckDigit(s)
}

func filled(s string, width int) string { return (s + strings.Repeat("<", width))[:width] }

// joined is as much of a zone as a seal has.
func joined(zone string, n int) string { return zone[:n] }
