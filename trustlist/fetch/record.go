package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// recordFolder is the folder within the folder of the files in which the records are. A loader of trust material does not look
// into it.
const recordFolder = "provenance"

// recordNote stands in every record.
const recordNote = "How the file came. This authenticates nothing: what is pinned decides when the folder is loaded."

// A Record says how a file came.
type Record struct {
	Name, URL string
	// From is the address that gave the file, where redirects led away from URL.
	From string
	// FetchedAt is when the file came, and CheckedAt when the server last said that it is unchanged.
	FetchedAt, CheckedAt time.Time
	SHA256               [sha256.Size]byte
	Size                 int64
	ContentType          string
	ETag, LastModified   string // as the server gave them
	// TLSCertificate is the SHA-256 of the certificate that the server showed.
	TLSCertificate [sha256.Size]byte
}

// jsonRecord is the record as a file.
type jsonRecord struct {
	Note           string `json:"note"`
	Name           string `json:"name"`
	URL            string `json:"url"`
	From           string `json:"from,omitempty"`
	FetchedAt      string `json:"fetched_at"`
	CheckedAt      string `json:"checked_at"`
	SHA256         string `json:"sha256"`
	Size           int64  `json:"size"`
	ContentType    string `json:"content_type,omitempty"`
	ETag           string `json:"etag,omitempty"`
	LastModified   string `json:"last_modified,omitempty"`
	TLSCertificate string `json:"tls_certificate_sha256"`
}

func recordOf(s Source, response *http.Response, data []byte, now time.Time) Record {
	r := Record{
		Name: s.Name, URL: s.URL, FetchedAt: now, CheckedAt: now, SHA256: sha256.Sum256(data), Size: int64(len(data)),
		ContentType: header(response, "Content-Type"), ETag: header(response, "ETag"), LastModified: header(response, "Last-Modified"),
	}
	if from := response.Request.URL.String(); from != s.URL {
		r.From = from
	}
	if response.TLS != nil && len(response.TLS.PeerCertificates) > 0 {
		r.TLSCertificate = sha256.Sum256(response.TLS.PeerCertificates[0].Raw)
	}
	return r
}

// header gives a short header of visible ASCII, and "" for any other.
func header(response *http.Response, name string) string {
	v := response.Header.Get(name)
	if len(v) > 256 || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return v
}

// write writes the record beside the file.
func (r *Record) write(folder string) error {
	dir := filepath.Join(folder, recordFolder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text, err := r.encode()
	if err != nil {
		return err
	}
	return replace(filepath.Join(dir, r.Name+".json"), text)
}

// encode writes the record as one line of JSON.
func (r *Record) encode() ([]byte, error) {
	text, err := json.Append(nil, jsonRecord{
		Note: recordNote, Name: r.Name, URL: r.URL, From: r.From, FetchedAt: r.FetchedAt.Format(time.RFC3339), CheckedAt: r.CheckedAt.Format(time.RFC3339),
		SHA256: hex.EncodeToString(r.SHA256[:]), Size: r.Size, ContentType: r.ContentType, ETag: r.ETag, LastModified: r.LastModified,
		TLSCertificate: hex.EncodeToString(r.TLSCertificate[:]),
	})
	return append(text, '\n'), err
}

// current gives the record of the file that is in the folder; nil where there is none, or where the two do not belong together
// or are not what the list asks for: then the file is fetched as if it were not there.
func current(folder string, s Source) *Record {
	text, err := readSmall(filepath.Join(folder, recordFolder, s.Name+".json"), 64<<10)
	if err != nil {
		return nil
	}
	var j jsonRecord
	if json.UnmarshalClosed(text, &j, json.Limits{Depth: 1, Items: 32}) != nil || j.Name != s.Name || j.URL != s.URL {
		return nil
	}
	data, err := readSmall(filepath.Join(folder, s.Name), s.limit())
	if err != nil || s.Form.check(data) != nil {
		return nil
	}
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != j.SHA256 || s.SHA256 != nil && hex.EncodeToString(s.SHA256) != j.SHA256 {
		return nil
	}
	r := &Record{
		Name: j.Name, URL: j.URL, From: j.From, SHA256: sum, Size: int64(len(data)), ContentType: j.ContentType, ETag: j.ETag, LastModified: j.LastModified,
	}
	tls, err := hex.DecodeString(j.TLSCertificate)
	if err != nil || len(tls) != len(r.TLSCertificate) {
		return nil
	}
	copy(r.TLSCertificate[:], tls)
	if r.FetchedAt, err = time.Parse(time.RFC3339, j.FetchedAt); err != nil {
		return nil
	}
	return r
}

// readSmall reads a file within a limit.
func readSmall(name string, limit int64) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = ErrSize
	}
	return data, err
}
