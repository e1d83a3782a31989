package cli

import "github.com/travelseal/travelseal/verify"

// The exit codes. They are an interface: scripts rely on them.
const (
	exitAccept      = 0
	exitFailed      = 1 // an input could not be opened, or the command could not run
	exitUsage       = 2
	exitRefer       = 3
	exitReject      = 4
	exitUnreadable  = 5 // nothing that was given could be read
	exitInterrupted = 130
)

// exitOf decides between the verdict on what was read and inputs that could not be opened: a reject is never hidden by
// an accident elsewhere, and an accident never by an accept.
func exitOf(r *verify.Report, unopened int) int {
	readable := 0
	for _, d := range r.Documents {
		if d.Status != verify.Unreadable {
			readable++
		}
	}
	switch {
	case r.Verdict == verify.Reject:
		return exitReject
	case unopened > 0:
		return exitFailed
	case readable == 0:
		return exitUnreadable
	case r.Verdict == verify.Refer:
		return exitRefer
	}
	return exitAccept
}
