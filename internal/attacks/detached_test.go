package attacks_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// RFC 9052 §4.1 and RFC 7515 Appendix F let a payload travel apart from its signature. No scheme here does so, and what
// stands elsewhere is not looked for.
func TestA19_DetachedPayload(t *testing.T) {
	element := func(i mint.Item) func(*mint.HCERT) {
		return func(h *mint.HCERT) {
			h.Hooks.Sign1 = func(a mint.Array) mint.Item { return mint.Set(a, i, 2) }
		}
	}
	for name, sibling := range profiles {
		attack(t, everyScheme(t), sibling,
			mutant{name + ": null", changed(sibling, element(mint.Null{})), unreadable(formats.CodePayload)},
			mutant{name + ": empty", changed(sibling, element(mint.Bytes{})), unreadable(formats.CodeTruncated)})
	}
	attackText(t, passes(t), pass.Build().Text,
		passMutant("a pass: null", ofToken(element(mint.Null{})), unreadable(formats.CodePayload)),
		passMutant("a pass: empty", ofToken(element(mint.Bytes{})), unreadable(formats.CodeTruncated)))
}

func TestA19_CardWithoutItsPayload(t *testing.T) {
	without := func(payload string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) {
			h.Token = func(token string) string {
				part := strings.Split(token, ".")
				return part[0] + "." + payload + "." + part[2]
			}
		})
	}
	attackCard(t, cardsOf(t), card,
		cardMutant{"nothing between the points", without(""), unreadable(formats.CodePayload)},
		cardMutant{"two parts", hooked(func(h *mint.SHCHooks) {
			h.Token = func(token string) string {
				part := strings.Split(token, ".")
				return part[0] + "." + part[2]
			}
		}), unreadable(formats.CodeTruncated)})
}

// A VDS-NC seal signs the member data in its canonical form; without it nothing is signed.
func TestA19_SealWithoutItsData(t *testing.T) {
	seal := proof
	seal.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject { return o.Drop("data") }
	v := barcodes(t, mint.BarcodeSigners()...)
	demand(t, v, "the sibling", formats.Text(proof.Build().Text), accepted)
	demand(t, v, "no data", formats.Text(seal.Build().Text), unreadable(formats.CodeUnknownFormat))
}
