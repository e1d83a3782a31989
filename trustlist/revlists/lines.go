package revlists

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/travelseal/travelseal/trustlist"
)

// header may be the first line of a list of lines.
const header = "kind,hash,issued_before"

// maxLine bounds a line in bytes.
const maxLine = 256

var errLine = fmt.Errorf("a line is a kind, %d hexadecimal digits in small letters and, if need be, a moment (RFC 3339), with commas between", 2*trustlist.HashSize)

func ignored(line string) bool { return line == "" || strings.HasPrefix(line, "#") }

// readLine reads one line.
func readLine(line string) (e trustlist.Revocation, err error) {
	kind, rest, two := strings.Cut(line, ",")
	digits, moment, dated := strings.Cut(rest, ",")
	hash, err := hex.DecodeString(digits)
	if !two || err != nil || len(hash) != trustlist.HashSize || strings.ToLower(digits) != digits || !validKind(kind) {
		return e, errLine
	}
	e = trustlist.Revocation{Kind: kind, Hash: [trustlist.HashSize]byte(hash)}
	if dated && moment != "" {
		if e.IssuedBefore, err = time.Parse(time.RFC3339, moment); err != nil || e.IssuedBefore.Unix() < 1 {
			return e, errLine
		}
	}
	return e, nil
}

func validKind(kind string) bool {
	return kind != "" && strings.Trim(kind, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == ""
}

// takeLines reads a list of lines of any length.
func (r *reader) takeLines(path string, s Source) error {
	f, err := os.Open(path)
	if err != nil {
		return refuse(path, plain(err))
	}
	defer f.Close()
	sum := sha256.New()
	in := bufio.NewScanner(io.TeeReader(f, sum))
	in.Buffer(make([]byte, 64<<10), 64<<10)
	begun := false
	for n := 1; in.Scan(); n++ {
		if n%65536 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		line := in.Text()
		if ignored(line) || !begun && line == header {
			begun = begun || line == header
			continue
		}
		begun = true
		e, err := readLine(line)
		if err != nil || len(line) > maxLine {
			return refuse(path, fmt.Errorf("line %d: %w", n, errLine))
		}
		if err := r.give(&s, e); err != nil {
			return refuse(path, fmt.Errorf("line %d: %w", n, err))
		}
	}
	switch {
	case errors.Is(in.Err(), bufio.ErrTooLong):
		return refuse(path, fmt.Errorf("%w: a line is too long", errLine))
	case in.Err() != nil:
		return refuse(path, plain(in.Err()))
	}
	s.SHA256, s.Authentication = [sha256.Size]byte(sum.Sum(nil)), trustlist.ByHand
	r.result.Sources = append(r.result.Sources, s)
	return nil
}
