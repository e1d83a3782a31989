package states

// authorities are the codes of Doc 9303-3 §5 for organisations that issue travel documents, for which Alpha2 knows no
// letters of a certificate.
var authorities = map[string]bool{
	"UNK": true, // the United Nations' interim administration in Kosovo
	"XBA": true, // African Development Bank
	"XCC": true, // Caribbean Community
	"XCE": true, // Council of Europe
	"XCO": true, // Common Market for Eastern and Southern Africa
	"XDC": true, // Southern African Development Community
	"XEC": true, // Economic Community of West African States
	"XES": true, // Organisation of Eastern Caribbean States
	"XIM": true, // African Export-Import Bank
	"XMP": true, // Parliamentary Assembly of the Mediterranean
	"XOM": true, // Sovereign Military Order of Malta
	"XPO": true, // Interpol
}

// persons are the codes of Doc 9303-3 §5 for people without a defined nationality.
var persons = map[string]bool{
	"XXA": true, // stateless, by the Convention of 1954
	"XXB": true, // refugee, by the Convention of 1951 and its Protocol
	"XXC": true, // refugee otherwise
	"XXX": true, // unspecified
}

// Issues reports whether a code is that of a State or organisation that may issue travel documents, as a machine readable
// zone writes it: in capitals and without fillers.
func Issues(code string) bool {
	_, state := Alpha2(code)
	return state || authorities[code]
}

// Nationality reports whether a code may stand for a nationality in a machine readable zone: that of a State or
// organisation, or that of a person without a defined nationality.
func Nationality(code string) bool { return Issues(code) || persons[code] }
