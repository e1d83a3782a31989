package display_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/display"
)

func TestWhatHidesAndWhatNamesNeed(t *testing.T) {
	for _, s := range []string{
		"a\x00", "a\x1b[2J", "a\u007f", "a\u0085", "a\u009b", "\u202eabc", "\u2066a\u2069", "a\u200bb", "\ufeffa", "a\u2028b", "\u00ad",
		"\U000e0041", "\u3164", "\u2800", "\uffa0", "a" + strings.Repeat("\u0301", 9), "a" + strings.Repeat("\u0301\u200d", 9),
	} {
		if !display.HidesIn(s) {
			t.Errorf("%q is taken for plain", s)
		}
	}
	for _, s := range []string{
		"", "Maren Zoë", "Nguyễn Thị Ánh", "ก็น้ำ", "می\u200cخواهم", "ශ්\u200dරී", "ক্\u200dষ", "陳大文", "ʻOkina", "d’Arc", "🙂",
		"a" + strings.Repeat("\u0301", 8),
	} {
		if display.HidesIn(s) {
			t.Errorf("%q is taken for hiding", s)
		}
	}
}

func FuzzEscapeJSON(f *testing.F) {
	f.Add("a\u202eb\u009b\U000e0041c")
	f.Fuzz(func(t *testing.T, s string) {
		text, err := json.Marshal(map[string]string{"k": s})
		if err != nil {
			t.Fatal(err)
		}
		out := display.EscapeJSON(text)
		for _, r := range string(out) {
			if display.Hides(r) {
				t.Fatalf("%U is left in %q", r, out)
			}
		}
		var back map[string]string
		if err := json.Unmarshal(out, &back); err != nil || back["k"] != strings.ToValidUTF8(s, string(utf8.RuneError)) && utf8.ValidString(s) {
			t.Fatalf("%q became %q: %v", s, back["k"], err)
		}
	})
}
