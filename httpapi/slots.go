package httpapi

import "context"

// underway is how many requests may be received or wait for each one that is checked. Receiving costs little, so that a
// client that sends slowly does not keep the checking from others.
const underway = 8

// Slots bound the requests at one time: those that are underway, and among them those that are checked.
type slots struct{ admitted, checked chan struct{} }

func newSlots(concurrent int) *slots {
	return &slots{admitted: make(chan struct{}, underway*concurrent), checked: make(chan struct{}, concurrent)}
}

// enter admits a request, or refuses it at once. leave must be called after a request that was admitted.
func (s *slots) enter() (leave func(), err error) {
	select {
	case s.admitted <- struct{}{}:
		return func() { <-s.admitted }, nil
	default:
		return nil, tooBusy.refused()
	}
}

// begin waits until the request may be checked, but not longer than it has time.
func (s *slots) begin(ctx context.Context) (end func(), err error) {
	select {
	case s.checked <- struct{}{}:
		return func() { <-s.checked }, nil
	case <-ctx.Done():
		return nil, tooBusy.refused()
	}
}
