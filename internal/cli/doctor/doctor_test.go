package doctor_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cli/doctor"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/revstore"
	"github.com/travelseal/travelseal/verify"
)

var (
	now  = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	days = func(n int) time.Time { return now.AddDate(0, 0, n) }
)

var signer = func() *cert.Certificate {
	c, err := cert.Parse(pki.NewCSCA("doctor", pki.CSCA()).Issue("a", pki.DSC()).Cert)
	if err != nil {
		panic(err)
	}
	return c
}()

func anchor(t *testing.T, change func(*trustlist.Anchor)) trustlist.Anchor {
	t.Helper()
	a, err := trustlist.FromCertificate(signer, trustlist.Source{Name: "list"})
	if err != nil {
		t.Fatal(err)
	}
	a.NotBefore, a.NotAfter, a.Scope = days(-500), days(500), []formats.ID{"eu-dcc"}
	if change != nil {
		change(&a)
	}
	return a
}

// sound is a post at which nothing is wrong, but for one thing that a test changes.
type sound struct {
	created  time.Time
	material trustlist.Material
	info     trustlist.Info
	input    doctor.Input
}

func post(t *testing.T, change func(*sound)) doctor.Input {
	t.Helper()
	set := all.Set()
	built := days(-20)
	s := sound{created: days(-1), input: doctor.Input{
		Now: now, Formats: set, Policy: verify.DefaultPolicy(set.IDs()...), Version: doctor.Version{Built: &built},
		Files: []doctor.File{{Path: "trust", Folder: true, Modified: days(-1)}},
	}}
	s.material = trustlist.Material{Anchors: []trustlist.Anchor{anchor(t, nil)}, Revocations: &trustlist.Revocations{Created: days(-1), NextUpdate: days(10)}}
	if change != nil {
		change(&s)
	}
	s.info.Name, s.info.Created = "trust", s.created
	list, err := trustlist.Build(s.info, s.material)
	if err != nil {
		t.Fatal(err)
	}
	s.input.Trust = list
	return s.input
}

func TestEachThingThatIsWrongIsNamedAlone(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*sound)
		code   string
		level  doctor.Level
	}{
		"nothing":                     {nil, "", doctor.Fine},
		"a list of 31 days":           {func(s *sound) { s.created = days(-31) }, "list.expired", doctor.Problem},
		"a list of 8 days":            {func(s *sound) { s.created = days(-8) }, "list.stale", doctor.Problem},
		"a list of 6 days":            {func(s *sound) { s.created = days(-6) }, "list.fresh", doctor.Warning},
		"a list of tomorrow":          {func(s *sound) { s.created = days(1) }, "list.clock", doctor.Problem},
		"an undated list":             {func(s *sound) { s.created = time.Time{} }, "list.undated", doctor.Warning},
		"an undated list, forbidden":  {func(s *sound) { s.created, s.input.Policy.AllowUndated = time.Time{}, false }, "list.undated", doctor.Problem},
		"an expired list":             {func(s *sound) { s.info.Expires = days(-1) }, "list.expired", doctor.Problem},
		"a newer list due":            {func(s *sound) { s.info.Due = days(-1) }, "list.stale", doctor.Problem},
		"a lost memory":               {func(s *sound) { s.info.StateReset = true }, "list.state_reset", doctor.Warning},
		"a later moment seen":         {func(s *sound) { s.info.Seen = days(1) }, "clock.before_seen", doctor.Problem},
		"a program of tomorrow":       {func(s *sound) { b := days(1); s.input.Version.Built = &b }, "clock.before_build", doctor.Problem},
		"a file of tomorrow":          {func(s *sound) { s.input.Files[0].Modified = days(1) }, "clock.before_file", doctor.Warning},
		"revocations of tomorrow":     {func(s *sound) { s.material.Revocations.Created = days(1) }, "clock.before_revocations", doctor.Warning},
		"a key of tomorrow beside":    {func(s *sound) { s.material.Anchors = append(s.material.Anchors, later(s.material.Anchors[0])) }, "clock.before_newest_key", doctor.Warning},
		"a file for everybody":        {func(s *sound) { s.input.Files[0].Others = true }, "file.world_writable", doctor.Problem},
		"a sticky folder":             {func(s *sound) { s.input.Files[0].Others, s.input.Files[0].Sticky = true, true }, "", doctor.Fine},
		"a sticky file":               {func(s *sound) { s.input.Files[0] = doctor.File{Others: true, Sticky: true} }, "file.world_writable", doctor.Problem},
		"a file for the group":        {func(s *sound) { s.input.Files[0].Group = true }, "file.group_writable", doctor.Warning},
		"a file that cannot be read":  {func(s *sound) { s.input.Files[0].Problem = "permission denied" }, "file.problem", doctor.Problem},
		"a source without keys":       {func(s *sound) { s.material.Dropped = []trustlist.Dropped{{Source: "x", Item: "file", Reason: "empty"}} }, "dropped.source", doctor.Warning},
		"an entry left out":           {func(s *sound) { s.material.Dropped = []trustlist.Dropped{{Source: "x", Item: "1", Reason: "curve"}} }, "dropped.entries", doctor.Note},
		"a key for 29 days":           {func(s *sound) { s.material.Anchors[0].NotAfter = days(29) }, "key.ends_soon", doctor.Warning},
		"a key for 31 days":           {func(s *sound) { s.material.Anchors[0].NotAfter = days(31) }, "", doctor.Fine},
		"an issuer not seen for long": {func(s *sound) { s.material.Anchors[0].Source.Date = days(-366) }, "key.source_old", doctor.Note},
		"a list overdue":              {func(s *sound) { s.material.Revocations.NextUpdate = days(-1) }, "revocations.out_of_date", doctor.Problem},
		"a list due in two days":      {func(s *sound) { s.material.Revocations.NextUpdate = days(2) }, "revocations.due_soon", doctor.Warning},
		"no list of revocations":      {func(s *sound) { s.material.Revocations = nil }, "revocations.none", doctor.Note},
		"a damaged store":             {func(s *sound) { s.input.Stores = []doctor.Store{{Path: "s", Err: errors.New("cut")}} }, "revocations.damaged", doctor.Problem},
		"a whole store":               {func(s *sound) { s.input.Stores = []doctor.Store{{Path: "s", Entries: 3}} }, "", doctor.Fine},
		"a list that is not readable": {func(s *sound) { s.input.LoadError = errors.New("broken") }, "list.unloadable", doctor.Problem},
	} {
		r := doctor.Examine(post(t, c.change))
		found := c.code == ""
		for _, check := range r.Checks {
			if check.Code == c.code && check.Level == c.level {
				found = true
			} else if check.Level != doctor.Fine && !(check.Level == doctor.Note && c.level != doctor.Fine) && check.Code != "formats.none" && check.Code != "list.clock" {
				t.Errorf("%s: %+v", name, check)
			}
		}
		if !found || c.level != doctor.Problem && r.Worst() != c.level {
			t.Errorf("%s: %s at worst, %+v", name, r.Worst(), r.Checks)
		}
	}
}

func later(a trustlist.Anchor) trustlist.Anchor {
	a.NotBefore = days(1)
	return a
}

func TestWhatWouldBeReferredToday(t *testing.T) {
	of := func(id formats.ID, change func(*sound)) doctor.Format {
		r := doctor.Examine(post(t, change))
		i := slices.IndexFunc(r.Formats, func(f doctor.Format) bool { return f.ID == id })
		if i < 0 {
			t.Fatalf("%s is not there", id)
		}
		return r.Formats[i]
	}
	for name, c := range map[string]struct {
		id     formats.ID
		change func(*sound)
		want   string
	}{
		"a key for it":           {"eu-dcc", nil, ""},
		"no key for it":          {"shc", nil, "no key on the list may seal it"},
		"no seal":                {"mrz", nil, "it carries no seal, and proves nothing alone"},
		"an ended key":           {"eu-dcc", func(s *sound) { s.material.Anchors[0].NotAfter = days(-1) }, "all keys that may seal it have ended or are withdrawn"},
		"a withdrawn key":        {"eu-dcc", func(s *sound) { s.material.Anchors[0].RevokedAt = days(-1) }, "all keys that may seal it have ended or are withdrawn"},
		"a policy":               {"eu-dcc", func(s *sound) { s.input.Policy.Accept = []formats.ID{"shc"} }, "the policy does not accept it"},
		"a stale list":           {"eu-dcc", func(s *sound) { s.created = days(-20) }, "the list is refused: stale"},
		"an overdue list":        {"eu-dcc", func(s *sound) { s.material.Revocations.NextUpdate = days(-1) }, "a list of revoked documents is out of date"},
		"a key that signs lists": {"eu-dcc", func(s *sound) { s.material.Anchors[0].Role = trustlist.ListSigner }, "no key on the list may seal it"},
	} {
		if got := strings.Join(of(c.id, c.change).Refused, "; "); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	nobody := doctor.Examine(doctor.Input{Now: now, Formats: all.Set()})
	if nobody.List.State != "none" || nobody.Worst() != doctor.Problem || len(nobody.Formats) == 0 || len(nobody.Formats[0].Refused) == 0 {
		t.Errorf("%+v", nobody)
	}
}

// A store that a snapshot holds is named with its dates.
func TestAStoreIsALists(t *testing.T) {
	dir := t.TempDir()
	b, err := revstore.NewBuilder(revstore.BuildOptions{TempDir: dir, Created: days(-1), NextUpdate: days(1)})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Add("dcc.uci", [16]byte{1}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "s.srt")
	if _, err := b.Build(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	s, err := revstore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := doctor.Examine(post(t, func(p *sound) { p.material.Stores = []trustlist.RevocationStore{s} }))
	if !slices.ContainsFunc(r.Checks, func(c doctor.Check) bool { return c.Code == "revocations.due_soon" && c.Of == "store" }) {
		t.Errorf("%+v", r.Checks)
	}
}
