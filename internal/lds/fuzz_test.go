package lds_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

// readers are every function of the package that meets a stranger's bytes, with a file that each reads.
var readers = map[string]struct {
	read func([]byte) error
	good []byte
}{
	"the security object": {func(b []byte) error { _, err := lds.ParseSecurityObject(b); return err },
		object(1, algorithm(sha256OID), two, versions("0108", "040000")).Encode()},
	"EF.COM": {func(b []byte) error { _, err := lds.ParseCOM(b); return err }, com("0107", "040000", "\x61\x75").Encode()},
	"DG1":    {func(b []byte) error { _, err := lds.Zone(b); return err }, tag(0x61, raw(0x5F1F, string(bytes.Repeat([]byte("<"), 88)))).Encode()},
	"DG2": {func(b []byte) error { _, _, err := lds.Faces(b); return err },
		biometrics(0x75, 2, template(raw(0x5F2E, string(record(portrait(1, 0, 1, jpeg), portrait(1, 1, 0, jp2))))), template(block{picture: j2k}.build()))},
	"DG3": {func(b []byte) error { _, err := lds.Templates(3, b); return err }, biometrics(0x63, 1, template(raw(0x5F2E, "FIR")))},
	"DG5": {func(b []byte) error { _, err := lds.Pictures(5, b); return err }, pictures(0x65, 0x5F40, 1, jpeg)},
	"DG11": {func(b []byte) error { _, err := lds.ParsePersonal(b); return err },
		details(0x6B, "\x5F\x0E\xA0\x5F\x2B", raw(0x5F0E, "欧阳<<云帆"), several(1, 0x5F0F, "X"), raw(0x5F2B, "19960830")).Encode()},
	"DG12": {func(b []byte) error { _, err := lds.ParseDocument(b); return err },
		details(0x6C, "\x5F\x26\x5F\x55", raw(0x5F26, "\x20\x24\x01\x01"), raw(0x5F55, "20210520113000")).Encode()},
	"DG14": {func(b []byte) error { _, err := lds.Protocols(b); return err },
		tag(0x6E, mint.Set(mint.Seq(mint.OID("0.4.0.127.0.7.2.2.3.2.1"), mint.Int(1)))).Encode()},
	"DG15": {func(b []byte) error { _, err := lds.ChipKey(b); return err },
		tag(0x6F, mint.Seq(mint.Seq(mint.OID("1.2.840.113549.1.1.1")), mint.Bits(mint.Seq(mint.Int(0xC5), mint.Int(3)).Encode()))).Encode()},
	"DG16": {func(b []byte) error { _, _, err := lds.Contacts(b); return err }, tag(0x70, mint.Int(1), tag(0xA1, raw(0x5F51, "QUILL"))).Encode()},
}

// FuzzRead demands of every reader that it ends, in a value or in an error with a place.
func FuzzRead(f *testing.F) {
	for _, r := range readers {
		f.Add(r.good)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, r := range readers {
			err := r.read(data)
			if err == nil {
				continue
			}
			var de *der.Error
			if !errors.As(err, &de) || de.Offset < 0 || de.Offset > len(data) {
				t.Fatalf("%s: %v has no place in %d bytes", name, err, len(data))
			}
		}
	})
}

// No file may be cut anywhere and still be read: each is one value that says its own length.
func TestEveryFileIsReadToItsLastByte(t *testing.T) {
	for name, r := range readers {
		if err := r.read(r.good); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for n := range r.good {
			if r.read(r.good[:n]) == nil {
				t.Errorf("%s: the first %d of %d bytes are read", name, n, len(r.good))
			}
		}
		if r.read(append(bytes.Clone(r.good), 0)) == nil {
			t.Errorf("%s: a byte after the end is not seen", name)
		}
	}
}

// A file that promises much must not cost much: what is kept follows the bytes that are there.
func TestHostileFilesCostLittle(t *testing.T) {
	const ceiling = 1 << 20
	million := bytes.Repeat([]byte{0x30, 0x00}, 500_000)
	lies := map[string][]byte{
		"a list of a million":        tag(0x6E, mint.Tagged([]byte{0x31}, mint.Raw(million))).Encode(),
		"a tag list of a million":    tag(0x6B, mint.Tagged([]byte{0x5C}, mint.Raw(million))).Encode(),
		"a million elements":         tag(0x6B, raw(0x5C, ""), mint.Raw(million)).Encode(),
		"digests without end":        mint.Seq(mint.Int(0), algorithm(sha256OID), mint.Seq(mint.Raw(million))).Encode(),
		"65535 portraits":            faces(append([]byte("FAC\x00010\x00\x00\x0F\x42\x4E\xFF\xFF"), million...)),
		"a million boxes":            faces(record(portrait(1, 1, 0, append(bytes.Clone(jp2[:12]), bytes.Repeat([]byte("\x00\x00\x00\x08free"), 100_000)...)))),
		"a million segments":         faces(record(portrait(1, 0, 0, append([]byte{0xFF, 0xD8}, bytes.Repeat([]byte{0xFF, 0xE0, 0, 2}, 200_000)...)))),
		"a length of two gigabytes":  mint.Claiming(tag(0x75), 1<<31-1).Encode(),
		"sequences in one another":   mint.Nested(100_000).Encode(),
		"header elements, a million": biometrics(0x75, 1, tag(0x7F60, tag(0xA1, mint.Raw(million)), raw(0x5F2E, "FAC"))),
	}
	for name, file := range lies {
		for reader, r := range readers {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_ = r.read(file)
			runtime.ReadMemStats(&after)
			if n := after.TotalAlloc - before.TotalAlloc; n > ceiling {
				t.Errorf("%s: %s allocates %d bytes for a file of %d", name, reader, n, len(file))
			}
		}
	}
}
