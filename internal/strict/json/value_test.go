package json_test

import (
	"bytes"
	stdjson "encoding/json"
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/json"
)

var valueLimits = json.Limits{Depth: 16, Items: 1000}

// plain builds what encoding/json builds, by walking over Values only.
func plain(v json.Value) any {
	switch v.Kind() {
	case json.Bool:
		b, _ := v.Bool()
		return b
	case json.Number:
		f, _ := v.Float()
		return f
	case json.Text:
		s, _ := v.Text()
		return s
	case json.Array:
		list := []any{}
		for i, e := range v.Elements() {
			if i != len(list) {
				return "elements out of order"
			}
			list = append(list, plain(e))
		}
		return list
	case json.Object:
		m := map[string]any{}
		for name, e := range v.Members() {
			m[name] = plain(e)
		}
		return m
	}
	return nil
}

func TestAValueHoldsWhatTheTextSays(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, ` { "a" : 1 , "b" : [ true , false , null ] } `, `{"a":{"b":{"c":[1,[2,[3]]]}},"d":"e"}`, `"x"`, `-1.5e3`, `null`,
		`["\u00e9\n\"]}", "]", "{", ","]`, `{"\u0061\"":"v","b,":"}"}`, "[\n1,\t2 ,3\r]", `[[],{},[{}]]`, `{"a":"","b":0}`,
	} {
		v, err := json.Parse([]byte(text), valueLimits)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want any
		if err := stdjson.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if got := plain(v); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot  %#v\nwant %#v", text, got, want)
		}
	}
}

func TestAValueKnowsWhereItBegins(t *testing.T) {
	text := "\n {\"a\" : [1, {\"b\":true} ],\"c\":\"d\"}"
	v, err := json.Parse([]byte(text), valueLimits)
	if err != nil {
		t.Fatal(err)
	}
	var walk func(v json.Value)
	walk = func(v json.Value) {
		if got := text[v.Offset() : v.Offset()+len(v.Raw())]; got != string(v.Raw()) {
			t.Errorf("%s is said to begin at byte %d, where %s is", v.Raw(), v.Offset(), got)
		}
		for _, e := range v.Elements() {
			walk(e)
		}
		for _, e := range v.Members() {
			walk(e)
		}
	}
	walk(v)
}

func TestParseRefusesWhatCheckRefuses(t *testing.T) {
	for _, text := range []string{``, `{`, `{"a":1,"a":2}`, `[1] x`, "\xef\xbb\xbf{}"} {
		if v, err := json.Parse([]byte(text), valueLimits); err == nil || v.Kind() != json.Missing {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestNumbersAreIntegersOnlyWhereTheyAreWrittenSo(t *testing.T) {
	v, err := json.Parse([]byte(`[7, -7, 7.0, 1e3, 9223372036854775808, "7"]`), valueLimits)
	if err != nil {
		t.Fatal(err)
	}
	want := []bool{true, true, false, false, false, false}
	for i, e := range v.Elements() {
		if _, ok := e.Int(); ok != want[i] {
			t.Errorf("element %d is an integer: %v", i, ok)
		}
	}
}

func TestAStringWithoutEscapesIsNotCopied(t *testing.T) {
	text := []byte(`"abc"`)
	v, err := json.Parse(text, valueLimits)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := v.TextBytes()
	if &b[0] != &text[1] {
		t.Error("the string was copied")
	}
}

func FuzzValue(f *testing.F) {
	f.Add([]byte(`{"a":[1,"\u0062",{"c":null}]}`))
	f.Add([]byte(`["]",{"}":"{"}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := json.Parse(text, valueLimits)
		if err != nil {
			return
		}
		var want any
		d := stdjson.NewDecoder(bytes.NewReader(text))
		if d.Decode(&want) != nil {
			return // a number too large for a double
		}
		if got := plain(v); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %#v\nwant %#v", got, want)
		}
	})
}
