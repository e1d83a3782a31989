package vical_test

import (
	"bytes"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/vical"
)

var (
	utopia = mobile.Utopia()
	pinned = vical.Trust{Provider: []*cert.Certificate{parse(utopia.Provider.Cert)}}
	anyone = vical.Trust{Unauthenticated: true}
)

func parse(raw []byte) *cert.Certificate {
	if block, _ := pem.Decode(raw); block != nil {
		raw = block.Bytes
	}
	c, err := cert.Parse(raw)
	if err != nil {
		panic(err)
	}
	return c
}

// provider is the certificate of the signer that came with a list.
func provider(t testing.TB, data []byte) []*cert.Certificate {
	t.Helper()
	m, err := cose.Parse(data, formats.Options{Limits: formats.Limits{Items: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	return []*cert.Certificate{parse(m.Seal.Signer.Chain[0])}
}

func read(t testing.TB, name string, data []byte, trust vical.Trust) *vical.List {
	t.Helper()
	l, err := vical.ReadList(name, data, trust)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return l
}

// refused demands that a list is refused for the reason, by its name.
func refused(t testing.TB, name string, err, why error) {
	t.Helper()
	var le *trustlist.LoadError
	if !errors.As(err, &le) || le.Source != name || !errors.Is(err, why) {
		t.Errorf("%s: %v, want %v", name, err, why)
	}
}

func TestAListIsRead(t *testing.T) {
	data := mobile.Utopian().Encode()
	l := read(t, "ut", data, pinned)
	if !l.Authenticated || len(l.Signer) != 2 || !bytes.Equal(l.Signer[0].Raw, utopia.ListSigner.Cert) || !bytes.Equal(l.Signer[1].Raw, utopia.Provider.Cert) {
		t.Errorf("authenticated %t, by %d certificates", l.Authenticated, len(l.Signer))
	}
	if l.Provider != "Utopia Test Provider" || l.IssueID != 7 || !l.NextUpdate.Equal(mobile.NextListAt) || !l.Source.Date.Equal(mobile.ListedAt) || len(l.Deviations) != 0 {
		t.Errorf("%+v", l)
	}
	if len(l.CAs()) != 2 || len(l.Dropped()) != 0 || l.Entries[1].Country != "UT" || l.Entries[1].Authority != "Utopia Test Authority" ||
		!slices.Equal(l.Entries[1].DocTypes, []string{mobile.LicenceType, mobile.PhotoIDType}) {
		t.Errorf("%+v, %v", l.Entries, l.Dropped())
	}
	tagged := mobile.Utopian()
	tagged.Tagged, tagged.Next, tagged.IssueID = true, time.Time{}, 0
	if l := read(t, "tagged", tagged.Encode(), pinned); !l.NextUpdate.IsZero() || l.IssueID != 0 {
		t.Errorf("%+v", l)
	}
	if l := read(t, "the signer itself", data, vical.Trust{Provider: []*cert.Certificate{parse(utopia.ListSigner.Cert)}}); len(l.Signer) != 1 {
		t.Error(len(l.Signer))
	}
	if l := read(t, "nobody", data, anyone); l.Authenticated || l.Signer != nil {
		t.Error("a list that was taken from anybody says that it is authentic")
	}
}

// Who may not sign a list, and which lists are none.
func TestListsOfOthersAreRefused(t *testing.T) {
	by := func(c *pki.Credential, chain ...*pki.Credential) mobile.VICAL {
		l := mobile.Utopian()
		l.Signer = c
		for _, beside := range chain {
			l.Chain = append(l.Chain, beside.Cert)
		}
		return l
	}
	issue := func(t pki.Template) mobile.VICAL { return by(utopia.Provider.Issue("VICAL UT 1", t)) }
	hooked := func(change func(*mobile.VICALHooks)) mobile.VICAL {
		l := mobile.Utopian()
		change(&l.Elements)
		return l
	}
	content := func(change func(mint.Map) mint.Item) mobile.VICAL {
		return hooked(func(h *mobile.VICALHooks) { h.Content = change })
	}
	sign1 := func(change func(mint.Array) mint.Item) mobile.VICAL {
		return hooked(func(h *mobile.VICALHooks) { h.Sign1 = change })
	}
	set := func(value mint.Item, path ...any) mobile.VICAL {
		return content(func(m mint.Map) mint.Item { return mint.Set(m, value, path...) })
	}
	drop := func(name string) mobile.VICAL {
		return content(func(m mint.Map) mint.Item { return mint.Drop(m, name) })
	}
	forger := pki.NewCSCA("forger", mobile.Provider())
	forged := forger.Issue("VICAL UT 1", mobile.VICALSigner())
	rogue := utopia.ListSigner.Issue("VICAL UT 9", mobile.VICALSigner())
	listed := utopia.IACA.Issue("VICAL UT 1", mobile.VICALSigner())
	for name, c := range map[string]struct {
		list mobile.VICAL
		why  error
	}{
		"a signer of documents":      {issue(pki.MdocSigner()), vical.ErrSigner},
		"the provider itself":        {by(utopia.Provider), vical.ErrSigner},
		"a signer of both":           {issue(pki.MdocSigner().Replacing(pki.ExtendedKeyUsage(mobile.UseVICAL, pki.UseMdocSigner))), vical.ErrSigner},
		"a forger":                   {by(forged), vical.ErrSigner},
		"a forger with an authority": {by(forged, forged, forger), vical.ErrSigner},
		"another's certificate":      {by(forged, utopia.ListSigner), vical.ErrSignature},
		"an authority of the list":   {by(listed), vical.ErrSigner},
		"a signer as an authority":   {by(rogue, rogue, utopia.ListSigner), vical.ErrSigner},
		"signed before the signer":   {issue(mobile.VICALSigner().Valid(mobile.ListedAt.AddDate(0, 0, 1), pki.DSCUntil)), vical.ErrSigner},
		"signed after the signer":    {issue(mobile.VICALSigner().Valid(pki.DSCFrom, mobile.ListedAt.AddDate(0, 0, -1))), vical.ErrSigner},
		"of another country":         {issue(mobile.VICALSigner().Named(pki.DN("XA", "Utopia Test Authority", "VICAL XA 1"))), vical.ErrSigner},
		"no certificate beside":      {hooked(func(h *mobile.VICALHooks) { h.Beside = func(mint.Map) mint.Item { return mint.Map{} } }), vical.ErrSigner},
		"a certificate that is none": {hooked(func(h *mobile.VICALHooks) {
			h.Beside = func(mint.Map) mint.Item { return mint.Map{{mint.Int(33), mint.Bytes("x")}} }
		}), vical.ErrSigner},
		"altered": {hooked(func(h *mobile.VICALHooks) {
			h.Altered = func(b []byte) []byte { return bytes.Replace(b, []byte("Test Provider"), []byte("Best Provider"), 1) }
		}), vical.ErrSignature},
		"no algorithm":         {hooked(func(h *mobile.VICALHooks) { h.Header = func(mint.Map) mint.Item { return mint.Map{} } }), vical.ErrVICAL},
		"an algorithm outside": {hooked(outside), vical.ErrVICAL},
		"a critical header": {hooked(func(h *mobile.VICALHooks) {
			h.Header = func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(2), mint.Array{mint.Int(99)}) }
		}), vical.ErrVICAL},
		"an algorithm twice": {hooked(func(h *mobile.VICALHooks) {
			h.Header = func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(1), mint.Int(-7)) }
		}), vical.ErrVICAL},
		"detached":                   {sign1(func(a mint.Array) mint.Item { return mint.Set(a, mint.Null{}, 2) }), vical.ErrVICAL},
		"a MAC":                      {sign1(func(a mint.Array) mint.Item { return mint.Tag{Number: 17, Content: a} }), vical.ErrFormat},
		"three members":              {sign1(func(a mint.Array) mint.Item { return a[:3] }), vical.ErrFormat},
		"an indefinite array":        {sign1(func(a mint.Array) mint.Item { return mint.IndefArray(a) }), vical.ErrFormat},
		"trailing":                   {sign1(func(a mint.Array) mint.Item { return mint.Sequence{a, mint.Int(0)} }), vical.ErrVICAL},
		"version 2":                  {set(mint.Text("2.0"), "version"), vical.ErrVICAL},
		"no version":                 {drop("version"), vical.ErrVICAL},
		"no provider":                {drop("vicalProvider"), vical.ErrVICAL},
		"no date":                    {drop("date"), vical.ErrVICAL},
		"a date as a text":           {set(mint.Text("2026-10-30T08:00:00Z"), "date"), vical.ErrVICAL},
		"a day alone":                {set(mint.Tag{Number: 0, Content: mint.Text("2026-10-30")}, "date"), vical.ErrVICAL},
		"no time at all":             {set(mint.Tag{Number: 0, Content: mint.Text("soon")}, "nextUpdate"), vical.ErrVICAL},
		"a number below 1":           {set(mint.Int(0), "vicalIssueID"), vical.ErrVICAL},
		"no certificates":            {drop("certificateInfos"), vical.ErrVICAL},
		"certificates in a map":      {set(mint.Map{}, "certificateInfos"), vical.ErrVICAL},
		"none":                       {set(mint.Array{}, "certificateInfos"), vical.ErrEmpty},
		"content twice":              {content(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("version"), mint.Text("1.0")) }), vical.ErrVICAL},
		"content that is no map":     {content(func(m mint.Map) mint.Item { return mint.Array{m} }), vical.ErrVICAL},
		"content of indefinite size": {content(func(m mint.Map) mint.Item { return mint.IndefMap(m) }), vical.ErrVICAL},
		"more than can be":           {set(mint.Array(slices.Repeat([]mint.Item{mint.Int(0)}, vical.MaxCertificates+1)), "certificateInfos"), vical.ErrLimit},
		"deeper than can be":         {set(mint.Nested(30, mint.Int(0)), "x"), vical.ErrLimit},
	} {
		_, err := vical.ReadList(name, c.list.Encode(), pinned)
		refused(t, name, err, c.why)
	}
	for _, page := range []string{"", "{}", "<html>", "\xd2", "\x84", "\x30\x82"} {
		_, err := vical.ReadList("page", []byte(page), pinned)
		refused(t, "page", err, vical.ErrFormat)
	}
	_, err := vical.ReadList("unpinned", mobile.Utopian().Encode(), vical.Trust{})
	refused(t, "unpinned", err, vical.ErrUnpinned)
}

// outside moves the algorithm to where the signature does not cover it.
func outside(h *mobile.VICALHooks) {
	h.Header = func(mint.Map) mint.Item { return mint.Map{} }
	h.Beside = func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(1), mint.Int(-7)) }
}

func TestAnOlderListIsRefused(t *testing.T) {
	data := mobile.Utopian().Encode()
	trust := pinned
	trust.Since, trust.IssueID = mobile.ListedAt, 7
	read(t, "the same again", data, trust)
	trust.IssueID = 8
	_, err := vical.ReadList("a lower number", data, trust)
	refused(t, "a lower number", err, vical.ErrOlder)
	trust.IssueID, trust.Since = 0, mobile.ListedAt.Add(time.Second)
	_, err = vical.ReadList("an earlier date", data, trust)
	refused(t, "an earlier date", err, vical.ErrOlder)
}

func TestAListIsOfItsTime(t *testing.T) {
	l := read(t, "ut", mobile.Utopian().Encode(), pinned)
	for at, good := range map[time.Time]bool{
		mobile.ListedAt: true, mobile.NextListAt: true, mobile.ListedAt.Add(-time.Second): false, mobile.NextListAt.Add(time.Second): false,
		pki.DSCUntil.Add(time.Second): false,
	} {
		if err := l.CheckAt(at); (err == nil) != good || !good && !errors.Is(err, vical.ErrOutdated) {
			t.Errorf("at %s: %v", at, err)
		}
	}
}

// One broken entry costs itself alone, and says why.
func TestWhatIsLeftOutSaysWhy(t *testing.T) {
	good := mobile.Utopian()
	entry := func(change func(mint.Map) mint.Item) mobile.Info {
		i := good.Infos[0]
		i.Cert = pki.NewCSCA("another", pki.IACA()).Cert
		i.Change = change
		return i
	}
	set := func(value mint.Item, name string) mobile.Info {
		return entry(func(m mint.Map) mint.Item { return mint.Set(m, value, name) })
	}
	drop := func(name string) mobile.Info {
		return entry(func(m mint.Map) mint.Item { return mint.Drop(m, name) })
	}
	signer := good.Infos[0]
	signer.Cert = utopia.Signer.Cert
	critical := good.Infos[0]
	critical.Cert = pki.NewCSCA("critical", pki.IACA().With(pki.UnknownCritical())).Cert
	wrapped := append([]byte{4, 20}, parse(entry(nil).Cert).SubjectKeyID...)
	for name, c := range map[string]struct {
		info   mobile.Info
		reason string // "" where it is taken
	}{
		"as it should be":            {entry(nil), ""},
		"a wrapped key identifier":   {set(mint.Bytes(wrapped), "ski"), ""},
		"one wrapped twice":          {set(mint.Bytes(append([]byte{4, 22}, wrapped...)), "ski"), ""},
		"twice":                      {good.Infos[0], "it stands in the list twice"},
		"no map":                     {entry(func(mint.Map) mint.Item { return mint.Int(1) }), "it is no map with a certificate"},
		"no certificate":             {drop("certificate"), "it is no map with a certificate"},
		"a broken certificate":       {set(mint.Bytes("x"), "certificate"), "it cannot be read: "},
		"no authority":               {signer, "it does not say that it issues certificates"},
		"a critical extension":       {critical, "critical"},
		"no type":                    {drop("docType"), "the list names no type of document for it"},
		"an empty type":              {set(mint.Array{mint.Text("")}, "docType"), "the list names no type of document for it"},
		"a type that is a number":    {set(mint.Array{mint.Int(1)}, "docType"), "the list names no type of document for it"},
		"more types than can be":     {set(mint.Array(slices.Repeat([]mint.Item{mint.Text("x")}, 65)), "docType"), "the list names no type of document for it"},
		"another's serial number":    {set(mint.Int(1), "serialNumber"), "the serial number beside it is another's"},
		"a negative serial number":   {set(mint.Int(-1), "serialNumber"), "the serial number beside it is another's"},
		"no serial number":           {drop("serialNumber"), "the serial number beside it is another's"},
		"another's key identifier":   {set(mint.Bytes(make([]byte, 20)), "ski"), "the key identifier beside it is another's"},
		"half of the key identifier": {set(mint.Bytes(wrapped[2:12]), "ski"), "the key identifier beside it is another's"},
		"one wrapped three times":    {set(mint.Bytes(append([]byte{4, 24, 4, 22}, wrapped...)), "ski"), "the key identifier beside it is another's"},
		"a wrong wrap":               {set(mint.Bytes(append([]byte{4, 19}, wrapped[2:]...)), "ski"), "the key identifier beside it is another's"},
	} {
		list := good
		list.Infos = append(slices.Clone(good.Infos), c.info)
		l := read(t, name, list.Encode(), pinned)
		got := l.Entries[2].Dropped
		if c.reason == "" && got != "" || !strings.Contains(got, c.reason) || len(l.CAs()) < 2 {
			t.Errorf("%s: %q, want %q", name, got, c.reason)
		}
		if dropped := l.Dropped(); c.reason != "" && (len(dropped) != 1 || dropped[0].Source != name || !strings.HasPrefix(dropped[0].Item, "certificate 3")) {
			t.Errorf("%s: %+v", name, dropped)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add(mobile.Utopian().Encode())
	tagged := mobile.Utopian()
	tagged.Tagged = true
	f.Add(tagged.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, trust := range []vical.Trust{pinned, anyone} {
			l, err := vical.ReadList("fuzz", data, trust)
			var le *trustlist.LoadError
			switch {
			case err != nil && !errors.As(err, &le) || (l == nil) == (err == nil):
				t.Fatalf("%v, %v", l, err)
			case err == nil && len(l.CAs())+len(l.Dropped()) != len(l.Entries):
				t.Fatal("an entry is lost")
			}
		}
	})
}
