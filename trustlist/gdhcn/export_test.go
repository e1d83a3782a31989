package gdhcn

import "github.com/travelseal/travelseal/internal/strict/json"

// Canonical gives what the proof of a list signs the hash of.
func Canonical(data []byte) (string, error) {
	v, err := json.Parse(data, listLimits)
	if err != nil {
		return "", err
	}
	g, err := statements(v, vocabularies[0])
	if err != nil {
		return "", err
	}
	return string(g.canonical()), nil
}
