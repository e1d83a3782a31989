package mint

import (
	"encoding/hex"
	"math"
	"testing"
)

func TestItemsAreWrittenAsRFC8949AppendixAShows(t *testing.T) {
	for _, c := range []struct {
		item Item
		want string
	}{
		{Int(0), "00"},
		{Int(1), "01"},
		{Int(10), "0a"},
		{Int(23), "17"},
		{Int(24), "1818"},
		{Int(25), "1819"},
		{Int(100), "1864"},
		{Int(1000), "1903e8"},
		{Int(1000000), "1a000f4240"},
		{Int(1000000000000), "1b000000e8d4a51000"},
		{Uint(math.MaxUint64), "1bffffffffffffffff"},
		{Tag{2, Bytes{1, 0, 0, 0, 0, 0, 0, 0, 0}}, "c249010000000000000000"},
		{Int(-1), "20"},
		{Int(-10), "29"},
		{Int(-100), "3863"},
		{Int(-1000), "3903e7"},
		{Float16(0), "f90000"},
		{Float16(math.Copysign(0, -1)), "f98000"},
		{Float16(1), "f93c00"},
		{Float64(1.1), "fb3ff199999999999a"},
		{Float16(1.5), "f93e00"},
		{Float16(65504), "f97bff"},
		{Float32(100000), "fa47c35000"},
		{Float32(math.MaxFloat32), "fa7f7fffff"},
		{Float64(1.0e+300), "fb7e37e43c8800759c"},
		{Float16(5.960464477539063e-8), "f90001"},
		{Float16(0.00006103515625), "f90400"},
		{Float16(-4), "f9c400"},
		{Float64(-4.1), "fbc010666666666666"},
		{Float16(math.Inf(1)), "f97c00"},
		{Float16(math.NaN()), "f97e00"},
		{Float16(math.Inf(-1)), "f9fc00"},
		{Float32(math.Inf(1)), "fa7f800000"},
		{Float64(math.Inf(-1)), "fbfff0000000000000"},
		{Bool(false), "f4"},
		{Bool(true), "f5"},
		{Null{}, "f6"},
		{Simple(23), "f7"},
		{Simple(16), "f0"},
		{Simple(255), "f8ff"},
		{Tag{0, Text("2013-03-21T20:04:00Z")}, "c074323031332d30332d32315432303a30343a30305a"},
		{Tag{1, Int(1363896240)}, "c11a514b67b0"},
		{Tag{23, Bytes{1, 2, 3, 4}}, "d74401020304"},
		{Tag{24, Bytes("dIETF")}, "d818456449455446"},
		{Bytes{}, "40"},
		{Bytes{1, 2, 3, 4}, "4401020304"},
		{Text(""), "60"},
		{Text("IETF"), "6449455446"},
		{Text("\"\\"), "62225c"},
		{Text("ü"), "62c3bc"},
		{Text("水"), "63e6b0b4"},
		{Array{}, "80"},
		{Array{Int(1), Array{Int(2), Int(3)}, Array{Int(4), Int(5)}}, "8301820203820405"},
		{oneTo25(), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"},
		{Map{}, "a0"},
		{Map{{Int(1), Int(2)}, {Int(3), Int(4)}}, "a201020304"},
		{Map{{Text("a"), Int(1)}, {Text("b"), Array{Int(2), Int(3)}}}, "a26161016162820203"},
		{Array{Text("a"), Map{{Text("b"), Text("c")}}}, "826161a161626163"},
		{IndefBytes{Bytes{1, 2}, Bytes{3, 4, 5}}, "5f42010243030405ff"},
		{IndefText{Text("strea"), Text("ming")}, "7f657374726561646d696e67ff"},
		{IndefArray{}, "9fff"},
		{IndefArray{Int(1), Array{Int(2), Int(3)}, IndefArray{Int(4), Int(5)}}, "9f018202039f0405ffff"},
		{IndefMap{{Text("Fun"), Bool(true)}, {Text("Amt"), Int(-2)}}, "bf6346756ef563416d7421ff"},
	} {
		if got := hex.EncodeToString(Encode(c.item)); got != c.want {
			t.Errorf("%T %v: got %s, want %s", c.item, c.item, got, c.want)
		}
	}
}

func oneTo25() Array {
	var a Array
	for i := range 25 {
		a = append(a, Int(i+1))
	}
	return a
}

func TestWrongItemsAreWrittenAsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		item Item
		want string
	}{
		"one in two bytes":           {LongHead{Int(1), 1}, "1801"},
		"minus one in nine bytes":    {LongHead{Int(-1), 8}, "3b0000000000000000"},
		"a long text head":           {LongHead{Text("a"), 2}, "79000161"},
		"a long map head":            {LongHead{Map{{Int(1), Int(2)}}, 4}, "ba000000010102"},
		"a long head made longer":    {LongHead{Int(1000), 4}, "1a000003e8"},
		"repeated and unsorted keys": {Map{{Int(4), Int(1)}, {Int(1), Int(2)}, {Int(4), Int(3)}}, "a3040101020403"},
		"a promise of 2³² items":     {Head{4, 1 << 32}, "9b0000000100000000"},
		"a sequence":                 {Sequence{Int(1), Text("a")}, "016161"},
		"bytes as they are":          {Raw{0xff, 0x00}, "ff00"},
		"a chunk of the wrong type":  {IndefBytes{Text("a")}, "5f6161ff"},
		"text that is not UTF-8":     {Text("\xff"), "61ff"},
		"depth":                      {Nested(3, Int(7)), "81818107"},
		"a half rounded to zero":     {Float16(1e-9), "f90000"},
		"a half too large":           {Float16(65536), "f97c00"},
	} {
		if got := hex.EncodeToString(Encode(c.item)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestALongHeadThatIsTooShortPanics(t *testing.T) {
	for _, item := range []LongHead{{Int(256), 1}, {Int(1), 3}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v was written", item)
				}
			}()
			Encode(item)
		}()
	}
}
