package revstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"

	"github.com/travelseal/travelseal/trustlist"
)

// Importer lets a [trustlist.Loader] take stores. Each is verified as it is loaded, which reads it once; but for those that
// the caller has verified already, when they were installed, and names by their digests.
func Importer(verified ...[sha256.Size]byte) trustlist.Importer {
	return trustlist.Importer{Name: "revocation store", Detect: isStore, Open: func(path string) (trustlist.Opened, error) {
		s, err := Open(path)
		if err != nil {
			return trustlist.Opened{}, err
		}
		if !slices.Contains(verified, s.SHA256()) {
			if err := s.Verify(context.Background()); err != nil {
				s.Close()
				return trustlist.Opened{}, err
			}
		}
		return trustlist.Opened{SHA256: s.SHA256(), Material: trustlist.Material{Stores: []trustlist.RevocationStore{s}}}, nil
	}}
}

func isStore(data []byte) bool { return bytes.HasPrefix(data, magic[:]) }
