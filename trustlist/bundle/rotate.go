package bundle

import "time"

// Rotate drafts the next root: with other keys or thresholds for the roles that the plan names, or, where it names none, with
// the same ones for another period. The roles that it does not name keep theirs. A new root is signed by the keys of the old
// one and by its own; a role whose keys change is signed again.
func (r *Repository) Rotate(p Plan, now time.Time) error {
	return r.signing(nil, now, nil, func(s *signing) error {
		if s.files == nil {
			return refuse(Incomplete, "rotate", Root, "", "the first root has not been published yet")
		}
		for role := range p.Roles {
			if !isRole(role) {
				return refuse(Form, "plan", role, "", "no such role")
			}
		}
		before, err := s.publishedAuthorities()
		if err != nil {
			return err
		}
		next := Plan{Roles: before}
		for role, a := range p.Roles {
			next.Roles[role] = a
		}
		if err := next.check(); err != nil {
			return err
		}
		_, rootVersion, err := s.publishedVersion(Root)
		if err != nil {
			return err
		}
		_, targetsVersion, err := s.publishedVersion(Targets)
		if err != nil {
			return err
		}
		// What was signed for the root before may have been signed by keys that no longer count.
		for _, role := range after(Root) {
			if err := s.drop(role); err != nil {
				return err
			}
		}
		return s.authorize(next, rootVersion+1, targetsVersion+1, now)
	})
}

// publishedAuthorities gives who signs what by the bundle in force.
func (s *signing) publishedAuthorities() (map[string]Authority, error) {
	root, _, err := latest(s.files, Root)
	if err != nil {
		return nil, err
	}
	targets, _, err := latest(s.files, Targets)
	if err != nil {
		return nil, err
	}
	return authorities(root, targets)
}
