package httpapi

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/verify"
)

// A request is what is to be checked: the documents of one traveller, and how.
type request struct {
	documents []document
	options   []verify.Option
}

// caseBody is a request in JSON.
type caseBody struct {
	Documents      []documentBody `json:"documents,omitempty" nullable:"false" doc:"The documents of one traveller; they are one case."`
	MRZ            string         `json:"mrz,omitempty" doc:"The machine readable lines of a passport or card, as one more document."`
	AsOf           string         `json:"as_of,omitempty" format:"date-time" doc:"Check as of this moment instead of now."`
	ShowUnverified bool           `json:"show_unverified,omitempty" doc:"Also show what unproved documents say, under that word."`
}

// documentBody is one document in JSON: either of its members, and not both.
type documentBody struct {
	Text   *string `json:"text,omitempty" doc:"The text of the code."`
	Base64 *string `json:"base64,omitempty" encoding:"base64" doc:"The bytes of a picture, of a text, of a digital travel credential, or of a ZIP archive such as of the files of a passport chip, told apart by their beginning."`
}

// parsers read a body of each media type that is taken.
var parsers = map[string]func([]byte, Limits) (request, error){
	"application/json": parseCase,
	"text/plain":       parseText,
	"image/png":        parsePicture,
	"image/jpeg":       parsePicture,
	"image/gif":        parsePicture,
	"image/webp":       parsePicture,
	"application/zip":  parseArchive,
}

// unnamed is the Source of a body that is the document itself, as the command names its standard input: the two then
// print the same report, byte for byte.
const unnamed = "-"

func parseText(body []byte, _ Limits) (request, error) { return single(document{unnamed, body, text}) }

// parsePicture takes any picture for any other: what a file is, its first bytes say.
func parsePicture(body []byte, _ Limits) (request, error) {
	return single(document{unnamed, body, picture})
}

// parseArchive takes the files of a chip, or of several documents.
func parseArchive(body []byte, _ Limits) (request, error) {
	return single(document{unnamed, body, file})
}

func single(d document) (request, error) {
	if len(d.data) == 0 {
		return request{}, noDocument.refused()
	}
	return request{documents: []document{d}}, nil
}

// parseCase reads a case. Documents are named by their place in the request, from 1.
func parseCase(body []byte, l Limits) (request, error) {
	var c caseBody
	// Four members, and for each document an element with up to two members: more is refused before it is read.
	if err := json.UnmarshalClosed(body, &c, json.Limits{Depth: 3, Items: 4 + 3*l.Documents}); err != nil {
		return request{}, jsonProblem(err, l)
	}
	if len(c.Documents) > l.Documents {
		return request{}, tooManyDocuments(l)
	}
	var q request
	for i, b := range c.Documents {
		d, err := b.document(i)
		if err != nil {
			return request{}, err
		}
		q.documents = append(q.documents, d)
	}
	if c.MRZ != "" {
		q.documents = append(q.documents, document{"mrz", []byte(c.MRZ), zone})
	}
	if len(q.documents) == 0 {
		return request{}, noDocument.refused()
	}
	if c.AsOf != "" {
		at, err := time.Parse(time.RFC3339, c.AsOf)
		if err != nil || at.IsZero() { // the zero time would mean now
			return request{}, notRequest.because("as_of is not a moment like 2026-05-01T08:30:00Z.")
		}
		q.options = append(q.options, verify.AsOf(at))
	}
	if c.ShowUnverified {
		q.options = append(q.options, verify.ShowUnverified())
	}
	return q, nil
}

func (b documentBody) document(i int) (document, error) {
	source := "document-" + strconv.Itoa(i+1)
	switch {
	case (b.Text == nil) == (b.Base64 == nil):
		return document{}, notRequest.because(fmt.Sprintf("documents[%d] needs one of text and base64.", i))
	case b.Text != nil:
		return document{source, []byte(*b.Text), text}, nil
	}
	data, err := base64.Decode(base64.StdPadded, []byte(*b.Base64))
	if err != nil {
		return document{}, notRequest.because(fmt.Sprintf("documents[%d].base64: %v.", i, err))
	}
	return document{source, data, file}, nil
}

func tooManyDocuments(l Limits) error {
	return tooMany.because(fmt.Sprintf("The limit is %d documents.", l.Documents))
}

// jsonProblem tells apart what is no JSON and what is no request. The reader's errors hold no content, but its words for
// types are those of this program; the place is enough.
func jsonProblem(err error, l Limits) error {
	var at *json.Error
	if !errors.As(err, &at) {
		return err
	}
	where := ""
	if at.Path != "" {
		where = " in " + at.Path
	}
	if at.Offset >= 0 {
		where += " at byte " + strconv.Itoa(at.Offset)
	}
	detail := fmt.Sprintf("%v%s.", at.Err, where)
	switch {
	case errors.Is(err, json.ErrLimit):
		return tooManyDocuments(l)
	case errors.Is(err, json.ErrType), errors.Is(err, json.ErrUnknownField), errors.Is(err, json.ErrFieldCase):
		return notRequest.because(detail)
	}
	return notJSON.because(detail)
}
