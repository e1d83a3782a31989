package batch

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// chunkLines is how many lines travel together between reader, worker and writer; the price of handing over is paid once
// for all of them.
const chunkLines = 32

// A chunk is some consecutive lines of the input on their way to the output.
type chunk struct {
	buf   []byte
	lines []span
	end   mark // the place in the input after them
	out   result
	done  chan struct{}
}

// A span is one line within a chunk's buffer.
type span struct {
	n          int64
	start, end int
	tooLong    bool
}

// A result is the lines of the output for some lines of the input.
type result struct {
	text   []byte
	counts Counts
}

// A worker checks lines. It is used by one goroutine at a time.
type worker struct {
	v       *verify.Verifier
	set     *formats.Set
	asOf    time.Time
	claims  bool
	timeout time.Duration
}

// run checks the lines of a chunk. A line that takes longer than the timeout becomes an error line; the goroutine that is
// stuck with it is left behind with its own memory, and another goes on after it.
func (w *worker) run(ctx context.Context, c *chunk) {
	c.out = result{text: c.out.text[:0]}
	for from := 0; from < len(c.lines); {
		p := &part{chunk: c, from: from, finished: make(chan struct{})}
		if from == 0 {
			p.res.text = c.out.text // the usual case: one part, and the buffer of the last chunk
		}
		go p.run(ctx, w)
		if !p.wait(w.timeout) {
			// What the part has finished is taken again by another; only the stuck line is given up.
			stuck := int(p.next.Load())
			c.out = w.again(ctx, c, c.out, from, stuck)
			s := c.lines[stuck]
			c.out.text = appendError(c.out.text, s.n, "", CodeTimeout, "longer than "+w.timeout.String())
			c.out.counts.add(nil)
			from = stuck + 1
			continue
		}
		if from == 0 {
			c.out = p.res
		} else {
			c.out.text = append(c.out.text, p.res.text...)
			c.out.counts = c.out.counts.plus(p.res.counts)
		}
		return
	}
}

// again checks lines that were finished in time before, into memory that no stuck goroutine holds.
func (w *worker) again(ctx context.Context, c *chunk, out result, from, to int) result {
	fresh := result{text: append([]byte(nil), out.text...), counts: out.counts}
	if from == 0 {
		fresh = result{}
	}
	for _, s := range c.lines[from:to] {
		w.line(ctx, c, s, &fresh)
	}
	return fresh
}

// A part is a goroutine's share of a chunk: the lines from one on.
type part struct {
	chunk    *chunk
	from     int
	next     atomic.Int64 // the line that is being checked
	res      result
	finished chan struct{}
}

func (p *part) run(ctx context.Context, w *worker) {
	defer close(p.finished)
	for i := p.from; i < len(p.chunk.lines); i++ {
		p.next.Store(int64(i))
		w.line(ctx, p.chunk, p.chunk.lines[i], &p.res)
	}
}

// wait waits for the part and reports whether it came to its end. It gives up where one line takes longer than the limit.
func (p *part) wait(limit time.Duration) bool {
	if limit <= 0 {
		<-p.finished
		return true
	}
	t := time.NewTimer(limit)
	defer t.Stop()
	seen := int64(-1)
	for {
		select {
		case <-p.finished:
			return true
		case <-t.C:
			now := p.next.Load()
			if now == seen {
				return false
			}
			seen = now
			t.Reset(limit)
		}
	}
}

// line checks one line. Whatever goes wrong with it is a line of the output, and never the end of the run.
func (w *worker) line(ctx context.Context, c *chunk, s span, out *result) {
	if s.tooLong {
		out.text = appendError(out.text, s.n, "", CodeLineTooLong, limitText)
		out.counts.add(nil)
		return
	}
	rec, err := parseRecord(c.buf[s.start:s.end])
	if err != nil {
		out.text = appendError(out.text, s.n, rec.id, CodeMalformed, err.Error())
		out.counts.add(nil)
		return
	}
	before := len(out.text)
	defer func() {
		if p := recover(); p != nil {
			out.text = appendError(out.text[:before], s.n, rec.id, CodePanic, "")
			out.counts.add(nil)
		}
	}()
	r := w.v.Inspect(ctx, w.set.Group(rec.inputs), verify.AsOf(w.asOf))
	text, err := appendReport(out.text, s.n, rec.id, r, w.claims)
	if err != nil {
		panic(err)
	}
	out.text = text
	out.counts.add(r)
}
