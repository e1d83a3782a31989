package shlink_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/shlink"
)

func parse(t *testing.T, text string) shlink.Link {
	t.Helper()
	l, err := shlink.Parse([]byte(text), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestALinkIsReadAsItSays(t *testing.T) {
	l := parse(t, "https://v.example/#"+mint.Link(mint.LinkPayload()))
	if l.Viewer != "https://v.example/" || l.Host != "links.utopia.example" || !strings.HasPrefix(l.URL, "https://links.utopia.example/manifests/") ||
		l.Label != "Vaccinations of Maren" || l.Version != 1 || !l.Expires.Equal(mint.Expires) || string(l.Key[:]) != string(mint.LinkKey) || l.Checks != nil {
		t.Errorf("%+v", l)
	}
	if !l.LongTerm() || !l.Passcode() || l.Direct() {
		t.Errorf("the flag %s is read as %v, %v, %v", l.Flag, l.LongTerm(), l.Passcode(), l.Direct())
	}
	bare := parse(t, mint.Link(mint.LinkPayload().Set("https://x.example:8443/", "url").Drop("flag").Drop("label").Drop("exp")))
	if bare.Host != "x.example:8443" || bare.LongTerm() || bare.Passcode() || bare.Direct() || !bare.Expires.IsZero() || bare.Label != "" {
		t.Errorf("%+v", bare)
	}
	if l := parse(t, mint.Link(mint.LinkPayload().Set(mint.JSONRaw("1800000000.9"), "exp"))); !l.Expires.Equal(time.Unix(1800000000, 0)) {
		t.Errorf("%v", l.Expires)
	}
}

func TestAKeyDoesNotPrint(t *testing.T) {
	l := parse(t, mint.Link(mint.LinkPayload()))
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprintf("%v %+v %#v %s %x %q %d", l.Key, l, l, l.Key, l.Key, l.Key, l.Key) + string(b)
	for _, secret := range []string{fmt.Sprintf("%x", mint.LinkKey), fmt.Sprint(mint.LinkKey)[1:15], fmt.Sprintf("%#v", mint.LinkKey)[7:20]} {
		if strings.Contains(said, secret) {
			t.Errorf("%q is printed", secret)
		}
	}
	if !strings.Contains(said, "(key)") {
		t.Error("the key is not named either")
	}
}

// FuzzParse demands that a text is read or refused with a code, and that only what is recognised is read.
func FuzzParse(f *testing.F) {
	for _, c := range mint.SHLinkCases() {
		f.Add([]byte(c.Text))
	}
	f.Add([]byte("https://v.example#shlink:/"))
	f.Add([]byte("shlink:"))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := shlink.Parse(text, formats.Options{})
		if err != nil {
			var fe *formats.Error
			if !errors.As(err, &fe) || fe.Code == "" || fe.Step == "" || l.URL != "" {
				t.Fatalf("%+v, %v", l, err)
			}
			return
		}
		if !shlink.Recognise(text) || l.Host == "" || l.URL == "" || l.Version != 1 {
			t.Fatalf("%+v", l)
		}
	})
}
