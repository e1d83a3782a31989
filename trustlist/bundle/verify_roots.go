package bundle

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/trustedmetadata"
)

// roots begins with the pinned root and follows the chain of new ones (§5.3): each is signed by the one before and by
// itself, and none is left out.
func (v *verification) roots() error {
	data := v.options.Root
	if int64(len(data)) > maxMetadata[Root] {
		return refuse(Limit, Root, "pinned root", fmt.Sprintf("at most %d bytes", maxMetadata[Root]), "too large")
	}
	expires, err := wellFormed(Root, data)
	if err != nil {
		return wrap(Form, Root, "pinned root", err)
	}
	if v.trusted, err = trustedmetadata.New(data); err != nil {
		return fromTUF(Root, "pinned root", err)
	}
	// The library would refuse what has expired. The zero time lets all its other checks pass or fail by themselves;
	// whether the time has run out is held against the clock in Info.
	v.trusted.RefTime = time.Time{}
	v.out.root, v.expires[Root] = data, expires
	for n := 0; ; n++ {
		name := rootName(v.trusted.Root.Signed.Version + 1)
		if !v.files.has(metadataFolder + name) {
			break
		}
		if n == MaxRoots {
			return refuse(Limit, Root, name, fmt.Sprintf("at most %d", MaxRoots), "too many rotations since the pinned root")
		}
		if data, err = v.read(Root, name, maxMetadata[Root]); err != nil {
			return err
		}
		if _, err := v.trusted.UpdateRoot(data); err != nil {
			return &Error{Kind: Rotation, Step: Root, Place: name, Err: reason(err)}
		}
		v.out.root = data
	}
	return v.noRootBeyond()
}

// noRootBeyond refuses a chain with a hole: a post that stopped before it would go on to trust keys that were withdrawn.
func (v *verification) noRootBeyond() error {
	last := v.trusted.Root.Signed.Version
	for _, name := range v.files.list() {
		number, is := strings.CutSuffix(strings.TrimPrefix(name, metadataFolder), ".root.json")
		if n, err := strconv.ParseInt(number, 10, 64); is && (err != nil || n > last) {
			return refuse(Rotation, Root, base(name), "every root from the pinned one on", fmt.Sprintf("the root after version %d is missing", last))
		}
	}
	return nil
}

func rootName(version int64) string { return fmt.Sprintf("%d.root.json", version) }

// fromTUF makes an error of the library one of this package.
func fromTUF(role, place string, err error) error {
	kind := Form
	switch {
	case errors.Is(err, &metadata.ErrUnsignedMetadata{}):
		kind = Signature
	case errors.Is(err, &metadata.ErrBadVersionNumber{}), errors.Is(err, &metadata.ErrLengthOrHashMismatch{}):
		kind = Mixed
	}
	return &Error{Kind: kind, Step: role, Place: place, Err: reason(err)}
}

// reason gives the words for an error of the library, whose own name its code or repeat the file.
func reason(err error) error {
	switch {
	case errors.Is(err, &metadata.ErrUnsignedMetadata{}):
		return errors.New("too few of the keys that the role needs have signed it")
	case errors.Is(err, &metadata.ErrLengthOrHashMismatch{}):
		return errors.New("it is not the file that the one above it names")
	case errors.Is(err, &metadata.ErrBadVersionNumber{}):
		return errors.New("it is not of the version that it must have here")
	}
	return errors.New("its metadata cannot be used: " + err.Error())
}

// UnverifiedRoot gives the first root that a bundle brings along, for tools that show what a bundle says of itself. It vouches
// for nothing: anybody can make a root.
func UnverifiedRoot(files *Files) ([]byte, error) {
	return files.read(Root, metadataFolder+rootName(1), maxMetadata[Root])
}
