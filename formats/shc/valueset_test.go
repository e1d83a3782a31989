package shc

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

func TestTheValueSetIsReadAndKnowsWhatCardsHold(t *testing.T) {
	v := valueSet()
	for _, c := range []struct{ system, code, text string }{
		{cvx, "207", "COVID-19, mRNA, Moderna (Spikevax), 100 or 50 µg"}, {cvx, "02", "Poliomyelitis, live oral"}, {snomed, "260373001", "detected"},
		{loinc, "94558-4", "SARS-CoV-2 antigen, rapid test, airways"}, {"http://hl7.org/fhir/sid/icd-10", "U07.1", "COVID-19, virus identified"},
		{cvx, "2", ""}, {cvx, "0207", ""}, {cvx, "207 ", ""}, {snomed, "207", ""}, {"HTTP://hl7.org/fhir/sid/cvx", "207", ""}, {"", "207", ""}, {cvx, "", ""},
	} {
		if got := v.coded([]byte(c.system), []byte(c.code)); got != (formats.Coded{System: c.system, Code: c.code, Text: c.text}) {
			t.Errorf("%s %s: %+v", c.system, c.code, got)
		}
	}
	covid := 0
	for _, s := range v {
		for _, c := range s.codes {
			if v.isCOVID19(c.coded) {
				covid++
			}
		}
	}
	if covid != 5 || v.isCOVID19(formats.Coded{}) || v.isCOVID19(formats.Coded{System: cvx, Code: "207"}) {
		t.Errorf("%d codes are diagnoses of COVID-19", covid)
	}
}

func TestAValueSetThatIsNotWholeIsRefused(t *testing.T) {
	good := string(valueSetFile)
	for name, change := range map[string][2]string{
		"another schema":       {valueSetSchema, "other/1"},
		"no version":           {`"version": 1`, `"version": 0`},
		"a member more":        {`"about"`, `"other": 1, "about"`},
		"no source":            {`"source": "WHO, ICD-10"`, `"source": ""`},
		"a system twice":       {`"http://loinc.org"`, `"http://snomed.info/sct"`},
		"a code twice":         {`"code": "208"`, `"code": "207"`},
		"a code without text":  {`"text": "positive"`, `"text": ""`},
		"an empty code":        {`"code": "208"`, `"code": ""`},
		"a text of two values": {`"text": "positive"`, `"text": "positive", "text": "x"`},
		"a text cut short":     {"]}\n  ]\n}\n", "]}\n  ]\n"},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		if v, err := readValues([]byte(bad)); err == nil || v != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
