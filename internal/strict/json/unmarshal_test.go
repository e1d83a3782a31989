package json_test

import (
	lib "encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
)

type payload struct {
	Issuer  string  `json:"iss"`
	Expires float64 `json:"exp,omitempty"`
	VC      struct {
		Type []string `json:"type"`
		List []struct {
			N int `json:"n"`
		} `json:"list"`
		Proofs map[string]*proof `json:"proofs"`
	} `json:"vc"`
	Raw lib.RawMessage `json:"raw"`
	Any any            `json:"any"`
	At  *time.Time     `json:"at"`
	proof
	Untagged string
	Ignored  string `json:"-"`
	hidden   string
}

type proof struct {
	Created string `json:"created"`
	Next    *proof `json:"next"`
}

func TestUnmarshalFillsAStruct(t *testing.T) {
	var p payload
	const text = `{"iss":"a","exp":1.5,"vc":{"type":["x"],"list":[{"n":1},{"n":2}],"proofs":{"p":{"created":"c","next":{"created":"d"}}}},
		"raw":{"ISS":1},"any":{"ISS":[1]},"at":"2021-04-25T12:45:31Z","created":"e","Untagged":"u","unknown":{"Iss":1}}`
	if err := json.Unmarshal([]byte(text), &p, limits); err != nil {
		t.Fatal(err)
	}
	if p.Issuer != "a" || p.Expires != 1.5 || p.VC.Type[0] != "x" || p.VC.List[1].N != 2 || p.VC.Proofs["p"].Next.Created != "d" ||
		string(p.Raw) != `{"ISS":1}` || p.At.Year() != 2021 || p.Created != "e" || p.Untagged != "u" || p.hidden != "" {
		t.Errorf("got %+v", p)
	}
}

func TestNamesThatDifferInCaseAreRefusedWithTheirPath(t *testing.T) {
	for text, c := range map[string]struct {
		path   string
		offset int
	}{
		`{"ISS":"a"}`:                                {"iss", 1},
		`{"Iss":"a","iss":"b"}`:                      {"iss", 1},
		`{"iss":"b","iSs":"a"}`:                      {"iss", 11},
		`{"i\u0053s":"a"}`:                           {"iss", 1},
		`{"iſs":"a"}`:                                {"iss", 1},
		`{"is\u017f":"a"}`:                           {"iss", 1},
		`{"Exp":1}`:                                  {"exp", 1},
		`{"vc":{"TYPE":[]}}`:                         {"vc.type", 7},
		`{"vc":{"list":[{"n":1},{"N":2}]}}`:          {"vc.list[1].n", 24},
		`{"vc":{"proofs":{"secret":{"Created":1}}}}`: {"vc.proofs[*].created", 27},
		`{"vc":{"proofs":{"s":{"next":{"next":{"NEXT":1}}}}}}`: {"vc.proofs[*].next.next.next", 38},
		`{"CREATED":"e"}`:  {"created", 1},
		`{"untagged":"u"}`: {"Untagged", 1},
		`{"RAW":1}`:        {"raw", 1},
	} {
		for name, unmarshal := range map[string]func([]byte, any, json.Limits) error{"open": json.Unmarshal, "closed": json.UnmarshalClosed} {
			var p payload
			e := refused(t, name+" "+text, unmarshal([]byte(text), &p, limits), json.ErrFieldCase, c.offset)
			if e.Path != c.path {
				t.Errorf("%s: path %q, want %q", text, e.Path, c.path)
			}
			if !reflect.DeepEqual(p, payload{}) {
				t.Errorf("%s: filled %+v", text, p)
			}
		}
	}
}

func TestUnknownMembersAreRefusedByClosedOnly(t *testing.T) {
	for text, c := range map[string]struct {
		path   string
		offset int
	}{
		`{"secret":1}`:                  {"", 1},
		`{"iss":"a","vc":{"secret":1}}`: {"vc", 17},
		`{"vc":{"list":[{"x":1}]}}`:     {"vc.list[0]", 16},
		`{"Ignored":"i"}`:               {"", 1},
		`{"hidden":"h"}`:                {"", 1},
		`{"proof":{}}`:                  {"", 1},
		`{"":1}`:                        {"", 1},
	} {
		if err := json.Unmarshal([]byte(text), new(payload), limits); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		e := refused(t, text, json.UnmarshalClosed([]byte(text), new(payload), limits), json.ErrUnknownField, c.offset)
		if e.Path != c.path || strings.Contains(e.Error(), "secret") {
			t.Errorf("%s: path %q, want %q (%v)", text, e.Path, c.path, e)
		}
	}
	if err := json.UnmarshalClosed([]byte(`{"raw":{"x":1},"any":{"y":2},"vc":{"proofs":{"z":null}}}`), new(payload), limits); err != nil {
		t.Errorf("members of what is not a struct: %v", err)
	}
}

func TestUnmarshalRefusesWhatCheckRefuses(t *testing.T) {
	for text, c := range map[string]struct {
		want   error
		offset int
		path   string
	}{
		`{"iss":"a","iss":"b"}`:        {json.ErrDuplicateKey, 11, ""},
		`{"any":{"a":1,"a":2}}`:        {json.ErrDuplicateKey, 14, "any"},
		`{"vc":{"list":[{"n":01}]}}`:   {json.ErrMalformed, 20, "vc.list[0].n"},
		`{"raw":{"a":"\ud83d"}}`:       {json.ErrUTF8, 13, "raw"},
		`{"x":{"y":"` + "\xff" + `"}}`: {json.ErrUTF8, 11, ""},
		`{} {}`:                        {json.ErrTrailing, 3, ""},
		`{"vc":{"type":["x"`:           {json.ErrTruncated, 18, "vc.type"},
		`{"raw":[[[[]]]]}`:             {json.ErrLimit, 10, "raw"},
	} {
		e := refused(t, text, json.Unmarshal([]byte(text), new(payload), json.Limits{Depth: 4, Items: 9}), c.want, c.offset)
		if e.Path != c.path {
			t.Errorf("%s: path %q, want %q", text, e.Path, c.path)
		}
	}
}

type picky struct{}

func (*picky) UnmarshalJSON(b []byte) error { return json.Check(b, json.Limits{}) }

type careless struct{}

func (*careless) UnmarshalJSON(b []byte) error { return errors.New("cannot read " + string(b)) }

func TestValuesOfAnotherTypeAreNamedWithoutTheirContent(t *testing.T) {
	for text, want := range map[string]string{
		`{"iss":4711}`:                   "json: number where string is needed in iss at byte 11",
		`{"vc":{"list":[{"n":"4711"}]}}`: "json: string where int is needed in vc.list.n at byte 26",
		`{"vc":{"list":[{"n":4711.5}]}}`: "json: number where int is needed in vc.list.n at byte 26",
		`{"at":"4711"}`:                  "json: value refused by the type that it is for",
		`[4711]`:                         "json: array where json_test.payload is needed at byte 1",
	} {
		err := json.Unmarshal([]byte(text), new(payload), limits)
		if !errors.Is(err, json.ErrType) || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	refused(t, "an Error of this package is passed on", json.Unmarshal([]byte(`[[]]`), new([]picky), limits), json.ErrLimit, 0)
	refused(t, "another error is not", json.Unmarshal([]byte(`["secret"]`), new([]careless), limits), json.ErrType, -1)
}

type (
	outer struct {
		proof
		Created string `json:"created"`
	}
	pointer struct{ *proof }
	named   struct {
		proof `json:"proof"`
	}
)

func TestTypesThatCannotBeReadStrictlyAreTheCallersMistake(t *testing.T) {
	text := reflect.TypeFor[string]()
	twice := reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: text, Tag: `json:"a"`}, {Name: "B", Type: text, Tag: `json:"a"`},
	})).Interface()
	var own *json.Error
	for _, v := range []any{
		nil, payload{}, (*payload)(nil), twice, new(outer), new(pointer), new([]byte), new(struct{ B []byte }), new([3]int),
		new(map[int]string), new(map[string][]byte), new([]map[string]struct{ X [2]int }),
	} {
		if err := json.Unmarshal([]byte(`{}`), v, limits); err == nil || errors.As(err, &own) {
			t.Errorf("into %T: %v", v, err)
		}
	}
}

func TestAnEmbeddedStructWithANameIsAField(t *testing.T) {
	refused(t, "its name", json.Unmarshal([]byte(`{"Proof":{}}`), new(named), limits), json.ErrFieldCase, 1)
	refused(t, "its fields", json.Unmarshal([]byte(`{"proof":{"Next":{}}}`), new(named), limits), json.ErrFieldCase, 10)
	if err := json.UnmarshalClosed([]byte(`{"proof":{"created":"c"}}`), new(named), limits); err != nil {
		t.Error(err)
	}
}

// FuzzUnmarshal compares each field with what the exact name has in a map of encoding/json.
func FuzzUnmarshal(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		var p payload
		err := json.Unmarshal(b, &p, limits)
		closed := json.UnmarshalClosed(b, new(payload), limits)
		if err != nil {
			var e *json.Error
			if !errors.As(err, &e) || e.Err == nil || closed == nil {
				t.Fatalf("error %v without a cause, or accepted as closed: %v", err, closed)
			}
			return
		}
		if json.Check(b, limits) != nil {
			t.Fatal("read, although Check refuses it")
		}
		var exact map[string]any
		if err := lib.Unmarshal(b, &exact); err != nil || exact == nil {
			return
		}
		if s, _ := exact["iss"].(string); s != p.Issuer {
			t.Fatalf("iss is %q, the field %q", s, p.Issuer)
		}
		if n, _ := exact["exp"].(float64); n != p.Expires {
			t.Fatalf("exp is %v, the field %v", n, p.Expires)
		}
		vc, _ := exact["vc"].(map[string]any)
		if list, _ := vc["type"].([]any); len(list) != len(p.VC.Type) {
			t.Fatalf("vc.type has %d elements, the field %d", len(list), len(p.VC.Type))
		}
	})
}

func BenchmarkUnmarshal(b *testing.B) {
	text := []byte(card)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var p payload
		if err := json.Unmarshal(text, &p, limits); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStandardLibrary is what Unmarshal is to be compared with.
func BenchmarkStandardLibrary(b *testing.B) {
	text := []byte(card)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var p payload
		if err := lib.Unmarshal(text, &p); err != nil {
			b.Fatal(err)
		}
	}
}
