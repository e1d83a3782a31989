package fetch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/trustlist/fetch"
)

const head = "schema: travelseal.sources/1\n"

const whole = head + `sources:
  - name: who.json
    url: https://lists.example/v2/trustlist/did.json
    form: json
    max_size: 8000000
    redirects: ["https://lists.example/v3/did.json"]
  - name: nzcp.json
    url: https://nzcp.example/.well-known/did.json?x=1
    form: json
    sha256: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
`

func TestAListOfSources(t *testing.T) {
	list, err := fetch.Parse([]byte(whole))
	if err != nil || len(list) != 2 || list[0].MaxSize != 8_000_000 || len(list[0].Redirects) != 1 || list[1].SHA256[1] != 0x11 || list[1].Form != fetch.JSON {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestListsOfSourcesThatAreRefused(t *testing.T) {
	one := func(members string) string { return head + "sources:\n  - {" + members + "}\n" }
	url := func(u string) string { return one(fmt.Sprintf("name: a, form: json, url: %q", u)) }
	name := func(n string) string {
		return one(fmt.Sprintf("name: %q, form: json, url: 'https://a.example/x'", n))
	}
	for text, why := range map[string]string{
		"":                                 "empty",
		"sources: []\n":                    "schema",
		head:                               "there are none",
		head + "sources: []\n":             "there are none",
		head + "source: []\n":              "unknown field",
		whole + "---\n" + whole:            "second document",
		one("name: a, url: x, from: json"): "unknown field",
		one("name: a, form: jsn, url: 'https://a.example/x'"):                                                                                                        "form",
		one("name: a, url: 'https://a.example/x'"):                                                                                                                   "form",
		one("name: a, form: json, url: 'https://a.example/x', max_size: 99999999999"):                                                                                "max_size",
		one("name: a, form: json, url: 'https://a.example/x', max_size: -1"):                                                                                         "max_size",
		one("name: a, form: json, url: 'https://a.example/x', sha256: 0011"):                                                                                         "sha256",
		one("name: a, form: json, url: 'https://a.example/x', redirects: ['https://b.example/x']"):                                                                   "not on the host",
		one("name: a, form: json, url: 'https://a.example/x', redirects: ['http://a.example/x']"):                                                                    "https://",
		one("name: a, form: json, url: 'https://a.example/x', redirects: ['https://a.example/1','https://a.example/2','https://a.example/3','https://a.example/4']"): "limit",
		head + "sources:\n" + strings.Repeat("  - {name: a, form: json, url: 'https://a.example/x'}\n", 2):                                                           "another source",
		head + "sources:\n  - {name: A, form: json, url: 'https://a.example/x'}\n  - {name: a, form: json, url: 'https://a.example/x'}\n":                            "another source",
		head + "sources:\n" + strings.Repeat("  - {name: a, form: json, url: 'https://a.example/x'}\n", fetch.MaxSources+1):                                          "limit",
		strings.Repeat("#", fetch.MaxConfig+1):                                                                                                                       "limit",

		name(""): "name", name("../x"): "name", name("a/b"): "name", name(".hidden"): "name", name("a."): "name", name("provenance"): "name", name(`a\b`): "name",
		name(strings.Repeat("a", 101)): "name", name("a b"): "name",

		url("http://a.example/x"): "https://", url("HTTPS://a.example/x"): "https://", url("ftp://a.example/x"): "https://", url("file:///etc/passwd"): "https://",
		url("//a.example/x"): "https://", url("a.example/x"): "https://", url(""): "https://",
		url("https://user@a.example/x"): "user", url("https://a.example@evil.example/x"): "user", url("https://a.example/x#y"): "fragment", url("https://a.example/x#"): "fragment",
		url("https://a.example:443/x"): "port", url("https://a.example:/x"): "port", url("https://[::1]/x"): "IPv6", url("https://[::ffff:127.0.0.1]/x"): "IPv6",
		url("https://127.0.0.1/x"): "host", url("https://169.254.169.254/latest/meta-data"): "host", url("https://2130706433/x"): "host", url("https://127.1/x"): "host",
		url("https://0x7f.0.0.0x1/x"): "host", url("https://0177.0.0.01/x"): "host",
		url("https://localhost/x"): "host", url("https://a.localhost/x"): "host", url("https://printer.local/x"): "host", url("https://db.internal/x"): "host",
		url("https://A.example/x"): "host", url("https://a.example./x"): "host", url("https://.a.example/x"): "host", url("https://a..example/x"): "host",
		url("https://а.example/x"): "host", url("https://a_b.example/x"): "host", url("https://-a.example/x"): "host", url("https:///x"): "host", url("https://a.example%2f/x"): "cannot be read",
		url("https://a.example"): "path", url("https://a.example/../x"): "path", url("https://a.example/./x"): "path", url("https://a.example//x"): "path",
		url("https://a.example/%2e%2e/x"): "path", url("https://a.example/a%2fb"): "path", url(`https://a.example/a\b`): "path", url("https://a.example/x?"): "another way",
		url("https://a.example/ä"): "path", url("https://a.example/x\n"): "cannot be read",
	} {
		if _, err := fetch.Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.150s: %v, want %q", text, err, why)
		}
	}
	for _, good := range []string{"https://a.example/", "https://a.example/x/", "https://xn--80ak6aa92e.example/x", "https://a-1.b.example/v2/-/x.json?since=0&form=a"} {
		if _, err := fetch.Parse([]byte(url(good))); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		form fetch.Form
		good []string
		bad  map[string]string
	}{
		{fetch.JSON, []string{"{}", " [1]\n"}, map[string]string{"{": "byte 1", `{"a":1,"a":2}`: "", "<html>": "byte 0", "1": "byte 0", "{}{}": "byte 2"}},
		{fetch.JWS, []string{"e30.e30.AAAA", "e30.e30.AAAA\n"}, map[string]string{"e30.e30": "2 parts", "e30..AAAA": "byte 4", "e30.?.AAAA": "byte 4", "a.b.c.d": "4 parts"}},
		{fetch.CBOR, []string{"\xa1\x61c\x80", "\x80", "\xd2\x84"}, map[string]string{"<html>": "page", "{}": "byte 0", "\x00": "byte 0"}},
		{fetch.DER, []string{"\x30\x02\x05\x00", "\x30\x81\x02\x05\x00", "\x30\x80\x05\x00\x00\x00"},
			map[string]string{"<!DOCTYPE html>": "page", "\x30\x03\x05\x00": "3 bytes by its length, and 2", "\x30\x02\x05\x00\x00": "2 bytes", "\x30\x85\x01\x01": "byte 1", "\x31\x02\x05\x00": "byte 0", "\x30\x80\x05\x00": ""}},
		{fetch.PEM, []string{"-----BEGIN CERTIFICATE-----\n"}, map[string]string{"hello": "BEGIN", "-----BEGIN \x00": "zero"}},
		{fetch.LDIF, []string{"dn: c=UT\n", "version: 1\n"}, map[string]string{"hello": "byte 0", "<html>": "byte 0"}},
		{fetch.Text, []string{"AAAA\n{}"}, map[string]string{"a\x00": "byte 1", "\xff\xfe": "UTF-8", " <html>": "byte 1", " \n": "empty"}},
	} {
		for _, text := range c.good {
			if err := c.form.Check([]byte(text)); err != nil {
				t.Errorf("%s %q: %v", c.form, text, err)
			}
		}
		for text, why := range c.bad {
			if err := c.form.Check([]byte(text)); err == nil || !strings.Contains(err.Error(), why) || !strings.HasPrefix(err.Error(), "SOURCE_FORMAT: ") {
				t.Errorf("%s %q: %v, want %q", c.form, text, err, why)
			}
		}
	}
}

// Whatever stands on a list, what is asked is https, one host, and one spelling.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(head + "sources: [{name: a, form: der, url: 'https://a.example/x'}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := fetch.Parse(data)
		if err != nil {
			return
		}
		for _, s := range list {
			for _, u := range append([]string{s.URL}, s.Redirects...) {
				rest, ok := strings.CutPrefix(u, "https://")
				host, _, slash := strings.Cut(rest, "/")
				if !ok || !slash || !strings.Contains(host, ".") || strings.ContainsAny(host, ":@[]\\#? ") || strings.ToLower(host) != host {
					t.Errorf("%q is asked", u)
				}
			}
			if err := s.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzForm(f *testing.F) {
	f.Add("json", []byte("{}"))
	f.Add("der", []byte("\x30\x80\x05\x00\x00\x00"))
	f.Add("jws", []byte("e30.e30.AAAA"))
	f.Fuzz(func(t *testing.T, form string, data []byte) {
		if !fetch.Form(form).Known() {
			return
		}
		if err := fetch.Form(form).Check(data); err == nil && strings.HasPrefix(strings.ToLower(strings.TrimSpace(string(data))), "<html") {
			t.Error("a page is kept")
		}
	})
}
