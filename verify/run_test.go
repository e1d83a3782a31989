package verify_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// A swapped source gives another list at every call, and counts the calls.
type swapped struct {
	lists []*trustlist.Snapshot
	calls atomic.Int64
}

func (s *swapped) Snapshot() *trustlist.Snapshot {
	return s.lists[int(s.calls.Add(1))%len(s.lists)]
}

// DESIGN §4: TrustSource is "taken once a call, so that a hot swap never mixes two."
func TestAListThatIsSwappedNeverMixesWithTheOneBefore(t *testing.T) {
	old, young := newSigner("old"), newSigner("young")
	list := func(name string, s signer) *trustlist.Snapshot {
		s.Source.Name = name
		return trustWith(t, trustlist.Info{Name: name, Created: today.Add(-day)}, nil, s)
	}
	source := &swapped{lists: []*trustlist.Snapshot{list("before", old), list("after", young)}}
	w := newWorld(t)
	w.Trust = source
	v := w.verifier(t)
	inputs := w.inputs(old.card(), young.card(), old.chip(), young.chip())

	const workers, rounds = 8, 50
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for range rounds {
				r := v.Inspect(context.Background(), inputs)
				if r.Verdict == verify.Accept {
					t.Error("documents of two lists are accepted together")
				}
				for i, d := range r.Documents {
					trusted := (i%2 == 0) == (r.Trust.List == "before")
					if (d.Status == verify.Authentic) != trusted {
						t.Errorf("under the list %q document %d is %s", r.Trust.List, i, d.Status)
					}
					if trusted && d.Seals[0].Anchor.Source.Name != r.Trust.List {
						t.Errorf("the report names %q, and the anchor is of %q", r.Trust.List, d.Seals[0].Anchor.Source.Name)
					}
				}
			}
		})
	}
	all.Wait()
	if got := source.calls.Load(); got != workers*rounds {
		t.Errorf("the list was taken %d times in %d calls", got, workers*rounds)
	}
}

func TestACheckThatIsCancelledRefersAndOpensNothing(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	v := w.verifier(t)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	r := v.Inspect(cancelled, w.inputs(ut.card(), ut.badCard()))
	if r.Verdict != verify.Refer || len(r.Documents) != 2 {
		t.Errorf("%s, %d documents", r.Verdict, len(r.Documents))
	}
	for _, d := range r.Documents {
		expect(t, d, verify.Indeterminate, verify.Refer, verify.RunCancelled)
	}
	got, err := v.Open(cancelled, w.input(ut.card()))
	if got != nil || !errors.Is(err, context.Canceled) || errors.As(err, new(*verify.NotVerifiedError)) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestACheckThatIsCancelledHalfwayOpensNothing(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	ctx, cancel := context.WithCancel(context.Background())
	stop := formats.Format{ // cancels while it is decoded
		ID: "stop", Detect: func(in formats.Input) bool { b, _ := in.Lone(); return string(b) == "stop" },
		Decode: func(formats.Input, formats.Options) (*formats.Document, error) { cancel(); return ut.card(), nil },
	}
	set, err := formats.NewSet(append(w.Formats.List(), stop)...)
	if err != nil {
		t.Fatal(err)
	}
	w.Formats = set
	inputs := []formats.Input{w.input(ut.card()), formats.Text("stop"), w.input(ut.card())}
	if got, err := w.verifier(t).OpenCase(ctx, inputs...); got != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", got, err)
	}
	r := w.verifier(t).Inspect(ctx, inputs)
	expect(t, r.Documents[2], verify.Indeterminate, verify.Refer, verify.RunCancelled)
	if r.Verdict != verify.Refer {
		t.Errorf("the case: %s", r.Verdict)
	}
}

// DESIGN §6: "The report's JSON has verified only when authentic; unverified only on request …, never by default."
func TestWhatAnUnprovedDocumentSaysIsShownOnRequestOnly(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	dated := formats.Validity{IssuedAt: today.Add(-999 * day), NotBefore: today.Add(998 * day), NotAfter: today.Add(-997 * day), MustExpire: true}
	private := []string{
		"Achterberg", "Maren", "1984-07-19",
		dated.IssuedAt.Format(time.DateOnly), dated.NotBefore.Format(time.DateOnly), dated.NotAfter.Format(time.DateOnly),
	}
	for what, d := range map[string]*formats.Document{
		"unsealed": printed(), "untrusted": newSigner("stranger").card(), "indeterminate": forbidden(ut.card()), "invalid": ut.badCard(),
	} {
		d.Validity = dated
		inputs := w.inputs(d)
		silent := encoded(t, w.verifier(t).Inspect(context.Background(), inputs))
		for _, word := range private {
			if strings.Contains(silent, word) {
				t.Errorf("%s: the report holds %q", what, word)
			}
		}
		shown := encoded(t, w.verifier(t).Inspect(context.Background(), inputs, verify.ShowUnverified()))
		if !strings.Contains(shown, `"unverified"`) || !strings.Contains(shown, "Achterberg") || strings.Contains(shown, `"verified"`) {
			t.Errorf("%s: on request the report does not hold the claims under that word", what)
		}
	}
	proved := encoded(t, w.verifier(t).Inspect(context.Background(), w.inputs(ut.card()), verify.ShowUnverified()))
	if strings.Contains(proved, `"unverified"`) || !strings.Contains(proved, `"verified"`) {
		t.Error("an authentic document's claims are called unverified")
	}
}

func encoded(t *testing.T, r *verify.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
