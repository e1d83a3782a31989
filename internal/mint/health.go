package mint

import "time"

// A HealthAuthority is what Utopia and a test participant of the WHO's network sign with besides EU DCC. Their
// certificates do not restrict their keys; the trust list does.
type HealthAuthority struct {
	WHO         Signer // DDCC and vaccination certificates of the WHO
	Vaccination Signer // the same, vaccination only
	Participant Signer // the same, of the participant XXA, whose certificate says XA
	Exemption   Signer // Austrian exemptions, with Utopia in Austria's place
	Light       Signer // Swiss light certificates, with Utopia in Switzerland's place
}

// Health is the authority whose signers stand in testdata/trust/ut-health.json.
func Health() HealthAuthority {
	ca := Utopia().CSCA
	return HealthAuthority{
		WHO:         ca.Issue("ut-who", Template{}),
		Vaccination: ca.Issue("ut-who-vaccination", Template{}),
		Participant: NewCA("participant", Template{Country: "XA"}).Issue("xa-who", Template{}),
		Exemption:   ca.Issue("ut-exemption", Template{}),
		Light:       ca.Issue("ut-light", Template{}),
	}
}

// Anchors gives the entries of a trust list, each limited to its own kinds of document.
func (a HealthAuthority) Anchors() []Anchor {
	who := []string{"who-ddcc", "who-dvc"}
	return []Anchor{
		{Signer: a.WHO, Scope: who, Uses: []string{"vaccination", "test"}},
		{Signer: a.Vaccination, Scope: who, Uses: []string{"vaccination"}},
		{Signer: a.Participant, Scope: who, Uses: []string{"vaccination", "test"}},
		{Signer: a.Exemption, Scope: []string{"at-ve"}, Uses: []string{"exemption"}},
		{Signer: a.Light, Scope: []string{"ch-light"}},
	}
}

// HealthTrust is the trust list of testdata/trust for these signers.
func HealthTrust() []byte { return TrustJSON(time.Time{}, Health().Anchors()...) }

// HealthCases lists the documents of testdata by their folder: first those that must be accepted, then those that must
// not.
func HealthCases() map[string][]Case {
	a := Health()
	return map[string][]Case{
		"who-ddcc": built(append(goodDDCC(a), badDDCC(a)...)),
		"who-dvc":  built(append(goodDVC(a), badDVC(a)...)),
		"at-ve":    built(exemptions(a)),
		"ch-light": built(lights(a)),
	}
}
