package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	strict "github.com/travelseal/travelseal/internal/strict/json"
)

// post makes the request for a manifest.
func (r *resolver) post(address string) ([]byte, error) {
	body, err := json.Marshal(struct {
		Recipient string `json:"recipient"`
		Passcode  string `json:"passcode,omitempty"`
		Longest   int    `json:"embeddedLengthMax"`
	}{r.o.Recipient, r.o.Passcode, r.o.MaxBytes})
	if err != nil {
		return nil, err
	}
	return r.do(http.MethodPost, address, nil, body)
}

// get fetches a file. Of the file of a link itself the sharer is told who asks.
func (r *resolver) get(address string, told bool) ([]byte, error) {
	var query url.Values
	if told {
		query = url.Values{"recipient": {r.o.Recipient}}
	}
	return r.do(http.MethodGet, address, query, nil)
}

func (r *resolver) do(method, address string, query url.Values, body []byte) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, ErrAddress // the cause would quote the address
	}
	if err := r.o.check(u); err != nil {
		return nil, err
	}
	if query != nil {
		old := u.Query()
		for name, values := range query {
			old[name] = values
		}
		u.RawQuery = old.Encode()
	}
	req, err := http.NewRequestWithContext(r.ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, ErrAddress
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := r.client.Do(req)
	if err != nil {
		return nil, withoutAddress(err)
	}
	defer res.Body.Close()
	return r.read(res)
}

// withoutAddress takes the address off an error of package http: its path is the link's secret.
func withoutAddress(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}

// read judges an answer and reads it within the limit.
func (r *resolver) read(res *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(res.Body, int64(r.o.MaxBytes)+1))
	switch {
	case err != nil:
		return nil, withoutAddress(err)
	case len(body) > r.o.MaxBytes:
		return nil, fmt.Errorf("%w: an answer of more than %d bytes", ErrTooLarge, r.o.MaxBytes)
	case res.StatusCode == http.StatusOK:
		return body, nil
	case res.StatusCode == http.StatusUnauthorized:
		return nil, passcodeError(body)
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone:
		return nil, ErrInactive
	}
	return nil, fmt.Errorf("%w: status %d", ErrAnswer, res.StatusCode)
}

// passcodeError says how many attempts the server leaves, where it says so (Health Link Manifest Request).
func passcodeError(body []byte) error {
	v, err := strict.Parse(body, manifestLimits)
	if err != nil {
		return ErrPasscode
	}
	for name, member := range v.Members() {
		if n, ok := member.Int(); ok && name == "remainingAttempts" && n >= 0 {
			return fmt.Errorf("%w; %d attempts remain", ErrPasscode, n)
		}
	}
	return ErrPasscode
}
