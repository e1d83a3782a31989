package scan

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/shlink"
)

// ResolveOptions say how a SMART Health Link is followed.
type ResolveOptions struct {
	// Recipient names who asks, for the person who shared the link to see. It is needed.
	Recipient string
	// Passcode is what the traveller tells for a link with the flag P. Servers count wrong ones and then close the link.
	Passcode string
	// MaxBytes bounds each answer and each file after it is decrypted and expanded; default 1 MiB.
	MaxBytes int
	// MaxFiles bounds the files of one link; default 16.
	MaxFiles int
	// Private permits addresses of this machine and of private networks, http to them, and the client's proxy, its dialer
	// and transports of other kinds than *http.Transport. It is for tests and for servers of one's own.
	Private bool
}

func (o ResolveOptions) orDefault() ResolveOptions {
	if o.MaxBytes <= 0 {
		o.MaxBytes = formats.DefaultLimits.Input
	}
	if o.MaxFiles <= 0 {
		o.MaxFiles = 16
	}
	return o
}

// A ResolveError says why a link could not be followed. It names the step and the host, and nothing that is secret: no
// path, no key, no passcode.
type ResolveError struct {
	Step string // "link", "manifest", "file 2"
	Host string // "" before the link was read
	Err  error
}

func (e *ResolveError) Error() string {
	s := e.Step
	if e.Host != "" {
		s += " of " + e.Host
	}
	return s + ": " + e.Err.Error()
}

func (e *ResolveError) Unwrap() error { return e.Err }

// Why a link could not be followed, for errors.Is.
var (
	// ErrPasscode means that the link needs a passcode, or that the one given is wrong.
	ErrPasscode = errors.New("a passcode is needed, or the one given is wrong")
	// ErrInactive means that the server no longer gives out what the link led to.
	ErrInactive = errors.New("the link is no longer active")
	// ErrAddress means that an address is not one that is asked: not https, or not of the open network.
	ErrAddress = errors.New("an address that is not asked")
	// ErrAnswer means that the server's answer is not what the specification says.
	ErrAnswer = errors.New("not the answer that the specification describes")
	// ErrTooLarge means that an answer or a file is larger than ResolveOptions allow.
	ErrTooLarge = errors.New("larger than the limit")
	// ErrJWE means that a file is encrypted in another way than SMART Health Links are, or with another key.
	ErrJWE = errors.New("a file that is not encrypted as SMART Health Links are")
)

// Resolve follows a SMART Health Link and gives the files behind it, each as an Input with the Source "host#1" and so on.
// It is the only function of this project that follows an address of a document: decoding and verifying never do. What it
// gives is as unproved as any Input.
//
// Requests go through a copy of client, which must not be nil, without its cookies: over https, to addresses of the open
// network, which is looked up where the connection is made, and with redirects within one host only. The answer is read
// within limits; files are decrypted with the link's key and only if they are encrypted with "dir" and "A256GCM". A client
// without a timeout gets one of 30 seconds.
//
// A file that cannot be had or decrypted becomes an Input that says so. Where the link as a whole cannot be followed the
// error is a *ResolveError, a *formats.Error of the link's text, or the context's.
func Resolve(ctx context.Context, client *http.Client, link []byte, o ResolveOptions) ([]formats.Input, error) {
	l, err := shlink.Parse(link, formats.Options{})
	if err != nil {
		return nil, err
	}
	o = o.orDefault()
	c, err := o.client(client)
	if err != nil {
		return nil, &ResolveError{Step: "link", Host: l.Host, Err: err}
	}
	if !o.Private { // then the transport is a copy of this call's own
		defer c.CloseIdleConnections()
	}
	switch {
	case o.Recipient == "":
		return nil, &ResolveError{Step: "link", Host: l.Host, Err: errors.New("ResolveOptions.Recipient is needed: the sharer is told who asks")}
	case l.Passcode() && o.Passcode == "":
		return nil, &ResolveError{Step: "link", Host: l.Host, Err: ErrPasscode}
	}
	r := &resolver{ctx: ctx, client: c, link: &l, o: o}
	if l.Direct() {
		return r.direct()
	}
	files, err := r.manifest()
	if err != nil {
		return nil, r.failed("manifest", err)
	}
	inputs := make([]formats.Input, len(files))
	for i, f := range files {
		content, err := r.file(f)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		inputs[i] = r.input(i, content, err)
	}
	return inputs, nil
}

// A resolver is one link being followed.
type resolver struct {
	ctx    context.Context
	client *http.Client
	link   *shlink.Link
	o      ResolveOptions
}

// failed puts the step and the host on an error, unless the context ended.
func (r *resolver) failed(step string, err error) error {
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	return &ResolveError{Step: step, Host: r.link.Host, Err: err}
}

// direct fetches the single file of a link with the flag U.
func (r *resolver) direct() ([]formats.Input, error) {
	jwe, err := r.get(r.link.URL, true)
	if err != nil {
		return nil, r.failed("file", err)
	}
	content, err := r.decrypt(jwe, "")
	return []formats.Input{r.input(0, content, err)}, nil
}

// input makes the Input of a file, or of the reason why there is none.
func (r *resolver) input(i int, content []byte, err error) formats.Input {
	source := r.link.Host + "#" + strconv.Itoa(i+1)
	if err != nil {
		code := CodeUnreadable
		switch {
		case errors.Is(err, ErrTooLarge):
			code = CodeTooLarge
		case errors.Is(err, errOtherKind):
			code = CodeMediaType
		}
		step := fmt.Sprintf("file %d", i+1)
		return Unreadable(source, &Error{Code: code, Err: &ResolveError{Step: step, Host: r.link.Host, Err: err}})
	}
	return Text(source, content)
}
