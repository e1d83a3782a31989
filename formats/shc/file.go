package shc

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The two kinds of file that hold cards: {"verifiableCredential": [JWS, …]} (via File Download), which wallets export too,
// and the FHIR resource Parameters with parameters of that name ($health-cards-issue).
const (
	cardsName      = "verifiableCredential"
	parametersType = "Parameters"
)

// maxCards bounds the cards of one file.
const maxCards = 64

// maxLook is how much of a file is looked through for the name of the cards.
const maxLook = 64 << 10

// isFile reports whether a text looks like a file of cards: JSON with the name of the cards in front of a text or a list of
// texts, or as the name of a FHIR parameter. A list of objects is of another kind, whose credentials are not JWS.
func isFile(b []byte) bool {
	b = b[:min(len(b), maxLook)]
	if b = trimSpace(b); len(b) == 0 || b[0] != '{' {
		return false
	}
	_, after, found := bytes.Cut(b, []byte(`"`+cardsName+`"`))
	if !found {
		return false
	}
	if after = trimSpace(after); len(after) == 0 || after[0] != ':' {
		return bytes.Contains(b, []byte(`"`+parametersType+`"`))
	}
	after = trimSpace(after[1:])
	if len(after) > 0 && after[0] == '[' {
		after = trimSpace(after[1:])
	}
	return len(after) == 0 || after[0] == '"' || after[0] == ']'
}

// trimSpace takes the white space of JSON (RFC 8259 §2) off the front.
func trimSpace(b []byte) []byte { return bytes.TrimLeft(b, " \n\r\t") }

// cards gives the JWS of a file, in its order.
func cards(file []byte, l formats.Limits) ([][]byte, error) {
	const step = "file"
	root, err := json.Parse(file, json.Limits{Depth: l.Depth, Items: l.Items})
	if err != nil {
		return nil, jsonError(step, formats.CodeEncoding, err)
	}
	var list, parameters, kind json.Value
	for name, v := range root.Members() {
		switch name {
		case cardsName:
			list = v
		case "parameter":
			parameters = v
		case "resourceType":
			kind = v
		}
	}
	var found [][]byte
	add := func(where string, v json.Value) error {
		jws, ok := v.TextBytes()
		switch {
		case !ok:
			return fail(formats.CodeEncoding, step, -1, fmt.Errorf("%s is not the text of a JWS", where))
		case len(found) == maxCards:
			return fail(formats.CodeLimit, step, -1, fmt.Errorf("more than %d cards", maxCards))
		}
		found = append(found, jws)
		return nil
	}
	if list.Kind() == json.Text {
		err = add(cardsName, list)
	}
	for i, v := range list.Elements() {
		if err = add(fmt.Sprintf("%s[%d]", cardsName, i), v); err != nil {
			break
		}
	}
	if k, _ := kind.TextBytes(); list.Kind() == json.Missing && string(k) == parametersType {
		err = eachParameter(parameters, add)
	}
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, fail(formats.CodeEncoding, step, -1, errors.New("it holds no card"))
	}
	return found, nil
}

// eachParameter calls add for the value of every parameter that is a card.
func eachParameter(parameters json.Value, add func(where string, v json.Value) error) error {
	for i, p := range parameters.Elements() {
		var name, value json.Value
		for member, v := range p.Members() {
			switch member {
			case "name":
				name = v
			case "valueString":
				value = v
			}
		}
		if n, _ := name.TextBytes(); string(n) != cardsName {
			continue
		}
		if err := add(fmt.Sprintf("parameter[%d].valueString", i), value); err != nil {
			return err
		}
	}
	return nil
}

// readFile takes the one card out of a file. A file of several is divided by Group.
func (r *reading) readFile() error {
	found, err := cards(r.text, r.o.Limits.OrDefault())
	if err != nil {
		return err
	}
	if len(found) > 1 {
		return fail(formats.CodeAmbiguous, "file", -1, fmt.Errorf("it holds %d cards, which are as many documents", len(found)))
	}
	r.token = found[0]
	return nil
}
