package trustlist

import (
	"fmt"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
)

type jsonOverlay struct {
	Schema     string          `json:"schema"`
	Tombstones []jsonTombstone `json:"tombstones"`
	Restored   []jsonRestored  `json:"restored"`
	Abuse      []jsonAbuse     `json:"abuse"`
}

type jsonTombstone struct {
	SPKI   string `json:"spki_sha256"`
	Since  string `json:"since"`
	Reason string `json:"reason"`
}

type jsonRestored struct {
	SPKI   string `json:"spki_sha256"`
	At     string `json:"at"`
	Reason string `json:"reason"`
}

type jsonAbuse struct {
	SPKI      string   `json:"spki_sha256"`
	From      string   `json:"from,omitempty"`
	Until     string   `json:"until,omitempty"`
	Documents []string `json:"documents,omitempty"`
	Reason    string   `json:"reason"`
}

// ParseOverlay reads an Overlay in the form of OverlaySchema. A decision that cannot be read is an error of the whole: what it
// withdraws must not be lost.
func ParseOverlay(data []byte) (*Overlay, error) {
	var j jsonOverlay
	if err := json.UnmarshalClosed(data, &j, listLimits); err != nil {
		return nil, err
	}
	if j.Schema != OverlaySchema {
		return nil, fmt.Errorf("schema %q is not %q", j.Schema, OverlaySchema)
	}
	o := new(Overlay)
	for i, t := range j.Tombstones {
		key, since, err := decision(t.SPKI, "since", t.Since)
		if err != nil {
			return nil, fmt.Errorf("tombstones[%d]: %w", i, err)
		}
		o.Tombstones = append(o.Tombstones, Tombstone{key, since, t.Reason})
	}
	for i, r := range j.Restored {
		key, at, err := decision(r.SPKI, "at", r.At)
		if err != nil {
			return nil, fmt.Errorf("restored[%d]: %w", i, err)
		}
		o.Restored = append(o.Restored, Restoration{key, at, r.Reason})
	}
	for i, a := range j.Abuse {
		w, err := a.window()
		if err != nil {
			return nil, fmt.Errorf("abuse[%d]: %w", i, err)
		}
		o.Abuse = append(o.Abuse, w)
	}
	return o, nil
}

// decision reads the key and the moment of a decision; both are needed.
func decision(spki, name, moment string) (key digest, at time.Time, err error) {
	if key, err = parseDigest("spki_sha256", spki); err != nil {
		return key, at, err
	}
	if at, err = parseTime(name, moment); err == nil && at.IsZero() {
		err = fmt.Errorf("%s: a moment is needed", name)
	}
	return key, at, err
}

func (j jsonAbuse) window() (w AbuseWindow, err error) {
	key, err := parseDigest("spki_sha256", j.SPKI)
	if err != nil {
		return w, err
	}
	w = AbuseWindow{Key: key, Reason: j.Reason}
	if w.From, err = parseTime("from", j.From); err != nil {
		return w, err
	}
	if w.Until, err = parseTime("until", j.Until); err != nil {
		return w, err
	}
	if !w.Until.IsZero() && w.Until.Before(w.From) {
		return w, fmt.Errorf("until: before from")
	}
	for i, text := range j.Documents {
		b, err := hexBytes(text, HashSize)
		if err != nil {
			return w, fmt.Errorf("documents[%d]: %w", i, err)
		}
		w.Documents = append(w.Documents, [HashSize]byte(b))
	}
	return w, nil
}

// Append writes the Overlay in the form of OverlaySchema.
func (o *Overlay) Append(b []byte) ([]byte, error) {
	j := jsonOverlay{Schema: OverlaySchema, Tombstones: []jsonTombstone{}, Restored: []jsonRestored{}, Abuse: []jsonAbuse{}}
	for _, t := range o.Tombstones {
		j.Tombstones = append(j.Tombstones, jsonTombstone{fmt.Sprintf("%x", t.Key), stamp(t.Since), clean(t.Reason)})
	}
	for _, r := range o.Restored {
		j.Restored = append(j.Restored, jsonRestored{fmt.Sprintf("%x", r.Key), stamp(r.At), clean(r.Reason)})
	}
	for _, w := range o.Abuse {
		a := jsonAbuse{SPKI: fmt.Sprintf("%x", w.Key), From: stamp(w.From), Until: stamp(w.Until), Reason: clean(w.Reason)}
		for _, d := range w.Documents {
			a.Documents = append(a.Documents, fmt.Sprintf("%x", d))
		}
		j.Abuse = append(j.Abuse, a)
	}
	return json.Append(b, j)
}
