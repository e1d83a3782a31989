package policyfile_test

import (
	"bytes"
	"crypto/sha256"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
	"github.com/travelseal/travelseal/verify/policyfile"
)

const head = "schema: travelseal.policy/1\nid: border\n"

func parse(t *testing.T, text string) policyfile.File {
	t.Helper()
	f, err := policyfile.Parse([]byte(text), all.Set())
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

func TestTheDefaultFileIsTheDefaultPolicy(t *testing.T) {
	set := all.Set()
	f := policyfile.Default(set)
	want := verify.DefaultPolicy(set.IDs()...)
	want.SHA256 = sha256.Sum256(policyfile.DefaultText)
	got := f.Policy
	if len(got.Effects) != 0 || len(got.Next) != 0 || len(got.RequireClaims) != 0 || len(got.RequireParts) != 0 {
		t.Errorf("the default asks for more than nothing: %+v", got)
	}
	got.Effects, got.Next, got.RequireClaims, got.RequireParts = nil, nil, nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if len(f.Options.Tolerate) != 0 || len(f.Options.Refuse) != 0 || f.Options.Limits != (formats.Limits{}) {
		t.Errorf("the default changes decoding: %+v", f.Options)
	}
}

// The comments of the default file are its manual, so it must show every member.
func TestTheDefaultFileShowsEveryMember(t *testing.T) {
	for _, member := range []string{"schema", "id", "accept", "max_list_age", "expire_list_age", "allow_undated_list", "require_authentication", "require_claims", "require_parts", "effects", "next", "tolerate", "refuse"} {
		if !bytes.Contains(policyfile.DefaultText, []byte("\n"+member+": ")) {
			t.Errorf("%s is missing", member)
		}
	}
}

func TestEveryMemberIsTaken(t *testing.T) {
	text := head + `accept: [eu-dcc]
max_list_age: 12h
expire_list_age: 2d
allow_undated_list: true
require_claims: [holder.birth_date, events]
require_parts: [DG2]
require_authentication: [signed list, signed entry]
effects: {trust.undated: doubt, time.expired: doubt}
next: {seal.none: Ask the duty officer.}
tolerate: [alg-unprotected]
refuse: [float-date, no-zone]
`
	f := parse(t, text)
	want := policyfile.File{
		Policy: verify.Policy{
			ID: "border", SHA256: sha256.Sum256([]byte(text)), Accept: []formats.ID{"eu-dcc"}, MaxListAge: 12 * time.Hour, ExpireListAge: 48 * time.Hour, AllowUndated: true,
			RequireClaims: []string{"holder.birth_date", "events"}, RequireParts: []string{"DG2"},
			Authentication: []trustlist.Authentication{trustlist.SignedList, trustlist.SignedEntry},
			Effects:        map[verify.Code]verify.Effect{"trust.undated": verify.Doubt, "time.expired": verify.Doubt},
			Next:           map[verify.Code]string{"seal.none": "Ask the duty officer."},
		},
		Options: formats.Options{Tolerate: []string{"alg-unprotected"}, Refuse: []string{"float-date", "no-zone"}},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
}

func TestWhatIsLeftOutIsTheStrictest(t *testing.T) {
	p := parse(t, head).Policy
	if len(p.Accept) != 0 || p.MaxListAge != 0 || p.ExpireListAge != 0 || p.AllowUndated || len(p.Effects) != 0 {
		t.Errorf("%+v", p)
	}
}

func TestAcceptNamesKindsOfDocument(t *testing.T) {
	for text, want := range map[string][]formats.ID{
		`accept: []`: nil, `accept: [eu-dcc]`: {"eu-dcc"}, `accept: ["*"]`: all.Set().IDs(), `accept: [eu-dcc, "*"]`: all.Set().IDs(), `accept:`: nil,
	} {
		if got := parse(t, head+text).Policy.Accept; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestAgesAreDaysOrDurations(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"": 0, "0": 0, "0d": 0, "1d": day, "30d": 30 * day, "65535d": 65535 * day, "12h": 12 * time.Hour, "1h30m": 90 * time.Minute, "1s": time.Second,
	} {
		if got := parse(t, head+"max_list_age: "+text).Policy.MaxListAge; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestEachRefusalNamesTheMember(t *testing.T) {
	for text, member := range map[string]string{
		"schema: travelseal.policy/2\nid: x": "schema", "id: x": "schema", "schema: Travelseal.policy/1\nid: x": "schema",
		"schema: travelseal.policy/1": "id", "schema: travelseal.policy/1\nid: \"\"": "id",

		head + "Accept: ['*']": "Accept", head + "accepts: ['*']": "accepts", head + "require: [x]": "require",
		head + "id: other": "id", head + "effects: {seal.none: inform, seal.none: doubt}": "seal.none",

		head + "accept: [eudcc]": "eudcc", head + "accept: [EU-DCC]": "EU-DCC", head + "accept: ['']": "accept",
		head + "accept: ['*', eudcc]": "eudcc", head + "accept: [eudcc, '*']": "eudcc",
		head + "accept: [hcert]": "hcert", // a carrier, not a kind of document: it would accept nothing

		head + "max_list_age: 30": "max_list_age", head + "max_list_age: d": "max_list_age", head + "max_list_age: -1h": "max_list_age",
		head + "max_list_age: -1d": "max_list_age", head + "max_list_age: 1.5d": "max_list_age", head + "max_list_age: 1d12h": "max_list_age",
		head + "expire_list_age: 30":  "expire_list_age",
		head + "max_list_age: 65536d": "max_list_age", head + "max_list_age: forever": "max_list_age", head + "max_list_age: 30 d": "max_list_age",

		head + "require_authentication: [signed]": "require_authentication", head + "require_authentication: [Signed list]": "require_authentication",
		head + "require_claims: [holder]": "require_claims", head + "require_claims: [holder.birthdate]": "require_claims",
		head + "effects: {seal.nothing: inform}": "effects", head + "effects: {seal.none: ignore}": "effects", head + "effects: {seal.none: Inform}": "effects",
		head + "effects: {seal.none: }": "effects", head + "next: {seal.nothing: x}": "next",
		head + "tolerate: [floatdate]": "tolerate", head + "refuse: [floatdate]": "refuse", head + "tolerate: [float-date]\nrefuse: [Float-Date]": "refuse",

		// Policy.Check refuses to take the proof out of a code of proof.
		head + "effects: {seal.mismatch: inform}": "seal.mismatch", head + "effects: {part.digest_mismatch: doubt}": "part.digest_mismatch",
		head + "effects: {doc.revoked: inform}": "doc.revoked",
	} {
		f, err := policyfile.Parse([]byte(text), all.Set())
		if err == nil {
			t.Errorf("%q is read", text)
			continue
		}
		if !strings.HasPrefix(err.Error(), "policy: ") || !strings.Contains(err.Error(), member) {
			t.Errorf("%q: %q does not name %s", text, err, member)
		}
		if f.Policy.ID != "" || len(f.Options.Tolerate)+len(f.Options.Refuse) != 0 {
			t.Errorf("%q is refused, and gives a policy all the same", text)
		}
	}
}

func TestWhatIsNoPolicyFileIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "a comment": "# nothing\n", "null": "null", "a list": "[]", "a word": "x", "a tab": head + "\tx: 1", "binary": "\x00\x01",
		"a list for a map": head + "effects: [seal.none]", "a text for a list": head + "accept: '*'", "a word for a switch": head + "allow_undated_list: yes",
		"a second document":           head + "---\naccept: []\n",
		"a policy after its own end":  head + "...\naccept: []\n",
		"two policies":                head + "accept: ['*']\n---\n" + head + "accept: []\n",
		"larger than any policy is":   head + "# " + strings.Repeat("x", policyfile.MaxSize),
		"an unknown alias":            head + "accept: *x",
		"a member that means nothing": head + "accept: ['*']\nx: 1\n",
	} {
		f, err := policyfile.Parse([]byte(text), all.Set())
		if err == nil || f.Policy.ID != "" {
			t.Errorf("%s: gives the policy %q with the error %v", name, f.Policy.ID, err)
		}
	}
	fits := head + "# " + strings.Repeat("x", policyfile.MaxSize-len(head)-2)
	if p := parse(t, fits).Policy; p.ID != "border" {
		t.Errorf("a file of the largest size: %+v", p)
	}
}

func TestTolerancesOfTheCommandLineAreChecked(t *testing.T) {
	if err := policyfile.CheckTolerances(formats.Options{Tolerate: []string{"alg-unprotected"}, Refuse: []string{"cwt-tag"}}, all.Set()); err != nil {
		t.Error(err)
	}
	empty, err := formats.NewSet()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []formats.Options{{Tolerate: []string{"cwt-tag"}}, {Refuse: []string{"cwt-tag"}}} {
		if err := policyfile.CheckTolerances(o, empty); err == nil || !strings.Contains(err.Error(), "cwt-tag") {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if p := policyfile.Default(empty).Policy; len(p.Accept) != 0 {
		t.Errorf("no format is known, and %v are accepted", p.Accept)
	}
}
