package scan

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// healthCardType is the media type of files of SMART Health Cards, the only ones of a link that are sealed.
const healthCardType = "application/smart-health-card"

// errOtherKind means that a file of a link is of another kind than sealed cards: a FHIR resource, which nobody has sealed,
// or an access token, which is nobody's business here.
var errOtherKind = errors.New("a file of another kind than SMART Health Cards")

// A linkedFile is an entry of a manifest: an address of a file, or the file itself.
type linkedFile struct{ contentType, location, embedded string }

var manifestLimits = json.Limits{Depth: 16, Items: 10_000}

// manifest asks for the files of a link (Health Link Manifest Request).
func (r *resolver) manifest() ([]linkedFile, error) {
	body, err := r.post(r.link.URL)
	if err != nil {
		return nil, err
	}
	v, err := json.Parse(body, manifestLimits)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	var list json.Value
	for name, member := range v.Members() {
		if name == "files" {
			list = member
		}
	}
	if list.Kind() != json.Array {
		return nil, fmt.Errorf("%w: no list of files", ErrAnswer)
	}
	var files []linkedFile
	for _, e := range list.Elements() {
		if len(files) == r.o.MaxFiles {
			return nil, fmt.Errorf("%w: more than %d files", ErrTooLarge, r.o.MaxFiles)
		}
		var f linkedFile
		for name, member := range e.Members() {
			switch name {
			case "contentType":
				f.contentType, _ = member.Text()
			case "location":
				f.location, _ = member.Text()
			case "embedded":
				f.embedded, _ = member.Text()
			}
		}
		files = append(files, f)
	}
	return files, nil
}

// file gives the content of one entry, decrypted. Of other kinds than cards nothing is fetched.
func (r *resolver) file(f linkedFile) ([]byte, error) {
	if !isHealthCard(f.contentType) {
		return nil, errOtherKind
	}
	jwe := []byte(f.embedded)
	if f.embedded == "" {
		var err error
		if jwe, err = r.get(f.location, false); err != nil {
			return nil, err
		}
	}
	return r.decrypt(jwe, f.contentType)
}

func isHealthCard(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(kind), healthCardType)
}

// decrypt opens a file. Where nothing has said of what kind it is, its own header must, or leave it open.
func (r *resolver) decrypt(jwe []byte, contentType string) ([]byte, error) {
	content, header, err := openJWE(bytes.TrimSpace(jwe), r.link.Key, r.o.MaxBytes)
	if err != nil {
		return nil, err
	}
	if contentType == "" && header.contentType != "" && !isHealthCard(header.contentType) {
		return nil, errOtherKind
	}
	return content, nil
}
