package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/travelseal/travelseal/batch"
)

// batchFlags are the flags of batch alone.
type batchFlags struct {
	out, shard, failOn  string
	workers, checkpoint int
	timeout             time.Duration
	claims              bool
}

func (a *app) batchCommand() *cobra.Command {
	var s settings
	var b batchFlags
	c := &cobra.Command{
		Use:   "batch FILE.jsonl|-",
		Short: "Check an archive: one document a line in, one report a line out",
		Long: `batch checks an archive of documents. Each line of the input is {"id":"…","text":"…"}, with "base64" instead of "text" for
binary codes or "texts" for the codes of one traveller. Each becomes one line of the output, in the same order.

With --out, a journal OUT.run.json beside the output says how far the run has come. A run that was stopped or killed
goes on where it was when the same command is given again. The moment of the check and the age of the trust list are
fixed when a run begins. "-" reads standard input and, without --out, writes standard output as it goes.

Names and health data are left out unless --include-claims is given.

Exit codes: 0 finished, whatever the verdicts, unless --fail-on says otherwise; 1 could not finish; 2 usage;
130 interrupted.`,
		Example: "  travelseal batch archive.jsonl --trust trust/ --out verdicts.jsonl",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("one FILE or - is needed, %d are given", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			job, err := a.job(&s, &b)
			if err != nil {
				return err
			}
			counts, err := a.runBatch(c.Context(), job, args[0], &b)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stderr, "travelseal: %d lines: %d accept, %d refer, %d reject, %d error\n", counts.Lines(), counts.Accept, counts.Refer, counts.Reject, counts.Error)
			a.code = b.exit(counts)
			return nil
		},
	}
	s.flags(c.Flags())
	f := c.Flags()
	f.StringVar(&b.out, "out", "", "file to write; a journal stands beside it")
	f.StringVar(&b.shard, "shard", "", "check one part of the archive only, such as 2/8")
	f.StringVar(&b.failOn, "fail-on", "", "exit 4, 3 or 1 where a line was reject, refer or error: a list such as reject,error")
	f.IntVar(&b.workers, "workers", runtime.GOMAXPROCS(0), "documents to check at the same time")
	f.IntVar(&b.checkpoint, "checkpoint", batch.DefaultCheckpoint, "lines after which progress is made to last")
	f.DurationVar(&b.timeout, "timeout", batch.DefaultTimeout, "time for one line")
	f.BoolVar(&b.claims, "include-claims", false, "also write what issuers vouched for, which is personal data")
	return c
}

// job builds the Job that the flags describe.
func (a *app) job(s *settings, b *batchFlags) (batch.Job, error) {
	config, at, err := a.config(s)
	if err != nil {
		return batch.Job{}, err
	}
	j := batch.Job{Verify: config, AsOf: at, Workers: b.workers, Timeout: b.timeout, Claims: b.claims}
	if b.shard != "" {
		if j.Shard, err = batch.ParseShard(b.shard); err != nil {
			return batch.Job{}, &usageError{fmt.Errorf("--shard: %w", err)}
		}
	}
	if b.workers < 1 || b.checkpoint < 1 || b.timeout <= 0 {
		return batch.Job{}, &usageError{errors.New("--workers, --checkpoint and --timeout must be more than 0")}
	}
	for _, word := range strings.Split(b.failOn, ",") {
		if word != "" && word != "reject" && word != "refer" && word != "error" {
			return batch.Job{}, &usageError{fmt.Errorf("--fail-on: %q is not reject, refer or error", word)}
		}
	}
	return j, nil
}

func (a *app) runBatch(ctx context.Context, j batch.Job, in string, b *batchFlags) (batch.Counts, error) {
	if in != stdinName && b.out == "" {
		return batch.Counts{}, &usageError{errors.New("--out is needed; only \"-\" writes to standard output")}
	}
	if b.out == "" {
		return j.Stream(ctx, a.stdin, a.direct)
	}
	if in == stdinName {
		return a.streamToFile(ctx, j, b.out)
	}
	done := a.progress(&j, in)
	journal, err := j.Files(ctx, in, b.out, int64(b.checkpoint))
	done()
	if errors.Is(err, batch.ErrDone) {
		fmt.Fprintf(a.stderr, "travelseal: %s is finished already; nothing was done\n", escape(b.out))
		return journal.Counts, nil
	}
	if errors.Is(err, context.Canceled) && journal.Output.Lines > 0 {
		fmt.Fprintf(a.stderr, "travelseal: %d lines are done and kept; the same command goes on from there\n", journal.Output.Lines)
	}
	return journal.Counts, err
}

// streamToFile writes a stream into a new file. A stream cannot be taken up again, so there is no journal.
func (a *app) streamToFile(ctx context.Context, j batch.Job, out string) (batch.Counts, error) {
	f, err := os.OpenFile(out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return batch.Counts{}, fmt.Errorf("%s: %w", escape(out), plainError(err))
	}
	counts, err := j.Stream(ctx, a.stdin, f)
	return counts, errors.Join(err, f.Sync(), f.Close())
}

// progress shows a bar on a terminal, and nothing anywhere else.
func (a *app) progress(j *batch.Job, in string) (done func()) {
	f, ok := a.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	size := int64(-1)
	if st, err := os.Stat(in); err == nil {
		size = st.Size()
	}
	bar := progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription("checking"), progressbar.OptionShowBytes(true),
		progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())
	j.Progress = func(bytes, _ int64) { _ = bar.Set64(bytes) }
	return func() {
		_ = bar.Finish()
		_, _ = io.WriteString(a.stderr, "\r")
	}
}

// exit turns the counts into the exit code that --fail-on asks for, the gravest first.
func (b *batchFlags) exit(c batch.Counts) int {
	for _, x := range []struct {
		word string
		n    int64
		code int
	}{{"reject", c.Reject, exitReject}, {"error", c.Error, exitFailed}, {"refer", c.Refer, exitRefer}} {
		if x.n > 0 && strings.Contains(","+b.failOn+",", ","+x.word+",") {
			return x.code
		}
	}
	return 0
}
