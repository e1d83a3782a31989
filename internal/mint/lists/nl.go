package lists

import "github.com/travelseal/travelseal/internal/mint/pki"

// DutchKey is an entry of the Dutch list.
func DutchKey(of *pki.Credential, uses ...string) Object {
	if uses == nil {
		uses = []string{}
	}
	return Object{"subjectPk": spki(of.Key), "keyUsage": uses}
}

// DutchPayload is what the Dutch list says: the entries by their key IDs, and a domestic key.
func DutchPayload(european map[string][]Object) []byte {
	domestic := Object{"public_key": "PElzc3VlclB1YmxpY0tleS8+"}
	return JSON(Object{"cl_keys": []Object{{"id": "UT-CL-1", "public_key": "PElzc3VlclB1YmxpY0tleS8+"}}, "nl_keys": Object{"UT-CL-2": domestic}, "eu_keys": european})
}

// DutchMessage signs a payload as the Dutch list is: beside it, with the certificates that lead to the root.
func (g Government) DutchMessage(by *pki.Credential, payload []byte) pki.Message {
	m := pki.Seal(pki.OIDData, payload, by).Signer(func(s *pki.SignerInfo) { s.Time = pki.ListedAt })
	m.Detached, m.Certificates = true, [][]byte{by.Cert, g.Between.Cert}
	return m
}

// Dutch is the list of a payload and of any message.
func Dutch(payload []byte, message pki.Message) []byte {
	return JSON(Object{"payload": Base64(payload), "signature": Base64(message.Encode())})
}
