package icao

import (
	"crypto/sha256"
	"sync"
)

// maxCached is how many lists a Cache keeps: those of every publisher, twice over.
const maxCached = 64

// A Cache reads each master list once. What it keeps is found by the digest of the whole list and of the whole certificates
// that are pinned, so that nothing read under one trust is given out under another. The zero Cache is empty and ready, and
// may be used from several goroutines.
type Cache struct {
	mu    sync.Mutex
	lists map[[sha256.Size]byte]*List
}

// Read is [ReadMasterList] for a list that may have been read before. The list must not be changed.
func (c *Cache) Read(name string, data []byte, trust Trust) (*List, error) {
	key := cacheKey(data, trust)
	c.mu.Lock()
	l := c.lists[key]
	c.mu.Unlock()
	if l == nil {
		var err error
		if l, err = ReadMasterList(name, data, trust); err != nil {
			return nil, err
		}
		c.keep(key, l)
		return l, nil
	}
	if l.SigningTime.Before(trust.Since) {
		return nil, refuse(name, ErrOlder)
	}
	again := *l
	again.Source.Name = name
	return &again, nil
}

func (c *Cache) keep(key [sha256.Size]byte, l *List) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lists == nil || len(c.lists) >= maxCached {
		c.lists = make(map[[sha256.Size]byte]*List)
	}
	c.lists[key] = l
}

// cacheKey is a digest of digests, each of one length, so that no two inputs run into each other.
func cacheKey(data []byte, trust Trust) [sha256.Size]byte {
	sum := sha256.Sum256(data)
	all := sum[:]
	if trust.Unauthenticated {
		all = append(all, 1)
	} else {
		all = append(all, 0)
	}
	for _, c := range trust.Publisher {
		sum := sha256.Sum256(c.Raw)
		all = append(all, sum[:]...)
	}
	return sha256.Sum256(all)
}
