package emrtd_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// same says in what two Documents differ, or "".
func same(got, want *formats.Document) string {
	if reflect.DeepEqual(got, want) {
		return ""
	}
	return fmt.Sprintf("got  %+v\nwant %+v", got, want)
}

func TestTheTraceShowsEveryStep(t *testing.T) {
	c := full().WithoutDG(14).FlipDG(12, 100).Inject(16, chip.DG16("X", "1"))
	steps := emrtd.Format.Trace(input(c.Files()), formats.Options{})
	shown := make(map[string]string)
	for _, s := range steps {
		if s.Err != nil {
			t.Fatal(s.Err)
		}
		for _, f := range s.Detail {
			if _, twice := shown[s.Name+"/"+f.Name]; !twice {
				shown[s.Name+"/"+f.Name] = f.Value
			}
		}
	}
	if len(steps) != 6 {
		t.Errorf("%d steps", len(steps))
	}
	for name, want := range map[string]string{
		"files/DG2 (face)": fmt.Sprint(len(c.Groups[2]), " bytes"), "signed message/algorithm": "ES256", "signed message/certificates": "1",
		"security object/version": "0", "security object/hash": "SHA-256",
		"data groups/DG1": "as the security object has it", "data groups/DG12": "differs from the security object",
		"data groups/DG14": "sealed, and not given", "data groups/DG16": "not in the security object",
		"data groups/DG1 name": "OUYANG, YUNFAN", "document/issuing State's country": "UT",
		"document/EF.SOD": "tolerated: sealed, and not given: DG14 (dg-not-given)",
	} {
		if shown[name] != want {
			t.Errorf("%s: %q, want %q", name, shown[name], want)
		}
	}
	if !strings.HasPrefix(shown["signed message/signing time, as the signer says"], "20") {
		t.Errorf("%q", shown["signed message/signing time, as the signer says"])
	}
	steps = emrtd.Format.Trace(input(c.SOD(func(b []byte) []byte { return append(b, 1) }).Files()), formats.Options{})
	if len(steps) != 2 || steps[1].Name != "EF.SOD" || steps[1].Err == nil {
		t.Errorf("%+v", steps)
	}
	steps = emrtd.Format.Trace(input(c.WithoutFile("EF.SOD").Files()), formats.Options{})
	if len(steps) != 6 || steps[5].Err != nil || steps[1].Detail[0].Value != "not given" {
		t.Errorf("%+v", steps)
	}
}

// pack writes files as one text, so that a fuzz target can change them, and unpack reads it.
func pack(in formats.Input) []byte {
	var b []byte
	for _, f := range in.Files {
		b = append(b, byte(len(f.Name)))
		b = append(b, f.Name...)
		b = append(b, byte(len(f.Data)>>16), byte(len(f.Data)>>8), byte(len(f.Data)))
		b = append(b, f.Data...)
	}
	return b
}

func unpack(b []byte) (in formats.Input) {
	take := func(n int) []byte {
		n = min(n, len(b))
		piece := b[:n:n]
		b = b[n:]
		return piece
	}
	for len(b) > 0 && len(in.Files) < 20 {
		name := string(take(int(take(1)[0])))
		size := append(make([]byte, 3), take(3)...)
		size = size[len(size)-3:]
		in.Files = append(in.Files, formats.File{Name: name, Data: take(int(size[0])<<16 | int(size[1])<<8 | int(size[2]))})
	}
	return in
}

// FuzzDecode demands that decoding ends in a Document or an *Error whatever the files, and that Trace agrees.
func FuzzDecode(f *testing.F) {
	for _, c := range []chip.Chip{chip.Good(), chip.GoodBER(), full(), chip.Good().Unwrapped(), chip.Good().WithoutFile("EF.SOD")} {
		f.Add(pack(input(c.Files())))
		f.Add(pack(formats.Bytes(chip.CredentialOf(c).ForDevice().Encode())))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := unpack(data)
		doc, err := emrtd.Format.Decode(in, formats.Options{})
		var fe *formats.Error
		if err != nil && (!errors.As(err, &fe) || fe.Format != emrtd.ID && fe.Format != emrtd.DTC) {
			t.Fatalf("an error without code or format: %v", err)
		}
		if (doc == nil) == (err == nil) {
			t.Fatal("neither or both of document and error")
		}
		if doc != nil {
			for _, p := range doc.Parts {
				if p.Seal != formats.NoSeal && p.Seal >= len(doc.Seals) {
					t.Fatalf("%s is under seal %d of %d", p.Name, p.Seal, len(doc.Seals))
				}
			}
		}
		steps := emrtd.Format.Trace(in, formats.Options{})
		if len(steps) == 0 || (steps[len(steps)-1].Err == nil) != (err == nil) {
			t.Fatal("Trace and Decode disagree")
		}
	})
}

// What is kept of a chip follows the bytes that are there, and pictures are not copied.
func TestHostileChipsCostLittle(t *testing.T) {
	c := chip.Good()
	million := bytes.Repeat([]byte{0x30, 0x00}, 400_000)
	for name, x := range map[string]chip.Chip{
		"a message of a million values": c.PutFile("EF.SOD", der.Application(23, der.Raw(million)).Encode()),
		"64 KiB of values":              c.PutFile("EF.SOD", der.Application(23, der.Raw(million[:60_000])).Encode()),
		"64 KiB, open":                  c.PutFile("EF.SOD", append([]byte{0x77, 0x80}, bytes.Repeat([]byte{0x30, 0x80}, 30_000)...)),
		"a picture of 900 KB":           c.With(2, chip.DG2(chip.FaceRecord(append(chip.Portrait("x"), make([]byte, 900_000)...)))),
		"a DG11 of a million elements":  c.With(11, der.Tagged([]byte{0x6B}, der.Tagged([]byte{0x5C}), der.Raw(million)).Encode()),
		"a DG14 of a million elements":  c.With(14, der.Tagged([]byte{0x6E}, der.Tagged([]byte{0x31}, der.Raw(million))).Encode()),
	} {
		in := input(x.Files())
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = emrtd.Format.Decode(in, formats.Options{})
		runtime.ReadMemStats(&after)
		ceiling := uint64(2 << 20)
		if in.Size() < 80<<10 {
			ceiling = 1 << 20
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > ceiling {
			t.Errorf("%s: %d bytes are allocated for %d", name, n, in.Size())
		}
	}
}

// BenchmarkDecode is a passport with a zone and a portrait of 20 KB, as most are.
func BenchmarkDecode(b *testing.B) {
	picture := append(chip.Portrait("maren"), make([]byte, 20_000-len(chip.Portrait("maren")))...)
	in := input(chip.Good().With(2, chip.DG2(chip.FaceRecord(picture))).Files())
	b.ReportAllocs()
	b.SetBytes(int64(in.Size()))
	for b.Loop() {
		if _, err := emrtd.Format.Decode(in, formats.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
