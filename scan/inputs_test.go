package scan_test

import (
	"errors"
	"testing"

	"github.com/travelseal/travelseal/scan"
)

func TestEverySymbolIsAnInputOfItsOwn(t *testing.T) {
	inputs := scan.Inputs("picture.png", []scan.Symbol{
		{Index: 1, Bytes: []byte("HC1:A"), Text: "HC1:A"},
		{Index: 2, Err: errors.New("broken")},
		{Index: 3, Bytes: []byte{0xDC, 0x03}, Text: "Ü\x03"},
	})
	for i, want := range []struct{ source, data string }{{"picture.png#1", "HC1:A"}, {"picture.png#2", ""}, {"picture.png#3", "\xdc\x03"}} {
		data, lone := inputs[i].Lone()
		if e := inputs[i].Err; i == 1 && (e == nil || e.Code != scan.CodeUnreadable) || i != 1 && e != nil {
			t.Errorf("input %d: the error %v", i, e)
		}
		if inputs[i].Source != want.source || lone != (i != 1) || string(data) != want.data {
			t.Errorf("input %d: source %q, lone %v, data %q", i, inputs[i].Source, lone, data)
		}
	}
	if got := scan.Inputs("none", nil); len(got) != 0 {
		t.Errorf("%d inputs of no symbols", len(got))
	}
}
