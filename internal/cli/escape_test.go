package cli

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEscapeSpellsOutWhatMisleadsAndKeepsWhatPeopleWrite(t *testing.T) {
	marks := func(n int) string { return strings.Repeat("\u0301", n) }
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"plain text", "Maren Achterberg-Lindqvist, 1984", "Maren Achterberg-Lindqvist, 1984"},
		{"letters of all scripts", "Zoë Ødegård สมชาย مريم ᠮᠣᠩᠭᠣᠯ 歐陽 𠮷", "Zoë Ødegård สมชาย مريم ᠮᠣᠩᠭᠣᠯ 歐陽 𠮷"},
		{"joiners", "ශ්\u200dරී می\u200cخواهم", "ශ්\u200dරී می\u200cخواهم"},

		{"an escape sequence", "\x1b[2J", `\u{001B}[2J`},
		{"a control of eight bits", "\u009b2J", `\u{009B}2J`},
		{"line ends and tabs", "a\r\nb\tc", `a\u{000D}\u{000A}b\u{0009}c`},
		{"backspace, delete, nul", "\b\x7f\x00", `\u{0008}\u{007F}\u{0000}`},
		{"separators of lines and paragraphs", "\u2028\u2029", `\u{2028}\u{2029}`},
		{"overrides and embeddings", "\u202a\u202b\u202c\u202d\u202e", `\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}`},
		{"isolates", "\u2066\u2067\u2068\u2069", `\u{2066}\u{2067}\u{2068}\u{2069}`},
		{"marks of direction", "\u200e\u200f\u061c", `\u{200E}\u{200F}\u{061C}`},
		{"what has no width", "\u200b\u2060\ufeff\u00ad", `\u{200B}\u{2060}\u{FEFF}\u{00AD}`},
		{"spaces that look like others", "\u00a0\u3000\u2003", `\u{00A0}\u{3000}\u{2003}`},
		{"tags", "\U000e0041\U000e007f", `\u{E0041}\u{E007F}`},
		{"private use", "\ue000\U000f0000", `\u{E000}\u{F0000}`},
		{"no characters", "\ufdd0\uffff", `\u{FDD0}\u{FFFF}`},
		{"what is not UTF-8", "a\xffb\xc3", `a\u{FFFD}b\u{FFFD}`},
		{"a surrogate in UTF-8", "\xed\xa0\x80", `\u{FFFD}\u{FFFD}\u{FFFD}`},

		{"eight marks", "a" + marks(8), "a" + marks(8)},
		{"nine marks", "a" + marks(9) + "b", "a" + marks(8) + `\u{0301}` + "b"},
		{"marks on two letters", "a" + marks(8) + "b" + marks(8), "a" + marks(8) + "b" + marks(8)},
		{"marks around a joiner", "a" + marks(8) + "\u200d" + marks(1), "a" + marks(8) + "\u200d" + `\u{0301}`},
		{"enclosing marks", "a" + strings.Repeat("\u20dd", 9), "a" + strings.Repeat("\u20dd", 8) + `\u{20DD}`},
	} {
		if got := escape(c.in); got != c.want {
			t.Errorf("%s: escape(%+q) = %+q, want %+q", c.name, c.in, got, c.want)
		}
	}
}

// FuzzEscape holds every text to what escape promises: it is printable, it is one line, and a second escape changes
// nothing.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"Maren", "\x1b]0;title\x07", "\u202eabc", "می\u200cخواهم", "a\xff", "a" + strings.Repeat("\u0301", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escape(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%+q is not UTF-8", got)
		}
		for _, r := range got {
			if !unicode.IsPrint(r) && r != 0x200c && r != 0x200d {
				t.Fatalf("%+q holds %U", got, r)
			}
		}
		if again := escape(got); again != got {
			t.Fatalf("escaped again: %+q, want %+q", again, got)
		}
	})
}
