package json

import (
	"errors"
	"testing"
)

func TestWhatIsAppendedIsOneLineThatIsReadBack(t *testing.T) {
	for _, text := range []string{"", "a", "<&>", "line\nbreak", "\u2028", "\uFFFD", `\`, `\ufffd`, `\\ufffd`, "ä😀\x00"} {
		b, err := Append([]byte("x"), struct{ Text string }{text})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var back struct{ Text string }
		if err := UnmarshalClosed(b[1:], &back, Limits{Depth: 1, Items: 1}); err != nil || back.Text != text {
			t.Errorf("%q was written as %s and is read as %q: %v", text, b, back.Text, err)
		}
		for _, c := range b {
			if c == '\n' {
				t.Errorf("%q is written in two lines", text)
			}
		}
	}
}

func TestATextThatIsNotUTF8IsNotWritten(t *testing.T) {
	for _, text := range []string{"\xff", "a\\\xc0", "\xed\xa0\x80"} {
		if b, err := Append(nil, []string{text}); !errors.Is(err, ErrUTF8) || b != nil {
			t.Errorf("%q: %s, %v", text, b, err)
		}
	}
}
