package formats

import "slices"

// Options carry what a caller may say about decoding. The zero Options are the defaults: every limit at its default,
// every tolerance as its Format declares it.
type Options struct {
	Limits Limits
	// Tolerate and Refuse switch tolerances on and off by name; Refuse wins.
	Tolerate, Refuse []string
}

// Limits bound the work that one document can cause. A zero field means the default.
type Limits struct {
	Input    int // bytes of one Input; default 1 MiB
	Inflated int // bytes after decompression; default 256 KiB
	Depth    int // nesting of CBOR, JSON and ASN.1; default 24
	Items    int // array elements and map entries in one CBOR or JSON text; default 10,000
}

// DefaultLimits are the limits that a zero Limits means.
var DefaultLimits = Limits{Input: 1 << 20, Inflated: 256 << 10, Depth: 24, Items: 10_000}

// OrDefault fills the zero fields.
func (l Limits) OrDefault() Limits {
	d := DefaultLimits
	if l.Input > 0 {
		d.Input = l.Input
	}
	if l.Inflated > 0 {
		d.Inflated = l.Inflated
	}
	if l.Depth > 0 {
		d.Depth = l.Depth
	}
	if l.Items > 0 {
		d.Items = l.Items
	}
	return d
}

// Allows reports whether a tolerance applies under these options.
func (o Options) Allows(t Tolerance) bool {
	if slices.Contains(o.Refuse, t.Name) {
		return false
	}
	return t.On || slices.Contains(o.Tolerate, t.Name)
}
