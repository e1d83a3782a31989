package batch_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats/formatstest"
)

func TestALineOfAStreamIsAnsweredBeforeTheNextOneComes(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in, feed := io.Pipe()
	answers, out := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		_, err := job(t, corpus.AsOf).Stream(ctx, in, out)
		ended <- err
	}()
	lines := bufio.NewReader(answers)
	for range 3 {
		if _, err := feed.Write(archive(t, corpus, 1)); err != nil {
			t.Fatal(err)
		}
		if _, err := lines.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	// The stream stays open, and nothing comes: an interruption must not wait for it.
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the run waits for a stream that says nothing")
	}
}

func TestAFinishedRunIsOnlyFinishedForItsOwnFiles(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	for what, spoil := range map[string]func(in, out string){
		"another archive of the same name": func(in, _ string) { write(t, in, archive(t, corpus, 7)[10:]) },
		"an archive that has grown":        func(in, _ string) { write(t, in, archive(t, corpus, 11)) },
		"an output that was changed": func(_, out string) {
			data, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			data[len(data)-3] ^= 1
			write(t, out, data)
		},
		"an output that has grown": func(_, out string) {
			data, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			write(t, out, append(data, '\n'))
		},
	} {
		in, out := paths(t)
		write(t, in, archive(t, corpus, 10))
		if _, err := job(t, corpus.AsOf).Files(context.Background(), in, out, 1); err != nil {
			t.Fatal(err)
		}
		spoil(in, out)
		if _, err := job(t, corpus.AsOf).Files(context.Background(), in, out, 1); err == nil || err.Error() == "this run is finished already" {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestARunThatWasKilledBeforeItsFirstCheckpointBegins(t *testing.T) {
	corpus := formatstest.Load(t, "eu-dcc")
	in, out := paths(t)
	write(t, in, archive(t, corpus, 10))
	write(t, out, nil)
	if j, err := job(t, corpus.AsOf).Files(context.Background(), in, out, 1); err != nil || j.Counts.Accept != 10 {
		t.Errorf("%+v, %v", j, err)
	}
	if _, err := job(t, corpus.AsOf).Files(context.Background(), os.DevNull, out+"2", 1); err == nil {
		t.Error("a device is an archive")
	}
}
