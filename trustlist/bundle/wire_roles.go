package bundle

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// wellFormed checks the form of a file of metadata of a role, and gives the moment at which it expires.
func wellFormed(role string, data []byte) (time.Time, error) {
	switch role {
	case Root:
		return checkForm(data, (*wireRoot).check)
	case Timestamp:
		return checkForm(data, (*wireTimestamp).check)
	case Snapshot:
		return checkForm(data, (*wireSnapshot).check)
	}
	return checkForm(data, func(t *wireTargets) (time.Time, error) { return t.check(role) })
}

func checkForm[T any](data []byte, check func(*T) (time.Time, error)) (time.Time, error) {
	f, err := parse[T](data)
	if err != nil {
		return time.Time{}, err
	}
	return check(&f.Signed)
}

// check checks a root (§4.3).
func (r *wireRoot) check() (time.Time, error) {
	t, err := r.wireHead.check(Root)
	if err != nil {
		return t, err
	}
	if !r.Consistent {
		return t, errors.New("consistent_snapshot is not true")
	}
	if err := checkKeys(r.Keys); err != nil {
		return t, err
	}
	if len(r.Roles) != 4 {
		return t, fmt.Errorf("it has %d roles and not the four of TUF", len(r.Roles))
	}
	for _, name := range []string{Root, Targets, Snapshot, Timestamp} {
		role, ok := r.Roles[name]
		if !ok {
			return t, fmt.Errorf("the role %s is missing", name)
		}
		if err := role.check(r.Keys); err != nil {
			return t, fmt.Errorf("%s: %w", name, err)
		}
	}
	return t, nil
}

// check checks a timestamp (§4.6).
func (ts *wireTimestamp) check() (time.Time, error) {
	t, err := ts.wireHead.check(Timestamp)
	if err != nil {
		return t, err
	}
	created, err := moment("created", ts.Created)
	if err != nil {
		return t, err
	}
	if created.After(t) {
		return t, errors.New("it expired before it was made")
	}
	m, ok := ts.Meta["snapshot.json"]
	if !ok || len(ts.Meta) != 1 {
		return t, errors.New("it does not name snapshot.json alone")
	}
	return t, m.check(maxMetadata[Snapshot])
}

// check checks a snapshot (§4.4). Every role is there: one that is left out would be one that nobody misses.
func (s *wireSnapshot) check() (time.Time, error) {
	t, err := s.wireHead.check(Snapshot)
	if err != nil {
		return t, err
	}
	for _, role := range append([]string{Targets}, delegated...) {
		m, ok := s.Meta[role+".json"]
		if !ok {
			return t, fmt.Errorf("it does not name %s.json", role)
		}
		if err := m.check(maxMetadata[role]); err != nil {
			return t, fmt.Errorf("%s.json: %w", role, err)
		}
	}
	if len(s.Meta) != 1+len(delegated) {
		return t, errors.New("it names a role that is not known here")
	}
	return t, nil
}

// check checks the targets role and those below it (§4.5).
func (w *wireTargets) check(role string) (time.Time, error) {
	t, err := w.wireHead.check(Targets)
	if err != nil {
		return t, err
	}
	if role == Targets {
		return t, w.checkDelegations()
	}
	if w.Delegations != nil {
		return t, errors.New("a role that was delegated to delegates again")
	}
	if n := len(w.Targets); n > MaxTargets {
		return t, fmt.Errorf("it names %d files, the limit is %d", n, MaxTargets)
	}
	for _, target := range w.Targets {
		if len(target.Hashes) != 1 || !isHex(target.Hashes["sha256"], 32) || target.Length < 0 || target.Length > MaxTarget {
			return t, errors.New("a data file is not named with its length and its SHA-256 alone")
		}
		if target.Custom != nil && !isHex(target.Custom.Store, 32) {
			return t, errors.New("the custom member store is not a SHA-256")
		}
	}
	return t, nil
}

// checkDelegations checks that the targets role delegates to the three roles, in their order, and does nothing else.
func (w *wireTargets) checkDelegations() error {
	switch d := w.Delegations; {
	case len(w.Targets) > 0:
		return errors.New("the targets role names files itself")
	case d == nil || len(d.Roles) != len(delegated):
		return fmt.Errorf("it does not delegate to the roles %s", strings.Join(delegated, ", "))
	default:
		if err := checkKeys(d.Keys); err != nil {
			return err
		}
		for i, r := range d.Roles {
			if r.Name != delegated[i] || !slices.Equal(r.Paths, patterns[r.Name]) || !r.Terminating {
				return fmt.Errorf("its delegation number %d is not to %s, with the paths of that role", i+1, delegated[i])
			}
			if err := r.check(d.Keys); err != nil {
				return fmt.Errorf("%s: %w", r.Name, err)
			}
		}
	}
	return nil
}
