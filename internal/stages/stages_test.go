package stages_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// A walk is what the stages of these tests read: the names of those that ran, up to one that fails.
type walk struct {
	ran   []string
	fails string
}

var errStage = errors.New("this stage fails")

func list() stages.List[walk] {
	var l stages.List[walk]
	for _, name := range []string{"one", "two", "three"} {
		l = append(l, stages.Stage[walk]{
			Name: name,
			Run: func(w *walk) error {
				w.ran = append(w.ran, name)
				if w.fails == name {
					return errStage
				}
				return nil
			},
			Show: func(w *walk) []formats.Field { return []formats.Field{stages.Size(name, make([]byte, len(w.ran)))} },
		})
	}
	return l
}

func TestStagesRunUpToTheFirstThatFails(t *testing.T) {
	shown := []formats.Step{
		{Name: "one", Detail: []formats.Field{{Name: "one", Value: "1 bytes"}}},
		{Name: "two", Detail: []formats.Field{{Name: "two", Value: "2 bytes"}}},
		{Name: "three", Detail: []formats.Field{{Name: "three", Value: "3 bytes"}}},
	}
	for fails, c := range map[string]struct {
		ran  int
		err  error
		want []formats.Step
	}{
		"":      {3, nil, shown},
		"one":   {1, errStage, []formats.Step{{Name: "one", Err: errStage}}},
		"three": {3, errStage, append(shown[:2:2], formats.Step{Name: "three", Err: errStage})},
	} {
		w := walk{fails: fails}
		if err := list().Run(&w); err != c.err || len(w.ran) != c.ran {
			t.Errorf("%q: %v after %q", fails, err, w.ran)
		}
		w = walk{fails: fails}
		if got := list().Trace(&w); !reflect.DeepEqual(got, c.want) || len(w.ran) != c.ran {
			t.Errorf("%q: %+v, want %+v", fails, got, c.want)
		}
	}
}
