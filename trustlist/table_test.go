package trustlist_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
)

// pack writes a list in its packed form.
func pack(t testing.TB, s *trustlist.Snapshot) []byte {
	t.Helper()
	b, err := s.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if err := trustlist.CheckTable(b); err != nil {
		t.Fatalf("what was packed is refused: %v", err)
	}
	return b
}

// public is an Anchor as others see it.
func public(a trustlist.Anchor) trustlist.Anchor {
	var copied trustlist.Anchor
	from, to := reflect.ValueOf(a), reflect.ValueOf(&copied).Elem()
	for i := range from.NumField() {
		if from.Type().Field(i).IsExported() {
			to.Field(i).Set(from.Field(i))
		}
	}
	for _, moment := range []*time.Time{&copied.NotBefore, &copied.NotAfter, &copied.RevokedAt, &copied.KeyNotBefore, &copied.KeyNotAfter, &copied.Source.Date} {
		*moment = moment.UTC()
	}
	return copied
}

// everything is a list with all kinds of entry: signers and authorities, keys with and without certificates, issuers, dates,
// revocations, a list of revoked certificates, and what is left out.
func everything(t testing.TB) *trustlist.Snapshot {
	t.Helper()
	v, r, x := utopia.Vaccination, utopia.Recovery, utopia.Test
	dir := t.TempDir()
	write(t, dir, "list.json", list(t, object{"name": "Signers", "version": 7, "created": "2026-01-02T03:04:05Z"},
		entry(v, object{"issuer": "https://issuer.example", "key_id": b64([]byte("kid"))}),
		entry(x, object{"revoked_at": "2026-01-01T00:00:00Z", "uses": []string{"test"}, "scope": []string{"eu-dcc"}}),
		entry(r, object{"not_after": "2027-01-01T00:00:00Z", "source": object{"name": "another", "date": "2025-05-05T00:00:00Z"}}),
		object{"spki": "AAAA"}))
	write(t, dir, "csca.pem", csca.PEM())
	write(t, dir, "csca.crl", csca.Revoke(pki.List(7, dsc)))
	return load(t, dir)
}

func TestAPackedListIsTheList(t *testing.T) {
	lists := map[string]*trustlist.Snapshot{"everything": everything(t)}
	s, err := all.Loader().Load("../testdata/trust")
	if err != nil {
		t.Fatal(err)
	}
	lists["the lists of Utopia"] = s
	for name, s := range lists {
		packed := pack(t, s)
		got := load(t, file(t, "keys.jsonl", packed))
		want, have := s.Info(), got.Info()
		have.SHA256 = want.SHA256
		if have != want {
			t.Errorf("%s: %+v, want %+v", name, have, want)
		}
		if !reflect.DeepEqual(got.Dropped(), s.Dropped()) {
			t.Errorf("%s: dropped %+v, want %+v", name, got.Dropped(), s.Dropped())
		}
		anchors, others := s.Anchors(), got.Anchors()
		if len(anchors) == 0 || len(others) != len(anchors) {
			t.Fatalf("%s: %d anchors, want %d", name, len(others), len(anchors))
		}
		for i := range anchors {
			if a, b := public(anchors[i]), public(others[i]); !reflect.DeepEqual(a, b) {
				t.Errorf("%s: anchor %d: %+v\nwant %+v", name, i, b, a)
			}
		}
		for _, a := range anchors {
			for _, hint := range []formats.Signer{{KeyID: a.KeyID, Issuer: a.Issuer}, {KeyID: a.KeyID}, {Chain: [][]byte{a.Certificate}}, {KeyID: []byte("none")}} {
				sameAnchors(t, name, s.Find(hint), got.Find(hint))
			}
		}
		if again := pack(t, got); !bytes.Equal(again, packed) {
			t.Errorf("%s: what was packed is packed differently", name)
		}
	}
}

// sameAnchors compares what two lists find.
func sameAnchors(t *testing.T, name string, want, got []*trustlist.Anchor) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d anchors, want %d", name, len(got), len(want))
		return
	}
	for i := range want {
		if !reflect.DeepEqual(public(*want[i]), public(*got[i])) {
			t.Errorf("%s: found %+v, want %+v", name, got[i], want[i])
		}
	}
}

func TestAPackedListLeadsToItsAuthorities(t *testing.T) {
	s := everything(t)
	got := load(t, file(t, "keys.jsonl", pack(t, s)))
	a := lead(t, "packed", got, brought(dsc))
	if a.Country != "UT" || !bytes.Equal(a.Certificate, dsc.Cert) {
		t.Errorf("%+v", a)
	}
	at := checked
	want := s.RevokedCertificates(lead(t, "plain", s, brought(dsc)), at)
	if have := got.RevokedCertificates(a, at); have != want || have.State != trustlist.Revoked {
		t.Errorf("%+v, want %+v", have, want)
	}
}

// TestARevocationReachesPackedLists holds two lists beside each other, of which one revokes a key that the other trusts.
func TestARevocationReachesPackedLists(t *testing.T) {
	v := utopia.Vaccination
	trusted, revoked := list(t, nil, entry(v, nil)), list(t, nil, entry(v, object{"revoked_at": "2026-01-01T00:00:00Z"}))
	for name, files := range map[string][2][]byte{
		"the packed one trusts":  {pack(t, load(t, file(t, "list.json", trusted))), revoked},
		"the packed one revokes": {pack(t, load(t, file(t, "list.json", revoked))), trusted},
		"both are packed":        {pack(t, load(t, file(t, "a.json", revoked))), pack(t, load(t, file(t, "b.json", trusted)))},
	} {
		s := load(t, file(t, "one", files[0]), file(t, "two", files[1]))
		found := s.Find(formats.Signer{KeyID: v.KID})
		if len(found) != 2 {
			t.Fatalf("%s: %d anchors", name, len(found))
		}
		for _, a := range found {
			if a.RevokedAt.IsZero() {
				t.Errorf("%s: a list restores what the other has revoked", name)
			}
		}
	}
}

func TestOneAnchorIsReadOnce(t *testing.T) {
	s := load(t, file(t, "keys.jsonl", pack(t, everything(t))))
	hint := formats.Signer{KeyID: utopia.Recovery.KID}
	found := make([]*trustlist.Anchor, 8)
	var wg sync.WaitGroup
	for i := range found {
		wg.Go(func() { found[i] = s.Find(hint)[0] })
	}
	wg.Wait()
	for _, a := range found {
		if a != found[0] {
			t.Error("two anchors of one row")
		}
	}
}

func TestAPackedListThatIsBrokenIsRefused(t *testing.T) {
	packed := string(pack(t, everything(t)))
	lines := strings.SplitAfter(packed, "\n")
	index := lines[1]
	swapped := `"` + index[17:33] + index[1:17] + index[33:]
	for name, c := range map[string]struct{ text, why string }{
		"cut in the header":      {packed[:100], "header"},
		"cut in the index":       {packed[:len(lines[0])+10], "index"},
		"cut in a row":           {packed[:len(packed)-5], "row"},
		"cut after a row":        {strings.Join(lines[:len(lines)-2], ""), "rows, the header names"},
		"a row more":             {packed + lines[2], "row"},
		"an index of other size": {lines[0] + "\"AAAA\"\n" + strings.Join(lines[2:], ""), "no rows of 12"},
		"an index out of order":  {lines[0] + swapped + strings.Join(lines[2:], ""), "not sorted"},
		"a slot twice":           {lines[0] + `"` + index[1:17] + index[1:] + strings.Join(lines[2:], ""), "twice"},
		"an unknown member":      {strings.Replace(packed, `"rows":`, `"row":1,"rows":`, 1), "header"},
		"a source without hash":  {strings.Replace(packed, `"sha256":"`, `"sha256":"0`, 1), "sha256"},
		"a CA that is no row":    {strings.Replace(packed, `"cas":[`, `"cas":[99,`, 1), "no row 99"},
		"a revocation of never":  {strings.Replace(packed, `"at":"2026-01-01T00:00:00Z"`, `"at":""`, 1), "at"},
		"a beginning of no time": {strings.Replace(packed, `"earliest":"`, `"earliest":"x`, 1), "earliest"},
		"a name for a vouching":  {strings.Replace(packed, `"authentication":"by hand"`, `"authentication":"by heart"`, 1), "by heart"},
	} {
		err := notLoaded(t, name, file(t, "keys.jsonl", []byte(c.text)))
		if !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v, want %q", name, err, c.why)
		}
		if trustlist.CheckTable([]byte(c.text)) == nil {
			t.Errorf("%s: the check finds nothing", name)
		}
	}
}

// TestARowThatCannotBeReadTrustsNobody changes rows, which only the check and the documents that ask for them look at.
func TestARowThatCannotBeReadTrustsNobody(t *testing.T) {
	packed := string(pack(t, everything(t)))
	lines := strings.SplitAfter(packed, "\n")
	row := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, `"issuer":"https://issuer.example"`) })
	for name, change := range map[string][2]string{
		"no JSON":              {"{", "["},
		"another role":         {`"role":"signer"`, `"role":"king"`},
		"no role":              {`"role":"signer"`, `"role":""`},
		"an unknown member":    {`"role":`, `"rôle":`},
		"no certificate":       {`"certificate":`, `"spki":`},
		"another certificate":  {`"certificate":"MII`, `"certificate":"MIJ`},
		"both":                 {`"certificate":`, `"spki":"MAA=","certificate":`},
		"an unknown source":    {`"source":`, `"source":7`},
		"no scope":             {`"scope":["`, `"scope":[],"x":["`},
		"a time that is none":  {`"not_after":"`, `"not_after":"x`},
		"another issuer":       {`"issuer":"https://issuer`, `"issuer":"https://other`},
		"a use of the future":  {`"uses":["vaccination"`, `"uses":["teleportation"`},
		"the role of a list's": {`"role":"signer"`, `"role":"ca"`},
	} {
		changed := strings.Replace(lines[row], change[0], change[1], 1)
		if changed == lines[row] {
			t.Fatalf("%s: nothing changed in %s", name, lines[row])
		}
		text := strings.Replace(packed, lines[row], changed, 1)
		s := load(t, file(t, "keys.jsonl", []byte(text)))
		hint := formats.Signer{KeyID: []byte("kid"), Issuer: "https://issuer.example"}
		if found := s.Find(hint); len(found) > 0 && found[0].Role == trustlist.Signer {
			t.Errorf("%s: somebody is trusted", name)
		}
		if err := trustlist.CheckTable([]byte(text)); err == nil || !strings.Contains(err.Error(), "row ") {
			t.Errorf("%s: the check finds %v", name, err)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add(pack(f, everything(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "keys.jsonl")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := trustlist.Load(path)
		checked := trustlist.CheckTable(data)
		if err != nil {
			return
		}
		for _, a := range s.Anchors() {
			if a.Role == trustlist.NoRole || a.Key == nil {
				t.Errorf("an anchor that seals nothing: %+v", a)
			}
		}
		if checked == nil && bytes.HasPrefix(data, []byte(`{"schema":"`+trustlist.TableSchema)) && len(s.Anchors()) != s.Info().Anchors {
			t.Error("the check passes a row that cannot be read")
		}
	})
}
