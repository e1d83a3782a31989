package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// mediaType gives the one content type of a request, without its parameters.
func mediaType(r *http.Request) (string, error) {
	if c := r.Header.Values("Content-Encoding"); len(c) > 0 && (len(c) > 1 || !strings.EqualFold(c[0], "identity")) {
		return "", wrongCoding.refused()
	}
	values := r.Header.Values("Content-Type")
	if len(values) != 1 {
		return "", wrongMedia.because(fmt.Sprintf("The header Content-Type is there %d times.", len(values)))
	}
	media, parameters, err := mime.ParseMediaType(values[0])
	if err != nil {
		return "", wrongMedia.refused()
	}
	for name, value := range parameters {
		if name != "charset" || !strings.EqualFold(value, "utf-8") {
			return "", wrongMedia.because("A parameter other than charset=utf-8 is not taken.")
		}
	}
	return media, nil
}

// past is a deadline that is over, whatever the time is.
var past = time.Unix(1, 0)

// readBody reads the body within the limit and until ctx is over.
func readBody(ctx context.Context, w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, overLimit(limit)
	}
	// A read that waits for the client does not see a context end, so the end of the context moves its deadline.
	connection := http.NewResponseController(w)
	stop := context.AfterFunc(ctx, func() { _ = connection.SetReadDeadline(past) })
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	// Once the context is over, the connection has a deadline that is past, and is of no further use.
	over := !stop()
	switch {
	case errors.As(err, &large):
		return nil, overLimit(limit)
	case over && errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, tooSlow.refused()
	case over, err != nil: // the client has gone, or half of it
		return nil, brokenBody.refused()
	}
	return body, nil
}

func overLimit(limit int64) error {
	return tooLarge.because(fmt.Sprintf("The limit is %d bytes.", limit))
}
