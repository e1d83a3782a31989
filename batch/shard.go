package batch

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shard is one part of an archive that is divided among several machines: of every Of lines, the one numbered Index,
// counted from 1. The zero Shard is the whole archive.
type Shard struct{ Index, Of int }

// ParseShard reads "2/8".
func ParseShard(s string) (Shard, error) {
	i, of, ok := strings.Cut(s, "/")
	index, err1 := strconv.Atoi(i)
	count, err2 := strconv.Atoi(of)
	if !ok || err1 != nil || err2 != nil || index < 1 || count < 1 || index > count || count > 1<<16 {
		return Shard{}, fmt.Errorf("%q is not a part like 2/8", s)
	}
	return Shard{Index: index, Of: count}, nil
}

// has reports whether a line, counted from 1, belongs to the part.
func (s Shard) has(n int64) bool { return s.Of <= 1 || (n-1)%int64(s.Of) == int64(s.Index-1) }

func (s Shard) String() string {
	if s.Of <= 1 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}
