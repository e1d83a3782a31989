package verify_test

import (
	"bytes"
	"crypto"
	"crypto/md5"
	"crypto/sha256"
	"hash"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

func TestEveryPartThatDigestsLeadToIsVerified(t *testing.T) {
	ut, holder := newSigner("ut"), newSigner("device")
	w := newWorld(t, ut)
	d := w.one(t, ut.chip()) // two digests away
	expect(t, d, verify.Authentic, verify.Accept)
	if d.Verified.Portrait == nil || len(d.Verified.Subjects) != 1 {
		t.Error("the claims of both files belong to one document")
	}
	d = w.one(t, ut.device(holder)) // one digest away
	expect(t, d, verify.Authentic, verify.Accept)
	if len(d.Verified.Subjects) != 1 {
		t.Error("the item's claims are missing")
	}
}

// DESIGN §4: "verify itself requires that Path[0].Digest stands inside Signed and Path[i].Digest inside Path[i-1].Data".
// The decoder's word is not taken; what does not hang together is unsealed, and nothing is disproved.
func TestADigestMustStandInWhatTheStepBeforeItVouchesFor(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	false1, falseList := []byte("file 1: a forger"), []byte("a forger's list")
	for what, change := range map[string]func(*formats.Part){
		"the first digest is not sealed": func(p *formats.Part) {
			list := join(falseList, sum(false1))
			p.Path = []formats.Binding{bound(list), bound(false1)}
		},
		"the second digest is not in the list": func(p *formats.Part) { p.Path[1] = bound(false1) },
		"the list is left out":                 func(p *formats.Part) { p.Path = p.Path[1:] },
		"the steps change places":              func(p *formats.Part) { slices.Reverse(p.Path) },
		"half a digest": func(p *formats.Part) {
			p.Path[0].Digest = p.Path[0].Digest[:16]
		},
		"an empty digest": func(p *formats.Part) { p.Path[1].Digest = nil },
		"no hash":         func(p *formats.Part) { p.Path[0].Hash = 0 },
		"an unknown hash": func(p *formats.Part) { p.Path[1].Hash = 200 },
		"another hash":    func(p *formats.Part) { p.Path[1].Hash = crypto.SHA384 },
		"more steps than any document has": func(p *formats.Part) {
			p.Path = append(p.Path, p.Path[1], p.Path[1], p.Path[1])
		},
		"a seal that does not exist": func(p *formats.Part) { p.Seal = 1 },
		"a seal below none":          func(p *formats.Part) { p.Seal = -2 },
		"no seal":                    func(p *formats.Part) { p.Seal = formats.NoSeal },
	} {
		t.Run(what, func(t *testing.T) {
			d := ut.chip()
			change(&d.Parts[0])
			got := w.one(t, d)
			expect(t, got, verify.Indeterminate, verify.Refer, verify.PartUnsealed, verify.PartMissing)
			if got.Verified != nil {
				t.Error("claims are shown as verified")
			}
		})
	}
}

// Anybody can make two files of one MD5 digest: RFC 6151 §2 rules it out wherever signatures rest on it.
func TestADigestOfABrokenHashLeadsNowhere(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	d := ut.device(newSigner("device"))
	item := []byte("item: Maren")
	digest := md5.Sum(item)
	d.Parts[0].Path = []formats.Binding{{Hash: crypto.MD5, Digest: digest[:], Data: item}}
	d.Seals = []formats.Seal{ut.seal(join([]byte("items"), digest[:]))}
	if got := w.one(t, d); got.Verdict != verify.Refer || got.Verified != nil {
		t.Errorf("%s, %s", got.Status, got.Verdict)
	}
}

// DESIGN §4: "a digest that differs" is disproof; it rests on a seal, so that without the seal nothing is disproved.
func TestADigestThatDiffersDisprovesOnlyUnderAnAuthenticSeal(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*signer, *formats.Document)
		status verify.Status
	}{
		"authentic":      {func(*signer, *formats.Document) {}, verify.Invalid},
		"unknown signer": {func(s *signer, _ *formats.Document) { *s = newSigner("another") }, verify.Untrusted},
		"wrong use": {func(s *signer, d *formats.Document) {
			s.Uses, d.Purpose = formats.Boarding, formats.Travel
		}, verify.Untrusted},
		"wrong scope":   {func(s *signer, _ *formats.Document) { s.Scope = []formats.ID{card} }, verify.Untrusted},
		"wrong country": {func(s *signer, _ *formats.Document) { s.Country = "XA" }, verify.Untrusted},
		"forbidden":     {func(_ *signer, d *formats.Document) { forbidden(d) }, verify.Indeterminate},
	} {
		for step, name := range []string{"list", "file"} {
			t.Run(what+", "+name, func(t *testing.T) {
				ut := newSigner("ut")
				d := ut.chip()
				c.change(&ut, d)
				last := &d.Parts[0].Path[step]
				last.Data = append(bytes.Clone(last.Data), '!')
				got := newWorld(t, ut).one(t, d)
				want := verify.Refer
				if c.status == verify.Invalid {
					want = verify.Reject
				}
				expect(t, got, c.status, want, verify.PartDigestMismatch)
				if got.Verified != nil {
					t.Error("claims are shown as verified")
				}
			})
		}
	}
}

// DESIGN §4: Role Holder "proves possession and never vouches".
func TestAHoldersSealNeverVouches(t *testing.T) {
	ut, holder := newSigner("ut"), newSigner("device")
	w := newWorld(t, ut, holder) // even where its key is trusted

	alone := ut.device(holder)
	alone.Seals, alone.Parts[0].Path = alone.Seals[1:], nil
	got := w.one(t, alone)
	expect(t, got, verify.Unsealed, verify.Refer, verify.SealNone)
	if got.Seals[0].State == verify.Holds || got.Seals[0].Anchor != nil || got.Verified != nil {
		t.Errorf("a holder's seal counts: %s", got.Seals[0].State)
	}

	beside := ut.device(holder)
	beside.Parts = append(beside.Parts, formats.Part{Name: "said by the device", Unverified: tobias, Seal: 1})
	got = w.one(t, beside)
	expect(t, got, verify.Authentic, verify.Refer, verify.PartUnsealed)
	if len(got.Verified.Subjects) != 1 || got.Verified.Subjects[0].Names[0].Given != "Maren" {
		t.Errorf("verified: %+v", got.Verified.Subjects)
	}

	failing := ut.device(holder)
	failing.Seals[1].Signature = make([]byte, 64)
	expect(t, w.one(t, failing), verify.Authentic, verify.Accept) // the package that talks to the device judges it
}

// DESIGN §4: "and hashes each shared step once".
func TestASharedStepIsHashedOnce(t *testing.T) {
	hashed := 0
	crypto.RegisterHash(crypto.SHA224, func() hash.Hash { hashed++; return sha256.New224() })
	t.Cleanup(func() { crypto.RegisterHash(crypto.SHA224, sha256.New224) })
	bind := func(data []byte) formats.Binding {
		s := sha256.Sum224(data)
		return formats.Binding{Hash: crypto.SHA224, Digest: s[:], Data: data}
	}
	ut := newSigner("ut")
	var files []formats.Binding
	list := []byte("list")
	for i := range 16 {
		files = append(files, bind([]byte{'f', byte(i)}))
		list = append(list, files[i].Digest...)
	}
	shared := bind(list)
	d := &formats.Document{Format: chip, Seals: []formats.Seal{ut.seal(shared.Digest)}, Validity: current()}
	for i, f := range files {
		d.Parts = append(d.Parts, formats.Part{Name: "DG" + string(rune('A'+i)), Path: []formats.Binding{shared, f}})
	}
	expect(t, newWorld(t, ut).one(t, d), verify.Authentic, verify.Accept)
	if want := len(files) + 1; hashed != want {
		t.Errorf("%d digests were computed for %d files and their list, want %d", hashed, len(files), want)
	}
}

// What a document wants and does not have refers it, once, also where the policy asks for the same.
func TestAPartThatTheDocumentWantsRefers(t *testing.T) {
	ut := newSigner("ut")
	d := ut.chip()
	d.Wants = []string{"DG2"}
	expect(t, newWorld(t, ut).one(t, d), verify.Authentic, verify.Accept)
	d.Parts = d.Parts[:1]
	w := newWorld(t, ut)
	w.Config.Policy.RequireParts = []string{"DG1", "DG2"}
	got := w.one(t, d)
	expect(t, got, verify.Authentic, verify.Refer, verify.PartMissing)
	n := 0
	for _, f := range got.Findings {
		if f.Code == verify.PartMissing {
			n++
		}
	}
	if n != 1 {
		t.Errorf("said %d times", n)
	}
}
