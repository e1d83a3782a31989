package bundle

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// A Draft is the state of one role of a repository.
type Draft struct {
	Role    string
	Drafted bool      // whether there is a draft; if not, what is published stays in force
	Version int64     // of the draft, else of what is published; 0 where there is neither
	Expires time.Time // the same
	Signed  []string  // IDs of the keys whose signatures under the draft hold
	Need    int       // how many must sign
	Ready   bool      // complete, or published and unchanged
	Waits   string    // the role that has to be ready first; "" where none
	// For a new root, Before is how many keys of the root before it must sign, and Old those that have.
	Before int
	Old    []string
}

// A signing is one change to the drafts.
type signing struct {
	*Repository
	files *Files // the bundle in force; nil where there is none
	now   time.Time
	renew []string
	key   Signer // nil where the drafts are only looked at
	all   map[string]Authority
}

// Sign drafts what is to be signed and adds the signature of one key to every draft that the key serves and that can be
// signed yet: a snapshot only when all that it names is complete, a timestamp only when the snapshot is.
//
// The roles keys, revocation and rules are drafted anew when their staged files differ from those that are published, when
// less than half of their time is left, and when renew names them; a role that one key alone may sign also whenever that key
// signs. Snapshot and timestamp are drafted for every publication.
func (r *Repository) Sign(key Signer, now time.Time, renew ...string) ([]Draft, error) {
	var drafts []Draft
	err := r.signing(key, now, renew, func(s *signing) error {
		if err := s.rootAndTargets(); err != nil {
			return err
		}
		for _, role := range delegated {
			if err := s.delegate(role); err != nil {
				return err
			}
		}
		if err := s.summary(Snapshot); err != nil {
			return err
		}
		if err := s.summary(Timestamp); err != nil {
			return err
		}
		var err error
		drafts, err = s.states()
		return err
	})
	return drafts, err
}

// Drafts gives the state of every role.
func (r *Repository) Drafts(now time.Time) ([]Draft, error) {
	var drafts []Draft
	err := r.signing(nil, now, nil, func(s *signing) (err error) {
		drafts, err = s.states()
		return err
	})
	return drafts, err
}

func (r *Repository) signing(key Signer, now time.Time, renew []string, work func(*signing) error) error {
	for _, role := range renew {
		if !isRole(role) || role == Root {
			return refuse(Form, "sign", role, "targets, keys, revocation, rules, snapshot or timestamp", "this role cannot be renewed by name")
		}
	}
	return r.alone(func() error {
		s := &signing{Repository: r, now: now, renew: renew, key: key}
		var err error
		if s.files, err = r.published(); err != nil {
			return err
		}
		if s.files != nil {
			defer s.files.Close()
		}
		if s.all, err = r.Authorities(); err != nil {
			return err
		}
		return work(s)
	})
}

// add signs a draft if the key serves the role, and saves it.
func (s *signing) add(d *draft, by ...Authority) error {
	for _, a := range by {
		if a.within(s.key.Public()) {
			if err := d.sign(s.key); err != nil {
				return err
			}
			return s.save(d)
		}
	}
	return nil
}

// rootAndTargets signs the drafts of the root and of the targets role. A root is drafted by Init and Rotate alone.
func (s *signing) rootAndTargets() error {
	root, err := s.draft(Root)
	if err != nil {
		return err
	}
	if root != nil {
		by, err := s.rootSigners(s.files, root)
		if err != nil {
			return err
		}
		if err := s.add(root, by...); err != nil {
			return err
		}
	}
	targets, err := s.draft(Targets)
	if err != nil {
		return err
	}
	if targets == nil && s.due(Targets) {
		plan := Plan{Roles: s.all}
		_, version, err := latest(s.files, Targets)
		if err != nil {
			return err
		}
		if targets, err = s.newDelegator(plan, version+1, s.now); err != nil {
			return err
		}
		if err := s.save(targets); err != nil {
			return err
		}
	}
	if targets == nil {
		return nil
	}
	return s.add(targets, s.all[Targets])
}

// due reports whether a published role shall be renewed though nothing of it has changed.
func (s *signing) due(role string) bool {
	if slices.Contains(s.renew, role) {
		return true
	}
	if role != Targets && !isOffline(s.all[role]) && s.all[role].within(s.key.Public()) {
		return true
	}
	data, _, err := latest(s.files, role)
	if err != nil || data == nil || !s.stands(role, data) {
		return true
	}
	expires, err := wellFormed(role, data)
	return err != nil || expires.Sub(s.now) < s.periods[role]/2
}

// delegate drafts a role that names data files, where it must be, and signs it.
func (s *signing) delegate(role string) error {
	files, err := s.staged(role)
	if err != nil {
		return err
	}
	d, err := s.draft(role)
	if err != nil {
		return err
	}
	if d != nil && !sameTargets(d.encode(), files) { // staged anew since it was signed
		d = nil
	}
	published, version, err := latest(s.files, role)
	if err != nil {
		return err
	}
	if d == nil {
		if published != nil && sameTargets(published, files) && !s.due(role) {
			return s.drop(role)
		}
		if d, err = s.newTargets(role, files, version+1); err != nil {
			return err
		}
		if err := s.save(d); err != nil {
			return err
		}
	}
	return s.add(d, s.all[role])
}

func (s *signing) newTargets(role string, files []staged, version int64) (*draft, error) {
	t := metadata.TargetsType{
		Type: Targets, SpecVersion: metadata.SPECIFICATION_VERSION, Version: version, Expires: s.expiry(role, s.now),
		Targets: make(map[string]*metadata.TargetFiles),
	}
	for _, f := range files {
		target := &metadata.TargetFiles{Length: f.size, Hashes: metadata.Hashes{"sha256": f.sum[:]}}
		if f.digest != "" {
			target.UnrecognizedFields = map[string]any{"custom": map[string]any{"store": f.digest}}
		}
		t.Targets[f.name] = target
	}
	return newDraft(role, t)
}

// sameTargets reports whether a file of metadata names exactly these data files.
func sameTargets(data []byte, files []staged) bool {
	t, err := parse[wireTargets](data)
	if err != nil || len(t.Signed.Targets) != len(files) {
		return false
	}
	for _, f := range files {
		w, ok := t.Signed.Targets[f.name]
		digest := ""
		if w.Custom != nil {
			digest = w.Custom.Store
		}
		if !ok || w.Length != f.size || w.Hashes["sha256"] != fmt.Sprintf("%x", f.sum) || digest != f.digest {
			return false
		}
	}
	return true
}

// digestOf is what a snapshot or timestamp says of a file of metadata.
func digestOf(data []byte, version int64) *metadata.MetaFiles {
	sum := sha256.Sum256(data)
	return &metadata.MetaFiles{Version: version, Length: int64(len(data)), Hashes: metadata.Hashes{"sha256": bytes.Clone(sum[:])}}
}
