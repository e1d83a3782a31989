package emrtd_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// FuzzCredential demands that a lone file ends in a Document or an *Error, that Trace agrees, and that the seal of a DTC signer
// is never one that may be checked.
func FuzzCredential(f *testing.F) {
	for _, c := range formatstest.Load(f, emrtd.DTC).Cases {
		f.Add(c.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := formats.Bytes(data)
		doc, err := emrtd.Format.Decode(in, formats.Options{})
		var fe *formats.Error
		if err != nil && (!errors.As(err, &fe) || fe.Format != emrtd.DTC && fe.Format != emrtd.ID) {
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
			for i, s := range doc.Seals {
				if s.Envelope == "DTC" && (s.Problem.Code != formats.CodeSealUnsupported || i != len(doc.Seals)-1) {
					t.Fatal("a seal of a DTC signer that may be checked")
				}
			}
		}
		steps := emrtd.Format.Trace(in, formats.Options{})
		if len(steps) == 0 || (steps[len(steps)-1].Err == nil) != (err == nil) {
			t.Fatal("Trace and Decode disagree")
		}
	})
}

// What is kept of a credential points into it.
func TestHostileCredentialsCostLittle(t *testing.T) {
	c := chip.CredentialOf(chip.Good())
	million := bytes.Repeat([]byte{0x9F, 0x22, 0x00}, 300_000)
	elements := c
	elements.Data = func([]der.Value) []der.Value { return []der.Value{der.Raw(million)} }
	strange := c.With()
	for n := 17; n < 31; n++ {
		if n != 22 && n != 23 {
			strange = strange.With(der.Implicit(n, make([]byte, 60_000)))
		}
	}
	for name, x := range map[string]chip.Credential{
		"a million elements": elements, "elements of no meaning": strange,
		"a million values":              c.Behind(der.Explicit(0, der.Seq(der.Raw(million)))),
		"a great signature":             c.ForDevice().Behind(der.Explicit(1, der.Octets(make([]byte, 900_000)))),
		"a message of a million values": chip.CredentialOf(chip.Good().PutFile("EF.SOD", der.Application(23, der.Raw(bytes.Repeat([]byte{0x30, 0}, 400_000))).Encode())),
		"a great portrait":              chip.CredentialOf(chip.Good().With(2, chip.DG2(chip.FaceRecord(append(chip.Portrait("x"), make([]byte, 900_000)...))))),
	} {
		in := formats.Bytes(x.Encode())
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = emrtd.Format.Decode(in, formats.Options{})
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 128<<10 {
			t.Errorf("%s: %d bytes are allocated for %d", name, n, in.Size())
		}
	}
}
