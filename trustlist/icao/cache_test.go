package icao_test

import (
	"bytes"
	"sync"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist/icao"
)

func TestACacheGivesNothingToAnotherTrust(t *testing.T) {
	var c icao.Cache
	data, strange := chip.Utopian().Encode(), chip.ListByStranger().Encode()
	first, err := c.Read("first", data, pinned)
	if err != nil {
		t.Fatal(err)
	}
	second, err := c.Read("second", bytes.Clone(data), pinned)
	if err != nil || second.Source.Name != "second" || first.Source.Name != "first" || &first.Entries[0] != &second.Entries[0] {
		t.Error("a list was read twice, or its name was kept")
	}
	if l, err := c.Read("open", strange, anyone); err != nil || l.Authenticated {
		t.Error(err)
	}
	_, err = c.Read("closed", strange, pinned)
	refused(t, "closed", err, icao.ErrSigner)
	_, err = c.Read("nobody", data, icao.Trust{})
	refused(t, "nobody", err, icao.ErrUnpinned)
	_, err = c.Read("another", data, icao.Trust{Publisher: []*cert.Certificate{parse(utopia.RSA.Cert)}})
	refused(t, "another", err, icao.ErrSigner)
	late := pinned
	late.Since = first.SigningTime.Add(1)
	_, err = c.Read("late", data, late)
	refused(t, "late", err, icao.ErrOlder)
}

func TestACacheServesSeveralAtOnce(t *testing.T) {
	var c icao.Cache
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if l, err := c.Read("ut.ml", chip.Utopian().Encode(), pinned); err != nil || len(l.CAs()) != 4 {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// The largest list that is published: read, checked, and made ready for documents.
func BenchmarkPublishedList(b *testing.B) {
	for _, c := range vectors.Travel(b, "masterlist") {
		if c.ID != "masterlist/DE_2026-05-28" {
			continue
		}
		data, trust := c.File(b, c.Input.File), icao.Trust{Publisher: roots(b, c)}
		run := func(name string, do func(*icao.List)) {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					do(read(b, name, data, trust))
				}
			})
		}
		run("read", func(*icao.List) {})
		run("read and index", func(l *icao.List) { cert.NewPool(l.CAs()) })
		run("read, index and link", func(l *icao.List) { cert.NewPool(l.CAs()); icao.Links(l.CAs()) })
		b.Run("cached", func(b *testing.B) {
			var cache icao.Cache
			for b.Loop() {
				if _, err := cache.Read("again", data, trust); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
