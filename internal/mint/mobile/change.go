package mobile

import (
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// Show gives the document as its holder shows only the elements of these names. The issuer has signed them all.
func (d Document) Show(names ...string) Document {
	return d.shown(func(items []mint.Item) []mint.Item {
		return slices.DeleteFunc(slices.Clone(items), func(i mint.Item) bool { return !slices.Contains(names, d.nameOf(i)) })
	})
}

// Altered puts another value into an element after the issuer has signed it.
func (d Document) Altered(name string, value mint.Item) Document {
	return d.Item(name, func(m mint.Map) mint.Item { return mint.Set(m, value, "elementValue") })
}

// Item works on an item after the issuer has signed it.
func (d Document) Item(name string, change func(mint.Map) mint.Item) Document {
	return d.shown(func(items []mint.Item) []mint.Item {
		items = slices.Clone(items)
		for i, item := range items {
			if d.nameOf(item) == name {
				items[i] = embedded(mint.Encode(change(d.mapOf(item))))
			}
		}
		return items
	})
}

// shown adds work on the shown items to what is done already.
func (d Document) shown(change func([]mint.Item) []mint.Item) Document {
	before := d.Hooks.Shown
	d.Hooks.Shown = func(items []mint.Item) []mint.Item { return change(hook(before, items)) }
	return d
}

// mapOf finds the item that a shown one was made of, and nameOf its name; "" for one that was made otherwise.
func (d Document) mapOf(shown mint.Item) mint.Map {
	for _, item := range hook(d.Hooks.Items, d.items()) {
		if string(mint.Encode(shown)) == string(mint.Encode(embedded(mint.Encode(item)))) {
			return item.(mint.Map)
		}
	}
	return nil
}

func (d Document) nameOf(shown mint.Item) string {
	name, _ := mint.Get(d.mapOf(shown), "elementIdentifier")
	text, _ := name.(mint.Text)
	return string(text)
}

// With replaces the value of an element, or adds one, before the issuer signs.
func (d Document) With(space, name string, value mint.Item) Document {
	d.Elements = slices.Clone(d.Elements)
	for i := range d.Elements {
		if d.Elements[i].is(space, name) {
			d.Elements[i].Value = value
			return d
		}
	}
	d.Elements = append(d.Elements, Element{Space: space, Name: name, Value: value, ID: len(d.Elements)})
	return d
}

// Dated sets when the document was signed, from when and until when it is valid.
func (d Document) Dated(signed, until time.Time) Document {
	d.Signed, d.From, d.Until = signed, signed, until
	return d
}

// By gives the document to another signer, with its certificate.
func (d Document) By(c *pki.Credential) Document {
	d.Signer = c
	return d
}

// Objected works on the security object before it is signed.
func (d Document) Objected(change func(mint.Map) mint.Item) Document {
	d.Hooks.Object = change
	return d
}
