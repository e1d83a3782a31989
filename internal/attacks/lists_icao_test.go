package attacks_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/icao"
)

// published reads trust material with every importer, as the command does.
func published(t *testing.T, files ...[]byte) *trustlist.Snapshot {
	t.Helper()
	trust, err := all.Loader().Load(folder(t, files...))
	if err != nil {
		t.Fatal(err)
	}
	return trust
}

// fourth is a chip under an authority that only a list names.
func fourth() chip.Chip { return passport.ResignedBy(uto.RSA.Issue("DS UT 4", pki.DSC())) }

// A master list is taken where one whom the relying party has named answers for it, and never for what it says itself.
func TestC25_MasterLists(t *testing.T) {
	message := func(change func(*pki.Message)) chip.MasterList {
		l := chip.Utopian()
		l.Message = func(m pki.Message) pki.Message {
			change(&m)
			return m
		}
		return l
	}
	signer := func(change func(*pki.SignerInfo)) chip.MasterList {
		return message(func(m *pki.Message) { *m = m.Signer(change) })
	}
	version := func(n int) chip.MasterList {
		l := chip.Utopian()
		l.Version = n
		return l
	}
	pin, list, c := uto.CSCA.PEM(), chip.Utopian().Encode(), chipInput(fourth())
	demand(t, at(t, published(t, pin, list), asOf), "the list", c, accepted)
	demand(t, at(t, published(t, list, pin), asOf), "the list before its pin", c, accepted)
	demand(t, at(t, published(t, pin), asOf), "no list", c, noSigner)
	rogue := chip.Rogue()
	theirs := passport.ResignedBy(rogue.Issue("DS XX", pki.DSC()))
	tlsSigner := uto.CSCA.Issue("ML UT 2", pki.Server())
	expired := uto.CSCA.Issue("ML UT 3", pki.MasterListSigner().Valid(pki.ListedAt.AddDate(-3, 0, 0), pki.ListedAt.AddDate(-2, 0, 0)))
	stranger := pki.NewCSCA("publisher", pki.CSCA().Named(pki.DN("XA", "Elsewhere", "CSCA XA")))
	abroad := chip.List(stranger.Issue("ML XA", pki.MasterListSigner().Named(pki.DN("XA", "Elsewhere", "ML XA"))), stranger, uto.CSCAs()...)
	for name, l := range map[string]chip.MasterList{
		"by a document signer":                 chip.ListByDSC(),
		"by a web server":                      chip.List(tlsSigner, uto.CSCA, uto.CSCAs()...),
		"by the authority itself":              chip.ListByCSCA(),
		"by a signer whose authority is in it": chip.ListByStranger(),
		"by a forger of the same names":        chip.ListByTwin(),
		"by another country":                   abroad,
		"by an expired signer":                 chip.List(expired, uto.CSCA, uto.CSCAs()...),
		"version 1":                            version(1),
		"version −1":                           version(-1),
		"no signing time":                      chip.Utopian().Dated(time.Time{}),
		"no signed attributes":                 signer(func(s *pki.SignerInfo) { s.NoAttributes = true }),
		"another digest":                       signer(func(s *pki.SignerInfo) { s.Attributes = pki.Valued(pki.OIDMessageDigest, der.Octets(otherDigest)) }),
		"another content type":                 message(func(m *pki.Message) { m.Type = pki.OIDLDSSecurityObject }),
		"another signature":                    signer(func(s *pki.SignerInfo) { s.Signature = flipped }),
		"two signers":                          message(func(m *pki.Message) { m.Signers = append(m.Signers, m.Signers...) }),
		"no signer's certificate":              message(func(m *pki.Message) { m.Certificates = [][]byte{} }),
	} {
		trust := published(t, pin, l.Encode())
		if len(trust.Anchors()) != 1 || len(trust.Dropped()) != 1 {
			t.Errorf("%s: %d authorities, left out %v", name, len(trust.Anchors()), trust.Dropped())
		}
		demand(t, at(t, trust, asOf), name, c, noSigner)
		demand(t, at(t, trust, asOf), name+", by the rogue in it", chipInput(theirs), noSigner)
		if nobody, err := all.Loader().Load(folder(t, l.Encode())); err == nil && len(nobody.Anchors()) > 0 {
			t.Errorf("%s: taken without anybody who answers for it", name)
		}
	}
	// Without a pin the genuine one is not taken either, nor its content without the signature.
	for name, files := range map[string][][]byte{"no pin": {list}, "another pin": {list, stranger.PEM()}, "the content alone": {pin, chip.Utopian().Content()}} {
		trust, err := all.Loader().Load(folder(t, files...))
		if err == nil {
			demand(t, at(t, trust, asOf), name, c, noSigner)
		} else if le := (*trustlist.LoadError)(nil); !errors.As(err, &le) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A list answers for no other list.
	second := chip.List(uto.RSA.Issue("ML UT 4", pki.MasterListSigner().Keyed(pki.RSA2048)), uto.RSA, rogue).Encode()
	for _, files := range [][][]byte{{pin, list, second}, {second, list, pin}} {
		demand(t, at(t, published(t, files...), asOf), "a list below a list", chipInput(theirs), noSigner)
	}
	// Its own publisher can put in whom it likes; the relying party sees it before it takes the list.
	before, after := parsed(t, chip.Utopian().Certificates...), parsed(t, chip.Utopian().And(rogue).Certificates...)
	if d := icao.Compare(before, after); len(d.Added) != 1 || !slices.Equal(d.Added[0].Raw, rogue.Cert) || len(d.Removed)+len(d.Changed) != 0 {
		t.Errorf("the rogue is not shown: %+v", d)
	}
	trust := icao.Trust{Publisher: parsed(t, uto.CSCA.Cert)}
	read := func(l chip.MasterList) (*icao.List, error) { return icao.ReadMasterList("ut.ml", l.Encode(), trust) }
	now, err := read(chip.Utopian())
	if err != nil || !now.Authenticated {
		t.Fatal(err)
	}
	trust.Since = now.SigningTime
	if _, err := read(chip.OldList()); !errors.Is(err, icao.ErrOlder) {
		t.Errorf("an older list: %v", err)
	}
	if again, err := read(chip.Utopian()); err != nil || len(again.CAs()) != 4 {
		t.Errorf("the same list: %v", err)
	}
}

// Who signs documents, and who is none, is no authority for standing in a list of them.
func TestC25_WhatAListHoldsBesideAuthorities(t *testing.T) {
	l := chip.Utopian().And(uto.DSC, uto.ListSigner, pki.NewCSCA("odd", pki.CSCA().Named(pki.Utopian("odd")).With(pki.UnknownCritical())))
	trust := published(t, uto.CSCA.PEM(), l.Encode())
	if d := trust.Dropped(); len(d) != 3 {
		t.Errorf("left out: %v", d)
	}
	v := at(t, trust, asOf)
	demand(t, v, "by a listed authority", chipInput(fourth()), accepted)
	leaf := uto.DSC.Issue("DS UT 1", pki.DSC())
	demand(t, v, "by a listed signer's signer", chipInput(beside(passport.ResignedBy(leaf), leaf, uto.DSC)), noChain)
	demand(t, v, "by the listed signer of lists", chipInput(passport.ResignedBy(uto.ListSigner)), wrongUse)
	for _, d := range trust.Dropped() {
		if strings.Contains(d.Reason, "\x1b") || d.Source == "" {
			t.Errorf("%+v", d)
		}
	}
}

// The directory vouches for nobody: its signers are not taken, its lists by whom one has named, its revocations by authorities.
func TestC25_Directory(t *testing.T) {
	trust := published(t, uto.CSCA.PEM(), chip.Download())
	demand(t, at(t, trust, asOf), "an authority of a list in it", chipInput(fourth()), accepted)
	alone, err := all.Loader().Load(folder(t, chip.Rogue().PEM(), chip.Download()))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alone.Anchors() {
		if a.Role != trustlist.CA || a.Source.Name == "" || len(alone.Anchors()) != 1 {
			t.Errorf("%v of %s is taken from a directory that nobody answers for", a.Role, a.Source.Name)
		}
	}
	demand(t, at(t, alone, asOf), "a signer that stands in it", chipInput(passport), noSigner)
}

// Twenty lists that name one authority are no flood of keys, and no list restores what another has withdrawn.
func TestC25_AuthorityOnManyLists(t *testing.T) {
	files := pems(uto.CSCA)
	for i := range 20 {
		files = append(files, chip.Utopian().Dated(pki.ListedAt.AddDate(0, 0, -i)).Encode())
	}
	demand(t, at(t, published(t, files...), asOf), "twenty lists", chipInput(fourth()), accepted)
	withdrawn := raw(t, map[string]any{"certificate": uto.RSA.Cert, "revoked_at": "2026-01-01T00:00:00Z", "scope": []string{"*"}})
	for _, list := range [][][]byte{append(files[:3:3], withdrawn), append([][]byte{withdrawn}, files[:3]...)} {
		demand(t, at(t, published(t, list...), asOf), "withdrawn by one of four", chipInput(fourth()), noSigner)
	}
}

// C26: an authority that one list names may be that publisher's mistake; how many name it, the report says.
func TestC26_AuthorityOfOneListOrOfSeveral(t *testing.T) {
	root := filepath.Join("..", "..", "testdata", "trust", "emrtd", "ut-csca.pem")
	pem, err := os.ReadFile(root)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("csca.pem", pem)
	write("lone.ml", chip.List(chip.Utopia().ListSigner, chip.Utopia().CSCA, chip.Utopia().Brainpool).Encode())
	says := func(specimen string) string {
		return execute(t, "verify", "--trust", dir, filepath.Join("..", "..", "testdata", "emrtd", specimen)).stdout
	}
	if got := says("card-brainpool"); !strings.Contains(got, "(lone.ml): holds") {
		t.Errorf("of one list: %s", got)
	}
	for i := range 3 {
		write(fmt.Sprintf("list-%d.ml", i), chip.Utopian().Dated(pki.ListedAt.AddDate(0, 0, i)).Encode())
	}
	if got := says("card-brainpool"); !strings.Contains(got, ", on 4 lists): holds") {
		t.Errorf("of four lists: %s", got)
	}
	if got := says("passport"); !strings.Contains(got, "(csca.pem, on 4 lists): holds") {
		t.Errorf("of the relying party and three lists: %s", got)
	}
	j := execute(t, "verify", "-o", "json", "--trust", dir, filepath.Join("..", "..", "testdata", "emrtd", "passport")).stdout
	if !strings.Contains(j, `"lists": 4`) {
		t.Errorf("the report: %s", j)
	}
}
