package batch

import (
	"strconv"

	"github.com/travelseal/travelseal/verify"
)

// The codes of lines that could not be checked.
const (
	CodeMalformed   verify.Code = "batch.malformed"
	CodeLineTooLong verify.Code = "batch.line_too_long"
	CodeTimeout     verify.Code = "batch.timeout"
	CodePanic       verify.Code = "batch.internal"
)

var limitText = "longer than " + strconv.Itoa(maxLine>>20) + " MiB"

// Counts are the lines of an output by their verdict. Their sum is the number of lines.
type Counts struct {
	Accept int64 `json:"accept"`
	Refer  int64 `json:"refer"`
	Reject int64 `json:"reject"`
	Error  int64 `json:"error"`
}

// add counts one line; nil is a line that could not be checked.
func (c *Counts) add(r *verify.Report) {
	switch {
	case r == nil:
		c.Error++
	case r.Verdict == verify.Accept:
		c.Accept++
	case r.Verdict == verify.Reject:
		c.Reject++
	default:
		c.Refer++
	}
}

func (c Counts) plus(d Counts) Counts {
	return Counts{c.Accept + d.Accept, c.Refer + d.Refer, c.Reject + d.Reject, c.Error + d.Error}
}

// Lines is the number of lines counted.
func (c Counts) Lines() int64 { return c.Accept + c.Refer + c.Reject + c.Error }
