package states_test

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/travelseal/travelseal/internal/states"
)

func TestCodesOfStatesHaveTheirTwoLetters(t *testing.T) {
	for code, want := range map[string]string{
		"AFG": "AF", "AUS": "AU", "CHE": "CH", "DEU": "DE", "GBR": "GB", "JPN": "JP", "NZL": "NZ", "SSD": "SS", "THA": "TH", "ZWE": "ZW",
		"D": "DE", "EUE": "EU", "GBD": "GB", "GBS": "GB", "RKS": "KS", "UNO": "UN", "UNA": "UN", "UTO": "UT",
	} {
		if got, ok := states.Alpha2(code); !ok || got != want {
			t.Errorf("%s: %q, %v; want %s", code, got, ok, want)
		}
	}
}

func TestWhatNamesNoStateHasNoTwoLetters(t *testing.T) {
	for _, code := range []string{
		"", "X", "AU", "aus", "AUSAU", "USA ", "\x00\x00\x00", "ZZZ",
		"XXA", "XXB", "XXC", "XXX", // stateless, refugees, unspecified
		"ANT", "BUR", "DDR", "SCG", "SUN", "TMP", "YUG", "ZAR", // withdrawn from ISO 3166-1
	} {
		if got, ok := states.Alpha2(code); ok || got != "" {
			t.Errorf("%q: %q, %v", code, got, ok)
		}
	}
}

// The table is compared with that of the Unicode project, which was written by others and counts differently.
func TestTheTableIsISO3166(t *testing.T) {
	const inISO = 249
	found := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			for c := 'A'; c <= 'Z'; c++ {
				code := string([]rune{a, b, c})
				short, ok := states.Alpha2(code)
				if !ok {
					continue
				}
				if region, err := language.ParseRegion(code); err == nil && region.ISO3() == code {
					found++
					if region.String() != short {
						t.Errorf("%s: %s here, %s there", code, short, region)
					}
				}
			}
		}
	}
	if found != inISO {
		t.Errorf("%d codes of ISO 3166-1, want %d", found, inISO)
	}
}

func TestISOLeavesOutTheCodesOfICAO(t *testing.T) {
	for code, want := range map[string]string{"DEU": "DE", "GBR": "GB", "D": "", "GBD": "", "RKS": "", "UTO": "", "ZZZ": ""} {
		if got, ok := states.ISO(code); ok != (want != "") || got != want {
			t.Errorf("%q: %q, %v; want %q", code, got, ok, want)
		}
	}
}
