package batch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/batch"
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// A line is what the tests read of a line of the output.
type line struct {
	N       int64
	ID      string
	Verdict string
	Error   *struct {
		Code   verify.Code
		Detail string
	}
	Documents []struct {
		Status   string
		Verified json.RawMessage
	}
}

func readLines(t *testing.T, out []byte) []line {
	t.Helper()
	var list []line
	for text := range bytes.Lines(out) {
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		list = append(list, l)
	}
	return list
}

func stream(t *testing.T, j batch.Job, in string) ([]line, batch.Counts) {
	t.Helper()
	var out bytes.Buffer
	counts, err := j.Stream(context.Background(), strings.NewReader(in), &out)
	if err != nil {
		t.Fatal(err)
	}
	return readLines(t, out.Bytes()), counts
}

func TestEveryLineOfTheInputIsALineOfTheOutputInItsOrder(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	j := job(t, corpus.AsOf)
	j.Workers = 3
	lines, counts := stream(t, j, string(archive(t, corpus, 1000)))
	if len(lines) != 1000 || counts != (batch.Counts{Accept: 990, Reject: 10}) {
		t.Fatalf("%d lines, %+v", len(lines), counts)
	}
	for i, l := range lines {
		want := "accept"
		if i%100 == 99 {
			want = "reject"
		}
		if l.N != int64(i+1) || l.ID != fmt.Sprintf("d%d", i) || l.Verdict != want {
			t.Errorf("line %d: %+v", i+1, l)
		}
	}
}

func TestALineThatCannotBeCheckedIsAnErrorLine(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	for name, c := range map[string]struct {
		line string
		code verify.Code
	}{
		"not JSON":          {`nonsense`, batch.CodeMalformed},
		"cut short":         {`{"id":"a","text":"HC1:`, batch.CodeMalformed},
		"an array":          {`["a"]`, batch.CodeMalformed},
		"two members alike": {`{"text":"a","text":"b"}`, batch.CodeMalformed},
		"unknown member":    {`{"id":"a","txt":"b"}`, batch.CodeMalformed},
		"nothing to check":  {`{"id":"a"}`, batch.CodeMalformed},
		"two to check":      {`{"text":"a","base64":"YQ=="}`, batch.CodeMalformed},
		"bad base64":        {`{"base64":"YQ"}`, batch.CodeMalformed},
		"text of no text":   {`{"text":7}`, batch.CodeMalformed},
		"empty texts":       {`{"texts":[]}`, batch.CodeMalformed},
		"too many texts":    {`{"texts":["` + strings.Repeat(`a","`, 70) + `a"]}`, batch.CodeMalformed},
		"an id too long":    {`{"id":"` + strings.Repeat("x", 600) + `","text":"a"}`, batch.CodeMalformed},
		"too long":          {`{"text":"` + strings.Repeat("A", 5<<20) + `"}`, batch.CodeLineTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			in := string(archive(t, corpus, 1))
			lines, counts := stream(t, job(t, corpus.AsOf), in+c.line+"\n"+in)
			if len(lines) != 3 || counts.Accept != 2 || counts.Error != 1 {
				t.Fatalf("%d lines, %+v", len(lines), counts)
			}
			if e := lines[1].Error; e == nil || e.Code != c.code || lines[1].N != 2 {
				t.Errorf("%+v", lines[1])
			}
		})
	}
}

func TestTheContentOfALineIsNeverInItsError(t *testing.T) {
	for _, in := range []string{`{"id":"a","Ottoline":1}`, `{"text":"Ottoline`, `{"text":Ottoline}`, `{"id":"a","base64":"Ottoline!"}`} {
		var out bytes.Buffer
		if _, err := job(t, time.Now()).Stream(context.Background(), strings.NewReader(in), &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "Ottoline") {
			t.Errorf("%s", out.String())
		}
	}
}

func TestEmptyLinesAndALastLineWithoutEnd(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in := string(archive(t, corpus, 2))
	lines, _ := stream(t, job(t, corpus.AsOf), "\n\r\n"+strings.TrimRight(in, "\n"))
	if len(lines) != 2 || lines[0].N != 3 || lines[1].N != 4 {
		t.Errorf("%+v", lines)
	}
}

func TestClaimsAreWrittenOnlyWhereTheyAreAskedFor(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	j := job(t, corpus.AsOf)
	lines, _ := stream(t, j, string(archive(t, corpus, 1)))
	if lines[0].Documents[0].Verified != nil {
		t.Error("claims were written")
	}
	j.Claims = true
	lines, _ = stream(t, j, string(archive(t, corpus, 1)))
	if !bytes.Contains(lines[0].Documents[0].Verified, []byte("Achterberg-Lindqvist")) {
		t.Error("claims were not written")
	}
}

func TestShardsTogetherAreTheWhole(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in := string(archive(t, corpus, 101))
	seen := map[int64]int{}
	for i := 1; i <= 3; i++ {
		j := job(t, corpus.AsOf)
		var err error
		if j.Shard, err = batch.ParseShard(fmt.Sprintf("%d/3", i)); err != nil {
			t.Fatal(err)
		}
		lines, _ := stream(t, j, in)
		for _, l := range lines {
			seen[l.N]++
		}
	}
	for n := int64(1); n <= 101; n++ {
		if seen[n] != 1 {
			t.Errorf("line %d was checked %d times", n, seen[n])
		}
	}
	for _, s := range []string{"", "0/3", "4/3", "1", "a/b", "1/0", "-1/3"} {
		if _, err := batch.ParseShard(s); err == nil {
			t.Errorf("%q is a shard", s)
		}
	}
}

// slow is a format whose documents take as long as they say, or panic.
func slow(release <-chan struct{}) formats.Format {
	return formats.Format{
		ID: "slow", Title: "Slow", Spec: "this test",
		Detect: func(in formats.Input) bool { b, ok := in.Lone(); return ok && bytes.HasPrefix(b, []byte("slow")) },
		Decode: func(formats.Input, formats.Options) (*formats.Document, error) {
			<-release
			return nil, errors.New("late")
		},
	}
}

type panicking struct{}

func (panicking) Check(c verify.Case) []verify.Finding {
	if len(c.Documents) == 2 {
		panic("a rule that fails")
	}
	return nil
}

func TestADocumentThatHangsOrPanicsIsOneErrorLine(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	set, err := formats.NewSet(slow(release))
	if err != nil {
		t.Fatal(err)
	}
	j := batch.Job{
		Timeout: 50 * time.Millisecond,
		Verify:  verify.Config{Formats: set, Rules: []verify.Rule{panicking{}}, Now: time.Now},
	}
	lines, counts := stream(t, j, `{"text":"a"}
{"id":"hangs","text":"slow"}
{"id":"panics","texts":["a","b"]}
{"text":"slow"}
{"text":"b"}
`)
	if counts != (batch.Counts{Refer: 2, Error: 3}) || len(lines) != 5 {
		t.Fatalf("%+v", lines)
	}
	for i, want := range []verify.Code{"", batch.CodeTimeout, batch.CodePanic, batch.CodeTimeout, ""} {
		if got := lines[i].Error; (got == nil) != (want == "") || got != nil && got.Code != want || lines[i].N != int64(i+1) {
			t.Errorf("line %d: %+v", i+1, lines[i])
		}
	}
}

func TestStreamStopsWhereTheOutputFailsOrTheContextEnds(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	j := job(t, corpus.AsOf)
	in := archive(t, corpus, 500)
	if _, err := j.Stream(context.Background(), bytes.NewReader(in), failing{}); err == nil {
		t.Error("a full disk was not noticed")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := j.Stream(ctx, bytes.NewReader(in), &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAListThatIsSwappedDuringARunIsNotTaken(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	j := job(t, corpus.AsOf)
	j.Verify.Trust = &swapping{list: j.Verify.Trust.Snapshot()}
	_, counts := stream(t, j, string(archive(t, corpus, 99)))
	if counts.Accept != 99 {
		t.Errorf("%+v", counts)
	}
}

// swapping trusts its list once, and nobody afterwards.
type swapping struct{ list *trustlist.Snapshot }

func (s *swapping) Snapshot() *trustlist.Snapshot {
	l := s.list
	s.list = nil
	return l
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func paths(t *testing.T) (in, out string) {
	dir := t.TempDir()
	return filepath.Join(dir, "in.jsonl"), filepath.Join(dir, "out.jsonl")
}
