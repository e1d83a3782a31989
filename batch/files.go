package batch

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/travelseal/travelseal/trustlist"
)

// ErrDone means that the output's journal says that the run is finished; there is nothing to do.
var ErrDone = errors.New("this run is finished already")

// DefaultCheckpoint is after how many lines Files makes its progress last.
const DefaultCheckpoint = 10_000

// Files checks the lines of one file and writes another, with a journal beside it. If the journal says that the same run
// was begun, it goes on where that one was; if another run was begun, it refuses. The Journal that it gives says how far
// it came, also with an error.
func (j Job) Files(ctx context.Context, in, out string, checkpoint int64) (Journal, error) {
	lock := flock.New(out + ".lock")
	if locked, err := lock.TryLock(); err != nil {
		return Journal{}, fmt.Errorf("batch: output: %w", err)
	} else if !locked {
		return Journal{}, fmt.Errorf("batch: another run is writing %s", out)
	}
	// The file of the lock stays: removing it would let two later runs lock two files of one name.
	defer func() { _ = lock.Unlock() }()
	r := &fileRun{job: j, in: in, out: out, every: max(checkpoint, 1)}
	if err := r.open(); err != nil {
		return r.journal, err
	}
	defer r.close()
	err := j.pump(ctx, r.worker, r.lines, r.write)
	if err == nil {
		r.journal.State = "done"
	}
	// Also after an error: what has been written in order is good, and need not be done again.
	return r.journal, errors.Join(err, r.checkpoint())
}

// A fileRun is one run of Files.
type fileRun struct {
	job     Job
	in, out string
	every   int64 // lines between checkpoints

	worker  *worker
	source  *os.File
	sink    *os.File
	lines   *lines
	journal Journal
	written hash.Hash // the digest of the output so far
	at      mark      // the place in the input up to which the output is written
	saved   int64     // the lines that the journal on disk vouches for
}

// open begins a run or takes one up again.
func (r *fileRun) open() error {
	m, err := r.job.begin()
	if err != nil {
		return err
	}
	old, err := ReadJournal(r.out)
	begun := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if begun {
		m = moment{asOf: old.AsOf, checkedAt: old.CheckedAt}
	}
	var list *trustlist.Snapshot
	if r.worker, list, err = r.job.worker(m); err != nil {
		return err
	}
	terms := r.job.terms(filepath.Base(r.in), list)
	switch {
	case begun && terms.differs(old.Terms) != "":
		r.journal = old
		return fmt.Errorf("batch: %s was begun with another %s; name another output", r.out, terms.differs(old.Terms))
	case begun:
		r.journal = old
	default:
		r.journal = Journal{Schema: JournalSchema, Run: terms.id(m), State: "running", AsOf: m.asOf, CheckedAt: m.checkedAt, Terms: terms}
	}
	err = r.openFiles(begun)
	if err == nil && r.journal.State == "done" {
		err = r.finished()
	}
	if err != nil {
		r.close()
	}
	return err
}

// finished says that a run is done, where input and output are still the ones that it was done with, to their ends.
func (r *fileRun) finished() error {
	if _, err := r.source.Read(make([]byte, 1)); err != io.EOF {
		return errors.New("batch: the input has grown since this run was finished; name another output")
	}
	return ErrDone
}

// openFiles opens input and output, and passes over the part of both that is done, comparing it with the journal.
func (r *fileRun) openFiles(begun bool) (err error) {
	if st, err := os.Stat(r.in); err == nil && !st.Mode().IsRegular() {
		return errors.New("batch: input: not a regular file; \"-\" reads a stream")
	}
	if r.source, err = os.Open(r.in); err != nil {
		return fmt.Errorf("batch: input: %w", err)
	}
	flags, mode := os.O_RDWR|os.O_CREATE|os.O_EXCL, os.FileMode(0o644)
	if r.job.Claims {
		mode = 0o600 // names and health data are for the one who asked for them
	}
	// An empty output without a journal is that of a run that was killed before its first checkpoint.
	if st, err := os.Stat(r.out); begun || err == nil && st.Mode().IsRegular() && st.Size() == 0 {
		flags = os.O_RDWR
	}
	if r.sink, err = os.OpenFile(r.out, flags, mode); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("batch: %s exists, and no journal says that it belongs to this run", r.out)
		}
		return fmt.Errorf("batch: output: %w", err)
	}
	read, err := pass(r.source, r.journal.Input, "input")
	if err != nil {
		return err
	}
	if r.written, err = pass(r.sink, r.journal.Output, "output"); err != nil {
		return err
	}
	// What was written after the last checkpoint is written again. A finished output has nothing after it.
	end, err := r.sink.Seek(0, io.SeekEnd)
	switch {
	case err != nil:
	case r.journal.State == "done" && end != r.journal.Output.Bytes:
		return errors.New("batch: the output has changed since this run was finished")
	default:
		err = r.sink.Truncate(r.journal.Output.Bytes)
	}
	if err == nil {
		_, err = r.sink.Seek(r.journal.Output.Bytes, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("batch: output: %w", err)
	}
	r.lines = newLines(r.source, r.journal.Input.Bytes, r.journal.Input.Lines, read)
	r.at = r.lines.mark()
	if begun {
		return nil
	}
	return r.checkpoint() // from here on a killed run knows its moment
}

// pass reads the part of a file that is done, and refuses a file that is not the one that the journal speaks of.
func pass(f *os.File, p Progress, what string) (hash.Hash, error) {
	sum := newSum()
	n, err := io.CopyN(sum, f, p.Bytes)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("batch: %s: %w", what, err)
	}
	if n != p.Bytes || p.SHA256 != "" && hex.EncodeToString(sum.Sum(nil)) != p.SHA256 {
		return nil, fmt.Errorf("batch: the %s has changed since this run was begun", what)
	}
	return sum, nil
}

// write adds a chunk to the output.
func (r *fileRun) write(c *chunk) error {
	if _, err := r.sink.Write(c.out.text); err != nil {
		return fmt.Errorf("batch: output: %w", err)
	}
	r.written.Write(c.out.text)
	r.journal.Output.Bytes += int64(len(c.out.text))
	r.journal.Counts = r.journal.Counts.plus(c.out.counts)
	r.at = c.end
	r.job.report(c.end)
	if r.at.n-r.saved < r.every {
		return nil
	}
	return r.checkpoint()
}

// checkpoint makes the progress last: first the output, then the journal that vouches for it.
func (r *fileRun) checkpoint() error {
	if err := r.sink.Sync(); err != nil {
		return fmt.Errorf("batch: output: %w", err)
	}
	j := &r.journal
	j.Input = Progress{Bytes: r.at.offset, Lines: r.at.n, SHA256: hex.EncodeToString(r.at.sum.Sum(nil))}
	j.Output.Lines = j.Counts.Lines()
	j.Output.SHA256 = hex.EncodeToString(r.written.Sum(nil))
	if err := j.save(r.out); err != nil {
		return fmt.Errorf("batch: journal: %w", err)
	}
	r.saved = r.at.n
	return nil
}

func (r *fileRun) close() {
	for _, f := range []*os.File{r.source, r.sink} {
		if f != nil {
			_ = f.Close()
		}
	}
}

// terms are what the run is bound to.
func (j Job) terms(source string, list *trustlist.Snapshot) Terms {
	info, c := list.Info(), j.Verify
	t := Terms{
		Source: source, Shard: j.Shard.String(), Rules: len(c.Rules), Claims: j.Claims, Version: c.Version,
		Trust:  Trust{List: info.Name, Version: info.Version, SHA256: hex.EncodeToString(info.SHA256[:])},
		Policy: Policy{ID: c.Policy.ID, SHA256: hex.EncodeToString(c.Policy.SHA256[:])},
	}
	if !info.Created.IsZero() {
		t.Trust.Created = info.Created.UTC().Format(time.RFC3339)
	}
	if !j.AsOf.IsZero() {
		t.AsOf = j.AsOf.UTC().Format(time.RFC3339Nano)
	}
	if len(c.Options.Tolerate)+len(c.Options.Refuse) > 0 {
		t.Options = "tolerate " + strings.Join(c.Options.Tolerate, ",") + "; refuse " + strings.Join(c.Options.Refuse, ",")
	}
	return t
}
