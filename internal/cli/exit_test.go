package cli

import (
	"testing"

	"github.com/travelseal/travelseal/verify"
)

func TestARejectionIsNeverHiddenAndAnAccidentNeverAccepted(t *testing.T) {
	statuses := func(list ...verify.Status) []verify.DocumentReport {
		documents := make([]verify.DocumentReport, len(list))
		for i, s := range list {
			documents[i].Status = s
		}
		return documents
	}
	for _, c := range []struct {
		name      string
		verdict   verify.Verdict
		documents []verify.DocumentReport
		unopened  int
		want      int
	}{
		{"accept", verify.Accept, statuses(verify.Authentic), 0, 0},
		{"accept, and one that could not be opened", verify.Accept, statuses(verify.Authentic), 1, 1},
		{"refer", verify.Refer, statuses(verify.Untrusted), 0, 3},
		{"refer, and one that could not be opened", verify.Refer, statuses(verify.Untrusted), 1, 1},
		{"refer, and one unreadable", verify.Refer, statuses(verify.Unreadable, verify.Authentic), 0, 3},
		{"reject", verify.Reject, statuses(verify.Invalid), 0, 4},
		{"reject, and one that could not be opened", verify.Reject, statuses(verify.Invalid), 1, 4},
		{"reject, and one unreadable", verify.Reject, statuses(verify.Unreadable, verify.Invalid), 0, 4},
		{"reject of an authentic document that is out of date", verify.Reject, statuses(verify.Authentic), 0, 4},
		{"nothing readable", verify.Refer, statuses(verify.Unreadable, verify.Unreadable), 0, 5},
		{"nothing readable, and one that could not be opened", verify.Refer, statuses(verify.Unreadable), 1, 1},
		{"no document", verify.Refer, nil, 0, 5},
		{"no document, and one that could not be opened", verify.Refer, nil, 1, 1},
		{"the zero report", 0, statuses(0), 0, 3},
	} {
		if got := exitOf(&verify.Report{Verdict: c.verdict, Documents: c.documents}, c.unopened); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
}
