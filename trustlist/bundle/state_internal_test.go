package bundle

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func exampleMemory() *memory {
	v := make(map[string]int64)
	for i, role := range Roles() {
		v[role] = int64(i + 1)
	}
	return &memory{
		seen:    Seen{Versions: v, Online: strings.Repeat("ab", 32), Latest: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)},
		pending: Seen{Versions: v, Online: strings.Repeat("cd", 32)}, reset: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC),
		previous: "0000000001-" + strings.Repeat("0", 32),
	}
}

func TestAStateIsReadAsItWasWritten(t *testing.T) {
	for name, change := range map[string]func(*memory){
		"everything":  func(*memory) {},
		"no pending":  func(m *memory) { m.pending = Seen{} },
		"no reset":    func(m *memory) { m.reset = time.Time{} },
		"no previous": func(m *memory) { m.previous = "" },
	} {
		m := exampleMemory()
		change(m)
		got, err := parseState(m.encode())
		if err != nil || !bytes.Equal(got.encode(), m.encode()) {
			t.Errorf("%s: %v\n%s", name, err, m.encode())
		}
	}
}

func TestAStateThatIsNotWholeIsNone(t *testing.T) {
	good := string(exampleMemory().encode())
	for _, change := range [][2]string{
		{`"root": 1`, `"root": 0`}, {`"root": 1, `, ``}, {`"root": 1`, `"root": 1, "more": 1`}, {"travelseal.state/1", "travelseal.state/2"},
		{`"latest"`, `"Latest"`}, {"2026-05-01T00:00:00Z", "yesterday"}, {"2026-05-01T00:00:00Z", "0001-01-01T00:00:00Z"}, {"0000000001-", "../"},
		{strings.Repeat("ab", 32), "x"}, {strings.Repeat("cd", 32), ""}, {"2026-04-01T00:00:00Z", "2026"}, {"{", "["}, {`"root": 1`, `"root": 4294967296`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Errorf("%q is not there", change[0])
		}
		if _, err := parseState([]byte(bad)); err == nil {
			t.Errorf("%q in the place of %q is a state", change[1], change[0])
		}
	}
}

func FuzzState(f *testing.F) {
	f.Add(exampleMemory().encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseState(data)
		if err != nil {
			return
		}
		again, err := parseState(m.encode())
		if err != nil || !bytes.Equal(again.encode(), m.encode()) {
			t.Errorf("%v\n%s", err, m.encode())
		}
	})
}

func FuzzWellFormed(f *testing.F) {
	f.Add("timestamp", []byte(`{"signatures":[],"signed":{"_type":"timestamp","spec_version":"1.0.31","version":1,"expires":"2026-05-08T12:00:00Z","created":"2026-05-01T12:00:00Z","meta":{"snapshot.json":{"version":1,"length":9,"hashes":{"sha256":"`+strings.Repeat("0", 64)+`"}}}}}`))
	f.Add("keys", []byte(`{"signatures":[],"signed":{"_type":"targets","spec_version":"1.0.31","version":1,"expires":"2026-05-08T12:00:00Z","targets":{"keys.cbor":{"length":1,"hashes":{"sha256":"`+strings.Repeat("0", 64)+`"},"custom":{"store":"`+strings.Repeat("1", 64)+`"}}}}}`))
	f.Fuzz(func(t *testing.T, role string, data []byte) {
		if !isRole(role) {
			return
		}
		expires, err := wellFormed(role, data)
		if err != nil {
			return
		}
		if expires.Year() < 1970 {
			t.Errorf("it expires at %v", expires)
		}
		d, err := readDraft(role, data)
		if err != nil {
			t.Fatalf("what is well formed is no draft: %v", err)
		}
		if again, err := wellFormed(role, d.encode()); err != nil || !again.Equal(expires) {
			t.Errorf("%v", err)
		}
	})
}

func TestStoreDigestsAreReadFromTheCustomMember(t *testing.T) {
	digest := strings.Repeat("1f", 32)
	got := storeDigest([]byte(`{"store":"` + digest + `"}`))
	if got != storeDigest([]byte(`{ "store" : "`+digest+`" }`)) || got[0] != 0x1f {
		t.Errorf("%x", got)
	}
	for _, bad := range []string{``, `{}`, `{"store":"1f"}`, `{"store":1}`} {
		if storeDigest([]byte(bad)) != [32]byte{} {
			t.Errorf("%s is a digest", bad)
		}
	}
}
