// Package stages runs a decoder as a list of named steps, so that what decodes a document and what shows people where it
// breaks are one thing.
package stages

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// A Stage is one step of reading a document into an R. Each needs those before it.
type Stage[R any] struct {
	Name string
	Run  func(*R) error
	Show func(*R) []formats.Field // what a stage that has run found
}

// A List is all stages of a decoder, in order.
type List[R any] []Stage[R]

// Run runs every stage, up to the first that fails.
func (l List[R]) Run(r *R) error {
	for i := range l {
		if err := l[i].Run(r); err != nil {
			return err
		}
	}
	return nil
}

// Trace runs as Run does and shows what each stage found. The last step is the one that failed, where one did; everything up
// to there is shown.
func (l List[R]) Trace(r *R) []formats.Step {
	steps := make([]formats.Step, 0, len(l))
	for _, s := range l {
		err := s.Run(r)
		if err != nil {
			return append(steps, formats.Step{Name: s.Name, Err: err})
		}
		steps = append(steps, formats.Step{Name: s.Name, Detail: s.Show(r)})
	}
	return steps
}

// Size shows how long a piece is, in place of what is in it.
func Size(name string, b []byte) formats.Field {
	return formats.Field{Name: name, Value: strconv.Itoa(len(b)) + " bytes"}
}
