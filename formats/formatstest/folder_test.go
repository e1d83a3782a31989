package formatstest

import (
	"slices"
	"testing"
)

func TestSpreadReachesEveryPlaceOfAByte(t *testing.T) {
	for _, n := range []int{0, 1, 7, 2048, 2049, 4096, 8 * 809, 8 * 1170, 8 * 20_000, 1 << 23} {
		list := slices.Collect(spread("EF.SOD", n, maxFlips))
		if len(list) > maxFlips || n <= maxFlips && len(list) != n || n > maxFlips && len(list) < maxFlips/3 {
			t.Errorf("%d of %d", len(list), n)
		}
		if !slices.IsSorted(list) || len(list) > 0 && (list[0] < 0 || list[len(list)-1] >= n) {
			t.Errorf("%d: from %d to %d", n, list[0], list[len(list)-1])
		}
		var places [8]int
		for _, bit := range list {
			places[bit%8]++
		}
		if n > 2*maxFlips && slices.Min(places[:]) < len(list)/16 {
			t.Errorf("%d: %v", n, places)
		}
	}
	if slices.Equal(slices.Collect(spread("DG1", 1<<20, 10)), slices.Collect(spread("DG2", 1<<20, 10))) {
		t.Error("every file is attacked at the same places")
	}
}
