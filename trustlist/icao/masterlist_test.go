package icao_test

import (
	"crypto"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/icao"
)

var (
	utopia = chip.Utopia()
	pinned = icao.Trust{Publisher: []*cert.Certificate{parse(utopia.CSCA.Cert)}}
	anyone = icao.Trust{Unauthenticated: true}
)

func parse(der []byte) *cert.Certificate {
	c, err := cert.Parse(der)
	if err != nil {
		panic(err)
	}
	return c
}

func read(t testing.TB, name string, data []byte, trust icao.Trust) *icao.List {
	t.Helper()
	l, err := icao.ReadMasterList(name, data, trust)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return l
}

// refused demands that a source is refused for the reason, by its name.
func refused(t testing.TB, name string, err, why error) {
	t.Helper()
	var le *trustlist.LoadError
	if !errors.As(err, &le) || le.Source != name || !errors.Is(err, why) {
		t.Errorf("%s: %v, want %v", name, err, why)
	}
}

func TestAMasterListIsRead(t *testing.T) {
	data := chip.Utopian().Encode()
	l := read(t, "ut.ml", data, pinned)
	if !l.Authenticated || len(l.Signer) != 2 || !slices.Equal(l.Signer[0].Raw, utopia.ListSigner.Cert) || !slices.Equal(l.Signer[1].Raw, utopia.CSCA.Cert) {
		t.Errorf("authenticated %t, by %d certificates", l.Authenticated, len(l.Signer))
	}
	if !l.SigningTime.Equal(pki.ListedAt) || l.Source != (trustlist.Source{Name: "ut.ml", Date: l.SigningTime, SHA256: sha256.Sum256(data)}) || len(l.Deviations) != 0 {
		t.Errorf("%+v, %v", l.Source, l.Deviations)
	}
	if len(l.Entries) != 4 || len(l.CAs()) != 4 || len(l.Dropped()) != 0 {
		t.Errorf("%d entries, %d CAs, %v", len(l.Entries), len(l.CAs()), l.Dropped())
	}
	var keys []string
	for i, e := range l.Entries {
		if e.Index != i || e.Country != "UT" || !e.Certificate.NotAfter.Equal(pki.CSCAUntil) {
			t.Errorf("%+v", e)
		}
		keys = append(keys, e.Key)
	}
	slices.Sort(keys)
	if !slices.Equal(keys, []string{"P-256", "RSA-2048", "RSA-2048", "brainpoolP384r1"}) {
		t.Error(keys)
	}
}

func TestTheSignerItselfMayBePinned(t *testing.T) {
	trust := icao.Trust{Publisher: []*cert.Certificate{parse(utopia.ListSigner.Cert)}}
	if l := read(t, "signer", chip.Utopian().Encode(), trust); len(l.Signer) != 1 || !l.Authenticated {
		t.Error(len(l.Signer))
	}
	alone := chip.Utopian()
	alone.Beside = [][]byte{}
	_, err := icao.ReadMasterList("no certificate beside", alone.Encode(), trust) // Doc 9303-12 §9.1 demands it
	refused(t, "no certificate beside", err, icao.ErrSigner)
}

// Who may not sign a list, and which lists are none.
func TestListsOfOthersAreRefused(t *testing.T) {
	content := func(change func([]der.Value) []der.Value) chip.MasterList {
		l := chip.Utopian()
		l.Elements = change
		return l
	}
	message := func(change func(pki.Message) pki.Message) chip.MasterList {
		l := chip.Utopian()
		l.Message = change
		return l
	}
	signer := func(change func(*pki.SignerInfo)) chip.MasterList {
		return message(func(m pki.Message) pki.Message { return m.Signer(change) })
	}
	version := func(n int) chip.MasterList {
		l := chip.Utopian()
		l.Version = n
		return l
	}
	empty := chip.Utopian()
	empty.Certificates = nil
	useless := chip.Utopian()
	useless.Certificates = [][]byte{utopia.DSC.Cert}
	expired := utopia.CSCA.Issue("ML UT 0", pki.MasterListSigner().Valid(pki.ListedAt.AddDate(-3, 0, 0), pki.ListedAt.AddDate(-2, 0, 0)))
	for name, c := range map[string]struct {
		list chip.MasterList
		why  error
	}{
		"a document signer":         {chip.ListByDSC(), icao.ErrSigner},
		"a stranger":                {chip.ListByStranger(), icao.ErrSigner},
		"a twin":                    {chip.ListByTwin(), icao.ErrSigner},
		"the authority":             {chip.ListByCSCA(), icao.ErrSigner},
		"an expired signer":         {chip.List(expired, utopia.CSCA, utopia.CSCAs()...), icao.ErrSigner},
		"no signing time":           {chip.Utopian().Dated(time.Time{}), icao.ErrMasterList},
		"before its signer":         {chip.Utopian().Dated(pki.ListedAt.AddDate(-30, 0, 0)), icao.ErrSigner},
		"another signature":         {signer(func(s *pki.SignerInfo) { s.Signature = flip }), icao.ErrSignature},
		"another digest":            {signer(func(s *pki.SignerInfo) { s.Attributes = pki.Valued(pki.OIDMessageDigest, der.Octets(make([]byte, 32))) }), icao.ErrSignature},
		"no signed attributes":      {signer(func(s *pki.SignerInfo) { s.NoAttributes = true }), icao.ErrMasterList},
		"MD5":                       {signer(func(s *pki.SignerInfo) { s.DigestID = pki.HashID(crypto.MD5) }), icao.ErrMasterList},
		"another type":              {message(func(m pki.Message) pki.Message { m.Type = pki.OIDLDSSecurityObject; return m }), icao.ErrMasterList},
		"no signer":                 {message(func(m pki.Message) pki.Message { m.Signers = nil; return m }), icao.ErrMasterList},
		"no content":                {message(func(m pki.Message) pki.Message { m.Detached = true; return m }), icao.ErrMasterList},
		"two signers":               {message(func(m pki.Message) pki.Message { m.Signers = append(m.Signers, m.Signers...); return m }), icao.ErrMasterList},
		"version 1":                 {version(1), icao.ErrMasterList},
		"version -1":                {version(-1), icao.ErrMasterList},
		"no version":                {content(func(list []der.Value) []der.Value { return list[1:] }), icao.ErrMasterList},
		"no certificates":           {content(func(list []der.Value) []der.Value { return list[:1] }), icao.ErrMasterList},
		"certificates in sequence":  {content(func(list []der.Value) []der.Value { return []der.Value{list[0], der.Seq()} }), icao.ErrMasterList},
		"a certificate of a number": {content(func(list []der.Value) []der.Value { return []der.Value{list[0], der.Set(der.Int(1))} }), icao.ErrMasterList},
		"more in the list":          {content(func(list []der.Value) []der.Value { return append(list, der.Null()) }), icao.ErrMasterList},
		"too many": {content(func(list []der.Value) []der.Value {
			return []der.Value{list[0], der.SetAsGiven(slices.Repeat([]der.Value{der.Seq()}, 5001)...)}
		}), icao.ErrLimit},
		"an empty list":  {empty, icao.ErrEmpty},
		"nothing usable": {useless, icao.ErrEmpty},
	} {
		l, err := icao.ReadMasterList(name, c.list.Encode(), pinned)
		refused(t, name, err, c.why)
		if l != nil {
			t.Errorf("%s: refused, and gives a list all the same", name)
		}
	}
	good := chip.Utopian().Encode()
	for name, data := range map[string][]byte{
		"nothing": nil, "a page": []byte("<!DOCTYPE html><html>"), "half": good[:len(good)/2], "two": slices.Concat(good, good), "a certificate": utopia.CSCA.Cert,
		"the content alone": chip.Utopian().Content(), "one byte more": append(slices.Clone(good), 0),
	} {
		_, err := icao.ReadMasterList(name, data, pinned)
		refused(t, name, err, icao.ErrFormat)
	}
	_, err := icao.ReadMasterList("nobody", good, icao.Trust{})
	refused(t, "nobody", err, icao.ErrUnpinned)
}

func flip(b []byte) []byte {
	b[len(b)-1] ^= 1
	return b
}

// Every single byte of a list is signed, or part of an envelope that is read strictly.
func TestNoByteOfAListCanBeChanged(t *testing.T) {
	l := chip.Utopian()
	l.Certificates = l.Certificates[:1]
	good := l.Encode()
	want := read(t, "good", good, pinned).Entries[0].Certificate.Raw
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 1
		if l, err := icao.ReadMasterList("bad", bad, pinned); err == nil && !slices.Equal(l.Entries[0].Certificate.Raw, want) {
			t.Errorf("byte %d: accepted with another certificate", i)
		}
	}
}

// Where nobody can be pinned, the caller says so, and the list tells it.
func TestAnUnauthenticatedListSaysSo(t *testing.T) {
	for name, list := range map[string]chip.MasterList{"a stranger": chip.ListByStranger(), "a document signer": chip.ListByDSC()} {
		if l := read(t, name, list.Encode(), anyone); l.Authenticated || l.Signer != nil || len(l.CAs()) < 4 {
			t.Errorf("%s: %t, %d", name, l.Authenticated, len(l.CAs()))
		}
	}
}

func TestAnOlderListIsRefused(t *testing.T) {
	old, young := chip.OldList(), chip.Utopian()
	first := read(t, "old", old.Encode(), pinned)
	trust := pinned
	trust.Since = first.SigningTime
	second := read(t, "young", young.Encode(), trust)
	trust.Since = second.SigningTime
	read(t, "the same again", young.Encode(), trust)
	_, err := icao.ReadMasterList("rollback", old.Encode(), trust)
	refused(t, "rollback", err, icao.ErrOlder)
	trust.Unauthenticated = true
	_, err = icao.ReadMasterList("rollback", old.Encode(), trust)
	refused(t, "rollback", err, icao.ErrOlder)
	_, err = icao.ReadMasterList("undated", young.Dated(time.Time{}).Encode(), trust)
	refused(t, "undated", err, icao.ErrOlder)
}

// One broken certificate never costs the others, and none is lost silently.
func TestWhatCannotBeUsedIsDropped(t *testing.T) {
	l := chip.Utopian().And(utopia.CSCA, utopia.DSC, pki.NewCSCA("critical", pki.CSCA().Named(pki.Utopian("CSCA UT 8")).With(pki.UnknownCritical())))
	l.Certificates = append(l.Certificates, der.Seq().Encode())
	list := read(t, "ut.ml", l.Encode(), pinned)
	reasons := []string{"it stands in the source twice", "it does not say that it issues certificates", "a critical extension is not understood", "it cannot be read: "}
	got := list.Dropped()
	if len(list.Entries) != 8 || len(list.CAs()) != 4 || len(got) != len(reasons) {
		t.Fatalf("%d entries, %v", len(list.Entries), got)
	}
	for _, reason := range reasons {
		if !slices.ContainsFunc(got, func(d trustlist.Dropped) bool {
			return d.Source == "ut.ml" && strings.HasPrefix(d.Reason, reason) && strings.HasPrefix(d.Item, "certificate ")
		}) {
			t.Errorf("%q is missing in %v", reason, got)
		}
	}
}

// Two forms of signature that publishers have used are taken and noted: see checkSignature.
func TestOddSignaturesOfPublishersAreNoted(t *testing.T) {
	signer := utopia.RSA.Issue("ML UT 2", pki.MasterListSigner().Keyed(pki.RSA2048))
	trust := icao.Trust{Publisher: []*cert.Certificate{parse(utopia.RSA.Cert)}}
	for name, c := range map[string]struct {
		algorithm pki.Algorithm
		hash      crypto.Hash
		want      []string
		why       error
	}{
		"plain":         {pki.PKCS1(crypto.SHA256), crypto.SHA256, nil, nil},
		"rsaEncryption": {pki.RSAEncryption(crypto.SHA512), crypto.SHA512, nil, nil},
		"PSS":           {pki.PSSOf(crypto.SHA256), crypto.SHA256, nil, nil},
		"no NULL":       {pki.PKCS1NoNull(crypto.SHA256), crypto.SHA256, []string{cert.CodeNullOmitted}, nil},
		"SHA-1":         {pki.PKCS1(crypto.SHA1), crypto.SHA1, []string{cms.SHA1}, nil},
		"forged":        {pki.PSSWith(pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 20, Trailer: 1}).Stating(pki.PSSOf(crypto.SHA256).ID), crypto.SHA256, nil, icao.ErrSignature},
	} {
		list := chip.List(signer, utopia.RSA, utopia.CSCAs()...)
		list.Message = func(m pki.Message) pki.Message {
			return m.Signer(func(s *pki.SignerInfo) { s.Digest, s.Algorithm = c.hash, &c.algorithm })
		}
		l, err := icao.ReadMasterList(name, list.Encode(), trust)
		if c.why != nil {
			refused(t, name, err, c.why)
			continue
		}
		if err != nil || !slices.Equal(codes(l.Deviations), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A signer whose certificates have the same key identifier is found by its signature.
func TestTheSignatureChoosesAmongNamesakes(t *testing.T) {
	namesake := pki.MasterListSigner()
	namesake.KeyID = utopia.ListSigner.KeyID
	other := utopia.CSCA.Issue("ML UT 3", namesake)
	l := chip.Utopian()
	l.Beside = [][]byte{other.Cert, utopia.ListSigner.Cert, utopia.CSCA.Cert}
	l.Message = func(m pki.Message) pki.Message {
		return m.Signer(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID(utopia.ListSigner.KeyID) })
	}
	list := read(t, "namesakes", l.Encode(), pinned)
	if !slices.Equal(list.Signer[0].Raw, utopia.ListSigner.Cert) || !slices.Equal(codes(list.Deviations), []string{cms.SignerAmbiguous}) {
		t.Errorf("%v", list.Deviations)
	}
}
