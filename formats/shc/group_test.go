package shc_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
)

// sourced makes an Input of each text, with the Sources a, b, c …
func sourced(texts ...string) []formats.Input {
	var list []formats.Input
	for i, text := range texts {
		in := formats.Text(text)
		in.Source = string(rune('a' + i))
		list = append(list, in)
	}
	return list
}

// said is what became of the Inputs: the source of each, and its text or the code of its error.
func said(inputs []formats.Input) []string {
	var list []string
	for _, in := range inputs {
		if in.Err != nil {
			list = append(list, in.Source+" "+in.Err.Code)
			continue
		}
		list = append(list, in.Source+" "+string(in.Files[0].Data))
	}
	return list
}

func TestChunksAreJoinedInWhateverOrder(t *testing.T) {
	b := vaccination().Build()
	for n := 2; n <= 5; n++ {
		c := mint.Chunks(b.Token, n)
		backwards := make([]string, n)
		for i := range c {
			backwards[n-1-i] = c[i]
		}
		for _, texts := range [][]string{c, backwards, append(append([]string{}, c[1:]...), c[0])} {
			want := []string{fmt.Sprintf("a and %d more %s", n-1, b.Text)}
			if got := said(shc.Format.Group(sourced(texts...))); !reflect.DeepEqual(got, want) {
				t.Errorf("%d chunks: %.80q", n, got)
			}
		}
	}
}

func TestOtherInputsKeepTheirPlaces(t *testing.T) {
	b, other := vaccination().Build(), test().Build()
	c, d := mint.Chunks(b.Token, 2), mint.Chunks(other.Token, 3)
	in := sourced("HC1:x", c[1], "y", d[2], d[0], c[0], other.Text, d[1], "z")
	in[2].Err = &formats.Error{Code: "input.unreadable", Offset: -1, Err: errors.New("x")}
	in[8].Files = append(in[8].Files, formats.File{Name: "DG1"})
	want := []string{"a HC1:x", "b and 1 more " + b.Text, "c input.unreadable", "d and 2 more " + other.Text, "g " + other.Text, "i z"}
	if got := said(shc.Format.Group(in)); !reflect.DeepEqual(got, want) {
		t.Errorf("%.200q", got)
	}
}

func TestNothingToJoinChangesNothing(t *testing.T) {
	if got := shc.Format.Group(nil); got != nil {
		t.Errorf("%v", got)
	}
	b := vaccination().Build()
	in := sourced("HC1:x", b.Text, b.Token, "shc:/1/1/"+b.Text[5:], "shc:/0/2/5676", "shc:/1/99/5676", `{"verifiableCredential":[7]}`, "SHC:/1/2/56")
	in = append(in, formats.Input{Source: "none"})
	if got := shc.Format.Group(in); &got[0] != &in[0] || len(got) != len(in) {
		t.Errorf("%v", got)
	}
}

func TestTheSameChunkTwiceIsOneChunk(t *testing.T) {
	b := vaccination().Build()
	c := mint.Chunks(b.Token, 2)
	want := []string{"a and 3 more " + b.Text}
	if got := said(shc.Format.Group(sourced(c[0], c[0], c[1], c[1]))); !reflect.DeepEqual(got, want) {
		t.Errorf("%.80q", got)
	}
}

// What cannot be put together stands in the report with the chunk that is at fault.
func TestASetThatIsNotWholeSaysWhichChunk(t *testing.T) {
	b, other := vaccination().Build(), test().Build()
	c, d := mint.Chunks(b.Token, 3), mint.Chunks(other.Token, 3)
	odd := "shc:/2/3/" + c[1][len("shc:/2/3/"):] + "1"
	for name, tc := range map[string]struct {
		texts      []string
		code, says string
	}{
		"a gap":                       {[]string{c[0], c[2]}, formats.CodeTruncated, "chunk 2 of 3 is missing"},
		"the last is missing":         {[]string{c[1], c[0]}, formats.CodeTruncated, "chunk 3 of 3 is missing"},
		"one alone":                   {[]string{c[2]}, formats.CodeTruncated, "chunk 1 of 3 is missing"},
		"one and its copy":            {[]string{c[0], c[2], c[0]}, formats.CodeTruncated, "chunk 2 of 3 is missing"},
		"another card's second":       {[]string{c[0], c[1], c[2], d[1]}, formats.CodeAmbiguous, "chunk 2 of 3 is there twice"},
		"two cards of the same count": {[]string{d[0], d[1], d[2], c[0], c[1], c[2]}, formats.CodeAmbiguous, "chunk 1 of 3 is there twice"},
		"torn pairs":                  {[]string{c[0], odd, c[2]}, formats.CodeEncoding, "chunk 2 of 3 has an odd number"},
	} {
		out := shc.Format.Group(sourced(tc.texts...))
		if len(out) != 1 || out[0].Err == nil || out[0].Err.Code != tc.code || !strings.Contains(out[0].Err.Error(), tc.says) || out[0].Err.Format != shc.ID {
			t.Errorf("%s: %+v", name, out)
			continue
		}
		if out[0].Source[0] != 'a' || out[0].Err.Step != "chunks" {
			t.Errorf("%s: %+v", name, out[0])
		}
	}
}

func TestCardsOfDifferentCountsAreToldApart(t *testing.T) {
	b, other := vaccination().Build(), test().Build()
	c, d := mint.Chunks(b.Token, 3), mint.Chunks(other.Token, 2)
	want := []string{"a and 2 more " + b.Text, "b and 1 more " + other.Text}
	if got := said(shc.Format.Group(sourced(c[0], d[0], c[1], d[1], c[2]))); !reflect.DeepEqual(got, want) {
		t.Errorf("%.80q", got)
	}
}

func TestTheMostChunksAreJoined(t *testing.T) {
	b := vaccination().Build()
	if got := said(shc.Format.Group(sourced(mint.Chunks(b.Token, 64)...))); !reflect.DeepEqual(got, []string{"a and 63 more " + b.Text}) {
		t.Errorf("%.80q", got)
	}
	many := mint.Chunks(b.Token, 65)
	if got := shc.Format.Group(sourced(many...)); len(got) != 65 {
		t.Errorf("%d Inputs", len(got))
	}
}

func TestAFileIsDividedIntoItsCards(t *testing.T) {
	b, other := vaccination().Build(), test().Build()
	for name, file := range map[string]string{
		"file": mint.CardFile(b.Token, other.Token), "FHIR": mint.CardParameters(b.Token, other.Token), "spaced": "\n" + mint.CardFile(b.Token, other.Token) + " \n",
	} {
		want := []string{"a x", "b#1 " + b.Token, "b#2 " + other.Token, "c y"}
		if got := said(shc.Format.Group(sourced("x", file, "y"))); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %.80q", name, got)
		}
	}
	if got := said(shc.Format.Group(sourced(mint.CardFile(b.Token)))); !reflect.DeepEqual(got, []string{"a#1 " + b.Token}) {
		t.Errorf("a file of one: %.80q", got)
	}
	large := mint.CardFile(b.Token, strings.Repeat("x", formats.DefaultLimits.Input))
	if got := shc.Format.Group(sourced(large)); len(got) != 1 || got[0].Source != "a" {
		t.Errorf("a file above the limit: %d Inputs", len(got))
	}
}

// FuzzGroup demands that nothing is lost: every Input that is no code and no file comes out as it went in, and whatever
// comes out can be decoded or says why not.
func FuzzGroup(f *testing.F) {
	c := mint.Chunks(vaccination().Build().Token, 2)
	f.Add(c[0], c[1], "x")
	f.Add("shc:/1/2/", "shc:/2/2/", "shc:/2/2/1")
	f.Add(mint.CardFile("a", "b"), "{", "shc:/64/64/00")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		in := sourced(a, b, c)
		out := shc.Format.Group(in)
		kept := make(map[string]string)
		for _, o := range out {
			if o.Err != nil {
				continue
			}
			kept[o.Source] = string(o.Files[0].Data)
			if _, err := shc.Format.Decode(o, formats.Options{}); err != nil && !errors.As(err, new(*formats.Error)) {
				t.Fatalf("an error without a code: %v", err)
			}
		}
		for _, i := range in {
			text := string(i.Files[0].Data)
			if !strings.HasPrefix(text, "shc:/") && !strings.HasPrefix(strings.TrimLeft(text, " \n\r\t"), "{") && kept[i.Source] != text {
				t.Fatalf("%q is lost", text)
			}
		}
	})
}
