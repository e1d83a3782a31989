package icao

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/internal/strict/base64"
)

// A Kind says what a Record of the ICAO PKD holds.
type Kind int

const (
	// Other is nothing that is used here. No Record has it.
	Other Kind = iota
	// SignerCertificate is the certificate of a document, barcode or list signer.
	SignerCertificate
	// CACertificate is the certificate of a CSCA.
	CACertificate
	// RevocationList is a certificate revocation list.
	RevocationList
	// MasterList is a signed list of CSCA certificates, for [ReadMasterList].
	MasterList
)

// kinds are the attributes of the ICAO PKD, in small letters and without options: RFC 4523 §4 for certificates and lists,
// and the two names that master lists have had.
var kinds = map[string]Kind{
	"usercertificate": SignerCertificate, "cacertificate": CACertificate,
	"certificaterevocationlist": RevocationList, "authorityrevocationlist": RevocationList,
	"pkdmasterlistcontent": MasterList, "cscamasterlistdata": MasterList,
}

// A Record is one certificate, revocation list or master list of an LDIF file of the ICAO PKD. Nothing about it has been
// checked: the directory signs nothing, and each record stands for itself.
type Record struct {
	Kind    Kind
	DER     []byte
	Country string // as the record's place in the directory names it, in capital letters; "" where it names none
	Version int64  // pkdVersion, which grows with each change of the directory; 0 where absent
	// NonConforming says that the record stands in the branch for what departs from Doc 9303.
	NonConforming bool
	Line          int // of the file, where the record begins
}

// A RecordError is one entry of an LDIF file that cannot be read, and why. The entries after it are read.
type RecordError struct {
	Line int // where the entry begins
	Err  error
}

func (e *RecordError) Error() string {
	return "LDIF, line " + strconv.Itoa(e.Line) + ": " + e.Err.Error()
}
func (e *RecordError) Unwrap() error { return e.Err }

// The bounds of one entry: its attributes, and its values in bytes. Real ones have a dozen attributes and one value.
const (
	maxAttributes = 128
	maxValues     = 16
)

// Records reads an LDIF file (RFC 2849) of the ICAO PKD, one entry at a time. Entries that hold nothing of use are passed
// over. A broken one gives a *RecordError, and reading goes on; any other error is of the reader and ends it.
func Records(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		l := newLines(r)
		for {
			e, err := readEntry(l)
			ended := errors.Is(err, io.EOF)
			switch {
			case err != nil && !ended: // what was read of the last entry may be half of it
				yield(Record{}, fmt.Errorf("LDIF: %w", err))
				return
			case e.err != nil:
				if !yield(Record{Line: e.line}, &RecordError{Line: e.line, Err: e.err}) {
					return
				}
			}
			for _, record := range e.finished() {
				if !yield(record, nil) {
					return
				}
			}
			if ended {
				return
			}
		}
	}
}

// An entry is what was read of one entry so far.
type entry struct {
	line       int
	attributes int
	named      bool // a dn was read
	dn         []byte
	version    int64
	records    []Record
	size       int   // of the records' values
	err        error // what is broken
}

// readEntry reads up to the empty line that ends an entry, or to the end of the file.
func readEntry(l *lines) (e entry, err error) {
	for {
		line, at, err := l.next()
		switch {
		case err != nil:
			return e, err
		case line != nil && len(line) == 0:
			if e.line > 0 {
				return e, nil
			}
			continue // more than one line between entries
		case len(line) > 0 && line[0] == '#':
			continue
		}
		if e.line == 0 {
			if bytes.HasPrefix(line, []byte("version:")) {
				continue // RFC 2849 knows version 1 alone; files of the PKD leave it out or have it
			}
			e.line = at
		}
		if e.err == nil {
			e.err = e.add(line)
		}
		if e.err != nil {
			e.records = nil
		}
	}
}

var (
	errLongLine   = fmt.Errorf("a line is longer than %d bytes", maxLine)
	errAttributes = fmt.Errorf("an entry has more than %d attributes", maxAttributes)
	errValues     = fmt.Errorf("an entry has more than %d values, or more than %d bytes of them", maxValues, maxLine)
	errNoColon    = errors.New("a line is no attribute")
	errNoName     = errors.New("the entry does not begin with its name")
	errNames      = errors.New("the entry has two names")
	errChange     = errors.New("the entry changes another one, which is not followed here")
	errURL        = errors.New("a value is to be fetched from elsewhere, which is never done")
	errText       = errors.New("a certificate or list is given as text")
)

// add takes in one attribute: name, colon, and a value as text or, after a second colon, in base64.
func (e *entry) add(line []byte) error {
	if line == nil {
		return errLongLine
	}
	if e.attributes++; e.attributes > maxAttributes {
		return errAttributes
	}
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 {
		return errNoColon
	}
	name, _, _ := strings.Cut(strings.ToLower(string(line[:min(colon, 64)])), ";")
	value, encoded := line[colon+1:], false
	if len(value) > 0 && value[0] == '<' {
		return errURL
	}
	if len(value) > 0 && value[0] == ':' {
		value, encoded = value[1:], true
	}
	value = bytes.TrimLeft(value, " ")
	if e.attributes == 1 && name != "dn" {
		return errNoName
	}
	kind := kinds[name]
	switch {
	case name == "changetype" && string(value) != "add":
		return errChange
	case kind == Other && name != "dn" && name != "pkdversion":
		return nil
	case kind != Other && !encoded:
		return errText
	}
	if encoded {
		decoded, err := base64.Decode(base64.StdPadded, value)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		value = decoded
	}
	return e.take(name, kind, value)
}

// take keeps a value that is used. Values in base64 have been copied; others are copied here.
func (e *entry) take(name string, kind Kind, value []byte) error {
	switch {
	case name == "dn" && e.named:
		return errNames
	case name == "dn":
		e.named, e.dn = true, bytes.Clone(value)
	case kind != Other:
		if e.size += len(value); len(e.records) == maxValues || e.size > maxLine {
			return errValues
		}
		e.records = append(e.records, Record{Kind: kind, DER: value})
	default:
		n, err := strconv.ParseInt(string(value), 10, 64)
		if err != nil || n < 0 {
			return errors.New("pkdversion is no number")
		}
		e.version = n
	}
	return nil
}

// finished gives the records of a whole entry what they have in common. A broken entry has none.
func (e *entry) finished() []Record {
	country, nonConforming := place(e.dn)
	for i := range e.records {
		r := &e.records[i]
		r.Country, r.NonConforming, r.Version, r.Line = country, nonConforming, e.version, e.line
	}
	return e.records
}

// place reads the country and the branch from a name such as "cn=…,o=dsc,c=UT,dc=data,dc=download,dc=pkd,dc=icao,dc=int". A
// comma within a value is written "\," (RFC 4514 §2.4).
func place(dn []byte) (country string, nonConforming bool) {
	for len(dn) > 0 {
		end := 0
		for end < len(dn) && dn[end] != ',' {
			if dn[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end, len(dn))
		key, value, _ := strings.Cut(string(dn[:end]), "=")
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "c":
			country = strings.ToUpper(strings.TrimSpace(value))
		case "dc":
			nonConforming = nonConforming || strings.EqualFold(strings.TrimSpace(value), "nc-data")
		}
		dn = dn[min(end+1, len(dn)):]
	}
	return country, nonConforming
}
