package cose_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/strict/base45"
	"github.com/travelseal/travelseal/internal/strict/cbor"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// specimens are messages of every signer, header and length of payload for which the CBOR of a Sig_structure differs.
func specimens() map[string]mint.HCERT {
	bare := func(n int) mint.HCERT {
		h := vaccination()
		h.Hooks.Payload = func([]byte) []byte { return bytes.Repeat([]byte{0x20}, n) }
		return h
	}
	outside := vaccination()
	outside.Protected, outside.Unprotected = mint.Map{pair(alg, es256)}, mint.Map{pair(kid, mint.Bytes(utopia.Vaccination.KID))}
	long := vaccination()
	long.Protected = mint.Map{pair(alg, es256), pair(99, mint.Bytes(make([]byte, 70_000)))}
	unsorted := headers(mint.Map{pair(kid, mint.Bytes("k")), pair(alg, es256)}, mint.Map{})
	list := map[string]mint.HCERT{
		"vaccination": vaccination(), "test": mint.Test(utopia.Test), "rapid test": mint.RapidTest(utopia.Test), "recovery": mint.Recovery(utopia.Recovery),
		"ES384": mint.Vaccination(utopia.AnyUse), "PS256": mint.Vaccination(utopia.RSA), "Thai": vaccination().Of(mint.Mali),
		"kid outside": outside, "long header": long, "unsorted header": unsorted,
		"untagged": tagged(), "61(18)": tagged(61, 18),
	}
	for _, n := range []int{0, 1, 23, 24, 255, 256, 65_535, 65_536} {
		list[fmt.Sprintf("payload of %d bytes", n)] = bare(n)
	}
	return list
}

// The bytes signed are those that mint signed, which writes RFC 9052 §4.4 apart from this package: as go-cose computes
// them, and by the way of its own for messages that go-cose does not take, here because the signature is empty.
func TestTheSignedBytesAreTheSigStructureByEitherWay(t *testing.T) {
	for name, h := range specimens() {
		built := h.Build()
		if m := parse(t, h, formats.Options{}); !bytes.Equal(m.Seal.Signed, built.SigStructure) || len(m.Seal.Signature) == 0 {
			t.Errorf("%s: through go-cose %x, want %x", name, m.Seal.Signed, built.SigStructure)
		}
		h.Hooks.Signature = mint.NoSignature
		if m := parse(t, h, formats.Options{}); !bytes.Equal(m.Seal.Signed, built.SigStructure) || len(m.Seal.Signature) != 0 {
			t.Errorf("%s: by the way of its own %x, want %x", name, m.Seal.Signed, built.SigStructure)
		}
	}
}

// structure writes the Sig_structure of a message from its parts, with mint's writer.
func structure(t *testing.T, message []byte) []byte {
	t.Helper()
	v, err := cbor.Parse(message, cbor.Limits{Depth: 24, Items: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	for {
		_, inner, tagged := v.Tag()
		if !tagged {
			break
		}
		v = inner
	}
	var parts [4][]byte
	for i, e := range v.Elements() {
		parts[i], _ = e.Bytes()
	}
	return mint.Encode(mint.Array{mint.Text("Signature1"), mint.Bytes(parts[0]), mint.Bytes(nil), mint.Bytes(parts[2])})
}

func TestTheSignedBytesOfEveryMintedCase(t *testing.T) {
	compared := 0
	for _, c := range mint.Cases() {
		compressed, err := base45.Decode([]byte(strings.TrimPrefix(c.Text, "HC1:")))
		if err != nil {
			continue
		}
		message, err := inflate.Zlib(compressed, 1<<20)
		if err != nil {
			continue
		}
		m, err := cose.Parse(message, formats.Options{})
		if err != nil {
			continue
		}
		compared++
		if want := structure(t, message); !bytes.Equal(m.Seal.Signed, want) {
			t.Errorf("%s: got %x, want %x", c.Name, m.Seal.Signed, want)
		}
	}
	if compared < len(mint.Cases())-4 {
		t.Errorf("only %d of %d cases are messages", compared, len(mint.Cases()))
	}
}

// RFC 9052 §3 and §4.4: where there are no protected headers, the Sig_structure has the empty string, however the
// message writes them. A signer that hashes h'a0' instead signs something else.
func TestAnEmptyProtectedMapIsSignedAsTheEmptyString(t *testing.T) {
	h := headers(mint.Map{}, mint.Map{pair(alg, es256)})
	built := h.Build()
	if len(built.Protected) != 1 || built.Protected[0] != 0xa0 {
		t.Fatalf("the protected header is %x", built.Protected)
	}
	want := mint.Encode(mint.Array{mint.Text("Signature1"), mint.Bytes(nil), mint.Bytes(nil), mint.Bytes(built.Claims)})
	if got := parse(t, h, formats.Options{}).Seal.Signed; !bytes.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

// FuzzParse demands of every message that is read that it gives the parts of the bytes it was read from, and of every
// other that the error has a code and nothing is given.
func FuzzParse(f *testing.F) {
	for _, h := range specimens() {
		if message := h.Build().COSE; len(message) < 2000 {
			f.Add(message)
		}
	}
	f.Add([]byte{})
	f.Add([]byte{0x84, 0x40, 0xa0, 0x40, 0x40})
	f.Add([]byte{0xd8, 0x3d, 0xd2, 0x84, 0x41, 0xa0, 0xa0, 0x40, 0x40})
	all := formats.Options{Tolerate: []string{cose.AlgUnprotected.Name}}
	none := formats.Options{Refuse: []string{cose.Untagged.Name, cose.CWTTag.Name, cose.AlgUnprotected.Name}}
	f.Fuzz(func(t *testing.T, message []byte) {
		for _, o := range []formats.Options{{}, all, none} {
			m, err := cose.Parse(message, o)
			if err != nil {
				var fe *formats.Error
				if !errors.As(err, &fe) || fe.Code == "" || fe.Step == "" || m.Payload != nil || m.Seal.Signed != nil {
					t.Fatalf("%+v, %v", m, err)
				}
				continue
			}
			if !bytes.Contains(message, m.Payload) || !bytes.Contains(message, m.Seal.Signature) || !bytes.Contains(message, m.Seal.Signer.KeyID) {
				t.Fatal("a part is not of the message")
			}
			if (m.Seal.Problem.Code == "") != (m.Seal.Algorithm.Name() != "") {
				t.Fatalf("problem %v with algorithm %q", m.Seal.Problem, m.Seal.Algorithm.Name())
			}
			if len(o.Refuse) > 0 && len(m.Checks) != 0 {
				t.Fatalf("everything is refused and %+v tolerated", m.Checks)
			}
			want := structure(t, message)
			want = bytes.Replace(want, []byte("Signature1\x41\xa0\x40"), []byte("Signature1\x40\x40"), 1)
			if !bytes.Equal(m.Seal.Signed, want) {
				t.Fatalf("signed %x, want %x", m.Seal.Signed, want)
			}
		}
	})
}
