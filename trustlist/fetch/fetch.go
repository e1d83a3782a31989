package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// A Fetcher fetches sources. It is made by [New].
type Fetcher struct {
	transport *http.Transport
	now       func() time.Time
}

// New gives a Fetcher with a clock, by which the records are dated.
func New(now func() time.Time) *Fetcher { return &Fetcher{transport: transport(), now: now} }

// A State is what became of a source.
type State string

// The states. Whatever the state, a file that was there before is whole.
const (
	Fetched   State = "fetched"   // the file is new or another one
	Unchanged State = "unchanged" // the server says so, or has sent the same bytes
	Refused   State = "refused"   // the file that was there before stays
)

// A Result is what became of one source. None of them says that the file is authentic.
type Result struct {
	Name   string
	State  State
	Record Record // of the file that is in the folder; zero where it was refused
	Err    error  // why it was refused
}

// The reasons for which an answer is not kept, beside ErrAddress, ErrRedirect and ErrFormat.
var (
	// ErrStatus means that the server answers with something else than the file.
	ErrStatus = errors.New("the server does not give the file")
	// ErrSize means that the file is larger than the list allows.
	ErrSize = errors.New("SOURCE_SIZE: larger than the list of sources allows")
	// ErrDigest means that the file is another one than the list has the digest of.
	ErrDigest = errors.New("SOURCE_DIGEST: not the file that the list of sources has the digest of")
)

// Fetch fetches one source into a folder. The folder must be there.
func (f *Fetcher) Fetch(ctx context.Context, s Source, folder string) Result {
	r, err := f.fetch(ctx, s, folder)
	if err != nil {
		return Result{Name: s.Name, State: Refused, Err: plainly(err)}
	}
	return r
}

// plainly takes away what package net/http puts around an error, which repeats the address.
func plainly(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func (f *Fetcher) fetch(ctx context.Context, s Source, folder string) (Result, error) {
	if err := s.Check(); err != nil {
		return Result{}, err
	}
	return f.ask(ctx, s, folder)
}

// ask sends the request for a source that was checked, and keeps the answer.
func (f *Fetcher) ask(ctx context.Context, s Source, folder string) (Result, error) {
	before := current(folder, s)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		return Result{}, err
	}
	request.Header.Set("User-Agent", "travelseal")
	request.Header.Set("Accept-Encoding", "identity")
	if before != nil {
		setIf(request.Header, "If-None-Match", before.ETag)
		setIf(request.Header, "If-Modified-Since", before.LastModified)
	}
	response, err := f.client(s).Do(request)
	if err != nil {
		return Result{}, err
	}
	defer response.Body.Close()
	now := f.now().UTC().Truncate(time.Second)
	if before != nil && response.StatusCode == http.StatusNotModified {
		before.CheckedAt = now
		return Result{Name: s.Name, State: Unchanged, Record: *before}, before.write(folder)
	}
	data, err := body(response, s)
	if err != nil {
		return Result{}, err
	}
	record := recordOf(s, response, data, now)
	state := Fetched
	if before != nil && before.SHA256 == record.SHA256 {
		state = Unchanged
	} else if err := replace(filepath.Join(folder, s.Name), data); err != nil {
		return Result{}, err
	}
	return Result{Name: s.Name, State: state, Record: record}, record.write(folder)
}

func setIf(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

// body reads an answer within the limit, and holds it against what the list says of the file.
func body(response *http.Response, s Source) ([]byte, error) {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	encoding := response.Header.Get("Content-Encoding")
	switch {
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%w: status %d", ErrStatus, response.StatusCode)
	case encoding != "" && encoding != "identity":
		return nil, fmt.Errorf("%w: it is compressed, though nobody has asked for it", ErrFormat)
	case kind == "text/html" || kind == "application/xhtml+xml":
		return nil, fmt.Errorf("%w: the server calls it a web page", ErrFormat)
	case response.ContentLength > s.limit():
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrSize, response.ContentLength, s.limit())
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, s.limit()+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) > s.limit():
		return nil, fmt.Errorf("%w: more than %d bytes", ErrSize, s.limit())
	}
	if err := s.Form.check(data); err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(data); s.SHA256 != nil && !bytes.Equal(sum[:], s.SHA256) {
		return nil, fmt.Errorf("%w: its SHA-256 is %x", ErrDigest, sum)
	}
	return data, nil
}

// replace writes a file as a whole, or not at all.
func replace(name string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".fetching-*") // a loader passes over names that begin with a dot
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails once it has its name
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
