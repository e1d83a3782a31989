package jcs_test

import (
	"errors"
	"testing"

	"github.com/travelseal/travelseal/internal/jcs"
	"github.com/travelseal/travelseal/internal/strict/json"
)

var limits = json.Limits{Depth: 24, Items: 10_000}

func canonical(t *testing.T, text string) string {
	t.Helper()
	v, err := json.Parse([]byte(text), limits)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	b, err := jcs.Append(nil, v)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return string(b)
}

// The examples of RFC 8785 §3.2.2 and §3.2.3, and one with nothing in it.
func TestTheExamplesOfTheRFC(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"§3.2.2": {
			`{
			  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
			  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
			  "literals": [null, true, false]
			}`,
			`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
		},
		"§3.2.3": {
			`{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
			  "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}`,
			"{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\"," +
				"\"€\":\"Euro Sign\",\"\U0001F600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
		},
		"empty": {
			`{"now": 1585564200, "nested": {"b": [ ], "a": { }}, "": ""}`,
			`{"":"","nested":{"a":{},"b":[]},"now":1585564200}`,
		},
	} {
		if got := canonical(t, c.text); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestStringsHaveOneSpelling(t *testing.T) {
	for text, want := range map[string]string{
		`"\u0000\u0001\u001f"`: `"\u0000\u0001\u001f"`, `"\u0008\u0009\u000a\u000c\u000d"`: `"\b\t\n\f\r"`,
		`"\/\u002f"`: `"//"`, `"\u0022\u005c\u005C"`: `"\"\\\\"`, `"\u007f"`: "\"\x7f\"", `"\u00e9"`: `"é"`,
		`"\u2028\u2029"`: "\"\u2028\u2029\"", `"\ud834\udd1e"`: "\"\U0001D11E\"", `"<&>"`: `"<&>"`, `"e\u0301"`: "\"e\u0301\"", `""`: `""`,
	} {
		if got := canonical(t, text); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}

// The order is that of UTF-16: a surrogate pair comes before the characters from E000.
func TestMembersStandInTheOrderOfUTF16(t *testing.T) {
	for text, want := range map[string]string{
		`{"b":1,"a":2}`: `{"a":2,"b":1}`, `{"aa":1,"a":2,"":3}`: `{"":3,"a":2,"aa":1}`, `{"10":1,"1":2,"2":3}`: `{"1":2,"10":1,"2":3}`,
		`{"a":1,"B":2}`: `{"B":2,"a":1}`, `{"é":1,"z":2}`: `{"z":2,"é":1}`,
		"{\"\ue000\":1,\"\U00010000\":2}":                       "{\"\U00010000\":2,\"\ue000\":1}",
		"{\"\U00010000\":1,\"\ud7ff\":2}":                       "{\"\ud7ff\":2,\"\U00010000\":1}",
		"{\"\U0010FFFD\":1,\"\U00010000\":2,\"\U00010000a\":3}": "{\"\U00010000\":2,\"\U00010000a\":3,\"\U0010FFFD\":1}",
		"{\"x\ufffd\":1,\"x\U0001F600\":2,\"x\":3}":             "{\"x\":3,\"x\U0001F600\":2,\"x\ufffd\":1}",
	} {
		if got := canonical(t, text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsAppendedToStays(t *testing.T) {
	v, err := json.Parse([]byte(` [ 1 , {"a" : null} ] `), limits)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := jcs.Append([]byte("before"), v); err != nil || string(got) != `before[1,{"a":null}]` {
		t.Errorf("%s, %v", got, err)
	}
}

func TestNoValueIsAnError(t *testing.T) {
	if b, err := jcs.Append(nil, json.Value{}); b != nil || !errors.Is(err, jcs.ErrNoValue) {
		t.Errorf("%s, %v", b, err)
	}
}

// Every text has one canonical form, which is its own, and which says the same.
func FuzzAppend(f *testing.F) {
	for _, text := range []string{
		`{"b":[1.50,-0,1e21,{"\u00e9":"\n"}],"a":null}`, `[]`, `"\ud83d\ude00"`, `-1E-7`, `{"":{"":{}}}`, `[true,false]`, `123456789012345678`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := json.Parse(text, limits)
		if err != nil {
			return
		}
		once, err := jcs.Append(nil, v)
		if err != nil {
			if !errors.Is(err, jcs.ErrNumber) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := json.Parse(once, limits)
		if err != nil {
			t.Fatalf("%q becomes %q: %v", text, once, err)
		}
		twice, err := jcs.Append(nil, again)
		if err != nil || string(twice) != string(once) {
			t.Errorf("%q becomes %q and then %q, %v", text, once, twice, err)
		}
	})
}
