package fetch

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"
)

// Schema names the form of an allow-list.
const Schema = "travelseal.sources/1"

// The limits of an allow-list.
const (
	MaxConfig  = 1 << 20 // bytes of the list itself
	MaxSources = 1000
	// MaxSize is the most that a source may ask for, the limit of one file of trust material, and DefaultSize what it gets
	// where it asks for nothing.
	MaxSize     = 32 << 20
	DefaultSize = 8 << 20
)

// A Source is one file on the network that may be fetched.
type Source struct {
	Name string // of the file in the folder
	URL  string // https, in its one form
	Form Form   // what the file must look like
	// MaxSize bounds the file in bytes; 0 is DefaultSize.
	MaxSize int64
	// SHA256 is the digest that the file must have; nil asks for none.
	SHA256 []byte
	// Redirects are the addresses, on the same host, to which the server may redirect.
	Redirects []string
}

type yamlList struct {
	Schema  string       `yaml:"schema"`
	Sources []yamlSource `yaml:"sources"`
}

type yamlSource struct {
	Name      string   `yaml:"name"`
	URL       string   `yaml:"url"`
	Form      string   `yaml:"form"`
	MaxSize   int64    `yaml:"max_size"`
	SHA256    string   `yaml:"sha256"`
	Redirects []string `yaml:"redirects"`
}

// Parse reads an allow-list. What it does not know is an error that names the member: a misspelled limit must not be none.
func Parse(data []byte) ([]Source, error) {
	if len(data) > MaxConfig {
		return nil, fmt.Errorf("sources: %d bytes, the limit is %d", len(data), MaxConfig)
	}
	var y yamlList
	d := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := d.Decode(&y); err == io.EOF {
		return nil, errors.New("sources: the file is empty")
	} else if err != nil {
		return nil, fmt.Errorf("sources: %s", yaml.FormatError(err, false, false))
	}
	if err := d.Decode(new(any)); err != io.EOF {
		return nil, errors.New("sources: a second document follows the list")
	}
	switch {
	case y.Schema != Schema:
		return nil, fmt.Errorf("sources: schema: %q is not %q", y.Schema, Schema)
	case len(y.Sources) == 0:
		return nil, errors.New("sources: there are none")
	case len(y.Sources) > MaxSources:
		return nil, fmt.Errorf("sources: %d, the limit is %d", len(y.Sources), MaxSources)
	}
	names := make(map[string]bool)
	var list []Source
	for i, s := range y.Sources {
		src, err := s.source()
		if err == nil {
			err = src.Check()
		}
		if folded := strings.ToLower(src.Name); err == nil && names[folded] { // some file systems fold case
			err = errors.New("name: another source has it")
		} else {
			names[folded] = true
		}
		if err != nil {
			return nil, fmt.Errorf("sources[%d]: %w", i, err)
		}
		list = append(list, src)
	}
	return list, nil
}

func (y yamlSource) source() (Source, error) {
	s := Source{Name: y.Name, URL: y.URL, Form: Form(y.Form), MaxSize: y.MaxSize, Redirects: y.Redirects}
	if y.SHA256 == "" {
		return s, nil
	}
	sum, err := hex.DecodeString(y.SHA256)
	if err != nil || len(sum) != 32 {
		return s, errors.New("sha256: not 64 hexadecimal digits")
	}
	s.SHA256 = sum
	return s, nil
}

// Check says what is wrong with a source: the first member that cannot be used.
func (s Source) Check() error {
	if !isName(s.Name) {
		return fmt.Errorf("name: %q is not a plain file name: letters, digits, - _ . with no dot at either end, and not %s", s.Name, recordFolder)
	}
	host, err := checkURL(s.URL)
	if err != nil {
		return fmt.Errorf("url: %w", err)
	}
	if !s.Form.known() {
		return fmt.Errorf("form: %q is not one of %s", s.Form, strings.Join(forms(), ", "))
	}
	if s.MaxSize < 0 || s.MaxSize > MaxSize {
		return fmt.Errorf("max_size: %d is not between 1 and %d", s.MaxSize, MaxSize)
	}
	if len(s.Redirects) > maxRedirects {
		return fmt.Errorf("redirects: %d, the limit is %d", len(s.Redirects), maxRedirects)
	}
	for _, r := range s.Redirects {
		other, err := checkURL(r)
		if err != nil {
			return fmt.Errorf("redirects: %w", err)
		}
		if other != host {
			return fmt.Errorf("redirects: %q is not on the host of the source", r)
		}
	}
	return nil
}

func (s Source) limit() int64 {
	if s.MaxSize == 0 {
		return DefaultSize
	}
	return s.MaxSize
}

// isName reports whether a name is one file of a folder on every system.
func isName(name string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
	return name != "" && len(name) <= 100 && name[0] != '.' && strings.Trim(name, letters) == "" && !strings.HasSuffix(name, ".") &&
		!strings.EqualFold(name, recordFolder)
}
