package mdoc_test

import (
	"bytes"
	"encoding/base64"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/mobile"
)

func TestALicenceSaysWhatItsElementsSay(t *testing.T) {
	got := inspect(t, formats.Bytes(good.Build().Response)).Verified
	if got == nil {
		t.Fatal("not authentic")
	}
	want := formats.Claims{
		Subjects: []formats.Subject{{
			Names: []formats.Name{{Family: mint.Maren.Family, Given: mint.Maren.Given, Source: mobile.LicenceSpace}},
			Birth: formats.Date{Year: 1984, Month: time.July, Day: 19},
		}},
		Documents: []formats.DocRef{{
			Type: "mDL", Number: "UT-D-0017243", IssuingState: "UT",
			Issued: formats.Date{Year: 2023, Month: time.May, Day: 20}, Expires: formats.Date{Year: 2033, Month: time.May, Day: 20},
		}},
		Portrait: &formats.Image{MediaType: "image/jpeg", Data: chip.Portrait("maren")},
		Extra: []formats.Field{
			{Name: "docType", Value: mobile.LicenceType}, {Name: "issuing_authority", Value: "Utopia Roads Office"},
			{Name: "driving_privileges[0].vehicle_category_code", Value: "B"},
			{Name: "driving_privileges[0].issue_date", Value: "2004-08-02"}, {Name: "driving_privileges[0].expiry_date", Value: "2033-05-20"},
		},
	}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("read\n%+v\nwant\n%+v", *got, want)
	}
}

func TestAPhotoIDSaysWhatItsElementsSay(t *testing.T) {
	got := inspect(t, formats.Bytes(mobile.PhotoID(utopia.SignerBrainpool).Build().Response)).Verified
	if got == nil || len(got.Subjects) != 1 {
		t.Fatalf("%+v", got)
	}
	s := got.Subjects[0]
	names := []formats.Name{
		{Family: mint.Mali.Family, Given: mint.Mali.Given, Source: mobile.CommonSpace + " unicode"},
		{Family: "Kaeothongkham", Given: "Mali", Source: mobile.CommonSpace + " latin1"},
	}
	if !slices.Equal(s.Names, names) || s.Birth != (formats.Date{Year: 1990, Month: time.April}) || s.Sex != "F" || s.Nationality != "UT" {
		t.Errorf("%+v", s)
	}
	if len(got.Documents) != 2 || got.Documents[0].Type != "photo ID" || got.Documents[0].Issued.Instant.IsZero() ||
		got.Documents[1] != (formats.DocRef{Type: "travel document", Number: "UT4410095"}) {
		t.Errorf("%+v", got.Documents)
	}
	for _, f := range []formats.Field{{Name: "sex", Value: "2"}, {Name: "age_over_18", Value: "true"}, {Name: "birth_date.approximate_mask", Value: "00000011"}} {
		if !slices.Contains(got.Extra, f) {
			t.Errorf("%+v lacks %+v", got.Extra, f)
		}
	}
}

// The issuer's seal names its certificate, the issuing country and the type; the dates are those of what comes to an end first.
func TestTheSealAndTheDates(t *testing.T) {
	doc := decode(t, good, formats.Options{})
	s := doc.Seals[0]
	if len(doc.Seals) != 1 || s.Role != formats.Issuer || s.Algorithm != formats.ES256 || s.Signer.KeyID != nil || s.Signer.Country != "UT" ||
		s.Signer.DocumentType != mobile.LicenceType || len(s.Signer.Chain) != 1 || !bytes.Equal(s.Signer.Chain[0], utopia.Signer.Cert) {
		t.Errorf("%+v", s)
	}
	want := formats.Validity{IssuedAt: mobile.SignedAt, NotBefore: mobile.SignedAt, NotAfter: mobile.Until, MustExpire: true}
	if doc.Validity != want || doc.Purpose != formats.Travel || !slices.Equal(doc.Wants, []string{"org.iso.18013.5.1/portrait"}) {
		t.Errorf("%+v, wants %v", doc.Validity, doc.Wants)
	}
	early := decode(t, good.With(mobile.LicenceSpace, "expiry_date", mobile.Day("2027-01-31")), formats.Options{})
	if !early.Validity.NotAfter.Equal(time.Date(2027, 1, 31, 23, 59, 59, 0, time.UTC)) {
		t.Errorf("%s", early.Validity.NotAfter)
	}
	// A date that nobody has signed is none.
	loose := decode(t, good.Item("expiry_date", func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(99), "digestID") }), formats.Options{})
	if !loose.Validity.NotAfter.Equal(mobile.Until) {
		t.Errorf("%s", loose.Validity.NotAfter)
	}
	if p := doc.Parts[1]; p.Name != "org.iso.18013.5.1/family_name" || p.Seal != 0 || len(p.Path) != 1 || p.Path[0].Data[0] != 0xd8 {
		t.Errorf("%+v", p)
	}
}

// What is not as the specification has it is named at its place, and nothing else is lost.
func TestBreachesAreNamed(t *testing.T) {
	with := func(name string, value mint.Item) mobile.Document { return good.With(mobile.LicenceSpace, name, value) }
	photo := func(name string, value mint.Item) mobile.Document {
		return mobile.PhotoID(utopia.Signer).With(mobile.CommonSpace, name, value)
	}
	object := func(value mint.Item, path ...any) mobile.Document {
		return good.Objected(func(m mint.Map) mint.Item { return mint.Set(m, value, path...) })
	}
	birth := func(date mint.Item, mask string) mint.Item {
		return mint.Map{{mint.Text("birth_date"), date}, {mint.Text("approximate_mask"), mint.Text(mask)}}
	}
	document := func(change func(mint.Map) mint.Item) mobile.Document {
		d := good
		d.Hooks.Document = change
		return d
	}
	long := strings.Repeat("x", 97)
	for what, c := range map[string]struct {
		doc   mobile.Document
		where string
	}{
		"a name that is none":           {with("family_name", mint.Int(1)), "org.iso.18013.5.1/family_name"},
		"an empty name":                 {with("given_name", mint.Text("")), "org.iso.18013.5.1/given_name"},
		"a month alone":                 {with("birth_date", mobile.Day("1984-07")), "org.iso.18013.5.1/birth_date"},
		"a day that does not exist":     {with("issue_date", mobile.Day("2023-02-30")), "org.iso.18013.5.1/issue_date"},
		"a day under the other tag":     {with("issue_date", mint.Tag{Number: 0, Content: mint.Text("2023-05-20")}), "org.iso.18013.5.1/issue_date"},
		"a time under the other tag":    {with("issue_date", mint.Tag{Number: 1004, Content: mint.Text("2023-05-20T00:00:00Z")}), "org.iso.18013.5.1/issue_date"},
		"a date under no known tag":     {with("issue_date", mint.Tag{Number: 1, Content: mint.Text("2023-05-20")}), "org.iso.18013.5.1/issue_date"},
		"a sex that is none":            {with("sex", mint.Int(3)), "org.iso.18013.5.1/sex"},
		"a sex in letters":              {with("sex", mint.Text("F")), "org.iso.18013.5.1/sex"},
		"an age that is a number":       {with("age_over_18", mint.Int(1)), "org.iso.18013.5.1/age_over_18"},
		"a small country":               {with("issuing_country", mint.Text("ut")), "org.iso.18013.5.1/issuing_country"},
		"a mask that is too short":      {photo("birth_date", birth(mobile.Day("1990-04-01"), "11")), "org.iso.23220.1/birth_date"},
		"a mask without a date":         {photo("birth_date", mint.Map{}), "org.iso.23220.1/birth_date"},
		"a key without a coordinate":    {good.Objected(func(m mint.Map) mint.Item { return mint.Drop(m, "deviceKeyInfo", "deviceKey", -3) }), "deviceKeyInfo"},
		"a key on an unknown curve":     {object(mint.Int(8), "deviceKeyInfo", "deviceKey", -1), "deviceKeyInfo"},
		"a key of another kind":         {object(mint.Int(1), "deviceKeyInfo", "deviceKey", 1), "deviceKeyInfo"},
		"a key that is none":            {object(mint.Int(1), "deviceKeyInfo", "deviceKey"), "deviceKeyInfo"},
		"valid before it was signed":    {object(mobile.Moment(mobile.SignedAt.Add(-time.Hour)), "validityInfo", "validFrom"), "validityInfo"},
		"a fraction of a second":        {object(mint.Tag{Number: 0, Content: mint.Text("2026-10-01T09:00:00.5Z")}, "validityInfo", "signed"), "validityInfo.signed"},
		"a further entry outside":       {document(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("x"), mint.Int(1)) }), "document"},
		"a further entry of an item":    {good.Item("family_name", func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("x"), mint.Int(1)) }), "namespace 1, element 1"},
		"a name of a stranger's choice": {good.With("a space", "x", mint.Text("y")).With("a space", "x ", mint.Text("y")).Item("x", func(m mint.Map) mint.Item { return mint.Set(m, mint.Bytes("r"), "random") }), "namespace 2, element 1"},
		"the docType of nobody":         {document(func(m mint.Map) mint.Item { return mint.Drop(m, "docType") }), "docType"},
		"a type that is not known":      {func() mobile.Document { d := good; d.DocType = long; return d }(), "docType"},
	} {
		if got := breaches(decode(t, c.doc, formats.Options{})); !slices.Contains(got, c.where) {
			t.Errorf("%s: %v, want %s", what, got, c.where)
		}
	}
	if got := breaches(decode(t, good, formats.Options{})); got != nil {
		t.Errorf("a good document breaks its specification: %v", got)
	}
}

// A type that is not known is named, where it is a name of a type, with what the issuer says of it.
func TestATypeThatIsNotKnownIsNamed(t *testing.T) {
	for docType, want := range map[string]string{
		"example.utopia.books.1": "type not known (example.utopia.books.1); its security object says: signed 2026-", "Maren Quill": "type not known; its", "maren": "type not known; its",
	} {
		d := good
		d.DocType = docType
		checks := decode(t, d, formats.Options{}).Checks
		if len(checks) != 1 || !strings.HasPrefix(checks[0].Text, want) || strings.Count(checks[0].Text, "2026-") < 2 {
			t.Errorf("%s: %+v", docType, checks)
		}
	}
}

func TestTheBirthDateIsKnownAsFarAsItsMaskSays(t *testing.T) {
	for mask, want := range map[string]formats.Date{
		"00000000": {Year: 1990, Month: time.April, Day: 1}, "00000011": {Year: 1990, Month: time.April}, "00001111": {Year: 1990}, "00111111": {}, "1": {},
	} {
		value := mint.Map{{mint.Text("birth_date"), mobile.Day("1990-04-01")}, {mint.Text("approximate_mask"), mint.Text(mask)}}
		doc := decode(t, mobile.PhotoID(utopia.Signer).With(mobile.CommonSpace, "birth_date", value), formats.Options{})
		for _, p := range doc.Parts {
			if strings.HasSuffix(p.Name, "/birth_date") && p.Unverified.Subjects[0].Birth != want {
				t.Errorf("%s: %s", mask, p.Unverified.Subjects[0].Birth)
			}
		}
	}
}

// An IssuerSigned, a Document and a DeviceResponse, in bytes or as text, are one document.
func TestEveryFormOfADocumentIsRead(t *testing.T) {
	b := good.Build()
	for what, raw := range map[string][]byte{"IssuerSigned": b.IssuerSigned, "Document": b.Document, "DeviceResponse": b.Response} {
		text := base64.RawURLEncoding.EncodeToString(raw)
		for form, in := range map[string]formats.Input{
			"bytes": formats.Bytes(raw), "text": formats.Text(text), "a line": formats.Text(text + "\r\n"),
			"a file": {Files: []formats.File{{Name: "DeviceResponse", Data: raw}}},
		} {
			if got, err := formatsSet(t).Recognise(in); err != nil || got.ID != mdoc.ID {
				t.Errorf("%s, %s: %v", what, form, err)
			}
			if d := inspect(t, in); d.Verdict.String() != "accept" {
				t.Errorf("%s, %s: %s, %v", what, form, d.Status, d.Findings)
			}
		}
	}
	refused(t, "text", formats.Text(b.Text), formats.Options{Refuse: []string{"base64url"}}, formats.CodeEncoding, "text")
	refused(t, "a bad character", formats.Text(b.Text[:100]+"*"+b.Text[101:]), formats.Options{}, formats.CodeEncoding, "text")
	refused(t, "an engagement", formats.Text("mdoc:owBjMS4wAY"), formats.Options{}, formats.CodeEnvelope, "text")
}
