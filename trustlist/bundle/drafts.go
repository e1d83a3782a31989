package bundle

// states gives the state of every role, in the order in which they are signed.
func (s *signing) states() ([]Draft, error) {
	var all []Draft
	for _, role := range Roles() {
		d, err := s.state(role)
		if err != nil {
			return nil, err
		}
		if role == Snapshot || role == Timestamp {
			if d.Waits, err = s.waits(role); err != nil {
				return nil, err
			}
			if d.Waits != "" {
				d.Ready = false
			}
		}
		all = append(all, d)
	}
	return all, nil
}

// state gives the state of one role by its own file.
func (s *signing) state(role string) (Draft, error) {
	out := Draft{Role: role, Need: s.all[role].Threshold}
	d, err := s.draft(role)
	if err != nil {
		return out, err
	}
	data, version, err := s.publishedVersion(role)
	if err != nil {
		return out, err
	}
	if d == nil {
		if data == nil {
			return out, nil
		}
		// The snapshot and the timestamp are made anew for every publication.
		out.Version, out.Ready = version, role != Snapshot && role != Timestamp && s.stands(role, data)
		out.Expires, err = wellFormed(role, data)
		return out, err
	}
	out.Drafted, out.Signed = true, d.signers(s.all[role])
	if out.Version, err = versionOf(role, d.encode()); err != nil {
		return out, err
	}
	if out.Expires, err = wellFormed(role, d.encode()); err != nil {
		return out, err
	}
	out.Ready = d.complete(s.all[role])
	if role != Root {
		return out, nil
	}
	by, err := s.rootSigners(s.files, d)
	if err != nil {
		return out, err
	}
	for _, before := range by[1:] {
		out.Before, out.Old = before.Threshold, d.signers(before)
		out.Ready = out.Ready && d.complete(before)
	}
	return out, nil
}

// stands reports whether what is published of a role is signed by the keys that count from the next publication on.
func (s *signing) stands(role string, data []byte) bool {
	d, err := readDraft(role, data)
	return err == nil && d.complete(s.all[role])
}
