package trustlist_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/trustlist"
)

func TestAKeySealsForItsCountryAndItsTerritories(t *testing.T) {
	both := [][2]string{{"EL", "GR"}, {"UK", "GB"}} // two spellings of one state
	oneWay := map[string]string{
		"UK": "GI GG JE IM", "GB": "GI GG JE IM", "NL": "AW BQ CW SX", "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT", "DK": "FO GL",
		"CH": "LI", "FI": "AX", "NO": "SJ", "AU": "CC CX NF", "NZ": "CK NU TK", "CN": "HK MO", "US": "AS GU MP PR VI",
	}
	type pair struct{ key, document string }
	allowed := make(map[pair]bool)
	codes := map[string]bool{"UT": true, "XA": true, "DE": true}
	for _, p := range both {
		allowed[pair{p[0], p[1]}], allowed[pair{p[1], p[0]}] = true, true
		codes[p[0]], codes[p[1]] = true, true
	}
	for key, list := range oneWay {
		codes[key] = true
		for document := range strings.FieldsSeq(list) {
			allowed[pair{key, document}], codes[document] = true, true
		}
	}
	for key := range codes {
		for document := range codes {
			want := key == document || allowed[pair{key, document}]
			for _, spell := range []func(string) string{strings.ToUpper, strings.ToLower, strings.ToTitle} {
				if got := trustlist.SealsFor(spell(key), document); got != want {
					t.Errorf("a key of %s seals for %s: %v", spell(key), document, got)
				}
				if got := trustlist.SealsFor(key, spell(document)); got != want {
					t.Errorf("a key of %s seals for %s: %v", key, spell(document), got)
				}
			}
		}
	}
}

func TestNoCountrySealsForNoCountry(t *testing.T) {
	for _, p := range [][2]string{{"", ""}, {"", "UT"}, {"UT", ""}, {"", "GR"}, {"GR", ""}, {"GR ", "GR"}, {"GRC", "GR"}} {
		if trustlist.SealsFor(p[0], p[1]) {
			t.Errorf("a key of %q seals for %q", p[0], p[1])
		}
	}
}
