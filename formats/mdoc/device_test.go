package mdoc_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// presented is a response with the session that the reader says it was in.
func presented(d mobile.Document, session []byte) formats.Input {
	in := formats.Bytes(d.Build().Response)
	if session != nil {
		in.Files = append(in.Files, formats.File{Name: "SessionTranscript", Data: session})
	}
	return in
}

// ISO/IEC 18013-5 §9.1.3: the device signs the session, the type of the document and what it says itself.
func TestTheDeviceIsProvedInItsOwnSessionAlone(t *testing.T) {
	session, other := mobile.Session("one"), mobile.Session("another")
	shown := good
	shown.Transcript = session
	wrapped := mint.Encode(mint.Tag{Number: 24, Content: mint.Bytes(session)})
	thief := shown
	thief.Thief = pki.NewKey(pki.P256, "thief")
	brainpool, p384 := shown, shown
	brainpool.Device, p384.Device = pki.NewKey(pki.BrainpoolP384r1, "phone"), pki.NewKey(pki.P384, "phone")
	mac := good
	mac.MAC = true
	attached := func(payload mint.Item) mobile.Document {
		d := shown
		d.Hooks.DeviceSigned = func(m mint.Map) mint.Item { return mint.Set(m, payload, "deviceAuth", "deviceSignature", 2) }
		return d
	}
	says := shown
	says.Hooks.DeviceSigned = func(m mint.Map) mint.Item {
		return mint.Set(m, mint.Tag{Number: 24, Content: mint.Bytes(mint.Encode(mint.Map{{mint.Text("x"), mint.Map{}}}))}, "nameSpaces")
	}
	for what, c := range map[string]struct {
		in    formats.Input
		state verify.SealState
		code  verify.Code
	}{
		"its session":                  {presented(shown, session), verify.Holds, verify.HolderDeviceProven},
		"its session in tag 24":        {presented(shown, wrapped), verify.Holds, verify.HolderDeviceProven},
		"a Brainpool curve":            {presented(brainpool, session), verify.Holds, verify.HolderDeviceProven},
		"P-384":                        {presented(p384, session), verify.Holds, verify.HolderDeviceProven},
		"another session":              {presented(shown, other), verify.Fails, verify.HolderDeviceMismatch},
		"something else is said":       {presented(says, session), verify.Fails, verify.HolderDeviceMismatch},
		"no session":                   {presented(shown, nil), verify.NotChecked, verify.HolderNotProven},
		"a MAC":                        {presented(mac, session), verify.NotChecked, verify.HolderNotProven},
		"a payload of another session": {presented(attached(mint.Bytes("x")), session), verify.NotChecked, verify.HolderNotProven},
		"another device":               {presented(thief, session), verify.Fails, verify.HolderDeviceMismatch},
	} {
		d := inspect(t, c.in)
		if d.Status != verify.Authentic || len(d.Seals) != 2 || d.Seals[1].State != c.state || !has(d, c.code) {
			t.Errorf("%s: %s, %+v", what, d.Status, d.Findings)
		}
	}
	if d := inspect(t, presented(good, session)); len(d.Seals) != 1 || !has(d, verify.HolderNotProven) || d.Verdict != verify.Accept {
		t.Errorf("a document whose device says nothing: %+v", d.Findings)
	}
	refused(t, "a session that is none", presented(shown, []byte{1}), formats.Options{}, formats.CodePayload, "SessionTranscript")
	refused(t, "half a session", presented(shown, session[:4]), formats.Options{}, formats.CodeTruncated, "SessionTranscript")
}

// A response of several documents is as many Inputs, each with the session.
func TestGroupDividesAResponse(t *testing.T) {
	photo := mobile.PhotoID(utopia.Signer)
	photo.Transcript = mobile.Session("one")
	both := good
	both.Transcript = mobile.Session("one")
	both.Hooks.Response = func(m mint.Map) mint.Item {
		first, _ := mint.Get(m, "documents", 0)
		return mint.Set(m, mint.Array{first, mint.Raw(photo.Build().Document)}, "documents")
	}
	b := both.Build()
	other := formats.Text("something else")
	for what, in := range map[string]formats.Input{"bytes": formats.Bytes(b.Response), "text": formats.Text(b.Text)} {
		in.Source = "phone"
		in.Files = append(in.Files, formats.File{Name: "SessionTranscript", Data: mobile.Session("one")})
		got := mdoc.Format.Group([]formats.Input{other, in, other})
		if len(got) != 4 || got[1].Source != "phone#1" || got[2].Source != "phone#2" || !bytes.Equal(got[3].Files[0].Data, other.Files[0].Data) {
			t.Fatalf("%s: %d inputs", what, len(got))
		}
		for i, name := range []string{"mDL", "photo ID"} {
			d := inspect(t, got[1+i])
			if d.Verdict != verify.Accept || d.Verified.Documents[0].Type != name || !has(d, verify.HolderDeviceProven) {
				t.Errorf("%s: %s is %s, %v", what, name, d.Status, d.Findings)
			}
		}
	}
	lone := []formats.Input{formats.Bytes(good.Build().Response), other, formats.Text("mdoc:"), {Err: &formats.Error{}}}
	if got := mdoc.Format.Group(lone); &got[0] != &lone[0] || len(got) != len(lone) {
		t.Error("nothing is divided, and the inputs are others")
	}
}

func TestTraceShowsEachStageUpToTheOneThatFails(t *testing.T) {
	shown := good
	shown.Transcript = mobile.Session("one")
	for want, in := range map[int]formats.Input{
		7: presented(shown, mobile.Session("one")), 1: formats.Text("mdoc:"), 2: formats.Bytes([]byte("\xa1\x67version\x01")),
	} {
		steps := mdoc.Format.Trace(in, formats.Options{})
		if len(steps) != want || (steps[want-1].Err == nil) != (want == 7) {
			t.Errorf("%d steps, want %d: %+v", len(steps), want, steps)
		}
	}
	altered := good.Altered("family_name", mint.Text("Other"))
	steps := mdoc.Format.Trace(formats.Bytes(altered.Build().Response), formats.Options{})
	field := formats.Field{Name: "org.iso.18013.5.1/family_name", Value: "digest 0: differs from what the issuer signed"}
	if !slices.Contains(steps[4].Detail, field) {
		t.Errorf("%+v", steps[4].Detail)
	}
}
