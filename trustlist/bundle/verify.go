package bundle

import (
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata/trustedmetadata"
)

// Options say what a bundle is held against.
type Options struct {
	// Root is the root file that the relying party has pinned, or the newest that follows from it.
	Root []byte
	// Seen is what was seen before; the zero Seen is nothing.
	Seen Seen
	// Now is the moment as of which Info says whether the bundle has expired.
	Now time.Time
}

// Seen are the highest versions that a post has seen, and the latest moment.
type Seen struct {
	Versions map[string]int64 // by role
	// Online stands for the keys of the snapshot and timestamp roles. When a root replaces them, the versions of these two
	// begin anew (§5.3.11): a thief of the old ones may have named any number.
	Online string
	Latest time.Time
}

// Verify verifies a bundle: the signatures and thresholds of all roles from the pinned root on, that its parts belong
// together, that nothing is older than what was seen, and the length and SHA-256 of every data file. One that is authentic
// but has expired is no error: Info.Expired says so. Any other doubt is an *Error, and nothing of the bundle may be used.
func Verify(files *Files, o Options) (*Content, error) {
	v, err := verifyMetadata(files, o)
	if err != nil {
		return nil, err
	}
	if err := v.checkAll(files); err != nil {
		return nil, err
	}
	return &v.content, nil
}

// checkAll compares every data file with what was signed.
func (v *verified) checkAll(files *Files) error {
	for i := range v.content.Files {
		if err := v.content.Files[i].check(files, io.Discard); err != nil {
			return err
		}
	}
	return nil
}

// A verified bundle, as far as its metadata go.
type verified struct {
	content Content
	// metadata are the files of metadata that were used, by name, as they were verified.
	metadata map[string][]byte
	root     []byte // the newest root
	seen     Seen   // what a post remembers from here on
}

// A verification is one run of verifyMetadata.
type verification struct {
	files   *Files
	options Options
	trusted *trustedmetadata.TrustedMetadata
	out     verified
	expires map[string]time.Time
}

func verifyMetadata(files *Files, o Options) (*verified, error) {
	v := &verification{files: files, options: o, expires: make(map[string]time.Time)}
	v.out.metadata = make(map[string][]byte)
	for _, step := range []func() error{v.roots, v.timestamp, v.snapshot, v.targets, v.rollback, v.contents} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	v.describe()
	return &v.out, nil
}

// read reads the metadata of a role within the limit of the role, checks its form, and keeps it.
func (v *verification) read(role, name string, limit int64) ([]byte, error) {
	name = metadataFolder + name
	if !v.files.has(name) {
		return nil, refuse(Form, role, base(name), "", "the file is missing")
	}
	data, err := v.files.read(role, name, min(limit, maxMetadata[role]))
	if err != nil {
		return nil, err
	}
	expires, err := wellFormed(role, data)
	if err != nil {
		return nil, wrap(Form, role, base(name), err)
	}
	v.out.metadata[name], v.expires[role] = data, expires
	return data, nil
}

func (v *verification) timestamp() error {
	data, err := v.read(Timestamp, "timestamp.json", maxMetadata[Timestamp])
	if err != nil {
		return err
	}
	if _, err := v.trusted.UpdateTimestamp(data); err != nil {
		return fromTUF(Timestamp, "timestamp.json", err)
	}
	v.out.content.Info.SHA256 = sha256.Sum256(data)
	return nil
}

func (v *verification) snapshot() error {
	meta := v.trusted.Timestamp.Signed.Meta["snapshot.json"]
	name := fmt.Sprintf("%d.snapshot.json", meta.Version)
	data, err := v.read(Snapshot, name, meta.Length)
	if err != nil {
		return err
	}
	if _, err := v.trusted.UpdateSnapshot(data, false); err != nil {
		return fromTUF(Snapshot, name, err)
	}
	return nil
}

func (v *verification) targets() error {
	for _, role := range append([]string{Targets}, delegated...) {
		meta := v.trusted.Snapshot.Signed.Meta[role+".json"]
		name := fmt.Sprintf("%d.%s.json", meta.Version, role)
		data, err := v.read(role, name, meta.Length)
		if err != nil {
			return err
		}
		if role == Targets {
			_, err = v.trusted.UpdateTargets(data)
		} else {
			_, err = v.trusted.UpdateDelegatedTargets(data, role, Targets)
		}
		if err != nil {
			return fromTUF(role, name, err)
		}
	}
	return nil
}

// rollback holds the versions against those that were seen (§5.4.3, §5.5.5).
func (v *verification) rollback() error {
	now := v.versions()
	v.out.seen = Seen{Versions: now, Online: v.online(), Latest: v.options.Now}
	for _, role := range Roles() {
		rotated := (role == Snapshot || role == Timestamp) && v.options.Seen.Online != "" && v.options.Seen.Online != v.out.seen.Online
		if seen := v.options.Seen.Versions[role]; now[role] < seen && !rotated {
			return refuse(Rollback, "versions", role, fmt.Sprintf("at least version %d", seen), fmt.Sprintf("version %d is older than what was seen", now[role]))
		}
	}
	return nil
}

func (v *verification) versions() map[string]int64 {
	t := v.trusted
	all := map[string]int64{
		Root: t.Root.Signed.Version, Timestamp: t.Timestamp.Signed.Version, Snapshot: t.Snapshot.Signed.Version,
	}
	for name, role := range t.Targets {
		all[name] = role.Signed.Version
	}
	return all
}

// online names the keys of the roles that a headquarters keeps at hand.
func (v *verification) online() string {
	sum := sha256.New()
	for _, role := range []string{Snapshot, Timestamp} {
		for _, id := range slices.Sorted(slices.Values(v.trusted.Root.Signed.Roles[role].KeyIDs)) {
			fmt.Fprintln(sum, role, id)
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// describe says what the bundle is, from what has been verified.
func (v *verification) describe() {
	i := &v.out.content.Info
	versions := v.versions()
	i.Version = versions[Timestamp]
	created, _ := v.trusted.Timestamp.Signed.UnrecognizedFields["created"].(string)
	i.Created, _ = moment("created", created) // the form was checked when it was read
	for _, name := range Roles() {
		r := RoleInfo{Name: name, Version: versions[name], Expires: v.expires[name]}
		r.Keys, r.Threshold = v.authority(name)
		for _, f := range v.out.content.Files {
			if f.Role == name {
				r.Files++
			}
		}
		if i.Expires.IsZero() || r.Expires.Before(i.Expires) {
			i.Expires = r.Expires
		}
		i.Roles = append(i.Roles, r)
	}
	i.judge(v.options.Now)
	for _, name := range v.files.list() {
		if _, used := v.out.metadata[name]; !used && !v.named(name) {
			v.out.content.Extra = append(v.out.content.Extra, name)
		}
	}
}

// authority gives the keys of a role and how many of them must sign.
func (v *verification) authority(role string) ([]string, int) {
	if r, ok := v.trusted.Root.Signed.Roles[role]; ok {
		return slices.Clone(r.KeyIDs), r.Threshold
	}
	for _, r := range v.trusted.Targets[Targets].Signed.Delegations.Roles {
		if r.Name == role {
			return slices.Clone(r.KeyIDs), r.Threshold
		}
	}
	return nil, 0
}
