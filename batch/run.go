package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// A Job is what to check an archive against. Verify.Formats and Verify.Now are needed; Now is asked once, when the run
// begins, and its answer is kept for the whole run.
type Job struct {
	Verify  verify.Config
	AsOf    time.Time // the moment to check as of; zero means the moment when the run begins
	Workers int       // 0 means one
	Timeout time.Duration
	Shard   Shard
	Claims  bool // also write what issuers vouched for: names, birth dates, health data
	// Progress, where set, is called now and then with the bytes and lines of the input that are done.
	Progress func(bytes, lines int64)
}

// DefaultTimeout is how long one line may take where a Job does not say.
const DefaultTimeout = 10 * time.Second

// A moment is what is fixed for a whole run.
type moment struct{ asOf, checkedAt time.Time }

// begin fixes the moment of a new run.
func (j Job) begin() (moment, error) {
	if j.Verify.Now == nil {
		return moment{}, errors.New("batch: Verify.Now is needed")
	}
	m := moment{checkedAt: j.Verify.Now().UTC()}
	m.asOf = m.checkedAt
	if !j.AsOf.IsZero() {
		m.asOf = j.AsOf.UTC()
	}
	return m, nil
}

// worker builds the Verifier of a run: one list, one clock that stands.
func (j Job) worker(m moment) (*worker, *trustlist.Snapshot, error) {
	c := j.Verify
	var list *trustlist.Snapshot
	if c.Trust != nil {
		list = c.Trust.Snapshot()
	}
	c.Trust = list
	c.Now = func() time.Time { return m.checkedAt }
	v, err := verify.New(c)
	if err != nil {
		return nil, nil, err
	}
	timeout := j.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	return &worker{v: v, set: c.Formats, asOf: m.asOf, claims: j.Claims, timeout: timeout}, list, nil
}

// Stream checks what it reads and writes as it goes, without a journal: for pipes. It gives the counts so far also with an
// error.
func (j Job) Stream(ctx context.Context, in io.Reader, out io.Writer) (Counts, error) {
	m, err := j.begin()
	if err != nil {
		return Counts{}, err
	}
	w, _, err := j.worker(m)
	if err != nil {
		return Counts{}, err
	}
	var counts Counts
	err = j.pump(ctx, w, newLines(in, 0, 0, newSum()), func(c *chunk) error {
		if _, err := out.Write(c.out.text); err != nil {
			return fmt.Errorf("output: %w", err)
		}
		counts = counts.plus(c.out.counts)
		j.report(c.end)
		return nil
	})
	return counts, err
}

func (j Job) report(at mark) {
	if j.Progress != nil {
		j.Progress(at.offset, at.n)
	}
}

// pump carries chunks from the input through the workers to write, which gets them in the order of the input. The number
// of chunks under way is fixed, so that memory is, too. It returns when the input ends, write fails or ctx ends; then
// what was read and not written is forgotten, which the journal allows for.
func (j Job) pump(ctx context.Context, w *worker, in *lines, write func(*chunk) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := max(j.Workers, 1)
	inFlight := 4 * workers
	free := make(chan *chunk, inFlight)
	for range inFlight {
		free <- &chunk{done: make(chan struct{}, 1)}
	}
	jobs, order := make(chan *chunk, inFlight), make(chan *chunk, inFlight)

	var readErr error
	go func() {
		defer close(jobs)
		defer close(order)
		readErr = j.read(ctx, in, free, jobs, order)
	}()
	var busy sync.WaitGroup
	for range workers {
		busy.Go(func() {
			for {
				select {
				case c, more := <-jobs:
					if !more {
						return
					}
					w.run(ctx, c)
					c.done <- struct{}{}
				case <-ctx.Done():
					return
				}
			}
		})
	}
	defer busy.Wait()
	defer stop()

	for {
		select {
		case c, more := <-order:
			if !more {
				return readErr
			}
			select {
			case <-c.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := ctx.Err(); err != nil {
				return err // what a worker did after the end of the context is not written
			}
			if err := write(c); err != nil {
				return err
			}
			free <- c
		case <-ctx.Done():
			// A reader that waits for a stream is left behind; it holds nothing that is needed.
			return ctx.Err()
		}
	}
}

// read fills chunks with the lines of the job's shard.
func (j Job) read(ctx context.Context, in *lines, free <-chan *chunk, jobs, order chan<- *chunk) error {
	for {
		var c *chunk
		select {
		case c = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := j.fill(in, c)
		if len(c.lines) > 0 || err == io.EOF {
			c.end = in.mark()
			for _, to := range []chan<- *chunk{jobs, order} {
				select {
				case to <- c:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("input after line %d: %w", in.n, err)
		}
	}
}

func (j Job) fill(in *lines, c *chunk) error {
	c.buf, c.lines = c.buf[:0], c.lines[:0]
	for len(c.lines) < chunkLines && len(c.buf) < maxLine {
		start := len(c.buf)
		mine := j.Shard.has(in.n + 1)
		line, tooLong, err := in.next(c.buf, mine)
		if err != nil {
			return err
		}
		c.buf = line
		if mine && (len(line) > start || tooLong) { // empty lines are passed over
			c.lines = append(c.lines, span{n: in.n, start: start, end: len(line), tooLong: tooLong})
		}
		if len(c.lines) > 0 && in.r.Buffered() == 0 {
			break // a stream may pause here: what has come is answered now
		}
		if !mine && in.n%(1<<16) == 0 {
			break // far into other shards' lines: let the journal catch up
		}
	}
	return nil
}
