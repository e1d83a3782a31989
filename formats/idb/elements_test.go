package idb_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/idb"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
)

func TestTheHeaderNamesTheSigner(t *testing.T) {
	doc := decode(t, card, formats.Options{})
	s := doc.Seals[0]
	if !bytes.Equal(s.Signer.KeyID, barcode.Thumb(ut.P256)) || s.Signer.Country != "UT" || s.Signer.DocumentType != "I" || s.Signer.Chain != nil {
		t.Errorf("%x in %q for %q", s.Signer.KeyID, s.Signer.Country, s.Signer.DocumentType)
	}
	if s.Algorithm != formats.ES256 || len(s.Signature) != 64 || doc.Purpose != formats.Travel {
		t.Errorf("%+v for %s", s.Algorithm, doc.Purpose)
	}
	if v := doc.Validity; !v.IssuedAt.Equal(time.Date(2026, 3, 8, 10, 0, 0, 0, time.UTC)) || !v.IssuedUntil.Equal(time.Date(2026, 3, 10, 11, 59, 59, 0, time.UTC)) {
		t.Errorf("%+v", v)
	}
	with := decode(t, card.But(func(d *barcode.IDB) { d.WithCert = true }), formats.Options{}).Seals[0]
	if len(with.Signer.Chain) != 1 || !bytes.Equal(with.Signer.Chain[0], ut.P256.Cert) || !bytes.Equal(with.Signed, s.Signed) {
		t.Error("the certificate is not there, or the signature covers it")
	}
	for n, want := range map[byte]formats.Algorithm{2: formats.ES384, 3: formats.ES512} {
		if got := decode(t, card.But(func(d *barcode.IDB) { d.Algorithm = n }), formats.Options{}).Seals[0].Algorithm; got != want {
			t.Errorf("%d is %s", n, got.Name())
		}
	}
	for _, n := range []byte{0, 4, 255} {
		if p := decode(t, card.But(func(d *barcode.IDB) { d.Algorithm = n }), formats.Options{}).Seals[0].Problem; p.Code != formats.CodeSealUnsupported {
			t.Errorf("%d: %+v", n, p)
		}
	}
}

func TestMessagesAreRead(t *testing.T) {
	doc := decode(t, card, formats.Options{})
	if extra(doc, "card_access_number") != "156782" || !strings.HasPrefix(extra(doc, "mrz_line_1"), "I<UTOUT5566778") || extra(doc, "mrz_line_3") == "" {
		t.Errorf("%+v", doc.Parts[0].Unverified.Extra)
	}
	if s := doc.Parts[0].Unverified.Subjects; len(s) != 1 || s[0].Names[0].Family != "ACHTERBERG LINDQVIST" {
		t.Errorf("%+v", s)
	}
	if n := doc.Validity.NotAfter.Format("2006-01-02"); n != "2057-12-31" {
		t.Errorf("until %s", n)
	}
	jpeg := append([]byte{0xFF, 0xD8, 0xFF, 0xE0}, make([]byte, 300)...)
	german := card.But(func(d *barcode.IDB) {
		d.State = "D"
		d.Messages = []barcode.Feature{{Tag: 0x80, Value: jpeg}, {Tag: 0x84, Value: append([]byte{0}, mint.SealDate(2030, 4, 23)...)},
			{Tag: 0x85, Value: mint.C40("UT1122334")}, {Tag: 0x86, Value: []byte{17}}, {Tag: 0x83, Value: mint.C40("ABC123456DEF")}}
	})
	doc = decode(t, german, formats.Options{})
	claims := doc.Parts[0].Unverified
	if len(failing(doc)) != 0 || claims.Portrait == nil || claims.Portrait.MediaType != "image/jpeg" || len(claims.Portrait.Data) != 304 {
		t.Errorf("%v, %+v", failing(doc), claims.Portrait)
	}
	if extra(doc, "date_of_expiry") != "2030-04-23" || extra(doc, "document_type") != "permit for frontier workers" || extra(doc, "azr_number") != "ABC123456DEF" ||
		claims.Documents[0].Number != "UT1122334" || doc.Validity.NotAfter.Format("2006-01-02") != "2030-04-23" {
		t.Errorf("%+v", claims)
	}
}

// visaOf is the seal on a visa with an element in place of one of its own, or behind it where the size is the same.
func visaOf(tag byte, element []byte) barcode.IDB {
	return barcode.VisaSticker(ut.P256).But(func(d *barcode.IDB) {
		value := d.Messages[0].Value
		var out []byte
		for at := 0; at < len(value); at += 2 + int(value[at+1]) {
			one := value[at : at+2+int(value[at+1])]
			if one[0] != tag || len(one) == len(element) && one[0] == element[0] {
				out = append(out, one...)
			}
			if one[0] == tag {
				out = append(out, element...)
			}
		}
		d.Messages[0].Value = out
	})
}

func TestAVisaIsReadByItsFeatures(t *testing.T) {
	doc := decode(t, barcode.VisaSticker(ut.P256), formats.Options{})
	claims := doc.Parts[0].Unverified
	if len(failing(doc)) != 0 || doc.Purpose != formats.Travel || doc.Seals[0].Signer.DocumentType != "VC" {
		t.Errorf("%v, for %s, %q", failing(doc), doc.Purpose, doc.Seals[0].Signer.DocumentType)
	}
	for name, want := range map[string]string{
		"mrz_line_1": "VCUTOOEDEGAARD<QUILL<<TOBIAS<<<<<<<<", "mrz_line_2": "UT70426996UTO9111026M5712311",
		"number_of_entries": "2", "duration_of_stay": "90 days, 0 months, 0 years",
	} {
		if got := extra(doc, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(claims.Subjects) != 1 || claims.Subjects[0].Birth.String() != mint.Tobias.Birth || doc.Validity.NotAfter.Format("2006-01-02") != "2057-12-31" {
		t.Errorf("%+v, %+v", claims.Subjects, doc.Validity)
	}
	if n := len(claims.Documents); n != 2 || claims.Documents[1] != (formats.DocRef{Type: "P", Number: "UT7042699"}) {
		t.Errorf("%+v", claims.Documents)
	}
	further := visaOf(3, []byte{0x70, 1, 0xAB})
	if got := extra(decode(t, further, formats.Options{}), "visa, tag 70"); got != "ab" {
		t.Errorf("%q", got)
	}
}

func TestWhatASignerMustBeAllowedFollowsTheMessages(t *testing.T) {
	of := func(tags ...byte) formats.Uses {
		d := card.But(func(d *barcode.IDB) { d.Messages = nil })
		for _, tag := range tags {
			d = d.With(tag, []byte{1})
		}
		return decode(t, d, formats.Options{}).Purpose
	}
	if of(3) != formats.Test || of(4, 5) != formats.Vaccination|formats.Recovery || of(1) != formats.Travel || of(0x90) != formats.AllUses || of(0x0A) != formats.Travel {
		t.Errorf("%s, %s, %s, %s", of(3), of(4, 5), of(1), of(0x90))
	}
}

func TestContentThatBreaksTheReport(t *testing.T) {
	german := card.But(func(d *barcode.IDB) { d.State, d.Messages = "D", nil })
	for what, c := range map[string]struct {
		doc  barcode.IDB
		want []string
	}{
		"sound":                      {card, nil},
		"a message of ICAO's":        {card.With(0x20, nil), []string{"tag 20: type not known; its header says: issuing state UTO, certificate reference "}},
		"a message of the state's":   {card.With(0x82, mint.C40("A")), []string{"tag 82: type not known"}},
		"an unknown state":           {card.But(func(d *barcode.IDB) { d.State = "UTX" }), []string{"issuing_state: not the code"}},
		"a number in no C40":         {card.With(0x09, []byte{0, 0}), []string{"card_access_number: not C40"}},
		"an empty number":            {card.With(0x09, nil), []string{"card_access_number: not C40"}},
		"a zone of another size":     {card.With(0x07, mint.C40("UTO")), []string{"mrz: not a machine readable zone"}},
		"a proof of testing":         {card.With(0x03, []byte{1}), []string{"proof_of_testing: its content is not read here"}},
		"no visa":                    {card.With(0x01, []byte{1, 1}), []string{"visa: not the features"}},
		"a feature of a visa twice":  {visaOf(3, []byte{3, 1, 9}), []string{"visa: not the features"}},
		"an empty visa":              {card.With(0x01, nil), []string{"mrz: missing", "duration_of_stay: missing", "passport_number: missing"}},
		"a visa of two bytes' stay":  {visaOf(4, []byte{4, 2, 1, 1}), []string{"duration_of_stay: of a length"}},
		"a visa of no entries":       {visaOf(3, []byte{3, 0}), []string{"number_of_entries: of a length"}},
		"a visa with a whole zone":   {visaOf(2, append([]byte{2, 48}, mint.C40(strings.Repeat("A", 72))...)), []string{"mrz: not a machine readable zone"}},
		"no emergency document":      {card.With(0x02, []byte{1, 1, 1}), []string{"emergency_travel_document: not the feature"}},
		"a cut emergency document":   {card.With(0x02, []byte{2, 48}), []string{"emergency_travel_document: not the feature"}},
		"a type of 0":                {german.With(0x86, []byte{0}), []string{"document_type: type not known"}},
		"a type of 19":               {german.With(0x86, []byte{19}), []string{"document_type: type not known"}},
		"a type of two bytes":        {german.With(0x86, []byte{1, 1}), []string{"document_type: type not known"}},
		"a date of three bytes":      {german.With(0x84, mint.SealDate(2030, 1, 1)), []string{"date_of_expiry: not a date"}},
		"a picture of another kind":  {german.With(0x80, []byte("GIF89a")), []string{"face_image: neither"}},
		"a certificate of another":   {card.But(func(d *barcode.IDB) { d.WithCert, d.Reference = true, barcode.Thumb(ut.P384) }), []string{"certificate: not the one"}},
		"its own certificate":        {card.But(func(d *barcode.IDB) { d.WithCert = true }), nil},
		"a letter without signature": {stripped(), []string{"signature: missing"}},
	} {
		doc := decode(t, c.doc, formats.Options{})
		if got := failing(doc); !begin(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
	if doc := decode(t, stripped(), formats.Options{}); len(doc.Seals) != 0 || doc.Parts[0].Seal != formats.NoSeal {
		t.Error("a seal without a signature")
	}
}

func stripped() barcode.IDB {
	return card.Hooked(barcode.IDBHooks{Payload: func(b []byte) []byte { return b[:len(b)-66] }})
}

func TestWhatIsNotOfItsFormIsRefused(t *testing.T) {
	payload := func(f func([]byte) []byte) string { return card.Hooked(barcode.IDBHooks{Payload: f}).Build() }
	header := func(at int, b ...byte) string {
		return card.Hooked(barcode.IDBHooks{Header: func(h []byte) []byte { copy(h[at:], b); return h }}).Build()
	}
	text := card.Build()
	unsigned := card.But(func(d *barcode.IDB) { d.Signer = nil })
	for what, c := range map[string]struct{ text, code, step string }{
		"another identifier":        {"RDB2" + text[4:], formats.CodeEnvelope, "text"},
		"small letters":             {"rdb1" + text[4:], formats.CodeEnvelope, "text"},
		"nothing behind it":         {"RDB1", formats.CodeTruncated, "text"},
		"nothing behind the letter": {"RDB1B", formats.CodeTruncated, "text"},
		"letter E":                  {"RDB1E" + text[5:], formats.CodeVersion, "text"},
		"letter @":                  {"RDB1@" + text[5:], formats.CodeVersion, "text"},
		"base32":                    {text[:9] + "1" + text[10:], formats.CodeEncoding, "text"},
		"a line end":                {text + "\n", formats.CodeEncoding, "text"},
		"padding":                   {text + "======", formats.CodeEncoding, "text"},
		"too long":                  {text + strings.Repeat("A", 8192), formats.CodeLimit, "text"},
		"one byte":                  {"RDB1AAA", formats.CodeTruncated, "header"},
		"a state in no C40":         {header(0, 0, 0), formats.CodePayload, "issuing state"},
		"no state":                  {header(0, mint.C40("   ")...), formats.CodePayload, "issuing state"},
		"a numeral in the state":    {header(0, mint.C40("UT0")...), formats.CodePayload, "issuing state"},
		"a short header":            {payload(func(b []byte) []byte { return b[:12] }), formats.CodeTruncated, "header"},
		"a date":                    {header(8, mint.SealDate(2026, 2, 30)...), formats.CodePayload, "date of signing"},
		"a mask that hides":         {payload(func(b []byte) []byte { return slices.Insert(b, 8, 0xFF) }), formats.CodePayload, "date of signing"},
		"no messages":               {card.Hooked(barcode.IDBHooks{Messages: func([]byte) []byte { return nil }}).Build(), formats.CodeEnvelope, "elements"},
		"an empty group":            {card.But(func(d *barcode.IDB) { d.Messages = nil }).Build(), formats.CodePayload, "messages"},
		"two groups":                {card.Hooked(barcode.IDBHooks{Messages: func(b []byte) []byte { return append(b, b...) }}).Build(), formats.CodeEnvelope, "tag 61"},
		"two signatures":            {payload(func(b []byte) []byte { return append(b, b[len(b)-66:]...) }), formats.CodeEnvelope, "tag 7F"},
		"a certificate at the end":  {payload(func(b []byte) []byte { return append(b, 0x7E, 1, 1) }), formats.CodeEnvelope, "tag 7E"},
		"another element":           {payload(func(b []byte) []byte { return slices.Insert(b, len(b)-66, 0x70, 0) }), formats.CodeEnvelope, "tag 70"},
		"a byte at the end":         {payload(func(b []byte) []byte { return append(b, 0) }), formats.CodeTruncated, "tag 00"},
		"a long length":             {payload(func(b []byte) []byte { return append(b, 0x80, 0x84, 0, 0, 0, 0) }), formats.CodeNonCanonical, "tag 80"},
		"cut":                       {payload(func(b []byte) []byte { return b[:len(b)-1] }), formats.CodeTruncated, "tag 7F"},
		"a message beyond its end":  {card.Hooked(barcode.IDBHooks{Messages: func([]byte) []byte { return []byte{0x61, 2, 9, 5} }}).Build(), formats.CodeTruncated, "tag 09"},
		"a message twice":           {card.But(func(d *barcode.IDB) { d.Messages = append(d.Messages[:2:2], d.Messages[1]) }).Build(), formats.CodePayload, "tag 09"},
		"a signature unannounced": {unsigned.Hooked(barcode.IDBHooks{Payload: func(b []byte) []byte { return append(b, 0x7F, 1, 1) }}).Build(),
			formats.CodeEnvelope, "elements"},
	} {
		refused(t, what, c.text, formats.Options{}, c.code, c.step)
	}
}

func TestCompressionIsBounded(t *testing.T) {
	zipped := card.But(func(d *barcode.IDB) { d.Zipped = true })
	packed := func(f func([]byte) []byte) string { return zipped.Hooked(barcode.IDBHooks{Packed: f}).Build() }
	bomb := packed(func([]byte) []byte { return mint.Zlib(make([]byte, 300<<10)) })
	refused(t, "a bomb", bomb, formats.Options{}, formats.CodeLimit, "payload")
	refused(t, "a lower limit", zipped.Build(), formats.Options{Limits: formats.Limits{Inflated: 100}}, formats.CodeLimit, "payload")
	refused(t, "something behind", packed(func(b []byte) []byte { return append(b, 0) }), formats.Options{}, formats.CodeTrailing, "payload")
	refused(t, "cut", packed(func(b []byte) []byte { return b[:len(b)-5] }), formats.Options{}, formats.CodeTruncated, "payload")
	refused(t, "checksum", packed(func(b []byte) []byte { b[len(b)-1] ^= 1; return b }), formats.Options{}, formats.CodeEncoding, "payload")
	refused(t, "not compressed", "RDB1D"+card.Build()[5:], formats.Options{}, formats.CodeEncoding, "payload")
}

func TestTolerancesCanBeRefused(t *testing.T) {
	for name, d := range map[string]barcode.IDB{
		"early-identifier":    card.But(func(d *barcode.IDB) { d.Identifier = "NDB1" }),
		"masked-signing-date": card.But(func(d *barcode.IDB) { d.Masked = true }),
	} {
		if got := tolerated(decode(t, d, formats.Options{})); !slices.Equal(got, []string{name}) {
			t.Errorf("%s: %v", name, got)
		}
		if doc, err := idb.Format.Decode(formats.Text(d.Build()), formats.Options{Refuse: []string{name}}); err == nil {
			t.Errorf("%s: %v", name, doc)
		}
	}
	if got := tolerated(decode(t, card, formats.Options{})); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// Whether a date has a mask is told by where the tag of the messages stands; a date can end in the same byte.
func TestADateThatEndsInTheTagOfTheMessages(t *testing.T) {
	found := 0
	for day := range 365 * 20 {
		at := time.Date(2020, 1, 1+day, 0, 0, 0, 0, time.UTC)
		if mint.SealDate(at.Year(), int(at.Month()), at.Day())[2] != 0x61 {
			continue
		}
		found++
		for _, masked := range []bool{false, true} {
			d := card.But(func(d *barcode.IDB) { d.Created, d.Masked = at, masked })
			if got := extra(decode(t, d, formats.Options{}), "date_of_signing"); got != at.Format(time.DateOnly) {
				t.Errorf("%s, mask %v, is read as %s", at.Format(time.DateOnly), masked, got)
			}
		}
	}
	if found == 0 {
		t.Error("no such day")
	}
}

func TestOnlyALoneTextIsASeal(t *testing.T) {
	for what, in := range map[string]formats.Input{"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: []byte(card.Build())}}}} {
		if doc, err := idb.Format.Decode(in, formats.Options{}); err == nil || idb.Format.Detect(in) {
			t.Errorf("%s: %v", what, doc)
		}
	}
	for text, want := range map[string]bool{"RDB1": true, "NDB1X": true, "RDB": false, "": false, "rdb1B": false, " RDB1B": false} {
		if idb.Format.Detect(formats.Text(text)) != want {
			t.Errorf("%q", text)
		}
	}
}

func TestTraceShowsEveryStageUpToWhereItFails(t *testing.T) {
	names := func(text string) (list []string) {
		for _, s := range idb.Format.Trace(formats.Text(text), formats.Options{}) {
			list = append(list, s.Name)
			if s.Err == nil && len(s.Detail) == 0 {
				t.Errorf("%s shows nothing", s.Name)
			}
		}
		return list
	}
	if got := names(card.Build()); !slices.Equal(got, []string{"text", "payload", "header", "elements", "messages"}) {
		t.Errorf("%v", got)
	}
	if got := names("RDB1A"); !slices.Equal(got, []string{"text"}) {
		t.Errorf("%v", got)
	}
	names(stripped().Build())
	names(barcode.Datastructure(ut.P256, barcode.Feature{Tag: 0x03, Value: []byte{1}}).Build())
}

func TestTheZoneOfAnEmergencyDocument(t *testing.T) {
	paper := barcode.Paper(ut.P256)
	doc := decode(t, paper, formats.Options{})
	if !slices.Equal(tolerated(doc), []string{"document-code"}) || doc.Parts[0].Unverified.Subjects[0].Birth.String() != mint.Brigid.Birth || doc.Seals[0].Signer.DocumentType != "PU" {
		t.Errorf("%v, %+v", tolerated(doc), doc.Parts[0].Unverified.Subjects)
	}
	if got := failing(decode(t, paper, formats.Options{Refuse: []string{"document-code"}})); len(got) != 1 {
		t.Errorf("%q", got)
	}
	passport := decode(t, barcode.Passport(ut.P256), formats.Options{})
	if len(failing(passport))+len(tolerated(passport)) != 0 || passport.Validity.NotAfter.Year() != 2057 {
		t.Errorf("%v, %v, %v", failing(passport), tolerated(passport), passport.Validity)
	}
}
