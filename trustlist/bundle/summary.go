package bundle

import (
	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// summary drafts and signs the snapshot or the timestamp, if everything that it names is ready.
func (s *signing) summary(role string) error {
	if waits, err := s.waits(role); err != nil || waits != "" {
		if err == nil {
			err = s.drop(role) // it named what has changed since
		}
		return err
	}
	fresh, err := s.newSummary(role)
	if err != nil {
		return err
	}
	d, err := s.draft(role)
	if err != nil {
		return err
	}
	if d == nil || !sameMeta(d.encode(), fresh.encode()) {
		// Only whoever can sign a summary begins one, so that its date is that of its signature.
		if !s.all[role].within(s.key.Public()) {
			return s.drop(role)
		}
		d = fresh
	}
	return s.add(d, s.all[role])
}

// waits gives the first role that must be ready before this one can be signed; "" where all are.
func (s *signing) waits(role string) (string, error) {
	for _, before := range Roles() {
		if before == role {
			break
		}
		if before == Root { // is published beside the others, and no summary names it
			continue
		}
		d, err := s.state(before)
		if err != nil {
			return "", err
		}
		if !d.Ready || before == Snapshot && !d.Drafted {
			return before, nil
		}
	}
	return "", nil
}

// newSummary drafts a snapshot or timestamp of what is there now.
func (s *signing) newSummary(role string) (*draft, error) {
	_, version, err := s.publishedVersion(role)
	if err != nil {
		return nil, err
	}
	version++
	if role == Timestamp {
		data, v, err := s.file(Snapshot)
		if err != nil {
			return nil, err
		}
		return newDraft(role, metadata.TimestampType{
			Type: Timestamp, SpecVersion: metadata.SPECIFICATION_VERSION, Version: version, Expires: s.expiry(role, s.now),
			Meta:               map[string]*metadata.MetaFiles{"snapshot.json": digestOf(data, v)},
			UnrecognizedFields: map[string]any{"created": stamp(s.now)},
		})
	}
	meta := make(map[string]*metadata.MetaFiles)
	for _, name := range append([]string{Targets}, delegated...) {
		data, v, err := s.file(name)
		if err != nil {
			return nil, err
		}
		meta[name+".json"] = digestOf(data, v)
	}
	return newDraft(role, metadata.SnapshotType{
		Type: Snapshot, SpecVersion: metadata.SPECIFICATION_VERSION, Version: version, Expires: s.expiry(role, s.now), Meta: meta,
	})
}

// file gives the file of a role that the next publication will hold, and its version.
func (s *signing) file(role string) ([]byte, int64, error) {
	data, err := s.current(s.files, role)
	if err != nil {
		return nil, 0, err
	}
	version, err := versionOf(role, data)
	return data, version, err
}

// publishedVersion gives the published file of a role and its version, 0 where there is none.
func (s *signing) publishedVersion(role string) ([]byte, int64, error) {
	data, _, err := latest(s.files, role)
	if err != nil || data == nil {
		return nil, 0, err
	}
	version, err := versionOf(role, data)
	return data, version, err
}

func versionOf(role string, data []byte) (int64, error) {
	f, err := parse[struct {
		wireHead
		otherMembers
	}](data)
	if err != nil {
		return 0, wrap(Form, role, "", err)
	}
	return f.Signed.Version, nil
}

// otherMembers stands for all members of a file of which only the head is read.
type otherMembers struct {
	Consistent  any `json:"consistent_snapshot"`
	Keys        any `json:"keys"`
	Roles       any `json:"roles"`
	Created     any `json:"created"`
	Meta        any `json:"meta"`
	Targets     any `json:"targets"`
	Delegations any `json:"delegations"`
}

// sameMeta reports whether two snapshots, or two timestamps, name the same files.
func sameMeta(a, b []byte) bool {
	type named struct {
		wireHead
		Created any                 `json:"created"`
		Meta    map[string]wireMeta `json:"meta"`
	}
	x, err := parse[named](a)
	if err != nil {
		return false
	}
	y, err := parse[named](b)
	if err != nil || len(x.Signed.Meta) != len(y.Signed.Meta) || x.Signed.Version != y.Signed.Version {
		return false
	}
	for name, m := range x.Signed.Meta {
		other, ok := y.Signed.Meta[name]
		if !ok || m.Version != other.Version || m.Length != other.Length || m.Hashes["sha256"] != other.Hashes["sha256"] {
			return false
		}
	}
	return true
}
