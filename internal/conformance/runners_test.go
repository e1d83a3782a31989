package conformance

import (
	"testing"

	"github.com/travelseal/travelseal/internal/vectors"
)

// runners are the tests that run every case of a format, by the format's name in the cases. Those outside this package are
// beside what they test.
var runners = map[string]string{
	"vds": "TestVDS", "idb": "TestIDB", "vds-nc": "TestVDSNC", "jcs": "TestJCS", "mrz": "TestMRZ", "bcbp": "TestBCBP", "2d-doc": "TestTwoDDoc",
	"mdoc": "TestMdoc", "mdoc-issuersigned": "TestMdoc", "mdoc-request": "TestMdoc", "cose-sign1": "TestMdoc", "cose-mac0": "TestMdoc",
	"emrtd": "TestEMRTD", "emrtd-dg": "TestDataGroups",
	"c40": "internal/c40", "vical": "trustlist/vical", "masterlist": "trustlist/icao", "crl": "trustlist/icao", "x509-issued-by": "trustlist/icao",
	"wycheproof": "internal/sig",
}

// A format of a new case must not be left out unseen.
func TestEveryTravelCaseHasARunner(t *testing.T) {
	count := make(map[string]int)
	for _, c := range vectors.Travel(t) {
		if runners[c.Format] == "" {
			t.Errorf("%s: no test runs cases of the format %q", c.ID, c.Format)
		}
		count[c.Format]++
	}
	for format := range runners {
		if count[format] == 0 {
			t.Errorf("there is no case of the format %q", format)
		}
	}
	t.Log(count)
}
