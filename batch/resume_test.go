package batch_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/batch"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/trustlist"
)

func TestARunThatIsStoppedAnywhereGoesOnToTheSameOutput(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	text := archive(t, corpus, 600)
	in, out := paths(t)
	write(t, in, text)
	j := job(t, corpus.AsOf)
	j.Workers = 2
	done, err := j.Files(context.Background(), in, out, 50)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for stops := 1; stops < 600; stops += 37 {
		out := filepath.Join(t.TempDir(), "out.jsonl")
		// Another clock on each resumption: the run keeps the moment at which it was begun.
		later := job(t, corpus.AsOf.Add(48*time.Hour))
		ctx, cancel := context.WithCancel(context.Background())
		j.Progress = func(_, lines int64) {
			if lines >= int64(stops) {
				cancel()
			}
		}
		if _, err := j.Files(ctx, in, out, 50); !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d lines: %v", stops, err)
		}
		// A killed process leaves lines behind that no journal vouches for.
		f, err := os.OpenFile(out, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(`{"n":1,"half`); err != nil {
			t.Fatal(err)
		}
		f.Close()
		end, err := later.Files(context.Background(), in, out, 50)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) || end.Output != done.Output || end.Counts != done.Counts || end.Run != done.Run {
			t.Errorf("stopped after %d lines: %+v, want %+v", stops, end, done)
		}
		if !end.CheckedAt.Equal(done.CheckedAt) || !end.AsOf.Equal(done.AsOf) {
			t.Error("the moment of the run has changed")
		}
	}
}

func TestARunGoesOnOnlyAsTheRunThatItWas(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	text := archive(t, corpus, 300)
	base := job(t, corpus.AsOf)
	other := base
	var err error
	if other.Verify.Trust, err = trustlist.Load(filepath.Join(formatstest.Root(t), "testdata", "trust", "ut-test.pem")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		resume batch.Job
		spoil  func(in, out string)
	}{
		"another trust list": {resume: other},
		"another policy":     {resume: func() batch.Job { j := base; j.Verify.Policy.ID = "other"; return j }()},
		"another moment":     {resume: func() batch.Job { j := base; j.AsOf = corpus.AsOf; return j }()},
		"another shard":      {resume: func() batch.Job { j := base; j.Shard = batch.Shard{Index: 1, Of: 2}; return j }()},
		"other tolerances":   {resume: func() batch.Job { j := base; j.Verify.Options.Refuse = []string{"cwt-tag"}; return j }()},
		"another program":    {resume: func() batch.Job { j := base; j.Verify.Version = "next"; return j }()},
		"a changed input":    {resume: base, spoil: func(in, _ string) { write(t, in, bytes.ToLower(text)) }},
		"a shorter input":    {resume: base, spoil: func(in, _ string) { write(t, in, text[:100]) }},
		"a changed output":   {resume: base, spoil: func(_, out string) { write(t, out, bytes.Repeat([]byte("x"), 1<<20)) }},
		"a shorter output":   {resume: base, spoil: func(_, out string) { write(t, out, nil) }},
		"a broken journal":   {resume: base, spoil: func(_, out string) { write(t, batch.JournalPath(out), []byte("{")) }},
	} {
		t.Run(name, func(t *testing.T) {
			in, out := paths(t)
			write(t, in, text)
			ctx, cancel := context.WithCancel(context.Background())
			j := base
			j.Progress = func(_, lines int64) {
				if lines > 150 {
					cancel()
				}
			}
			if _, err := j.Files(ctx, in, out, 10); !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			if c.spoil != nil {
				c.spoil(in, out)
			}
			before, _ := os.ReadFile(out)
			if _, err := c.resume.Files(context.Background(), in, out, 10); err == nil {
				t.Fatal("the run went on")
			} else {
				t.Log(err)
			}
			if after, _ := os.ReadFile(out); !bytes.Equal(before, after) {
				t.Error("the output was touched")
			}
		})
	}
}

func TestAFinishedRunIsNotDoneAgain(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in, out := paths(t)
	write(t, in, archive(t, corpus, 10))
	j := job(t, corpus.AsOf)
	first, err := j.Files(context.Background(), in, out, 1)
	if err != nil || first.State != "done" || first.Counts.Accept != 10 {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, err := j.Files(context.Background(), in, out, 1); !errors.Is(err, batch.ErrDone) || again != first {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestAFileThatBelongsToNoRunIsLeftAlone(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in, out := paths(t)
	write(t, in, archive(t, corpus, 10))
	write(t, out, []byte("somebody's"))
	if _, err := job(t, corpus.AsOf).Files(context.Background(), in, out, 1); err == nil {
		t.Error("it was written over")
	}
	if data, _ := os.ReadFile(out); string(data) != "somebody's" {
		t.Error("it was written over")
	}
	if _, err := job(t, corpus.AsOf).Files(context.Background(), in+"x", out+"x", 1); err == nil {
		t.Error("a missing input was not noticed")
	}
}

func TestTwoRunsDoNotWriteOneOutput(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in, out := paths(t)
	write(t, in, archive(t, corpus, 200))
	j := job(t, corpus.AsOf)
	inside := false
	j.Progress = func(int64, int64) {
		if inside {
			return
		}
		inside = true
		if _, err := job(t, corpus.AsOf).Files(context.Background(), in, out, 1); err == nil {
			t.Error("a second run began")
		}
	}
	if _, err := j.Files(context.Background(), in, out, 1); err != nil {
		t.Fatal(err)
	}
}
