package icao_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/icao"
)

// collected are the records of a file and the lines and reasons of its broken entries.
func collected(t testing.TB, r io.Reader) (records []icao.Record, broken []string) {
	t.Helper()
	for record, err := range icao.Records(r) {
		var re *icao.RecordError
		switch {
		case errors.As(err, &re):
			broken = append(broken, strconv.Itoa(re.Line)+" "+re.Err.Error())
		case err != nil:
			t.Fatal(err)
		default:
			records = append(records, record)
		}
	}
	return records, broken
}

func TestADownloadIsRead(t *testing.T) {
	data := chip.Download()
	for name, r := range map[string]io.Reader{
		"as it is": bytes.NewReader(data), "byte by byte": iotest.OneByteReader(bytes.NewReader(data)),
		"with CR":            bytes.NewReader(bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))),
		"without the end":    bytes.NewReader(bytes.TrimRight(data, "\n")),
		"many lines between": bytes.NewReader(bytes.ReplaceAll(data, []byte("\n\n"), []byte("\n\n\n\n"))),
	} {
		d, err := icao.ReadDirectory("pkd", r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(d.Signers) != 4 || len(d.CAs) != 0 || len(d.Revocations) != 1 || len(d.MasterLists) != 1 || d.Version != 13 || d.NonConforming != 0 || len(d.Dropped) != 0 {
			t.Errorf("%s: %+v", name, d)
			continue
		}
		s := d.Signers[0]
		if !bytes.Equal(s.Certificate.Raw, utopia.DSC.Cert) || s.Country != "UT" || s.Version != 11 || s.Line == 0 || s.Kind != icao.SignerCertificate {
			t.Errorf("%s: %+v", name, s)
		}
		if l := read(t, "list", d.MasterLists[0].DER, pinned); len(l.CAs()) != 4 {
			t.Errorf("%s: %d authorities", name, len(l.CAs()))
		}
	}
}

// A broken entry is named, and the ones after it are read.
func TestBrokenEntriesCostOnlyThemselves(t *testing.T) {
	d, err := icao.ReadDirectory("pkd", bytes.NewReader(chip.BrokenDownload()))
	if err != nil {
		t.Fatal(err)
	}
	var found [][]byte
	for _, s := range d.Signers {
		found = append(found, s.Certificate.Raw)
	}
	for _, want := range [][]byte{utopia.DSC.Cert, utopia.DSCBrainpool.Cert, utopia.DSCRSA.Cert, utopia.DSCPSS.Cert} {
		if !slices.ContainsFunc(found, func(raw []byte) bool { return bytes.Equal(raw, want) }) {
			t.Error("a certificate behind a broken entry is lost")
		}
	}
	if len(d.Dropped) != 5 { // no base64, cut off, no certificate, a list for a certificate, no attribute
		t.Errorf("%v", d.Dropped)
	}
	for _, x := range d.Dropped {
		if x.Source != "pkd" || !strings.HasPrefix(x.Item, "line ") || x.Reason == "" {
			t.Errorf("%+v", x)
		}
	}
}

func TestWhatLDIFCanSay(t *testing.T) {
	const value = "AQID" // 01 02 03
	for name, c := range map[string]struct {
		text   string
		want   []icao.Record
		broken string // a part of the one reason
	}{
		"the least":             {"dn: c=UT\nuserCertificate;binary:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 1}}, ""},
		"a version":             {"version: 1\n\ndn: c=ut\npkdVersion: 7\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Version: 7, Line: 3}}, ""},
		"a version, no space":   {"version: 1\ndn: c=ut\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 2}}, ""},
		"folded":                {"dn: o=dsc,\n c=U\n T,dc=nc-data\nUSERCERTIFICATE;binary:: A\n QI\n D\n", []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", NonConforming: true, Line: 1}}, ""},
		"no space after colons": {"dn:c=UT\ncACertificate;binary::" + value, []icao.Record{{Kind: icao.CACertificate, Country: "UT", Line: 1}}, ""},
		"lists":                 {"dn: c=UT\ncertificateRevocationList;binary:: " + value + "\nauthorityRevocationList:: " + value, []icao.Record{{Kind: icao.RevocationList, Country: "UT", Line: 1}, {Kind: icao.RevocationList, Country: "UT", Line: 1}}, ""},
		"master lists":          {"dn: x=1\npkdMasterListContent:: " + value + "\n\ndn: x=2\nCscaMasterListData:: " + value, []icao.Record{{Kind: icao.MasterList, Line: 1}, {Kind: icao.MasterList, Line: 4}}, ""},
		"comments":              {"# one\ndn: c=UT\n# two,\n folded\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 2}}, ""},
		"a name in base64":      {"dn:: " + base64.StdEncoding.EncodeToString([]byte(`cn=CN\=x\,c\=XX,c=UT`)) + "\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 1}}, ""},
		"commas in a name":      {`dn: cn=C\=XX\,O\=Y\\,o=dsc,c=UT` + "\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 1}}, ""},
		"a name cut off":        {`dn: c=UT,cn=x\` + "\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 1}}, ""},
		"added":                 {"dn: c=UT\nchangetype: add\nuserCertificate:: " + value, []icao.Record{{Kind: icao.SignerCertificate, Country: "UT", Line: 1}}, ""},
		"other attributes":      {"dn: c=UT\nobjectClass: top\njpegPhoto:: ????\n", nil, ""},
		"nothing":               {"", nil, ""},
		"empty lines":           {"\n\n\n", nil, ""},
		"a delta of no changes": {"version: 1\n\n", nil, ""},

		"a page":              {"<!DOCTYPE html>\n<html>", nil, "no attribute"},
		"no colon":            {"dn: c=UT\nuserCertificate:: " + value + "\nhello", nil, "no attribute"},
		"no name of it":       {"dn: c=UT\n: x", nil, "no attribute"},
		"no dn":               {"userCertificate:: " + value, nil, "does not begin with its name"},
		"two names":           {"dn: c=UT\ndn: c=XX\nuserCertificate:: " + value, nil, "two names"},
		"deleted":             {"dn: c=UT\nchangetype: delete\nuserCertificate:: " + value, nil, "changes another"},
		"changed later":       {"dn: c=UT\nuserCertificate:: " + value + "\nchangetype: modify", nil, "changes another"},
		"elsewhere":           {"dn: c=UT\nuserCertificate;binary:< file:///etc/passwd", nil, "never done"},
		"as text":             {"dn: c=UT\nuserCertificate: " + value, nil, "given as text"},
		"no base64":           {"dn: c=UT\nuserCertificate:: AQ*D", nil, "usercertificate: base64"},
		"loose base64":        {"dn: c=UT\nuserCertificate:: AR==", nil, "usercertificate: base64"},
		"base64 not padded":   {"dn: c=UT\nuserCertificate:: AQ", nil, "usercertificate: base64"},
		"a space in base64":   {"dn: c=UT\nuserCertificate:: AQ\n  ID", nil, "usercertificate: base64"},
		"a version in words":  {"dn: c=UT\npkdVersion: seven\nuserCertificate:: " + value, nil, "pkdversion"},
		"a negative version":  {"dn: c=UT\npkdVersion: -7\nuserCertificate:: " + value, nil, "pkdversion"},
		"too many attributes": {"dn: c=UT\n" + strings.Repeat("cn: x\n", 128), nil, "more than 128 attributes"},
		"too many values":     {"dn: c=UT\n" + strings.Repeat("userCertificate:: AQID\n", 17), nil, "more than 16 values"},
		"too large a value":   {"dn: c=UT\nuserCertificate:: " + strings.Repeat("AQID", 3<<20), nil, "longer than"},
		"too large, folded":   {"dn: c=UT\nuserCertificate:: " + strings.Repeat("AQIDAQIDAQIDAQIDAQIDAQIDAQIDAQID\n ", 400_000), nil, "longer than"},
		"too large together":  {"dn: c=UT\n" + strings.Repeat("userCertificate:: "+strings.Repeat("AQID", 2<<20)+"\n", 3), nil, "bytes of them"},
	} {
		text := c.text + "\n\ndn: c=ZZ\nuserCertificate:: " + value + "\n" // an entry that must be read whatever stands before it
		records, broken := collected(t, strings.NewReader(text))
		if len(records) == 0 || records[len(records)-1].Country != "ZZ" {
			t.Errorf("%s: the entry behind it is lost", name)
			continue
		}
		records = records[:len(records)-1]
		for i := range records {
			if !bytes.Equal(records[i].DER, []byte{1, 2, 3}) {
				t.Errorf("%s: %x", name, records[i].DER)
			}
			records[i].DER = nil
		}
		if !slices.EqualFunc(records, c.want, func(a, b icao.Record) bool {
			return a.Kind == b.Kind && a.Country == b.Country && a.Version == b.Version && a.NonConforming == b.NonConforming && a.Line == b.Line
		}) {
			t.Errorf("%s: %+v", name, records)
		}
		if (c.broken == "") != (len(broken) == 0) || len(broken) > 1 || c.broken != "" && !strings.Contains(broken[0], c.broken) {
			t.Errorf("%s: %q, want %q", name, broken, c.broken)
		}
	}
}

func TestAReaderThatFailsEndsTheReading(t *testing.T) {
	broken := errors.New("the disk is gone")
	r := io.MultiReader(strings.NewReader("dn: c=UT\nuserCertificate:: AQID\n\ndn: c=XX\nuserCertificate:: AQID\n"), iotest.ErrReader(broken))
	var records int
	var last error
	for record, err := range icao.Records(r) {
		if err == nil {
			records++
		}
		if err == nil && record.Country != "UT" {
			t.Error("an entry that may be half of one is given")
		}
		last = err
	}
	if records != 1 || !errors.Is(last, broken) {
		t.Error(records, last)
	}
	_, err := icao.ReadDirectory("pkd", iotest.ErrReader(broken))
	refused(t, "pkd", err, broken)
	_, err = icao.ReadDirectory("page", strings.NewReader("<!DOCTYPE html>\n<html>\n"))
	refused(t, "page", err, icao.ErrEmpty)
}

func TestTheReadingCanBeEnded(t *testing.T) {
	for range icao.Records(bytes.NewReader(chip.Download())) {
		break
	}
	for range icao.Records(strings.NewReader("broken\n\nbroken\n")) {
		break
	}
}

// A CA among the signers, or a signer among the CAs, is a mistake of somebody.
func TestTheAttributeMustFitTheCertificate(t *testing.T) {
	wrong, right := chip.DSCEntry(utopia.CSCA), chip.DSCEntry(utopia.CSCA)
	right.Attribute = "cACertificate;binary"
	swapped := chip.DSCEntry(utopia.DSC)
	swapped.Attribute = "cACertificate;binary"
	d, err := icao.ReadDirectory("pkd", bytes.NewReader(chip.LDIF(wrong, right, swapped)))
	if err != nil {
		t.Fatal(err)
	}
	want := func(d trustlist.Dropped) bool { return strings.Contains(d.Reason, "each other's place") }
	if len(d.CAs) != 1 || len(d.Signers) != 0 || len(d.Dropped) != 2 || !want(d.Dropped[0]) || !want(d.Dropped[1]) {
		t.Errorf("%+v", d)
	}
}

func TestRevocationListsOfADownload(t *testing.T) {
	delta := utopia.CSCA.Revoke(pki.List(3).With(pki.DeltaIndicator(1)))
	good := utopia.CSCA.Revoke(pki.List(2, utopia.DSC))
	d, err := icao.ReadDirectory("pkd", bytes.NewReader(chip.LDIF(chip.CRLEntry(delta), chip.CRLEntry(good[:len(good)-1]), chip.CRLEntry(good))))
	if err != nil || len(d.Revocations) != 1 || len(d.Dropped) != 2 {
		t.Fatalf("%+v, %v", d, err)
	}
	if l := d.Revocations[0].Revocations; l.Len() != 1 || l.CheckSignature(parse(utopia.CSCA.Cert)) != nil {
		t.Errorf("%d entries", l.Len())
	}
}

// A download is read in the room that one entry needs, however many there are.
func TestRecordsNeedLittleRoom(t *testing.T) {
	entry := chip.LDIF(chip.DSCEntry(utopia.DSC))[len("version: 1\n"):]
	const n = 20_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	count, most := 0, uint64(0)
	for _, err := range icao.Records(io.LimitReader(&endless{entry: entry}, int64(n*len(entry)))) {
		if err != nil {
			t.Fatal(err)
		}
		if count++; count%5000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc)
		}
	}
	if count != n || most > before.HeapAlloc+1<<20 {
		t.Errorf("%d records, %d bytes in use", count, most-before.HeapAlloc)
	}
}

// An endless reader repeats one entry.
type endless struct {
	entry []byte
	at    int
}

func (e *endless) Read(p []byte) (n int, err error) {
	n = copy(p, e.entry[e.at:])
	e.at = (e.at + n) % len(e.entry)
	return n, nil
}

func FuzzRecords(f *testing.F) {
	f.Add(chip.Download())
	f.Add(chip.BrokenDownload())
	f.Add([]byte("dn: c=UT\nuserCertificate;binary:: AQID\n\n# x\n y\ndn:: Yz1VVA==\npkdVersion: 1\ncertificateRevocationList:< x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := icao.ReadDirectory("pkd", bytes.NewReader(data))
		slow, errSlow := icao.ReadDirectory("pkd", iotest.OneByteReader(bytes.NewReader(data)))
		if (err == nil) != (errSlow == nil) || err == nil && (len(d.Signers) != len(slow.Signers) || len(d.Dropped) != len(slow.Dropped)) {
			t.Fatalf("%v, and byte by byte %v", err, errSlow)
		}
		last := 0
		for record, err := range icao.Records(bytes.NewReader(data)) {
			if record.Line < last || record.Line < 1 {
				t.Fatalf("line %d after %d", record.Line, last)
			}
			last = record.Line
			if err == nil && record.Kind == icao.Other {
				t.Fatalf("%+v", record)
			}
		}
	})
}
