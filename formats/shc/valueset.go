package shc

import (
	_ "embed"
	"errors"
	"fmt"
	"sync"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

//go:embed valueset.json
var valueSetFile []byte

const (
	valueSetSchema = "travelseal.valueset/1"
	maxValueDepth  = 8
	maxValueItems  = 10_000
)

// values are the codes that are known, by system and code.
type values map[string]*system

type system struct {
	name  string
	codes map[string]value
}

type value struct {
	coded   formats.Coded
	covid19 bool
}

// valueSet is the table of this package, read once.
var valueSet = sync.OnceValue(func() values {
	v, err := readValues(valueSetFile)
	if err != nil {
		panic(err) // the file is part of this package; its tests read it
	}
	return v
})

func readValues(b []byte) (values, error) {
	var file struct {
		Schema  string `json:"schema"`
		Version int    `json:"version"`
		About   string `json:"about"`
		Systems []struct {
			System string `json:"system"`
			Source string `json:"source"`
			Codes  []struct {
				Code    string `json:"code"`
				Text    string `json:"text"`
				COVID19 bool   `json:"covid19"`
			} `json:"codes"`
		} `json:"systems"`
	}
	if err := json.UnmarshalClosed(b, &file, json.Limits{Depth: maxValueDepth, Items: maxValueItems}); err != nil {
		return nil, fmt.Errorf("value set: %w", err)
	}
	if file.Schema != valueSetSchema || file.Version < 1 {
		return nil, errors.New("value set: not of schema " + valueSetSchema + " with a version")
	}
	all := make(values)
	for _, s := range file.Systems {
		if s.System == "" || s.Source == "" || all[s.System] != nil {
			return nil, fmt.Errorf("value set: the system %q lacks something or is there twice", s.System)
		}
		known := &system{name: s.System, codes: make(map[string]value, len(s.Codes))}
		for _, c := range s.Codes {
			if _, twice := known.codes[c.Code]; twice || c.Code == "" || c.Text == "" {
				return nil, fmt.Errorf("value set: %s: the code %q lacks something or is there twice", s.System, c.Code)
			}
			known.codes[c.Code] = value{coded: formats.Coded{System: s.System, Code: c.Code, Text: c.Text}, covid19: c.COVID19}
		}
		all[s.System] = known
	}
	return all, nil
}

// coded makes a Coded of what a card holds, with the text of the table where the table knows the code.
func (v values) coded(systemName, code []byte) formats.Coded {
	s := v[string(systemName)]
	if s == nil {
		return formats.Coded{System: string(systemName), Code: string(code)}
	}
	if known, ok := s.codes[string(code)]; ok {
		return known.coded
	}
	return formats.Coded{System: s.name, Code: string(code)}
}

// isCOVID19 reports whether a code is a diagnosis of COVID-19.
func (v values) isCOVID19(c formats.Coded) bool {
	s := v[c.System]
	return s != nil && s.codes[c.Code].covid19
}
