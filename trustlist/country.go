package trustlist

import "strings"

// sealsFor lists, for the country of a key, the other countries and territories whose documents it may seal. Two
// spellings of one state are listed both ways; a territory whose documents are issued by the state one way.
//
// Sources: ISO 3166-1 for the codes; Regulation (EU) 2021/953 and the equivalence decisions for the territories; EU
// practice for EL (Greece) and UK.
var sealsFor = map[string][]string{
	"ZZ": {"UN"}, // in the certificates of the United Nations
	"EL": {"GR"},
	"GR": {"EL"},
	"UK": {"GB", "GI", "GG", "JE", "IM"},
	"GB": {"UK", "GI", "GG", "JE", "IM"},
	"NL": {"AW", "BQ", "CW", "SX"},
	"FR": {"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"},
	"DK": {"FO", "GL"},
	"CH": {"LI"},
	"FI": {"AX"},
	"NO": {"SJ"},
	"AU": {"CC", "CX", "NF"},
	"NZ": {"CK", "NU", "TK"},
	"CN": {"HK", "MO"},
	"US": {"AS", "GU", "MP", "PR", "VI"},
}

// SealsFor reports whether a key of one country may seal documents of another: the same country, another spelling of
// it, or a territory whose documents it issues. Codes are ISO 3166-1 alpha-2 in any case.
func SealsFor(key, document string) bool {
	key, document = strings.ToUpper(key), strings.ToUpper(document)
	if key == document {
		return key != ""
	}
	for _, c := range sealsFor[key] {
		if c == document {
			return true
		}
	}
	return false
}
