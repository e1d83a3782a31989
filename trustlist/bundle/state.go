package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
)

const (
	stateForm = "travelseal.state/1"
	maxState  = 16 << 10
)

// A memory is what a post remembers: state.json.
type memory struct {
	seen Seen
	// pending is what an installation was about to make of seen.Versions and seen.Online. It is written before the switch, so
	// that after a kill at any moment either of the two bundles is one that the post knows of.
	pending Seen
	// reset is when the memory was found lost; zero where it was not.
	reset time.Time
	// previous is the bundle that was in force before.
	previous string
}

type wireState struct {
	Schema   string       `json:"schema"`
	Versions wireVersions `json:"versions"`
	Online   string       `json:"online"`
	Pending  *struct {
		Versions wireVersions `json:"versions"`
		Online   string       `json:"online"`
	} `json:"pending"`
	Latest   string `json:"latest"`
	Reset    string `json:"reset"`
	Previous string `json:"previous"`
}

type wireVersions map[string]int64

// remember reads the state; nil where there is none, or none that can be read: a post that has lost its memory goes on, and
// says so.
func (s *store) remember() (*memory, error) {
	st, err := os.Stat(s.path(stateFile))
	if errors.Is(err, fs.ErrNotExist) || err == nil && st.Size() > maxState {
		return nil, nil
	}
	if err != nil {
		return nil, wrap(State, "open", stateFile, err)
	}
	data, err := os.ReadFile(s.path(stateFile))
	if err != nil {
		return nil, wrap(State, "open", stateFile, err)
	}
	m, err := parseState(data)
	if err != nil {
		return nil, nil //nolint:nilerr // said by Info.StateReset
	}
	return m, nil
}

func parseState(data []byte) (*memory, error) {
	var w wireState
	if err := json.UnmarshalClosed(data, &w, json.Limits{Depth: 4, Items: 64}); err != nil {
		return nil, err
	}
	if w.Schema != stateForm {
		return nil, errors.New("another schema")
	}
	m := &memory{previous: w.Previous}
	var err error
	if m.seen, err = w.Versions.seen(w.Online); err != nil {
		return nil, err
	}
	if w.Pending != nil {
		if m.pending, err = w.Pending.Versions.seen(w.Pending.Online); err != nil {
			return nil, err
		}
	}
	if m.previous != "" && !isBundleName(m.previous) {
		return nil, errors.New("previous is no bundle")
	}
	if m.seen.Latest, err = moment("latest", w.Latest); err != nil {
		return nil, err
	}
	if w.Reset != "" {
		m.reset, err = moment("reset", w.Reset)
	}
	return m, err
}

func (v wireVersions) seen(online string) (Seen, error) {
	for _, role := range Roles() {
		if v[role] < 1 || v[role] > maxVersion {
			return Seen{}, errors.New("a role has no version")
		}
	}
	if len(v) != len(Roles()) || !isHex(online, 32) {
		return Seen{}, errors.New("it is not complete")
	}
	return Seen{Versions: v, Online: online}, nil
}

// encode writes the state. All its texts are hexadecimal, numbers and moments.
func (m *memory) encode() []byte {
	var b bytes.Buffer
	seen := func(s Seen) {
		b.WriteString(`"versions": {`)
		for i, role := range Roles() {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, `"%s": %d`, role, s.Versions[role])
		}
		fmt.Fprintf(&b, `}, "online": "%s"`, s.Online)
	}
	fmt.Fprintf(&b, "{\"schema\": \"%s\",\n ", stateForm)
	seen(m.seen)
	if m.pending.Versions != nil {
		b.WriteString(",\n \"pending\": {")
		seen(m.pending)
		b.WriteString("}")
	}
	fmt.Fprintf(&b, ",\n \"latest\": \"%s\"", stamp(m.seen.Latest))
	if !m.reset.IsZero() {
		fmt.Fprintf(&b, ",\n \"reset\": \"%s\"", stamp(m.reset))
	}
	if m.previous != "" {
		fmt.Fprintf(&b, ",\n \"previous\": \"%s\"", m.previous)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func (s *store) save(m *memory) error {
	return wrapIf(State, "state", stateFile, replaceFile(s.path(stateFile), m.encode(), 0o644))
}

// saw moves the latest moment forward, and never back.
func (m *memory) saw(moments ...time.Time) {
	for _, t := range moments {
		if t.After(m.seen.Latest) {
			m.seen.Latest = t
		}
	}
}

// knows reports whether the post has installed a bundle of these versions, or was about to.
func (m *memory) knows(v Seen) bool {
	for _, role := range Roles() {
		if v.Versions[role] > max(m.seen.Versions[role], m.pending.Versions[role]) {
			return false
		}
	}
	return true
}
