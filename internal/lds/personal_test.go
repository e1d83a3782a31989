package lds_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

// details is a DG11 or DG12 with a tag list and elements.
func details(group int, list string, elements ...mint.Value) mint.TLV {
	return tag(group, append([]mint.Value{raw(0x5C, list)}, elements...)...)
}

// several are names under one tag, with their number.
func several(count int64, element int, names ...string) mint.TLV {
	body := []mint.Value{mint.Int(count)}
	for _, n := range names {
		body = append(body, raw(element, n))
	}
	return tag(0xA0, body...)
}

func day(year int, month time.Month, d int) formats.Date {
	return formats.Date{Year: year, Month: month, Day: d}
}

func codes(list []der.Deviation) []string {
	var names []string
	for _, d := range list {
		names = append(names, d.Code)
	}
	return names
}

func TestPersonalDetailsAreReadAsTheyStand(t *testing.T) {
	file := details(0x6B, "\x5F\x0E\x5F\x0F\x5F\x10\x5F\x2B\x5F\x11\x5F\x42\x5F\x12\x5F\x13\x5F\x14\x5F\x15\x5F\x16\x5F\x17\x5F\x18",
		raw(0x5F0E, "欧阳<<云帆"), several(2, 0x5F0F, "OUYANG<<YUN", "欧阳<<云"), raw(0x5F10, "77-041"), raw(0x5F2B, "19960830"),
		raw(0x5F11, "乌托邦<港"), raw(0x5F42, "12 UTOPIA STREET<HARBOUR"), raw(0x5F12, "+00068765432"), raw(0x5F13, "BOATBUILDER"),
		raw(0x5F14, "DR"), raw(0x5F15, "NONE"), raw(0x5F16, string(jpeg)), raw(0x5F17, "UT1<UT2"), raw(0x5F18, "NONE"))
	p, err := lds.ParsePersonal(file.Encode())
	if err != nil {
		t.Fatal(err)
	}
	want := &lds.Personal{
		Name: "欧阳<<云帆", OtherNames: []string{"OUYANG<<YUN", "欧阳<<云"}, Number: "77-041", Birth: day(1996, 8, 30),
		BirthPlace: "乌托邦<港", Address: "12 UTOPIA STREET<HARBOUR", Telephone: "+00068765432", Profession: "BOATBUILDER", Title: "DR",
		Summary: "NONE", Proof: jpeg, Documents: "UT1<UT2", Custody: "NONE",
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
	if p, err := lds.ParsePersonal(details(0x6B, "").Encode()); err != nil || !reflect.DeepEqual(p, &lds.Personal{}) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestDocumentDetailsAreReadAsTheyStand(t *testing.T) {
	file := details(0x6C, "\x5F\x19\x5F\x26\xA0\x5F\x1B\x5F\x1C\x5F\x1D\x5F\x1E\x5F\x55\x5F\x56",
		raw(0x5F19, "UTOPIA"), raw(0x5F26, "20210521"), several(1, 0x5F1A, "ACHTERBERG<<PIPPA"), raw(0x5F1B, "NONE"), raw(0x5F1C, "EXEMPT"),
		raw(0x5F1D, string(jpeg)), raw(0x5F1E, string(jp2)), raw(0x5F55, "20210520113000"), raw(0x5F56, "SYS-7"))
	d, err := lds.ParseDocument(file.Encode())
	if err != nil {
		t.Fatal(err)
	}
	want := &lds.Document{
		Authority: "UTOPIA", Issued: day(2021, 5, 21), OtherPersons: []string{"ACHTERBERG<<PIPPA"}, Endorsements: "NONE", Requirements: "EXEMPT",
		Front: jpeg, Rear: jp2, Personalization: "SYS-7",
		Personalized: formats.Date{Year: 2021, Month: 5, Day: 20, Instant: time.Date(2021, 5, 20, 11, 30, 0, 0, time.UTC), NoZone: true},
	}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("got  %+v\nwant %+v", d, want)
	}
}

func TestWhatGenuineChipsDoOtherwiseIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		file mint.Value
		want []string
	}{
		"a packed date":               {details(0x6B, "\x5F\x2B", raw(0x5F2B, "\x19\x96\x08\x30")), []string{"lds-bcd-date"}},
		"an unlisted element":         {details(0x6B, "", raw(0x5F14, "DR")), []string{"lds-tag-list"}},
		"a listed element, absent":    {details(0x6B, "\x5F\x14"), []string{"lds-tag-list"}},
		"an element of its own":       {details(0x6B, "\x5F\x60", raw(0x5F60, "x")), []string{"lds-unknown-element"}},
		"several of each":             {details(0x6B, "", raw(0x5F60, "x"), raw(0x5F61, "x"), raw(0x5F14, "")), []string{"lds-unknown-element", "lds-tag-list"}},
		"other names by their own":    {details(0x6B, "\x5F\x0F", raw(0x5F0F, "QUILL")), nil},
		"other names by the set's":    {details(0x6B, "\xA0", several(1, 0x5F0F, "QUILL")), nil},
		"other names by the name's":   {details(0x6B, "\x5F\x0F", several(1, 0x5F0F, "QUILL")), nil},
		"no tag list":                 {tag(0x6B, raw(0x5F14, "DR")), []string{"lds-tag-list"}},
		"an empty date":               {details(0x6B, "\x5F\x2B", raw(0x5F2B, "")), nil},
		"a date without day":          {details(0x6B, "\x5F\x2B", raw(0x5F2B, "19570800")), nil},
		"a packed date without month": {details(0x6B, "\x5F\x2B", raw(0x5F2B, "\x19\x57\x00\x00")), []string{"lds-bcd-date"}},
	} {
		p, err := lds.ParsePersonal(c.file.Encode())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := codes(p.Deviations); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	d, err := lds.ParseDocument(details(0x6C, "\x5F\x26\x5F\x55", raw(0x5F26, "\x20\x24\x01\x01"), raw(0x5F55, "\x20\x24\x01\x01\x12\x30\x59")).Encode())
	if err != nil || d.Issued != day(2024, 1, 1) || d.Personalized.String() != "2024-01-01T12:30:59Z" || !d.Personalized.NoZone {
		t.Errorf("%+v, %v", d, err)
	}
	for _, tol := range lds.Tolerances() {
		if !tol.On || tol.Name == "" || tol.Why == "" || tol.Cite == "" {
			t.Errorf("%+v", tol)
		}
	}
}

func TestDetailsAreRefusedForAReason(t *testing.T) {
	birth := func(s string) mint.Value { return details(0x6B, "\x5F\x2B", raw(0x5F2B, s)) }
	var crowd []mint.Value
	for i := range 65 {
		crowd = append(crowd, raw(0x5F00|i, ""))
	}
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"nothing":                     {mint.Raw(nil), der.ErrTruncated},
		"another group":               {details(0x6C, ""), der.ErrTag},
		"nothing in it":               {tag(0x6B), lds.ErrEmpty},
		"an element of no such tag":   {details(0x6B, "\x04", raw(0x04, "x")), der.ErrTag},
		"a tag list cut off":          {details(0x6B, "\x5F\x0E\x5F"), der.ErrTruncated},
		"a tag listed twice":          {details(0x6B, "\x5F\x0E\x5F\x0E"), lds.ErrRepeated},
		"65 tags listed":              {details(0x6B, string(everyTag(65))), der.ErrLimit},
		"an element twice":            {details(0x6B, "\x5F\x0E", raw(0x5F0E, "A"), raw(0x5F0E, "B")), lds.ErrRepeated},
		"65 elements":                 {details(0x6B, "", crowd...), der.ErrLimit},
		"an element cut off":          {details(0x6B, "\x5F\x0E", mint.Raw("\x5F\x0E\x05AB")), der.ErrTruncated},
		"Latin-1":                     {details(0x6B, "\x5F\x0E", raw(0x5F0E, "\xD8DEGAARD")), lds.ErrText},
		"a surrogate":                 {details(0x6B, "\x5F\x0E", raw(0x5F0E, "\xED\xA0\x80")), lds.ErrText},
		"a long text":                 {details(0x6B, "\x5F\x0E", raw(0x5F0E, strings.Repeat("A", 4097))), der.ErrLimit},
		"a date of the calendar not":  {birth("19960230"), lds.ErrDate},
		"a month that is not":         {birth("19961301"), lds.ErrDate},
		"a date of letters":           {birth("1996AUG3"), lds.ErrDate},
		"a date of seven":             {birth("1996083"), lds.ErrDate},
		"a packed date of letters":    {birth("\x19\x96\x0A\x30"), lds.ErrDate},
		"blanks for a date":           {birth("        "), lds.ErrDate},
		"fewer other names than said": {details(0x6B, "\xA0", several(2, 0x5F0F, "A")), lds.ErrCount},
		"more other names than said":  {details(0x6B, "\xA0", several(1, 0x5F0F, "A", "B")), lds.ErrCount},
		"other names without number":  {details(0x6B, "\xA0", tag(0xA0, raw(0x5F0F, "A"))), der.ErrTag},
		"65 other names":              {details(0x6B, "\xA0", several(65, 0x5F0F, "A")), der.ErrRange},
		"another element among them":  {details(0x6B, "\xA0", several(1, 0x5F1A, "A")), der.ErrTag},
		"other names in Latin-1":      {details(0x6B, "\xA0", several(1, 0x5F0F, "\xD8")), lds.ErrText},
		"something after the file":    {mint.Trailing(details(0x6B, ""), 0), der.ErrTrailing},
	} {
		data := c.file.Encode()
		got, err := lds.ParsePersonal(data)
		refused(t, name, got, err, c.cause, data)
	}
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"another group":         {details(0x6B, ""), der.ErrTag},
		"a moment of a day":     {details(0x6C, "\x5F\x55", raw(0x5F55, "20210520")), lds.ErrDate},
		"a moment that is not":  {details(0x6C, "\x5F\x55", raw(0x5F55, "20210520250000")), lds.ErrDate},
		"other persons, fewer":  {details(0x6C, "\xA0", several(1, 0x5F1A)), lds.ErrCount},
		"an authority, Latin-1": {details(0x6C, "\x5F\x19", raw(0x5F19, "\xD8")), lds.ErrText},
	} {
		data := c.file.Encode()
		got, err := lds.ParseDocument(data)
		refused(t, name, got, err, c.cause, data)
	}
}

// everyTag lists tags of one byte, none of them twice.
func everyTag(count int) []byte {
	var b []byte
	for i := 1; len(b) < count; i++ {
		if i&0x1F != 0x1F {
			b = append(b, byte(i))
		}
	}
	return b
}

func TestPersonsToNotifyAreRead(t *testing.T) {
	person := func(number int, body ...mint.Value) mint.Value { return tag(0xA0|number, body...) }
	full := person(1, raw(0x5F50, "20210521"), raw(0x5F51, "ACHTERBERG<<PIPPA"), raw(0x5F52, "+0001"), raw(0x5F53, "1 UTOPIA STREET"))
	list, deviations, err := lds.Contacts(tag(0x70, mint.Int(2), full, person(2, raw(0x5F51, "QUILL"), raw(0x5F60, ""))).Encode())
	want := []lds.Contact{{Recorded: day(2021, 5, 21), Name: "ACHTERBERG<<PIPPA", Telephone: "+0001", Address: "1 UTOPIA STREET"}, {Name: "QUILL"}}
	if err != nil || !slices.Equal(list, want) || !slices.Equal(codes(deviations), []string{"lds-unknown-element"}) {
		t.Errorf("%+v, %v, %v", list, deviations, err)
	}
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"another group":            {tag(0x6F, mint.Int(0)), der.ErrTag},
		"more announced":           {tag(0x70, mint.Int(2), full), der.ErrTruncated},
		"fewer announced":          {tag(0x70, mint.Int(0), full), der.ErrTrailing},
		"16 announced":             {tag(0x70, mint.Int(16), full), der.ErrRange},
		"not in order":             {tag(0x70, mint.Int(1), person(2)), der.ErrTag},
		"a name twice":             {tag(0x70, mint.Int(1), person(1, raw(0x5F51, "A"), raw(0x5F51, "B"))), lds.ErrRepeated},
		"a name in Latin-1":        {tag(0x70, mint.Int(1), person(1, raw(0x5F51, "\xD8"))), lds.ErrText},
		"a date that is not":       {tag(0x70, mint.Int(1), person(1, raw(0x5F50, "20211301"))), lds.ErrDate},
		"something after the file": {mint.Trailing(tag(0x70, mint.Int(0)), 0), der.ErrTrailing},
	} {
		data := c.file.Encode()
		got, _, err := lds.Contacts(data)
		refused(t, name, got, err, c.cause, data)
	}
}

func TestProtocolsAndKeysAreNamed(t *testing.T) {
	info := func(oid string, more ...mint.Value) mint.Value {
		return mint.Seq(append([]mint.Value{mint.OID(oid)}, more...)...)
	}
	key := info("0.4.0.127.0.7.2.2.1.2", mint.Seq(), mint.Int(1))
	list, err := lds.Protocols(tag(0x6E, mint.SetAsGiven(key, info("0.4.0.127.0.7.2.2.3.2.1", mint.Int(2)), info("1.2.3", mint.Int(1)))).Encode())
	want := []string{"chip authentication key, ECDH", "chip authentication, ECDH", ""}
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	if err != nil || !slices.Equal(names, want) || list[2].OID.String() != "1.2.3" {
		t.Errorf("%q, %v", names, err)
	}
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"a sequence":               {tag(0x6E, mint.Seq(key)), der.ErrTag},
		"an entry without name":    {tag(0x6E, mint.Set(mint.Seq(mint.Int(1)))), der.ErrTag},
		"an entry cut off":         {tag(0x6E, mint.Set(info("1.2.3", mint.Raw{0x30, 0x05}))), der.ErrTruncated},
		"33 entries":               {tag(0x6E, mint.SetAsGiven(slices.Repeat([]mint.Value{key}, 33)...)), der.ErrLimit},
		"something after the set":  {tag(0x6E, mint.Set(key), mint.Null()), der.ErrTrailing},
		"something after the file": {mint.Trailing(tag(0x6E, mint.Set(key)), 0), der.ErrTrailing},
	} {
		data := c.file.Encode()
		got, err := lds.Protocols(data)
		refused(t, name, got, err, c.cause, data)
	}
}

func TestTheChipsKeyIsDescribed(t *testing.T) {
	rsa := mint.Seq(mint.IntBytes(append([]byte{0}, bytes.Repeat([]byte{0xC5}, 128)...)...), mint.Int(65537)).Encode()
	spki := func(oid string, bits mint.Value) mint.TLV {
		return mint.Seq(mint.Seq(mint.OID(oid), mint.Null()), bits)
	}
	const rsaOID = "1.2.840.113549.1.1.1"
	for want, v := range map[string]mint.Value{
		"RSA, 1024 bits": spki(rsaOID, mint.Bits(rsa)),
		"RSA, 16 bits":   spki(rsaOID, mint.Bits(mint.Seq(mint.IntBytes(0xC5, 1), mint.Int(3)).Encode())), // the sign is lost
		"EC":             spki("1.2.840.10045.2.1", mint.Bits([]byte{4, 1, 2})),
		"1.2.3":          spki("1.2.3", mint.Bits([]byte{1})),
	} {
		if got, err := lds.ChipKey(tag(0x6F, v).Encode()); err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"another group":            {tag(0x6E, spki(rsaOID, mint.Bits(rsa))), der.ErrTag},
		"no key":                   {tag(0x6F), der.ErrTruncated},
		"a key without algorithm":  {tag(0x6F, mint.Seq(mint.Bits(rsa))), der.ErrTag},
		"an RSA key of nothing":    {tag(0x6F, spki(rsaOID, mint.Bits(nil))), der.ErrTruncated},
		"an RSA key of odd bits":   {tag(0x6F, spki(rsaOID, mint.BitsUnused([]byte{0x30, 0}, 1))), der.ErrValue},
		"a modulus in two forms":   {tag(0x6F, spki(rsaOID, mint.Bits(mint.Seq(mint.IntBytes(0, 1), mint.Int(3)).Encode()))), der.ErrValue},
		"something after the key":  {tag(0x6F, mint.And(spki(rsaOID, mint.Bits(rsa)), mint.Null())), der.ErrTrailing},
		"two keys":                 {tag(0x6F, spki(rsaOID, mint.Bits(rsa)), mint.Null()), der.ErrTrailing},
		"something after the file": {mint.Trailing(tag(0x6F, spki(rsaOID, mint.Bits(rsa))), 0), der.ErrTrailing},
	} {
		data := c.file.Encode()
		got, err := lds.ChipKey(data)
		refused(t, name, got, err, c.cause, data)
	}
}
