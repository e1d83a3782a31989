package json_test

import (
	"bytes"
	lib "encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/json"
)

var limits = json.Limits{Depth: 24, Items: 10_000}

// card is the payload of a health card in shape and size.
const card = `{"iss":"https://issuer.example","nbf":1620992383.218,"vc":{"type":["https://smarthealth.cards#health-card",` +
	`"https://smarthealth.cards#immunization"],"credentialSubject":{"fhirVersion":"4.0.1","fhirBundle":{"resourceType":` +
	`"Bundle","type":"collection","entry":[{"fullUrl":"resource:0","resource":{"resourceType":"Patient","name":[{"family":` +
	`"Müller","given":["Zoë","\u004a."]}],"birthDate":"1951-01-20"}},{"fullUrl":"resource:1","resource":{"resourceType":` +
	`"Immunization","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"207"}]},` +
	`"patient":{"reference":"resource:0"},"occurrenceDateTime":"2021-01-01","lotNumber":"0000001"}}]}}}}`

func refused(t *testing.T, name string, err, want error, offset int) *json.Error {
	t.Helper()
	var e *json.Error
	if !errors.As(err, &e) || !errors.Is(err, want) {
		t.Errorf("%s: %v; want %v", name, err, want)
		return new(json.Error)
	}
	if e.Offset != offset {
		t.Errorf("%s: offset %d, want %d (%v)", name, e.Offset, offset, err)
	}
	return e
}

func TestStrictFormIsAccepted(t *testing.T) {
	for _, text := range []string{
		`0`, `-0`, `10`, `1.50`, `1e5`, `1E+05`, `-1.2e-3`, `1e400`, `true`, `false`, `null`, `""`, `[]`, `{}`, ` [ ] `, "\t\r\n{ }\n",
		`[1,"a",null]`, `{"a":{"a":{"a":1}}}`, `[{"a":1},{"a":1}]`, `{"a":1,"A":2}`, `{"":1," ":2}`,
		`"\"\\\/\b\f\n\r\t\u00e9\u00E9"`, `"é€😀"`, `"\ud83d\ude00"`, `"\uD83D\uDE00"`, `"\u0000"`, `"\ufffd"`, "\"\x7f\"", card,
	} {
		if err := json.Check([]byte(text), limits); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestRefusalsNameTheirReasonAndOffset(t *testing.T) {
	for text, c := range map[string]struct {
		want   error
		offset int
	}{
		"":          {json.ErrTruncated, 0},
		"  ":        {json.ErrTruncated, 2},
		`tru`:       {json.ErrTruncated, 3},
		`-`:         {json.ErrTruncated, 1},
		`1.`:        {json.ErrTruncated, 2},
		`1e`:        {json.ErrTruncated, 2},
		`1e+`:       {json.ErrTruncated, 3},
		`"a`:        {json.ErrTruncated, 2},
		`"\`:        {json.ErrTruncated, 1},
		`"\u00e`:    {json.ErrTruncated, 1},
		`"\ud83d`:   {json.ErrTruncated, 1},
		`"\ud83d\`:  {json.ErrTruncated, 1},
		`"\ud83d\u`: {json.ErrTruncated, 7},
		"\"a\xc3":   {json.ErrTruncated, 2},
		`[`:         {json.ErrTruncated, 1},
		`[1`:        {json.ErrTruncated, 2},
		`[1, `:      {json.ErrTruncated, 4},
		`{`:         {json.ErrTruncated, 1},
		`{"a"`:      {json.ErrTruncated, 4},
		`{"a": `:    {json.ErrTruncated, 6},
		`{"a":1`:    {json.ErrTruncated, 6},
		`{"a":1,`:   {json.ErrTruncated, 7},

		`1 2`:      {json.ErrTrailing, 2},
		`{}{}`:     {json.ErrTrailing, 2},
		`{},`:      {json.ErrTrailing, 2},
		`[]]`:      {json.ErrTrailing, 2},
		`nulll`:    {json.ErrTrailing, 4},
		"{}\x00":   {json.ErrTrailing, 2},
		`{}//`:     {json.ErrTrailing, 2},
		`1.5.`:     {json.ErrTrailing, 3},
		"[]\u00a0": {json.ErrTrailing, 2},

		`{"a":1,"a":1}`:                 {json.ErrDuplicateKey, 7},
		`{"iss":"good","iss":"evil"}`:   {json.ErrDuplicateKey, 14},
		`{"a":1,"b":2, "\u0061":3}`:     {json.ErrDuplicateKey, 14},
		`{"\u0061":1,"\u0062":2,"a":3}`: {json.ErrDuplicateKey, 23},
		`{"\/":1,"/":2}`:                {json.ErrDuplicateKey, 8},
		`{"😀":1,"\ud83d\ude00":2}`:      {json.ErrDuplicateKey, 10},
		`{"":1,"":2}`:                   {json.ErrDuplicateKey, 6},
		`[{"x":{"a":1,"a":2}}]`:         {json.ErrDuplicateKey, 13},
		`{"a":{"b":1},"a":2}`:           {json.ErrDuplicateKey, 13},

		"\"\xff\"":             {json.ErrUTF8, 1},
		"\"a\xc3\"":            {json.ErrUTF8, 2},
		"\"\xc0\xaf\"":         {json.ErrUTF8, 1},
		"\"\xed\xa0\x80\"":     {json.ErrUTF8, 1},
		"\"\xf4\x90\x80\x80\"": {json.ErrUTF8, 1},
		"{\"\xff\":1}":         {json.ErrUTF8, 2},
		`"\ud83d"`:             {json.ErrUTF8, 1},
		`"\ud83dx"`:            {json.ErrUTF8, 1},
		`"\ud83d\n"`:           {json.ErrUTF8, 1},
		`"\ud83d\ud83d"`:       {json.ErrUTF8, 1},
		`"\ud83d\u0041"`:       {json.ErrUTF8, 1},
		`"\ude00"`:             {json.ErrUTF8, 1},
		`"\ude00\ud83d"`:       {json.ErrUTF8, 1},
		`"\uffff"`:             {json.ErrUTF8, 1},
		`"\ufdd0"`:             {json.ErrUTF8, 1},
		`"\ud83f\udffe"`:       {json.ErrUTF8, 1},
		"\"\ufffe\"":           {json.ErrUTF8, 1},
		"\"ab\ufdef\"":         {json.ErrUTF8, 3},
		"\"\U0010ffff\"":       {json.ErrUTF8, 1},

		"\ufeff{}":       {json.ErrMalformed, 0},
		"\xff\xfe{\x00}": {json.ErrMalformed, 0},
		"{\x00}\x00":     {json.ErrMalformed, 1},
		`+1`:             {json.ErrMalformed, 0},
		`.5`:             {json.ErrMalformed, 0},
		`01`:             {json.ErrMalformed, 0},
		`-01`:            {json.ErrMalformed, 0},
		`-a`:             {json.ErrMalformed, 1},
		`1.a`:            {json.ErrMalformed, 2},
		`1e]`:            {json.ErrMalformed, 2},
		`NaN`:            {json.ErrMalformed, 0},
		`nul1`:           {json.ErrMalformed, 0},
		`True`:           {json.ErrMalformed, 0},
		`[1,]`:           {json.ErrMalformed, 3},
		`[,1]`:           {json.ErrMalformed, 1},
		`[1 2]`:          {json.ErrMalformed, 3},
		`[1}`:            {json.ErrMalformed, 2},
		`{"a":1,}`:       {json.ErrMalformed, 7},
		`{"a" 1}`:        {json.ErrMalformed, 5},
		`{"a":1 "b":2}`:  {json.ErrMalformed, 7},
		`{a:1}`:          {json.ErrMalformed, 1},
		`{1:1}`:          {json.ErrMalformed, 1},
		`{'a':1}`:        {json.ErrMalformed, 1},
		"\"\n\"":         {json.ErrMalformed, 1},
		"\"\x00\"":       {json.ErrMalformed, 1},
		`"\x41"`:         {json.ErrMalformed, 1},
		`"\u00g0"`:       {json.ErrMalformed, 1},
		`"\u+041"`:       {json.ErrMalformed, 1},
		"\"\\u004\x11\"": {json.ErrMalformed, 1},
		`"\ud83d\uzz00"`: {json.ErrMalformed, 7},
		"\v1":            {json.ErrMalformed, 0},
		`/**/1`:          {json.ErrMalformed, 0},
	} {
		refused(t, fmt.Sprintf("%q", text), json.Check([]byte(text), limits), c.want, c.offset)
	}
}

func TestErrorNamesThePlaceAndNotTheContent(t *testing.T) {
	err := json.Check([]byte(`{"secret":1,"secret":2}`), limits)
	if got, want := err.Error(), "json: duplicate member name (RFC 7493 §2.3) at byte 12"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLimitsAreExact(t *testing.T) {
	for layer, end := range map[string]string{"[": "]", `{"a":`: "}"} {
		for _, depth := range []int{1, 2, 24, 1000} {
			nested := func(n int) []byte {
				return []byte(strings.Repeat(layer, n) + "0" + strings.Repeat(end, n))
			}
			l := json.Limits{Depth: depth, Items: 10_000}
			if err := json.Check(nested(depth), l); err != nil {
				t.Errorf("%d of %s: %v", depth, layer, err)
			}
			refused(t, layer, json.Check(nested(depth+1), l), json.ErrLimit, depth*len(layer))
		}
	}
	for text, c := range map[string]struct{ items, offset int }{
		`[1,2,3]`:         {3, 5},
		`{"a":1,"b":2}`:   {2, 7},
		`[[1],[2]]`:       {4, 6},
		`{"a":[1],"b":2}`: {3, 9},
	} {
		if err := json.Check([]byte(text), json.Limits{Depth: 9, Items: c.items}); err != nil {
			t.Errorf("%s, %d items: %v", text, c.items, err)
		}
		refused(t, text, json.Check([]byte(text), json.Limits{Depth: 9, Items: c.items - 1}), json.ErrLimit, c.offset)
	}
}

func TestZeroLimitsAllowALoneScalar(t *testing.T) {
	if err := json.Check([]byte(`"abc"`), json.Limits{}); err != nil {
		t.Error(err)
	}
	refused(t, "empty object", json.Check([]byte(`{}`), json.Limits{}), json.ErrLimit, 0)
	refused(t, "negative limits", json.Check([]byte(`[1]`), json.Limits{Depth: -1, Items: -1}), json.ErrLimit, 0)
	refused(t, "no items", json.Check([]byte(`[1]`), json.Limits{Depth: 1, Items: -1}), json.ErrLimit, 1)
}

func TestDepthIsBoundedWhateverTheCallerAllows(t *testing.T) {
	deep := bytes.Repeat([]byte{'['}, 1<<20)
	refused(t, "2^20 arrays", json.Check(deep, json.Limits{Depth: 1 << 30, Items: 1 << 30}), json.ErrLimit, 1000)
}

func TestBigObjectsAreNeitherSlowNorLetThrough(t *testing.T) {
	const n = 50_000
	for _, format := range []string{`"%s%06d":0,`, `"\u006b%s%06d":0,`} {
		b := []byte{'{'}
		for i := range n {
			b = fmt.Appendf(b, format, strings.Repeat("k", 40), i)
		}
		b[len(b)-1] = '}'
		l := json.Limits{Depth: 1, Items: n}
		if err := json.Check(b, l); err != nil {
			t.Fatal(err)
		}
		last := bytes.LastIndexByte(b, ',') + 1
		copy(b[last:], b[1:1+len(b)-last-3])
		refused(t, "last name repeats the first", json.Check(b, l), json.ErrDuplicateKey, last)
	}
}

// Names with escapes are written out once; doing so for each object anew would take hours here.
func TestManyObjectsWithEscapedNamesAreNotSlow(t *testing.T) {
	b := []byte("[" + strings.Repeat(`{"\u0061":0,"b":0},`, 50_000) + "0]")
	if err := json.Check(b, json.Limits{Depth: 2, Items: 200_000}); err != nil {
		t.Error(err)
	}
}

func TestCheckLeavesWhatLiesBehindTheTextAlone(t *testing.T) {
	whole := []byte(`{"\u0061":1,"b":2}behind`)
	if err := json.Check(whole[:18], limits); err != nil {
		t.Fatal(err)
	}
	if string(whole[18:]) != "behind" {
		t.Errorf("behind the text is now %q", whole[18:])
	}
}

func TestCheckAllocatesNothingForACard(t *testing.T) {
	b := []byte(card)
	if n := testing.AllocsPerRun(100, func() {
		if err := json.Check(b, limits); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	for n := range len(card) {
		if err := json.Check([]byte(card[:n]), limits); !errors.Is(err, json.ErrTruncated) {
			t.Errorf("first %d bytes: %v", n, err)
		}
	}
}

func seeds(f *testing.F) {
	for _, s := range []string{
		``, `0`, `-1.5e+3`, `[1,2]`, `{"iss":"a","iss":"b"}`, `{"ISS":"a"}`, `{"iss":"a","vc":{"n":[1,{"N":2}]}}`, `"\ud83d\ude00"`,
		`"\ud83d"`, "\"\xff\"", "\ufeff{}", `{"\u0069ss":"a"}`, `{} {}`, `[[[[`, `{"vc":{"Type":1,"type":["x"]}}`, `"\uffff"`, "\"\u017f\"",
		`{"is\u017f":"long s"}`, `{"exp":1e400}`, `{"exp":1.0}`, `{"iss":null,"vc":null}`, `tru`, `01`, "{\"a\":\t1\r\n}", card,
	} {
		f.Add([]byte(s))
	}
}

// FuzzCheck compares Check with the library that reads the text afterwards.
func FuzzCheck(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		err := json.Check(b, limits)
		if err == nil {
			if !lib.Valid(b) {
				t.Fatalf("the library refuses %q", b)
			}
			return
		}
		var e *json.Error
		if !errors.As(err, &e) || e.Err == nil || e.Offset < 0 || e.Offset > len(b) {
			t.Fatalf("error %v has no cause or no place in %d bytes", err, len(b))
		}
		malformed := errors.Is(err, json.ErrMalformed) || errors.Is(err, json.ErrTruncated) || errors.Is(err, json.ErrTrailing)
		if malformed && lib.Valid(b) {
			t.Fatalf("the library accepts %q, but: %v", b, err)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	text := []byte(card)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Check(text, limits); err != nil {
			b.Fatal(err)
		}
	}
}
