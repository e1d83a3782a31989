package scan

import (
	"context"
	"errors"
	"fmt"
	"runtime"
)

// Read finds every code in a picture and gives them in reading order. A code that shows the same bytes at the same
// place in several frames is one Symbol; two printed copies are two.
//
// The error is an *Error, or wraps the context's. With an error there are no symbols: a picture whose frames or codes
// exceed the limits is refused whole rather than read in part, and a picture without a code is ErrNoSymbol.
func Read(ctx context.Context, data []byte, l Limits) ([]Symbol, error) {
	return guarded(func() ([]Symbol, error) {
		l := l.orDefault()
		frames, err := openPicture(ctx, data, l)
		if err != nil {
			return nil, err
		}
		return readFrames(ctx, frames, l)
	})
}

// guarded turns a panic of a decoder into an error. Decoders of pictures are large, and strangers choose their input.
func guarded(read func() ([]Symbol, error)) (symbols []Symbol, err error) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case runtime.Error: // names an index or a type, never content
			symbols, err = nil, unreadable(fmt.Errorf("the picture breaks its decoder: %w", v))
		default:
			symbols, err = nil, unreadable(errors.New("the picture breaks its decoder"))
		}
	}()
	return read()
}

func readFrames(ctx context.Context, frames []gray, l Limits) ([]Symbol, error) {
	var symbols []Symbol
	for i, g := range frames {
		found, err := readFrame(ctx, g, l)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			s.Frame = i
			symbols = merge(symbols, s)
		}
		if err := l.checkSymbols(symbols); err != nil {
			return nil, err
		}
	}
	if len(symbols) == 0 {
		return nil, &Error{CodeNoSymbol, ErrNoSymbol}
	}
	return inReadingOrder(symbols), nil
}

// readFrame climbs the ladder of views for QR codes, and looks for the other kinds once, after the first view. It stops early
// only where nothing else can be hidden in the picture: when all codes were read without an error, so that nothing lies on
// them, and the rest of the picture is blank. How many errors the other kinds had is not known.
func readFrame(ctx context.Context, g gray, l Limits) ([]Symbol, error) {
	var symbols []Symbol
	allClean := true
	for i, v := range ladder(max(g.w, g.h)) {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		found, clean, err := v.find(ctx, g)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			symbols = merge(symbols, s)
		}
		if err := l.checkSymbols(symbols); err != nil {
			return nil, err
		}
		allClean = allClean && clean
		if len(found) > 0 && allClean && g.blankBeside(symbols) {
			break
		}
		if i > 0 {
			continue
		}
		others, err := readOthers(ctx, g, symbols)
		if err != nil {
			return nil, err
		}
		for _, s := range others {
			symbols, allClean = merge(symbols, s), false
		}
		if err := l.checkSymbols(symbols); err != nil {
			return nil, err
		}
	}
	return symbols, nil
}

func (l Limits) checkSymbols(symbols []Symbol) error {
	if len(symbols) > l.Symbols {
		return tooLarge("codes in the picture", int64(len(symbols)), l.Symbols)
	}
	return nil
}

// ended gives the error of a context that is over.
func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	return nil
}
