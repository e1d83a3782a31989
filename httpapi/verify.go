package httpapi

import (
	"bytes"
	"context"
	"net/http"

	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/verify"
)

// verify checks the documents of one traveller. What comes before the body is looked at before the body is read.
func (s *service) verify(w http.ResponseWriter, r *http.Request) error {
	media, err := mediaType(r)
	if err != nil {
		return err
	}
	parse, taken := parsers[media]
	if !taken {
		return wrongMedia.refused()
	}
	leave, err := s.slots.enter()
	if err != nil {
		return err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Time)
	defer cancel()
	body, err := readBody(ctx, w, r, s.limits.Body)
	if err != nil {
		return err
	}
	q, err := parse(body, s.limits)
	if err != nil {
		return err
	}
	report, err := s.check(ctx, q)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := report.Encode(&b); err != nil {
		return err
	}
	return write(w, http.StatusOK, "application/json", b.Bytes())
}

// check runs a request. A report that was cut short by the clock would look like a verdict, so it is not given out.
func (s *service) check(ctx context.Context, q request) (*verify.Report, error) {
	end, err := s.slots.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	in, err := inputs(ctx, s.set, q.documents, scan.Limits{Pixels: s.limits.Pixels, Symbols: s.limits.Symbols})
	if err != nil {
		return nil, outOfTime.refused()
	}
	report := s.verifier.Inspect(ctx, s.set.Group(in), q.options...)
	if ctx.Err() != nil {
		return nil, outOfTime.refused()
	}
	return report, nil
}
