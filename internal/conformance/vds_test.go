package conformance

import (
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// A barcodeCase is a case of a seal that names its signer, with what it states.
type barcodeCase struct {
	id             string
	in             formats.Input
	trust          [][]byte // certificates, DER
	decode, either bool
	signature      *bool
	overall        *bool
	fields         map[string]string
	outcome        string
}

// TestVDS runs every case of a visible digital seal: decoding, signature and fields.
func TestVDS(t *testing.T) {
	var cases []barcodeCase
	for _, vc := range vectors.Travel(t, "vds") {
		c := travelBarcode(t, vc)
		switch {
		case vc.Input.Hex != "":
			data, err := hex.DecodeString(vc.Input.Hex)
			if err != nil {
				t.Fatal(err)
			}
			c.in = formats.Bytes(data)
		default:
			c.in = formats.Bytes(vc.File(t, vc.Input.File))
		}
		cases = append(cases, c)
	}
	for _, vc := range vectors.Health(t, "icao-vds") {
		cases = append(cases, healthBarcode(t, vc))
	}
	runBarcodes(t, cases, vds.Format, vdsFields)
}

func travelBarcode(t *testing.T, vc vectors.TravelCase) barcodeCase {
	e := vc.Expect
	c := barcodeCase{id: vc.ID, decode: *e.Decode, either: e.DecodeEither, signature: e.Signature, overall: e.Overall, fields: make(map[string]string)}
	for name, raw := range e.Fields {
		c.fields[name] = text(plain(t, raw))
	}
	if vc.Trust != nil {
		for _, name := range vc.Trust.Files {
			c.trust = append(c.trust, inDER(vc.File(t, name)))
		}
	}
	return c
}

func healthBarcode(t *testing.T, vc vectors.Case) barcodeCase {
	c := barcodeCase{id: vc.ID, in: formats.Bytes(vc.File(t, vc.Input.File)), decode: *vc.Expect.Decode, signature: vc.Expect.Signature, outcome: *vc.Expect.Outcome}
	for _, text := range vc.Trust.CertsPEM {
		c.trust = append(c.trust, inDER([]byte(text)))
	}
	return c
}

// inDER gives a certificate in DER, whether it is in DER or in PEM.
func inDER(data []byte) []byte {
	if block, _ := pem.Decode(data); block != nil {
		return block.Bytes
	}
	return data
}

func runBarcodes(t *testing.T, cases []barcodeCase, f formats.Format, read func(*formats.Document, string) map[string]string) {
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, bc := range cases {
		t.Run(bc.id, func(t *testing.T) {
			ran[bc.id] = true
			c := &comparison{t: t, id: bc.id, list: list, used: used}
			compareBarcode(c, bc, f, read)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareBarcode(c *comparison, bc barcodeCase, f formats.Format, read func(*formats.Document, string) map[string]string) {
	doc, err := f.Decode(bc.in, formats.Options{})
	if !bc.either {
		c.same("decode", (err == nil) == bc.decode, "%v, expected %v", err, bc.decode)
	}
	if bc.overall != nil {
		d := inspectAs(c.t, f, listed(c.t, bc.trust, nil), clockOr(time.Time{}, false), bc.in)
		c.same("overall", *bc.overall || d.Verdict != verify.Accept, "%s, %s", d.Status, d.Verdict)
	}
	if err != nil {
		return
	}
	if bc.signature != nil {
		compareBarcodeSignature(c, bc, f, doc)
	}
	if bc.outcome != "" {
		d := inspectAs(c.t, f, listed(c.t, bc.trust, nil), doc.Validity.IssuedAt.AddDate(0, 0, 2), bc.in)
		c.same("outcome", bc.outcome == "valid" && d.Verdict == verify.Accept, "%s, %s; expected %s (%v)", d.Status, d.Verdict, bc.outcome, codes(d))
	}
	got := read(doc, bc.id)
	for name, want := range bc.fields {
		value, known := got[name]
		if !known {
			c.t.Errorf("the case expects a field %q that the runner does not know", name)
			continue
		}
		c.same(strings.ReplaceAll(name, " ", "_"), value == want, "read as %q, expected %q", value, want)
	}
}

// compareBarcodeSignature checks the seal under the keys of the case's certificates, and where one of these is the signer that
// the seal names, as a list of the certificates finds it.
func compareBarcodeSignature(c *comparison, bc barcodeCase, f formats.Format, doc *formats.Document) {
	at := doc.Validity.IssuedAt.AddDate(0, 0, 2)
	d := inspectAs(c.t, f, listed(c.t, bc.trust, doc.Seals[0].Signer.KeyID), at, bc.in)
	c.same("signature", (d.Seals[0].State == verify.Holds) == *bc.signature, "the seal %v, expected %v (%v)", d.Seals[0].State, *bc.signature, codes(d))
	trust := listed(c.t, bc.trust, nil)
	if len(trust.Find(doc.Seals[0].Signer)) == 0 {
		return
	}
	want := verify.Fails
	if *bc.signature {
		want = verify.Holds
	}
	d = inspectAs(c.t, f, trust, at, bc.in)
	c.same("anchored", d.Seals[0].State == want, "the seal %v, expected %v (%v)", d.Seals[0].State, want, codes(d))
}

// listed is a list of the certificates as they are, or, where a key ID is given, of their keys under that ID: some specimens
// name another signer than the one whose certificate their source publishes.
func listed(t *testing.T, certificates [][]byte, keyID []byte) *trustlist.Snapshot {
	t.Helper()
	var anchors []trustlist.Anchor
	for _, raw := range certificates {
		c, err := cert.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		a := trustlist.Anchor{Role: trustlist.Signer, Uses: formats.AllUses, Scope: []formats.ID{trustlist.AnyFormat}, Key: c.Key, KeyID: keyID}
		if keyID == nil {
			if a, err = trustlist.FromCertificate(c, trustlist.Source{Name: "case"}); err != nil {
				t.Fatal(err)
			}
		}
		anchors = append(anchors, a)
	}
	s, err := trustlist.New(trustlist.Info{Name: "case"}, anchors, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// vdsNames are the names of the two source libraries for what the format calls by the second name.
var vdsNames = map[string]string{
	"countryId": "issuing_state", "issuingCountry": "issuing_state", "certificateReference": "certificate_reference",
	"signingDate": "date_of_signing", "issuingDate": "date_of_issue",
	"MRZ": "mrz", "MRZ_MRVB": "mrz", "ARZ": "azr_number", "AZR": "azr_number", "SHEET_NUMBER": "sheet_number",
	"AGS": "municipality_number", "MUNICIPALITY_NUMBER": "municipality_number", "POSTAL_CODE": "postal_code",
	"ADDRESS": "address", "RESIDENTIAL_ADDRESS": "address", "SOCIAL_INSURANCE_NUMBER": "social_insurance_number", "SIN": "social_insurance_number",
	"BIRTH_NAME": "birth_name", "ACADEMIC_DEGREE": "academic_degree", "MOVING_DATE": "moving_date", "DATE_OF_NOTIFICATION": "date_of_notification",
	"PLACE_OF_BIRTH": "place_of_birth", "DESTINATION": "destination", "RESIDENCE": "residence", "TYPE_OF_ID": "type_of_id", "ID_NUMBER": "id_number",
	"EMAIL": "email", "BATCH_NUMBER": "batch_number", "CAR_LICENSE_PLATE": "licence_plate", "CAR_MODEL": "model", "CAR_COLOR": "colour",
	"ISSUER_ID": "issuer_id", "UI_SERIAL_NUMBER": "serial_number", "MANUFACTURING_PLACE": "place_of_manufacture",
	"MANUFACTURING_FACILITY": "manufacturing_facility", "MACHINE": "machine", "PRODUCT_DESCRIPTION": "product", "MARKET_OF_SALE": "market_of_sale",
	"SHIPMENT_ROUTE": "shipment_route", "IMPORTER": "importer", "LINK": "link", "ADDRESS_STREET": "street", "ADDRESS_CITY": "town",
	"EVENT_TITLE": "event", "TICKET_NUMBER": "ticket_number", "LOCATION_NAME": "location", "SEAT_SECTION": "seat_section", "SEAT_ROW": "seat_row",
	"SEAT_NUMBER": "seat_number", "SCHOOL_NAME": "school", "CLASS": "class",
}

// vdsTypes are the names of vdstools for kinds of documents, of which it does not know all.
var vdsTypes = map[string]string{
	"social insurance card": "SOCIAL_INSURANCE_CARD", "arrival attestation": "ARRIVAL_ATTESTATION", "certificate of registration": "MELDEBESCHEINIGUNG",
	"emergency travel document with biometric data": "UNKNOWN",
}

// vdsFields gives the claims by the names of the source libraries.
func vdsFields(doc *formats.Document, id string) map[string]string {
	claims := doc.Parts[0].Unverified
	extra := make(map[string]string)
	for _, f := range claims.Extra {
		extra[f.Name] = f.Value
	}
	extra["mrz"] = extra["mrz_line_1"] + "\n" + extra["mrz_line_2"]
	got := make(map[string]string)
	for theirs, ours := range vdsNames {
		got[theirs] = extra[ours]
	}
	for i := '1'; i <= '4'; i++ {
		got[extra["heading_"+string(i)]] = extra["value_"+string(i)]
	}
	if strings.HasPrefix(id, "vds-kurz/") {
		got["MRZ"] = asTD1(extra["mrz"])
	}
	got["documentType"] = vdsTypes[extra["document_type"]]
	if doc.Seals != nil {
		got["signerCertReference"] = string(doc.Seals[0].Signer.KeyID)
	}
	for _, d := range claims.Documents {
		got["PASSPORT_NUMBER"], got["DOCUMENT_NUMBER"], got["STUDENT_ID"] = d.Number, d.Number, d.Number
	}
	for _, s := range claims.Subjects {
		name := s.Names[len(s.Names)-1]
		got["SURNAME"], got["FIRST_NAME"], got["GIVEN_NAME"], got["NAME"], got["OWNER"] = name.Family, name.Given, name.Given, name.Full, name.Full
		got["NATIONALITY"], got["SEX"] = s.Nationality, s.Sex
	}
	for _, e := range claims.Events {
		got["VACCINE"], got["VACCINATED_DISEASE"], got["DOCTOR"] = e.Product.Code, e.Target.Code, e.Issuer
	}
	return got
}

// asTD1 writes a zone of two lines of 36 in the order of a card's three lines of 30, as KURZ prints every zone.
func asTD1(zone string) string {
	first, second, ok := strings.Cut(zone, "\n")
	if !ok || len(first) != 36 || len(second) != 36 {
		return zone
	}
	number, nationality, dates, optional := second[:10], second[10:13], second[13:28], second[28:]
	return first[:5] + number + strings.Repeat("<", 15) + dates + nationality + strings.Repeat("<", 11) + optional[7:] + first[5:35]
}
