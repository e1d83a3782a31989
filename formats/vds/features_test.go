package vds_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
)

func TestFeaturesAreReadByTheTableOfTheirKind(t *testing.T) {
	for what, c := range map[string]struct {
		seal barcode.VDS
		want map[string]string
	}{
		"visa": {visa, map[string]string{"number_of_entries": "2", "duration_of_stay": "90 days, 0 months, 0 years",
			"mrz_line_1": "VCUTOOEDEGAARD<QUILL<<TOBIAS<<<<<<<<", "mrz_line_2": "UT70426996UTO9111026M5712311"}},
		"large visa":       {barcode.LargeVisa(ut.P256), map[string]string{"number_of_entries": "unlimited", "duration_of_stay": "0 days, 0 months, 1 years"}},
		"visa's own stay":  {visa.With(0x04, []byte{0xFF, 0xFF, 0xFF}), map[string]string{"duration_of_stay": "defined by the visa itself"}},
		"as long":          {visa.With(0x04, []byte{0xFE, 0xFE, 0xFE}), map[string]string{"duration_of_stay": "as long as the visa is valid"}},
		"visa type":        {visa.With(0x06, []byte{1, 2}), map[string]string{"visa_type": "0102"}},
		"arrival":          {barcode.Arrival(ut.P256), map[string]string{"azr_number": "160113000085"}},
		"sheet":            {barcode.Sheet(ut.P256), map[string]string{"sheet_number": "UT0000005"}},
		"insurance":        {barcode.Insurance(ut.P256), map[string]string{"social_insurance_number": "65170839J003", "birth_name": "Jacobénius"}},
		"sticker":          {barcode.Sticker(ut.P256), map[string]string{"municipality_number": "05314000", "address": "53175HARBOURSTR11"}},
		"journey":          {barcode.Journey(ut.P256), map[string]string{"destination": "Utopia"}},
		"test":             {barcode.Tested(ut.P256), map[string]string{"supervisor": "M. Quill", "id_number": "UT7042699", "validity": "30"}},
		"with a face":      {barcode.Portrayed(ut.P256), map[string]string{"document_type": "emergency travel document with biometric data", "biometric_data": "128 bytes"}},
		"health insurance": {healthInsurance, map[string]string{"accommodation": "A", "service_network": "harbour"}},
		"a further one":    {visa.With(0x70, []byte{0xAB}), map[string]string{"tag 70": "ab"}},
		"an unknown kind":  {visa.But(func(v *barcode.VDS) { v.Kind = [2]byte{0x11, 0x05} }), map[string]string{"document_type": "type not known (11 05)", "tag 04": "5a0000"}},
		"a number too far": {visa.With(0x03, []byte{1, 2}), map[string]string{"number_of_entries": "0102"}},
	} {
		doc := decode(t, c.seal, formats.Options{})
		for name, want := range c.want {
			if got := extra(doc, name); got != want {
				t.Errorf("%s: %s is %q, want %q", what, name, got, want)
			}
		}
	}
}

var healthInsurance = barcode.Seal(ut.P256, [2]byte{0x8C, 0x04}, barcode.Feature{Tag: 0x01, Value: []byte("UT-1")}, barcode.Feature{Tag: 0x02, Value: []byte("Tobias Quill")},
	barcode.Feature{Tag: 0x03, Value: mint.SealDate(1991, 11, 2)}, barcode.Feature{Tag: 0x04, Value: []byte("all")}, barcode.Feature{Tag: 0x05, Value: []byte("A")},
	barcode.Feature{Tag: 0x06, Value: mint.SealDate(2057, 1, 1)}, barcode.Feature{Tag: 0x07, Value: []byte("harbour")})

// Who reads a report of a kind that is not known sees the header, whoever sealed it, and nothing of the features.
func TestAKindThatIsNotKnownShowsItsHeader(t *testing.T) {
	odd := visa.But(func(v *barcode.VDS) { v.Kind = [2]byte{0x11, 0x05} })
	want := "document_type: type not known (11 05); its header, version 4, says: issuing state UTO, signer UTS1, certificate reference 27, issued " +
		odd.Issued.Format("2006-01-02") + ", signed " + odd.Created.Format("2006-01-02")
	if got := failing(decode(t, odd, formats.Options{})); !slices.Equal(got, []string{want}) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What may be a name is not shown before anybody has vouched for it.
func TestAReferenceThatIsNoneIsNotRepeated(t *testing.T) {
	for reference, shown := range map[string]string{"1A": "1A", "MAREN": "of another form", strings.Repeat("A", 41): "of another form"} {
		odd := visa.But(func(v *barcode.VDS) { v.Kind, v.Reference = [2]byte{0x11, 0x05}, reference })
		if got := failing(decode(t, odd, formats.Options{})); len(got) != 1 || !strings.Contains(got[0], "certificate reference "+shown+", issued") {
			t.Errorf("%s: %q", reference, got)
		}
	}
}

func TestATestIsAnEvent(t *testing.T) {
	doc := decode(t, barcode.Tested(ut.P256), formats.Options{})
	claims := doc.Parts[0].Unverified
	want := formats.Event{Kind: formats.Test, TestType: formats.Coded{Code: "Utopian antigen test"}, Target: formats.Coded{Code: "COVID-19"}, Issuer: "Harbour Pharmacy", ID: "UT-AG-1"}
	if len(claims.Events) != 1 || doc.Purpose != formats.Test || len(failing(doc)) != 0 {
		t.Fatalf("%+v for %s, %v", claims.Events, doc.Purpose, failing(doc))
	}
	e := claims.Events[0]
	if want.When = e.When; e != want || !e.When.Instant.Equal(barcode.Issued) {
		t.Errorf("%+v", e)
	}
	for tag, missing := range map[byte]string{0x01: "surname", 0x08: "test", 0x0D: "test_date", 0x0E: "validity"} {
		if got := failing(decode(t, barcode.Tested(ut.P256).Without(tag), formats.Options{})); !slices.Equal(got, []string{missing + ": missing"}) {
			t.Errorf("%q", got)
		}
	}
}

func TestPeopleAndDocumentsAreTold(t *testing.T) {
	claims := decode(t, barcode.Insurance(ut.P256), formats.Options{}).Parts[0].Unverified
	if n := claims.Subjects[0].Names; len(n) != 1 || n[0].Family != mint.Jonas.Family || n[0].Given != mint.Jonas.Given {
		t.Errorf("%+v", n)
	}
	doc := decode(t, barcode.Journey(ut.P256), formats.Options{})
	claims = doc.Parts[0].Unverified
	if s := claims.Subjects[0]; s.Birth.String() != "1991-11-02" || s.Sex != "M" || s.Nationality != "UTO" {
		t.Errorf("%+v", s)
	}
	if doc.Validity.NotAfter.Format("2006-01-02") != "2057-12-31" || claims.Documents[0].Number != "UT4711" {
		t.Errorf("%v, %+v", doc.Validity.NotAfter, claims.Documents)
	}
	claims = decode(t, barcode.Sticker(ut.P256), formats.Options{}).Parts[0].Unverified
	if claims.Subjects != nil || claims.Documents[0] != (formats.DocRef{Type: "ID", Number: "UT2000AK4"}) {
		t.Errorf("%+v", claims)
	}
	numbers := decode(t, visa, formats.Options{}).Parts[0].Unverified.Documents
	if d := numbers[len(numbers)-1]; d != (formats.DocRef{Type: "P", Number: "UT7042699"}) {
		t.Errorf("%+v", numbers)
	}
}

func TestASignerForOneTypeOfDocumentIsAskedForIt(t *testing.T) {
	for want, v := range map[string]barcode.VDS{"VC": visa, "VA": barcode.LargeVisa(ut.P256), "AR": barcode.Permit(ut.P256), "ST": barcode.Sticker(ut.P256), "": barcode.Insurance(ut.P256)} {
		if got := decode(t, v, formats.Options{}).Seals[0].Signer.DocumentType; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestContentThatBreaksItsTable(t *testing.T) {
	for what, c := range map[string]struct {
		seal barcode.VDS
		want []string
	}{
		"sound":                  {visa, nil},
		"an unknown kind":        {visa.But(func(v *barcode.VDS) { v.Kind = [2]byte{0x5D, 0x02} }), []string{"document_type: type not known"}},
		"a kind of 5F":           {visa.But(func(v *barcode.VDS) { v.Kind = [2]byte{0x5F, 0x01} }), []string{"document_type: type not known"}},
		"no stay":                {visa.Without(0x04), []string{"duration_of_stay: missing"}},
		"no zone":                {visa.Without(0x02), []string{"mrz: missing"}},
		"a stay of two bytes":    {visa.With(0x04, []byte{1, 2}), []string{"duration_of_stay: of a length"}},
		"too short a number":     {visa.With(0x05, mint.C40("UT7")), []string{"passport_number: of a length"}},
		"a number in no C40":     {visa.With(0x05, make([]byte, 6)), []string{"passport_number: not C40"}},
		"a zone in no C40":       {visa.With(0x02, make([]byte, 44)), []string{"mrz: not a machine readable zone"}},
		"a zone of 66":           {visa.With(0x02, mint.C40(strings.Repeat("A", 66))), []string{"mrz: not a machine readable zone"}},
		"no UTF-8":               {barcode.Insurance(ut.P256).With(0x02, []byte{'M', 0xFC, 'r'}), []string{"surname: not UTF-8"}},
		"an empty name":          {barcode.Insurance(ut.P256).With(0x02, nil), []string{"surname: of a length"}},
		"a date of February":     {barcode.Journey(ut.P256).With(0x05, mint.SealDate(1991, 2, 30)), []string{"birth_date: not a date"}},
		"an unknown profile":     {administrative(make([]byte, 16)), []string{"profile: a profile that is not known"}},
		"no profile":             {administrative(nil).Without(0x00), []string{"profile: missing"}},
		"a short profile":        {administrative([]byte{1}), []string{"profile: of a length", "profile: a profile"}},
		"several at once":        {visa.Without(0x04).Without(0x05), []string{"duration_of_stay: missing", "passport_number: missing"}},
		"a feature that is free": {visa.With(0x70, []byte{1}), nil},
	} {
		doc := decode(t, c.seal, formats.Options{})
		if got := failing(doc); !begin(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

func administrative(profile []byte) barcode.VDS {
	return barcode.Seal(ut.P256, [2]byte{0x01, 0xC8}, barcode.Feature{Tag: 0x00, Value: profile}, barcode.Feature{Tag: 0x04, Value: []byte("Quill")})
}

// A signer may seal what is not known here only where it may vouch for everything that is.
func TestAnUnknownKindNeedsEveryUse(t *testing.T) {
	if p := decode(t, visa.But(func(v *barcode.VDS) { v.Kind = [2]byte{0x11, 0x05} }), formats.Options{}).Purpose; p != formats.AllUses {
		t.Errorf("for %s", p)
	}
}

func TestTraceShowsEveryStageUpToWhereItFails(t *testing.T) {
	names := func(b []byte) (list []string) {
		for _, s := range vds.Format.Trace(formats.Bytes(b), formats.Options{}) {
			list = append(list, s.Name)
			if s.Err == nil && len(s.Detail) == 0 {
				t.Errorf("%s shows nothing", s.Name)
			}
		}
		return list
	}
	b := visa.Build()
	if got := names(b); !slices.Equal(got, []string{"bytes", "header", "message", "features"}) {
		t.Errorf("%v", got)
	}
	if got := names(b[:len(b)-1]); !slices.Equal(got, []string{"bytes", "header", "message"}) {
		t.Errorf("%v", got)
	}
	if got := names(nil); !slices.Equal(got, []string{"bytes"}) {
		t.Errorf("%v", got)
	}
	names(visa.But(func(v *barcode.VDS) { v.Signer = nil }).Without(0x04).Build())
}

// The zone is read with its check digits, and by the day of signing, so that no clock tells the century.
func TestTheZoneIsReadAsAZone(t *testing.T) {
	for what, v := range map[string]barcode.VDS{"visa": visa, "large": barcode.LargeVisa(ut.P256), "permit": barcode.Permit(ut.P256), "sheet": barcode.Sheet(ut.P256)} {
		doc := decode(t, v, formats.Options{})
		claims := doc.Parts[0].Unverified
		if len(claims.Subjects) != 1 || claims.Subjects[0].Names[0].Script != "icao" || claims.Subjects[0].Nationality != "UTO" {
			t.Fatalf("%s: %+v", what, claims)
		}
		if doc.Validity.NotAfter.Format("2006-01-02") != "2057-12-31" || len(failing(doc)) != 0 || claims.Documents[0].IssuingState != "UTO" {
			t.Errorf("%s: until %s, %v", what, doc.Validity.NotAfter, failing(doc))
		}
	}
	if b := decode(t, visa, formats.Options{}).Parts[0].Unverified.Subjects[0].Birth.String(); b != mint.Tobias.Birth {
		t.Errorf("born %s", b)
	}
	zone := []byte(barcode.Small(mint.Tobias.Passport("UT7042699", "M"))[:64])
	zone[0], zone[45] = 'V', '9'
	doc := decode(t, visa.With(0x02, mint.C40(string(zone))), formats.Options{})
	if got := failing(doc); !begin(got, []string{"line 2, position 10: the document number check digit"}) {
		t.Errorf("%q", got)
	}
}

func TestDocumentCodesOfOtherSizes(t *testing.T) {
	for code, v := range map[string]barcode.VDS{"ME": barcode.Arrival(ut.P256), "PU": barcode.Emergency(ut.P256)} {
		doc := decode(t, v, formats.Options{})
		if !slices.Equal(tolerated(doc), []string{"document-code"}) || len(failing(doc)) != 0 || doc.Seals[0].Signer.DocumentType != code {
			t.Errorf("%s: %v, %v", code, tolerated(doc), failing(doc))
		}
		doc = decode(t, v, formats.Options{Refuse: []string{"document-code"}})
		if got := failing(doc); !begin(got, []string{"line 1, positions 1 to 2: document code"}) {
			t.Errorf("%s: %q", code, got)
		}
	}
}
