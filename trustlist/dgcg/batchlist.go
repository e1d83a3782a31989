package dgcg

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// A BatchList is one page of the gateway's list of batches (RevocationBatchListDto). Nobody signs it: it can only show that a
// copy is not complete.
type BatchList struct {
	More  bool // there are further pages, of later dates
	Items []BatchItem
}

// A BatchItem names one batch.
type BatchItem struct {
	ID      string
	Country string
	Date    time.Time
	Deleted bool
}

// ReadBatchList reads one page. The error is a *trustlist.LoadError.
func ReadBatchList(name string, data []byte) (*BatchList, error) {
	var j struct {
		More    bool `json:"more"`
		Batches []struct {
			ID      string `json:"batchId"`
			Country string `json:"country"`
			Date    string `json:"date"`
			Deleted bool   `json:"deleted"`
		} `json:"batches"`
	}
	if err := json.Unmarshal(data, &j, json.Limits{Depth: 4, Items: 20 * MaxItems}); err != nil {
		return nil, refuse(name, fmt.Errorf("%w: %w", ErrFormat, err))
	}
	if len(j.Batches) > MaxItems {
		return nil, refuse(name, fmt.Errorf("%w: more than %d batches", ErrLimit, MaxItems))
	}
	l := &BatchList{More: j.More}
	for i, b := range j.Batches {
		date, err := time.Parse(time.RFC3339, b.Date)
		if err != nil || b.ID == "" || path.Base(b.ID) != b.ID {
			return nil, refuse(name, fmt.Errorf("%w: batches[%d] lacks its batchId or its date", ErrFormat, i))
		}
		l.Items = append(l.Items, BatchItem{ID: b.ID, Country: b.Country, Date: date, Deleted: b.Deleted})
	}
	return l, nil
}

// Complete says what is missing of the batches that the pages of a list name, given the names of the files that hold them, each
// the ID of its batch with any extension. The last page must say that there are no more.
func Complete(pages []*BatchList, files []string) error {
	have := make(map[string]bool)
	for _, f := range files {
		have[strings.TrimSuffix(f, path.Ext(f))], have[f] = true, true
	}
	state := make(map[string]BatchItem) // the last that is said of each
	var last time.Time
	more := slices.ContainsFunc(pages, func(p *BatchList) bool { return p.More })
	for _, p := range pages {
		if len(p.Items) == 0 && !p.More { // behind the last one
			last, more = time.Unix(1<<40, 0), false
		}
		for _, i := range p.Items {
			if known, twice := state[i.ID]; !twice || !i.Date.Before(known.Date) {
				state[i.ID] = i
			}
			if i.Date.After(last) {
				last, more = i.Date, p.More
			}
		}
	}
	if more {
		return fmt.Errorf("%w: the last page of the list of batches says that there are more", ErrMissing)
	}
	var missing []string
	for id, i := range state {
		if !i.Deleted && !have[id] {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		return fmt.Errorf("%w: %d are missing, the first is %s", ErrMissing, len(missing), missing[0])
	}
	return nil
}

func isBatchList(data []byte) bool { return trustlist.HasMembers(data, "more", "batches") }
