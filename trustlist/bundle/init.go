package bundle

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// A Plan says who signs what, and for how long it is good.
type Plan struct {
	// Roles has an Authority for every role of Roles().
	Roles map[string]Authority
	// Periods are by role, in whole hours; a role that is left out has that of DefaultPeriods.
	Periods map[string]time.Duration
}

func (p *Plan) check() error {
	for _, role := range Roles() {
		a, ok := p.Roles[role]
		if !ok {
			return refuse(Form, "plan", role, "", "no keys are named for the role")
		}
		keys, err := a.byID()
		if err != nil {
			return wrap(Form, "plan", role, err)
		}
		if len(keys) != len(a.Keys) {
			return refuse(Form, "plan", role, "", "one key is named twice")
		}
		if a.Threshold < 1 || a.Threshold > len(keys) || len(keys) > maxSignature {
			return refuse(Form, "plan", role, fmt.Sprintf("between 1 and the number of its keys, at most %d", maxSignature), fmt.Sprintf("threshold %d", a.Threshold))
		}
	}
	for role, period := range p.Periods {
		if !isRole(role) || period < time.Hour || period%time.Hour != 0 {
			return refuse(Form, "plan", role, "whole hours for a role", fmt.Sprintf("the period %v", period))
		}
	}
	return nil
}

// Init makes a repository in a folder that does not exist or is empty, with drafts of the first root and of the targets role.
func Init(dir string, p Plan, now time.Time) (*Repository, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, refuse(Form, "headquarters", filepath.Base(dir), "an empty folder", "the folder is not empty")
	}
	for _, sub := range []string{stagedFolder, draftsFolder} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, wrap(Form, "headquarters", sub, err)
		}
	}
	r := &Repository{dir: dir, periods: DefaultPeriods()}
	for role, period := range p.Periods {
		r.periods[role] = period
	}
	err := r.alone(func() error {
		if err := r.writeSettings(); err != nil {
			return wrap(Form, "headquarters", settingsFile, err)
		}
		return r.authorize(p, 1, 1, now)
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// authorize drafts a root and a targets role that put a plan in force.
func (r *Repository) authorize(p Plan, rootVersion, targetsVersion int64, now time.Time) error {
	root, err := r.newRoot(p, rootVersion, now)
	if err != nil {
		return err
	}
	targets, err := r.newDelegator(p, targetsVersion, now)
	if err != nil {
		return err
	}
	for _, d := range []*draft{root, targets} {
		if err := r.save(d); err != nil {
			return err
		}
	}
	return nil
}

func (r *Repository) expiry(role string, now time.Time) time.Time {
	return now.UTC().Truncate(time.Second).Add(r.periods[role])
}

func (r *Repository) newRoot(p Plan, version int64, now time.Time) (*draft, error) {
	root := metadata.RootType{
		Type: Root, SpecVersion: metadata.SPECIFICATION_VERSION, ConsistentSnapshot: true, Version: version, Expires: r.expiry(Root, now),
		Keys: make(map[string]*metadata.Key), Roles: make(map[string]*metadata.Role),
	}
	for _, role := range []string{Root, Targets, Snapshot, Timestamp} {
		ids, err := named(p.Roles[role], root.Keys)
		if err != nil {
			return nil, err
		}
		root.Roles[role] = &metadata.Role{KeyIDs: ids, Threshold: p.Roles[role].Threshold}
	}
	return newDraft(Root, root)
}

// newDelegator drafts the targets role, which names no file and delegates to the roles that do.
func (r *Repository) newDelegator(p Plan, version int64, now time.Time) (*draft, error) {
	d := &metadata.Delegations{Keys: make(map[string]*metadata.Key)}
	for _, role := range delegated {
		ids, err := named(p.Roles[role], d.Keys)
		if err != nil {
			return nil, err
		}
		d.Roles = append(d.Roles, metadata.DelegatedRole{
			Name: role, KeyIDs: ids, Threshold: p.Roles[role].Threshold, Terminating: true, Paths: patterns[role],
		})
	}
	return newDraft(Targets, metadata.TargetsType{
		Type: Targets, SpecVersion: metadata.SPECIFICATION_VERSION, Version: version, Expires: r.expiry(Targets, now),
		Targets: map[string]*metadata.TargetFiles{}, Delegations: d,
	})
}

// named puts the keys of an authority among those of a file and gives their IDs.
func named(a Authority, keys map[string]*metadata.Key) ([]string, error) {
	var ids []string
	for _, k := range a.Keys {
		key := tufKey(k)
		id, err := key.ID()
		if err != nil {
			return nil, wrap(Form, "plan", "", err)
		}
		keys[id] = key
		ids = append(ids, id)
	}
	return ids, nil
}
