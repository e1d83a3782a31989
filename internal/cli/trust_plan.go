package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

// planFlags say who signs what, and for how long it is good.
type planFlags struct {
	offline, online []string
	threshold       int
	roles, days     []string
}

func (p *planFlags) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&p.offline, "offline", nil, "public key (.pub) for the root, targets, keys and rules roles (repeatable)")
	f.IntVar(&p.threshold, "threshold", 0, "how many of the --offline keys must sign; without it more than half")
	f.StringArrayVar(&p.online, "online", nil, "public key (.pub) for the revocation, snapshot and timestamp roles; one of them signs (repeatable)")
	f.StringArrayVar(&p.roles, "role", nil, "ROLE=N:FILE,FILE…: other keys for one role, of which N must sign (repeatable)")
	f.StringArrayVar(&p.days, "days", nil, "ROLE=N: for how many days what a role signs is good (repeatable)")
}

var (
	offlineRoles = []string{bundle.Root, bundle.Targets, bundle.Keys, bundle.Rules}
	onlineRoles  = []string{bundle.Revocation, bundle.Snapshot, bundle.Timestamp}
)

// plan reads the key files that the flags name.
func (p *planFlags) plan() (bundle.Plan, error) {
	plan := bundle.Plan{Roles: make(map[string]bundle.Authority), Periods: make(map[string]time.Duration)}
	if p.threshold < 0 || p.threshold > len(p.offline) {
		return plan, &usageError{fmt.Errorf("--threshold: %d of %d keys", p.threshold, len(p.offline))}
	}
	threshold := p.threshold
	if threshold == 0 {
		threshold = len(p.offline)/2 + 1
	}
	if err := fill(plan, offlineRoles, p.offline, threshold); err != nil {
		return plan, err
	}
	if err := fill(plan, onlineRoles, p.online, 1); err != nil {
		return plan, err
	}
	for _, r := range p.roles {
		role, rest, ok := strings.Cut(r, "=")
		number, files, also := strings.Cut(rest, ":")
		n, err := strconv.Atoi(number)
		if !ok || !also || err != nil || !slices.Contains(bundle.Roles(), role) {
			return plan, &usageError{fmt.Errorf("--role: %q is not ROLE=N:FILE,FILE…, with a role of %s", r, strings.Join(bundle.Roles(), ", "))}
		}
		if err := fill(plan, []string{role}, strings.Split(files, ","), n); err != nil {
			return plan, err
		}
	}
	for _, d := range p.days {
		role, number, ok := strings.Cut(d, "=")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 1 || n > 3650 || !slices.Contains(bundle.Roles(), role) {
			return plan, &usageError{fmt.Errorf("--days: %q is not ROLE=N, with a role of %s", d, strings.Join(bundle.Roles(), ", "))}
		}
		plan.Periods[role] = time.Duration(n) * 24 * time.Hour
	}
	return plan, nil
}

// fill gives keys to roles; no keys change nothing.
func fill(plan bundle.Plan, roles, files []string, threshold int) error {
	if len(files) == 0 {
		return nil
	}
	a := bundle.Authority{Threshold: threshold}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, plainError(err))
		}
		data, err := io.ReadAll(io.LimitReader(f, maxPassphrase))
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, plainError(err))
		}
		key, err := bundle.ParsePublic(data)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		a.Keys = append(a.Keys, key)
	}
	for _, role := range roles {
		plan.Roles[role] = a
	}
	return nil
}
