package verify_test

import (
	"bytes"
	"context"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §6: "Zero values deny: Verdict 0 = Refer, nil List = trust nobody, empty Scope = nothing, &Verified{} panics."
func TestZeroValuesDeny(t *testing.T) {
	var (
		verdict verify.Verdict
		status  verify.Status
		effect  verify.Effect
		seal    verify.SealState
	)
	if verdict.String() != "refer" || status.String() != "indeterminate" || effect.String() != "inform" || seal.String() != "not checked" {
		t.Errorf("%s, %s, %s, %s", verdict, status, effect, seal)
	}
	for _, unknown := range []interface{ String() string }{verify.Verdict(-1), verify.Status(99), verify.Effect(4), verify.SealState(5)} {
		if unknown.String() != "unknown" {
			t.Errorf("%T out of its range is called %s", unknown, unknown)
		}
	}
	var report verify.Report
	if report.Verdict != verify.Refer {
		t.Errorf("the zero Report: %s", report.Verdict)
	}
}

func TestAVerifierNeedsFormatsAndAClock(t *testing.T) {
	set, err := formats.NewSet()
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return today }
	for _, c := range []verify.Config{{}, {Formats: set}, {Now: clock}} {
		if v, err := verify.New(c); v != nil || err == nil {
			t.Errorf("%+v: %v, %v", c, v, err)
		}
	}
	if _, err := verify.New(verify.Config{Formats: set, Now: clock}); err != nil {
		t.Error(err)
	}
}

func TestTheZeroPolicyAcceptsNothing(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	w.Policy = verify.Policy{}
	r := w.inspect(t, ut.card())
	expect(t, r.Documents[0], verify.Authentic, verify.Refer, verify.PolicyFormatRefused)
	if r.Trust.State != "stale" || r.Verdict != verify.Refer {
		t.Errorf("%s, %s", r.Trust.State, r.Verdict)
	}
}

// noSource is a source that has no list yet.
type noSource struct{}

func (noSource) Snapshot() *trustlist.Snapshot { return nil }

func TestWithoutAListNobodyIsTrusted(t *testing.T) {
	ut := newSigner("ut")
	for what, source := range map[string]verify.TrustSource{
		"nil": nil, "a nil list": (*trustlist.Snapshot)(nil), "a source without a list": noSource{}, "an empty list": trust(t),
	} {
		w := newWorld(t)
		w.Trust = source
		r := w.inspect(t, ut.card(), ut.badCard())
		for _, d := range r.Documents {
			expect(t, d, verify.Untrusted, verify.Refer, verify.SealSignerUnknown)
		}
		if r.Trust.State != "empty" {
			t.Errorf("%s: the list is %s", what, r.Trust.State)
		}
	}
}

func TestAnAnchorThatPermitsNothingTrustsNothing(t *testing.T) {
	for what, change := range map[string]func(*signer){
		"no scope": func(s *signer) { s.Scope = nil },
		"no use":   func(s *signer) { s.Uses = 0 },
		"no role":  func(s *signer) { s.Role = trustlist.NoRole },
		"no key":   func(s *signer) { s.Key = nil },
	} {
		ut := newSigner("ut")
		change(&ut)
		w := newWorld(t, ut)
		for _, d := range []*formats.Document{ut.card(), ut.badCard()} {
			if got := w.one(t, d); got.Status != verify.Untrusted || got.Verdict != verify.Refer {
				t.Errorf("%s: %s, %s", what, got.Status, got.Verdict)
			}
		}
	}
}

func TestAVerifiedThatNoVerifierMadePanics(t *testing.T) {
	for name, v := range map[string]*verify.Verified{"zero": {}, "nil": nil} {
		for method, call := range map[string]func(){
			"Format": func() { v.Format() }, "Claims": func() { v.Claims() }, "Anchor": func() { v.Anchor() }, "Parts": func() { v.Parts() },
		} {
			t.Run(name+" "+method, func(t *testing.T) {
				defer func() {
					if recover() == nil {
						t.Error("it does not panic")
					}
				}()
				call()
			})
		}
	}
}

// DESIGN §6: "A Report read back from JSON vouches for nothing: the Verified is unexported and not encoded."
func TestAReportReadBackFromJSONVouchesForNothing(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	r := w.inspect(t, ut.card())
	var b bytes.Buffer
	if err := r.Encode(&b); err != nil {
		t.Fatal(err)
	}
	var back verify.Report
	if err := json.Unmarshal(b.Bytes(), &back); err == nil || back.Verdict == verify.Accept {
		t.Errorf("a report can be read back: %s, %v", back.Verdict, err)
	}
	verified, err := w.verifier(t).Open(context.Background(), w.input(ut.card()))
	if err != nil {
		t.Fatal(err)
	}
	//lint:ignore SA9005 that nothing of it is encoded is what is tested
	if text, err := json.Marshal(verified); err != nil || string(text) != "{}" {
		t.Errorf("a Verified is encoded as %s, %v", text, err)
	}
	for _, v := range []any{
		new(verify.Report), new(verify.DocumentReport), new(verify.SealReport), new(verify.Finding), new(verify.Verified),
		new(verify.VerifiedCase), new(verify.Verdict), new(verify.Status), new(verify.SealState), new(verify.Effect),
	} {
		_, text := v.(encoding.TextUnmarshaler)
		_, binary := v.(encoding.BinaryUnmarshaler)
		_, object := v.(json.Unmarshaler)
		_, stream := v.(gob.GobDecoder)
		if text || binary || object || stream {
			t.Errorf("%T can be filled from outside", v)
		}
	}
	for _, v := range []any{verify.Verified{}, verify.VerifiedCase{}} {
		for f := range reflect.TypeOf(v).Fields() {
			if f.IsExported() {
				t.Errorf("%T has the exported field %s", v, f.Name)
			}
		}
	}
	if holds(reflect.TypeFor[verify.Report](), reflect.TypeFor[verify.Verified](), map[reflect.Type]bool{}) {
		t.Error("a Report leads to a Verified")
	}
}

// holds reports whether a type leads to another through its fields and elements.
func holds(t, wanted reflect.Type, seen map[reflect.Type]bool) bool {
	if t == wanted {
		return true
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return holds(t.Elem(), wanted, seen)
	case reflect.Struct:
		for f := range t.Fields() {
			if holds(f.Type, wanted, seen) {
				return true
			}
		}
	}
	return false
}
