package hcert

import (
	"strings"

	"github.com/travelseal/travelseal/internal/states"
)

// alpha2 gives the ISO 3166-1 alpha-2 code of an issuer. The health network of the WHO names its participants by alpha-3
// codes, and some of them write these into their certificates; keys are listed by the alpha-2 code of the certificate
// (SMART Trust, "GDHCN participants"). What is not known here stays as it is, and fits no key's country.
func alpha2(iss string) string {
	if len(iss) != 3 {
		return iss
	}
	code := strings.ToUpper(iss)
	if two := participants[code]; two != "" {
		return two
	}
	if strings.HasPrefix(code, "XX") { // the network's test participants: XXA is XA
		return code[1:]
	}
	if two, ok := states.ISO(code); ok {
		return two
	}
	return iss
}

// participants are those of the network that ISO 3166-1 does not know, with the country in their certificates.
var participants = map[string]string{"IOM": "IO", "XCL": "XL", "XML": "XM"}
