package verify

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/display"
)

// Claims in JSON, in field terms. One person is "holder"; several are "subjects" and no holder.
type (
	jsonClaims struct {
		Holder    *jsonSubject  `json:"holder,omitempty"`
		Subjects  []jsonSubject `json:"subjects,omitempty"`
		Documents []jsonDocRef  `json:"documents,omitempty"`
		Events    []jsonEvent   `json:"events,omitempty"`
		Portrait  *jsonImage    `json:"portrait,omitempty"`
		Extra     fieldMap      `json:"extra,omitempty"`
	}
	jsonSubject struct {
		FamilyName  string     `json:"family_name,omitempty"`
		GivenName   string     `json:"given_name,omitempty"`
		FullName    string     `json:"full_name,omitempty"`
		Names       []jsonName `json:"names,omitempty"`
		BirthDate   string     `json:"birth_date,omitempty"`
		Sex         string     `json:"sex,omitempty"`
		Nationality string     `json:"nationality,omitempty"`
	}
	jsonName struct {
		FamilyName string `json:"family_name,omitempty"`
		GivenName  string `json:"given_name,omitempty"`
		FullName   string `json:"full_name,omitempty"`
		Script     string `json:"script,omitempty"`
		Source     string `json:"source,omitempty"`
	}
	jsonDocRef struct {
		Type         string `json:"type,omitempty"`
		Number       string `json:"number,omitempty"`
		IssuingState string `json:"issuing_state,omitempty"`
		Issued       string `json:"issued,omitempty"`
		Expires      string `json:"expires,omitempty"`
	}
	jsonEvent struct {
		Kind         string     `json:"kind"`
		Date         string     `json:"date,omitempty"`
		From         string     `json:"from,omitempty"`
		Until        string     `json:"until,omitempty"`
		Target       *jsonCoded `json:"target,omitempty"`
		Prophylaxis  *jsonCoded `json:"prophylaxis,omitempty"`
		Product      *jsonCoded `json:"product,omitempty"`
		Manufacturer *jsonCoded `json:"manufacturer,omitempty"`
		TestType     *jsonCoded `json:"test_type,omitempty"`
		TestName     string     `json:"test_name,omitempty"`
		Result       *jsonCoded `json:"result,omitempty"`
		Dose         int        `json:"dose,omitempty"`
		Doses        int        `json:"doses,omitempty"`
		Country      string     `json:"country,omitempty"`
		Place        string     `json:"place,omitempty"`
		Issuer       string     `json:"issuer,omitempty"`
		ID           string     `json:"id,omitempty"`
	}
	jsonCoded struct {
		System string `json:"system,omitempty"`
		Code   string `json:"code"`
		Text   string `json:"text,omitempty"`
	}
	jsonImage struct {
		MediaType string `json:"media_type"`
		Data      string `json:"data"`
	}
)

// ClaimsJSON writes claims as the member "verified" of a report has them.
func ClaimsJSON(c *formats.Claims) ([]byte, error) {
	b, err := json.Marshal(claimsJSON(c))
	return display.EscapeJSON(b), err
}

func claimsJSON(c *formats.Claims) *jsonClaims {
	if c == nil {
		return nil
	}
	j := &jsonClaims{Extra: fieldMap(c.Extra)}
	for _, s := range c.Subjects {
		j.Subjects = append(j.Subjects, subjectJSON(s))
	}
	if len(j.Subjects) == 1 {
		j.Holder, j.Subjects = &j.Subjects[0], nil
	}
	for _, d := range c.Documents {
		j.Documents = append(j.Documents, jsonDocRef{Type: d.Type, Number: d.Number, IssuingState: d.IssuingState, Issued: d.Issued.String(), Expires: d.Expires.String()})
	}
	for _, e := range c.Events {
		j.Events = append(j.Events, eventJSON(e))
	}
	if c.Portrait != nil {
		j.Portrait = &jsonImage{MediaType: c.Portrait.MediaType, Data: base64.StdEncoding.EncodeToString(c.Portrait.Data)}
	}
	return j
}

func subjectJSON(s formats.Subject) jsonSubject {
	j := jsonSubject{BirthDate: s.Birth.String(), Sex: s.Sex, Nationality: s.Nationality}
	for i, n := range s.Names {
		if i == 0 {
			j.FamilyName, j.GivenName, j.FullName = n.Family, n.Given, n.Full
		}
		j.Names = append(j.Names, jsonName{FamilyName: n.Family, GivenName: n.Given, FullName: n.Full, Script: n.Script, Source: n.Source})
	}
	return j
}

func eventJSON(e formats.Event) jsonEvent {
	return jsonEvent{
		Kind: e.Kind.String(), Date: e.When.String(), From: e.From.String(), Until: e.Until.String(),
		Target: codedJSON(e.Target), Prophylaxis: codedJSON(e.Prophylaxis), Product: codedJSON(e.Product),
		Manufacturer: codedJSON(e.Manufacturer), TestType: codedJSON(e.TestType), TestName: e.TestName, Result: codedJSON(e.Result),
		Dose: e.Dose, Doses: e.Doses, Country: e.Country, Place: e.Place, Issuer: e.Issuer, ID: e.ID,
	}
}

func codedJSON(c formats.Coded) *jsonCoded {
	if c == (formats.Coded{}) {
		return nil
	}
	return &jsonCoded{System: c.System, Code: c.Code, Text: c.Text}
}

// A fieldMap is written as a JSON object in the order of its fields; of two fields of one name the first counts.
type fieldMap []formats.Field

func (m fieldMap) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	seen := make(map[string]bool, len(m))
	for _, f := range m {
		if seen[f.Name] {
			continue
		}
		if len(seen) > 0 {
			b.WriteByte(',')
		}
		seen[f.Name] = true
		for i, s := range []string{f.Name, f.Value} {
			if i == 1 {
				b.WriteByte(':')
			}
			text, err := json.Marshal(s)
			if err != nil {
				return nil, err
			}
			b.Write(text)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
