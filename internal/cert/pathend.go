package cert

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/internal/der"
)

// arrive keeps the way as the path that was found, with what was tolerated on it.
func (s *search) arrive() {
	path := Path{Certificates: slices.Clone(s.way)}
	add := func(code string, i int) {
		path.Deviations = append(path.Deviations, der.Deviation{Code: code, Where: "certificate " + strconv.Itoa(i)})
	}
	for i, c := range s.way {
		if !c.HasKeyUsage {
			add(CodeUsageAbsent, i)
		}
		if i > 0 && !c.CA {
			add(CodeNotMarkedCA, i)
		}
	}
	for i, n := range s.notes {
		if n.nullOmitted {
			add(CodeNullOmitted, i)
		}
		if n.sha1 {
			add(CodeSHA1, i)
		}
	}
	s.found = path
}

// fail keeps a reason once.
func (s *search) fail(err error) {
	if !slices.ContainsFunc(s.why, func(e error) bool { return errors.Is(err, e) && errors.Is(e, err) }) {
		s.why = append(s.why, err)
	}
}

// reasons are all that stood in the way, for errors.Is.
type reasons []error

func (r reasons) Error() string {
	var list []string
	for _, err := range r {
		list = append(list, err.Error())
	}
	return strings.Join(list, "; ")
}

func (r reasons) Unwrap() []error { return r }
