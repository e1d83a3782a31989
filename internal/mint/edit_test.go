package mint

import (
	"bytes"
	"testing"
)

func tree() Map {
	return Map{{Text("v"), Array{Map{{Text("dn"), Int(2)}, {Text("co"), Text("UT")}}}}, {Int(4), Int(9)}}
}

func TestEditsReachTheirPlaceAndLeaveTheOriginal(t *testing.T) {
	v := func(entries ...Item) Pair { return Pair{Text("v"), Array(entries)} }
	entry, four := tree()[0][1].(Array)[0], Pair{Int(4), Int(9)}
	for name, c := range map[string]struct {
		edit func(Item) Item
		want Item
	}{
		"replace":          {func(i Item) Item { return Set(i, Int(0), "v", 0, "dn") }, Map{v(Map{{Text("dn"), Int(0)}, {Text("co"), Text("UT")}}), four}},
		"replace by int":   {func(i Item) Item { return Set(i, Null{}, 4) }, Map{v(entry), {Int(4), Null{}}}},
		"replace by item":  {func(i Item) Item { return Set(i, Null{}, Int(4)) }, Map{v(entry), {Int(4), Null{}}}},
		"replace the root": {func(Item) Item { return Set(tree(), Int(1)) }, Int(1)},
		"new key":          {func(i Item) Item { return Set(i, Int(1), "w") }, Map{v(entry), four, {Text("w"), Int(1)}}},
		"new element":      {func(i Item) Item { return Set(i, Int(1), "v", 1) }, Map{v(entry, Int(1)), four}},
		"drop a key":       {func(i Item) Item { return Drop(i, "v", 0, "co") }, Map{v(Map{{Text("dn"), Int(2)}}), four}},
		"drop an element":  {func(i Item) Item { return Drop(i, "v", 0) }, Map{v(), four}},
		"drop at the root": {func(i Item) Item { return Drop(i, "v") }, Map{four}},
		"add a duplicate":  {func(i Item) Item { return Add(i, Int(4), Int(8)) }, Map{v(entry), four, {Int(4), Int(8)}}},
		"add below": {func(i Item) Item { return Add(i, Text("dn"), Int(3), "v", 0) },
			Map{v(Map{{Text("dn"), Int(2)}, {Text("co"), Text("UT")}, {Text("dn"), Int(3)}}), four}},
	} {
		original := tree()
		if got := c.edit(original); !bytes.Equal(Encode(got), Encode(c.want)) {
			t.Errorf("%s: got %x, want %x", name, Encode(got), Encode(c.want))
		}
		if !bytes.Equal(Encode(original), Encode(tree())) {
			t.Errorf("%s changed the original", name)
		}
	}
}

func TestGetSaysWhetherThereIsSomething(t *testing.T) {
	if got, ok := Get(tree(), "v", 0, "dn"); !ok || got != Int(2) {
		t.Errorf("got %v, %v", got, ok)
	}
	for _, path := range [][]any{{"x"}, {"v", 1}, {"v", -1}, {"v", 0, "dn", "deeper"}, {4, 0}} {
		if got, ok := Get(tree(), path...); ok {
			t.Errorf("%v: got %v", path, got)
		}
	}
}

func TestAnEditThatMissesPanics(t *testing.T) {
	for name, edit := range map[string]func(){
		"a missing parent":    func() { Set(tree(), Int(1), "x", "y") },
		"a step into a value": func() { Set(tree(), Int(1), 4, "y") },
		"nothing to drop":     func() { Drop(tree(), "x") },
		"no parent to drop":   func() { Drop(tree(), "x", "y") },
		"no map to add to":    func() { Add(tree(), Int(1), Int(1), "v") },
		"a step of no kind":   func() { Get(tree(), 1.5) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			edit()
		}()
	}
}

func TestFlipBitChangesOneBitOfACopy(t *testing.T) {
	data := []byte{0, 0}
	if got := FlipBit(data, 0); !bytes.Equal(got, []byte{0x80, 0}) {
		t.Errorf("bit 0: %x", got)
	}
	if got := FlipBit(data, 15); !bytes.Equal(got, []byte{0, 1}) {
		t.Errorf("bit 15: %x", got)
	}
	if got := FlipBit("A", 7); got != "@" {
		t.Errorf("text: %q", got)
	}
	if !bytes.Equal(data, []byte{0, 0}) {
		t.Errorf("the original is now %x", data)
	}
}
