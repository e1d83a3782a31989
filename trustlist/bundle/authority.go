package bundle

import (
	"encoding/hex"
	"fmt"
)

// authorities gives who signs what, from a root and a targets file, of which the latter may be missing.
func authorities(root, targets []byte) (map[string]Authority, error) {
	all := make(map[string]Authority)
	r, err := parse[wireRoot](root)
	if err != nil {
		return nil, wrap(Form, Root, "", err)
	}
	for _, role := range []string{Root, Targets, Snapshot, Timestamp} {
		wire := r.Signed.Roles[role]
		if all[role], err = authorityOf(&wire, r.Signed.Keys); err != nil {
			return nil, wrap(Form, role, "", err)
		}
	}
	if targets == nil {
		return all, nil
	}
	t, err := parse[wireTargets](targets)
	if err != nil {
		return nil, wrap(Form, Targets, "", err)
	}
	if t.Signed.Delegations == nil {
		return nil, refuse(Form, Targets, "", "", "it delegates to nobody")
	}
	for _, d := range t.Signed.Delegations.Roles {
		if all[d.Name], err = authorityOf(&d.wireRole, t.Signed.Delegations.Keys); err != nil {
			return nil, wrap(Form, d.Name, "", err)
		}
	}
	return all, nil
}

func authorityOf(r *wireRole, keys map[string]wireKey) (Authority, error) {
	a := Authority{Threshold: r.Threshold}
	for _, id := range r.KeyIDs {
		raw, err := hex.DecodeString(keys[id].Value.Public)
		if err != nil || len(raw) == 0 {
			return a, fmt.Errorf("no key with the ID %s", id)
		}
		a.Keys = append(a.Keys, raw)
	}
	return a, nil
}

// Authorities gives who signs what from the next publication on: by the drafts of the root and the targets role where there
// are some, else by what is published.
func (r *Repository) Authorities() (map[string]Authority, error) {
	files, err := r.published()
	if err != nil {
		return nil, err
	}
	if files != nil {
		defer files.Close()
	}
	root, err := r.current(files, Root)
	if err != nil {
		return nil, err
	}
	targets, err := r.current(files, Targets)
	if err != nil {
		return nil, err
	}
	return authorities(root, targets)
}

// current gives the draft of a role where there is one, else what is published of it.
func (r *Repository) current(files *Files, role string) ([]byte, error) {
	d, err := r.draft(role)
	if err != nil {
		return nil, err
	}
	if d != nil {
		return d.encode(), nil
	}
	data, _, err := latest(files, role)
	if err == nil && data == nil {
		err = refuse(Incomplete, role, "", "", "neither drafted nor published")
	}
	return data, err
}

// rootSigners gives the authorities that must sign a draft of the root: the new one itself, and the one before (§5.3.4).
func (r *Repository) rootSigners(files *Files, d *draft) ([]Authority, error) {
	all, err := authorities(d.encode(), nil)
	if err != nil {
		return nil, err
	}
	list := []Authority{all[Root]}
	old, _, err := latest(files, Root)
	if err != nil || old == nil {
		return list, err
	}
	before, err := authorities(old, nil)
	if err != nil {
		return nil, err
	}
	return append(list, before[Root]), nil
}
