package bundle

import "github.com/travelseal/travelseal/internal/strict/json"

// What a bundle may hold at most. Metadata are bounded before they are read, data files by their signed lengths before they
// are copied.
const (
	MaxFiles     = 12_000   // files of a bundle, whether metadata name them or not
	MaxTargets   = 10_000   // data files that one role names
	MaxTarget    = 4 << 30  // bytes of one data file: 268 million revoked documents
	MaxTotal     = 16 << 30 // bytes of all data files
	MaxRoots     = 256      // rotations between the root that a post pins and the newest
	MaxName      = 100      // bytes of the name of a data file: what a tar header holds
	maxSignature = 64       // signatures under one file, and keys of one role
)

// maxMetadata bounds the files of metadata, by role.
var maxMetadata = map[string]int64{
	"root": 256 << 10, "timestamp": 16 << 10, "snapshot": 64 << 10, "targets": 256 << 10,
	"keys": 8 << 20, "revocation": 8 << 20, "rules": 8 << 20,
}

// metadataLimits bound what is looked at in one file of metadata: ten thousand targets with all their members.
var metadataLimits = json.Limits{Depth: 10, Items: 200_000}
