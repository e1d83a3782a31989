package bundle

import (
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// The roles. The first four are those of TUF; the targets role names no file itself and delegates to the other three.
const (
	Root       = "root"
	Timestamp  = "timestamp"
	Snapshot   = "snapshot"
	Targets    = "targets"
	Keys       = "keys"       // whom to trust
	Revocation = "revocation" // which documents are revoked
	Rules      = "rules"      // business rules and tables of reference
)

// Roles lists all roles in the order in which they are signed.
func Roles() []string {
	return []string{Root, Targets, Keys, Revocation, Rules, Snapshot, Timestamp}
}

// delegated are the roles that name data files, in the order of the delegations.
var delegated = []string{Keys, Revocation, Rules}

// patterns say which files a role may name. They are part of what headquarters and posts agree upon: the signed delegation
// repeats them, and a post holds a role to both.
var patterns = map[string][]string{
	Keys:       {"keys.*", "keys/*", "overlay.*", "provenance.*", PolicyFile, "crl/*"},
	Revocation: {"rev/*"},
	Rules:      {"rules/*", "valuesets/*", "ref/*"},
}

// roleOf gives the role that answers for a file; "" where none does.
func roleOf(name string) string {
	for _, role := range delegated {
		for _, p := range patterns[role] {
			if ok, _ := path.Match(p, name); ok {
				return role
			}
		}
	}
	return ""
}

// isMaterial reports whether a file is for a Loader: whom to trust and who is revoked. The others are for those who ask for
// them by name.
func isMaterial(name string) bool {
	switch roleOf(name) {
	case Revocation:
		return true
	case Keys:
		return !strings.HasPrefix(name, "provenance.") && !isPolicy(name)
	}
	return false
}

func isPolicy(name string) bool { return name == PolicyFile }

// PolicyFile is the name of the policy that a headquarters sends along (package verify/policyfile). Of other endings there is
// none.
const PolicyFile = "policy.yaml"

// isStore reports whether a file is a store of package revstore, which may be too large to be read at every start.
func isStore(name string) bool {
	return roleOf(name) == Revocation && path.Ext(name) == ".srt"
}

const day = 24 * time.Hour

// periods are for how long what a role signs is good, unless the headquarters says otherwise.
var periods = map[string]time.Duration{
	Root: 730 * day, Targets: 730 * day, Keys: 90 * day, Rules: 90 * day,
	Revocation: 7 * day, Snapshot: 7 * day, Timestamp: 7 * day,
}

// DefaultPeriods gives for how long what each role signs is good: two years for the root and the targets role, ninety days
// for keys and rules, seven days for the others.
func DefaultPeriods() map[string]time.Duration { return maps.Clone(periods) }

func isRole(name string) bool { return slices.Contains(Roles(), name) }
