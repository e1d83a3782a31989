package lds

import (
	"crypto"

	"github.com/travelseal/travelseal/internal/der"
)

// A SecurityObject is what the issuer seals: a digest of every data group (LDSSecurityObject, Doc 9303-10 §4.6.2.3). It
// points into the bytes that it was read from.
type SecurityObject struct {
	Version int // 0, or 1
	Hash    crypto.Hash
	Digests []Digest // in the order of the object; no group is there twice
	// LDSVersion and UnicodeVersion are "0108" and "040000"; "" in version 0, which has neither.
	LDSVersion, UnicodeVersion string
}

// A Digest is what the issuer names as the hash of a data group's file.
type Digest struct {
	Group Group
	Sum   []byte
}

// maxVersion is how long the text of a version may be.
const maxVersion = 16

// ParseSecurityObject reads the content that an EF.SOD seals. Its errors are *der.Error with a reason of this package or
// of package der.
func ParseSecurityObject(content []byte) (*SecurityObject, error) {
	const what = "the security object"
	v, err := der.Only(content, der.Sequence, what)
	if err != nil {
		return nil, err
	}
	r := v.Reader()
	o := &SecurityObject{}
	if err := o.readVersion(&r); err != nil {
		return nil, err
	}
	if o.Hash, err = readHash(&r); err != nil {
		return nil, err
	}
	if err := o.readDigests(&r); err != nil {
		return nil, err
	}
	if err := o.readVersionInfo(&r); err != nil {
		return nil, err
	}
	if err := r.End(what); err != nil {
		return nil, err
	}
	return o, nil
}

// Sum is the digest of a group; nil where the object has none.
func (o *SecurityObject) Sum(g Group) []byte {
	for _, d := range o.Digests {
		if d.Group == g {
			return d.Sum
		}
	}
	return nil
}

func (o *SecurityObject) readVersion(r *der.Reader) error {
	const what = "the security object's version"
	v, err := r.Read(der.Integer, what)
	if err != nil {
		return err
	}
	if o.Version, err = v.Small(1, what); err != nil {
		return v.Fail(what, ErrVersion)
	}
	return nil
}

func (o *SecurityObject) readDigests(r *der.Reader) error {
	const what = "the list of digests"
	list, err := r.Read(der.Sequence, what)
	if err != nil {
		return err
	}
	in := list.Reader()
	if in.Empty() {
		return list.Fail(what, ErrEmpty)
	}
	for !in.Empty() {
		v, err := in.Read(der.Sequence, what)
		if err != nil {
			return err
		}
		d, err := o.readDigest(v)
		if err != nil {
			return err
		}
		o.Digests = append(o.Digests, d)
	}
	return nil
}

func (o *SecurityObject) readDigest(v der.Value) (Digest, error) {
	r := v.Reader()
	number, err := r.Read(der.Integer, "the number of a data group")
	if err != nil {
		return Digest{}, err
	}
	n, err := number.Small(Groups, "the number of a data group")
	g := Group(n)
	switch {
	case err != nil || !g.Exists():
		return Digest{}, number.Fail("the number of a data group", ErrGroup)
	case o.Sum(g) != nil:
		return Digest{}, number.Fail("the digest of "+g.String(), ErrRepeated)
	}
	sum, err := r.Read(der.OctetString, "the digest of "+g.String())
	if err != nil {
		return Digest{}, err
	}
	if len(sum.Content) != o.Hash.Size() {
		return Digest{}, sum.Fail("the digest of "+g.String(), ErrDigestLength)
	}
	return Digest{Group: g, Sum: sum.Content}, r.End("the digest of " + g.String())
}

// readVersionInfo reads the versions that version 1 of the object has and version 0 has not.
func (o *SecurityObject) readVersionInfo(r *der.Reader) error {
	const what = "the versions in the security object"
	v, found, err := r.Optional(der.Sequence, what)
	switch {
	case err != nil:
		return err
	case found && o.Version == 0:
		return v.Fail(what, ErrVersionInfo)
	case !found && o.Version == 1:
		return &der.Error{What: what, Offset: r.Offset(), Err: ErrVersionInfo}
	case !found:
		return nil
	}
	in := v.Reader()
	if o.LDSVersion, err = versionText(&in, "the version of the structure"); err != nil {
		return err
	}
	if o.UnicodeVersion, err = versionText(&in, "the version of Unicode"); err != nil {
		return err
	}
	return in.End(what)
}

// versionText reads a version. Nothing is decided by it, so that only its characters are looked at.
func versionText(r *der.Reader, what string) (string, error) {
	v, err := r.Read(der.PrintableString, what)
	if err != nil {
		return "", err
	}
	if len(v.Content) == 0 || len(v.Content) > maxVersion {
		return "", v.Fail(what, ErrText)
	}
	for _, b := range v.Content {
		if (b < '0' || b > '9') && b != '.' {
			return "", v.Fail(what, ErrText)
		}
	}
	return string(v.Content), nil
}
