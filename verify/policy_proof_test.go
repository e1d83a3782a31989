package verify_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/verify"
)

// "Only proof disqualifies": no policy turns what is missing on our side into a rejection of a person.
func TestAPolicyCannotMakeALackOfOursDisqualify(t *testing.T) {
	ut := newSigner("ut")
	for _, code := range []verify.Code{verify.HolderNotProven, verify.RevocationNotConfigured} {
		w := newWorld(t, ut)
		w.Policy.Effects = map[verify.Code]verify.Effect{code: verify.Disqualify}
		expect(t, w.one(t, ut.card()), verify.Authentic, verify.Refer, code)
	}
}

// A clock that stopped before the first key began says nothing about any date.
func TestAClockBeforeTheFirstKeyRefers(t *testing.T) {
	ut := newSigner("ut")
	ut.NotBefore = today.Add(-300 * day)
	w := newWorld(t, ut)
	w.Now = func() time.Time { return time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC) }
	r := w.inspect(t, newSigner("stranger").card())
	if r.Trust.State != "clock" || len(r.Findings) == 0 || r.Findings[0].Code != verify.TimeClock || r.Verdict != verify.Refer {
		t.Errorf("%s, %+v", r.Trust.State, r.Findings)
	}
}

func TestAReportIsWrittenTheSameByValueAndByPointer(t *testing.T) {
	r := newWorld(t, newSigner("ut")).inspect(t, newSigner("ut").card())
	byPointer, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	byValue, err := json.Marshal(*r)
	if err != nil || string(byValue) != string(byPointer) || !strings.Contains(string(byValue), verify.ReportSchema) {
		t.Errorf("%v: %s", err, byValue)
	}
}
