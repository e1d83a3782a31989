package doctor

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

const (
	day = 24 * time.Hour
	// skew is how far two clocks may differ.
	skew = 5 * time.Minute
	// Soon is how long before its end a key is named, and SoonRevocation a list of revocations.
	Soon           = 30 * day
	SoonRevocation = 3 * day
	// Forgotten is how long a list may not have had an issuer's keys before that is named.
	Forgotten = 365 * day
)

// Examine looks at everything and says what it found.
func Examine(in Input) *Report {
	r := &Report{Schema: Schema, AsOf: stamp(in.Now), Version: in.Version, Policy: in.Policy.ID, Checks: []Check{}, Dropped: []DroppedCount{}, Formats: []Format{}}
	r.list(in)
	r.clock(in)
	r.files(in)
	r.dropped(in.Trust)
	r.anchors(in)
	r.revocations(in)
	r.formats(in)
	return r
}

// list judges the age of the list as a verdict does.
func (r *Report) list(in Input) {
	i := in.Trust.Info()
	r.List = List{Name: i.Name, Version: i.Version, Created: stamp(i.Created), Anchors: i.Anchors, Dropped: i.Dropped}
	if in.Trust != nil {
		r.List.SHA256 = hex.EncodeToString(i.SHA256[:])
	}
	age := in.Now.Sub(i.Created)
	if !i.Created.IsZero() {
		r.List.AgeDays = int(age / day)
	}
	say := func(state string, level Level, text string) {
		r.List.State = state
		r.add("list."+state, level, i.Name, text)
	}
	limit := in.Policy.MaxListAge
	switch state := judged(in); {
	case in.LoadError != nil:
		say("unloadable", Problem, in.LoadError.Error())
	case in.Trust == nil:
		say("none", Problem, "no trust list is named, so that nobody is trusted")
	case state == "empty":
		say(state, Problem, "the list has no key, so that nobody is trusted")
	case state == "clock":
		say(state, Problem, "the list, one of its keys or what this post has seen is later than this clock")
	case state == "expired" && !i.Expires.IsZero() && in.Now.After(i.Expires):
		say(state, Problem, "its publisher no longer answers for it since "+stamp(i.Expires))
	case state == "expired":
		say(state, Problem, fmt.Sprintf("the list is %d days old; under the policy it has expired", r.List.AgeDays))
	case state == "undated" && !in.Policy.AllowUndated:
		say(state, Problem, "the list carries no date, which the policy demands")
	case state == "undated":
		say(state, Warning, "the list carries no date, so that its age is unknown")
	case state == "stale" && (limit <= 0 || age > limit):
		say(state, Problem, fmt.Sprintf("the list is %d days old, the policy allows %d", r.List.AgeDays, int(limit/day)))
	case state == "stale":
		say(state, Problem, "a newer list was due on "+stamp(i.Due))
	case age > limit*3/4:
		say(state, Warning, fmt.Sprintf("the list is %d days old, and stale after %d", r.List.AgeDays, int(limit/day)))
	default:
		say(state, Fine, fmt.Sprintf("the list is %d days old", r.List.AgeDays))
	}
	if i.StateReset {
		r.add("list.state_reset", Warning, i.Name, "this post has lost its memory of the lists that it has seen")
	}
}

// judged is the state of the list as every verdict of the moment has it.
func judged(in Input) string {
	v, err := verify.New(verify.Config{Formats: in.Formats, Trust: in.Trust, Policy: in.Policy, Now: func() time.Time { return in.Now }})
	if err != nil { // the policy was checked when it was read
		return "unknown"
	}
	return v.Inspect(context.Background(), nil).Trust.State
}

// clock holds the clock against everything that bears a date.
func (r *Report) clock(in Input) {
	before := len(r.Checks)
	late := func(code string, level Level, of string, t time.Time, text string) {
		if !t.IsZero() && in.Now.Add(skew).Before(t) {
			r.add(code, level, of, text+" "+stamp(t)+", later than this clock")
		}
	}
	i := in.Trust.Info()
	late("clock.before_first_key", Problem, i.Name, i.Earliest, "the first key of the list begins")
	late("clock.before_seen", Problem, i.Name, i.Seen, "this post has seen")
	if in.Version.Built != nil {
		late("clock.before_build", Problem, "travelseal", *in.Version.Built, "this program is of")
	}
	var newest time.Time
	for _, a := range in.Trust.Anchors() {
		if a.NotBefore.After(newest) {
			newest = a.NotBefore
		}
	}
	late("clock.before_newest_key", Warning, i.Name, newest, "the newest key begins")
	for _, f := range in.Files {
		late("clock.before_file", Warning, f.Path, f.Modified, "it was written")
	}
	for _, l := range in.Trust.RevocationLists() {
		late("clock.before_revocations", Warning, l.Name, l.Created, "the list of revocations is of")
	}
	if len(r.Checks) == before {
		r.add("clock.plausible", Fine, "", "nothing here bears a date later than this clock")
	}
}

// files looks at who may change the trust material.
func (r *Report) files(in Input) {
	open := 0
	for _, f := range in.Files {
		switch {
		case f.Problem != "":
			r.add("file.problem", Problem, f.Path, f.Problem)
		case f.Others && !(f.Folder && f.Sticky):
			r.add("file.world_writable", Problem, f.Path, "every user of this machine may change it")
		case f.Group && !(f.Folder && f.Sticky):
			r.add("file.group_writable", Warning, f.Path, "its group may change it")
		default:
			continue
		}
		open++
	}
	if open == 0 && len(in.Files) > 0 {
		r.add("file.permissions", Fine, "", fmt.Sprintf("only their owner may change the %d files and folders", len(in.Files)))
	}
}

// dropped counts what was left out, by source and reason.
func (r *Report) dropped(s *trustlist.Snapshot) {
	counts := make(map[DroppedCount]int)
	whole := make(map[DroppedCount]bool)
	for _, d := range s.Dropped() {
		c := DroppedCount{Source: d.Source, Reason: d.Reason}
		counts[c]++
		whole[c] = whole[c] || d.Item == "file"
	}
	total := 0
	for c, n := range counts {
		c.Count = n
		total += n
		r.Dropped = append(r.Dropped, c)
	}
	slices.SortFunc(r.Dropped, func(a, b DroppedCount) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	for _, d := range r.Dropped {
		if whole[DroppedCount{Source: d.Source, Reason: d.Reason}] {
			r.add("dropped.source", Warning, d.Source, "nothing was taken from it: "+d.Reason)
		}
	}
	if total > 0 {
		r.add("dropped.entries", Note, "", fmt.Sprintf("%d entries are left out, for %d reasons", total, len(r.Dropped)))
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
