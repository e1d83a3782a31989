package verify_test

import (
	"testing"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

func TestAPolicyMayAskWhatVouchesForAKey(t *testing.T) {
	for what, c := range map[string]struct {
		by      trustlist.Authentication
		asked   []trustlist.Authentication
		verdict verify.Verdict
	}{
		"nothing is asked":        {trustlist.ByHand, nil, verify.Accept},
		"what is asked":           {trustlist.SignedEntry, []trustlist.Authentication{trustlist.SignedList, trustlist.SignedEntry}, verify.Accept},
		"less than what is asked": {trustlist.SignedList, []trustlist.Authentication{trustlist.SignedEntry}, verify.Refer},
		"the way alone":           {trustlist.Transport, []trustlist.Authentication{trustlist.ByHand}, verify.Refer},
	} {
		ut := newSigner("ut")
		ut.Source.Authentication = c.by
		w := newWorld(t, ut)
		w.Policy.Authentication = c.asked
		var codes []verify.Code
		if c.verdict == verify.Refer {
			codes = append(codes, verify.PolicyKeyUnvouched)
		}
		t.Log(what)
		expect(t, w.one(t, ut.card()), verify.Authentic, c.verdict, codes...)
		expect(t, w.one(t, ut.badCard()), verify.Invalid, verify.Reject, verify.SealMismatch)
	}
}
