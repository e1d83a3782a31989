package ldproof

import "github.com/piprate/json-gold/ld"

// Normalise writes a set of N-Quads in canonical form.
func Normalise(nquads string) (string, error) {
	set, err := ld.ParseNQuads(nquads)
	if err != nil {
		return "", err
	}
	return normalise(set)
}

// Common are the contexts that are built in.
var Common = common
