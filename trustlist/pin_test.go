package trustlist_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/trustlist"
)

func TestAFileOfDigests(t *testing.T) {
	sum := sha256.Sum256([]byte("list"))
	good := fmt.Sprintf("%x  list.json\n%x *https://a.example/b c\n", sum, sha256.Sum256(nil))
	pins := trustlist.DigestPins([]byte(good))
	if len(pins) != 2 || pins[0].SHA256 != sum || pins[0].Name != "list.json" || pins[1].Name != "https://a.example/b c" {
		t.Fatalf("%+v", pins)
	}
	for name, text := range map[string]string{
		"empty": "", "short": "abcd  list.json\n", "capitals": strings.ToUpper(good), "one space": fmt.Sprintf("%x list.json\n", sum),
		"no name": fmt.Sprintf("%x  \n", sum), "no space": fmt.Sprintf("%x\n", sum), "another line": good + "<html>\n", "an empty line": good + "\n",
		"long": strings.Repeat(good, 1000),
	} {
		if pins := trustlist.DigestPins([]byte(text)); pins != nil {
			t.Errorf("%s: %+v", name, pins)
		}
	}
	files := []trustlist.File{{Data: []byte("x")}, {Data: []byte(good)}}
	if p := trustlist.PinnedBy(files, trustlist.Source{SHA256: sum}); p == nil || p.Name != "list.json" {
		t.Errorf("%+v", p)
	}
	if p := trustlist.PinnedBy(files, trustlist.Source{}); p != nil {
		t.Errorf("%+v", p)
	}
}
