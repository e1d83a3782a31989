package mint

import (
	"encoding/asn1"
	"encoding/base64"
	"slices"
)

// A VDSNC is a visible digital seal for non-constrained environments (ICAO Technical Report VDS-NC): JSON whose member
// data is signed in the canonical form of RFC 8785.
//
// A VDSNC is a value: changing a copy leaves the original as it was.
type VDSNC struct {
	Signer   Signer
	Data     VDSObject // hdr and msg
	Alg      string    // "ES256"
	Unpadded bool      // the base64url of sig without padding

	Hooks VDSNCHooks
}

// VDSNCHooks change what a layer of a VDSNC has become. They are listed in the order in which Build calls them; a nil
// hook changes nothing.
type VDSNCHooks struct {
	Canonical func([]byte) []byte       // what is signed
	Signature SignatureForm             // the signature, r‖s
	Altered   func(VDSObject) VDSObject // data, after signing
	Sig       func(VDSObject) VDSObject // the signature zone
	Whole     func(VDSObject) VDSObject // data and sig
	Text      func(string) string       // the content of the code
}

// BuiltVDSNC is a finished seal, with what its layers became after the hooks.
type BuiltVDSNC struct {
	Text      string
	Canonical []byte
	Signature []byte
}

// Build writes the seal.
func (v VDSNC) Build() BuiltVDSNC {
	var b BuiltVDSNC
	b.Canonical = change(v.Hooks.Canonical, []byte(v.Data.Canonical()))
	b.Signature = v.Signer.Sign(b.Canonical)
	if form := v.Hooks.Signature; form != nil {
		b.Signature = form(b.Signature, v.Signer.Key.Public())
	}
	encoding := base64.URLEncoding
	if v.Unpadded {
		encoding = base64.RawURLEncoding
	}
	sig := change(v.Hooks.Sig, VDSObject{
		{"alg", v.Alg}, {"cer", encoding.EncodeToString(v.Signer.Cert)}, {"sigvl", encoding.EncodeToString(b.Signature)},
	})
	whole := change(v.Hooks.Whole, VDSObject{{"data", change(v.Hooks.Altered, v.Data)}, {"sig", sig}})
	b.Text = change(v.Hooks.Text, whole.JSON())
	return b
}

// Set replaces what stands at a path within data: v.Set("UTO", "hdr", "is"). See VDSObject.Set.
func (v VDSNC) Set(value any, path ...any) VDSNC {
	v.Data = v.Data.Set(value, path...)
	return v
}

// Drop removes what stands at a path within data.
func (v VDSNC) Drop(path ...any) VDSNC {
	v.Data = v.Data.Drop(path...)
	return v
}

// Resign signs the same content with another key and leaves the certificate in the seal as it is.
func (v VDSNC) Resign(s Signer) VDSNC {
	s.Cert = v.Signer.Cert
	v.Signer = s
	return v
}

// UseBarcode is the extended key usage of barcode signers (ICAO Technical Report VDS-NC, certificate profile).
var UseBarcode = asn1.ObjectIdentifier{2, 23, 136, 1, 1, 14, 2}

// BarcodeSigners are the signers of seals that stand in testdata/trust: on P-256 and on P-384.
func BarcodeSigners() []Signer {
	var list []Signer
	for _, kind := range []struct {
		name string
		key  KeyKind
	}{{"ut-barcode", P256}, {"ut-barcode-p384", P384}} {
		list = append(list, BarcodeSigner(kind.name, kind.key))
	}
	return list
}

// BarcodeSigner makes a signer of seals of Utopia. The algorithm is that of the key.
func BarcodeSigner(name string, kind KeyKind) Signer {
	return Utopia().CSCA.Issue(name, Template{Key: kind, Uses: []asn1.ObjectIdentifier{UseBarcode}})
}

// ProofOfVaccination makes a complete seal of the type icao.vacc over two doses, of Maren.
func ProofOfVaccination(s Signer) VDSNC {
	dose := func(number int, day, lot string) VDSObject {
		return VDSObject{{"dvc", day}, {"seq", number}, {"ctr", "UTO"}, {"adm", "Harbour Clinic"}, {"lot", lot}}
	}
	return seal(s, "icao.vacc", VDSObject{
		{"uvci", Maren.ID},
		{"pid", VDSObject{{"n", Maren.holder()}, {"dob", Maren.Birth}, {"sex", "F"}, {"i", "UT7042681"}, {"ai", "L4567890Z"}}},
		{"ve", []any{VDSObject{
			{"des", "XM68M6"}, {"nam", "Comirnaty"}, {"dis", "RA01.0"},
			{"vd", []any{dose(1, "2025-09-05", "VC35679").Set("2025-10-03", "dvn"), dose(2, "2025-10-03", "VC87540")}},
		}}},
	})
}

// ProofOfTesting makes a complete seal of the type icao.test, of Tobias.
func ProofOfTesting(s Signer) VDSNC {
	return seal(s, "icao.test", VDSObject{
		{"utci", Tobias.ID},
		{"pid", VDSObject{{"n", Tobias.holder()}, {"dob", Tobias.Birth}, {"dt", "P"}, {"dn", "UT7042699"}}},
		{"sp", VDSObject{
			{"spn", "Harbour Laboratory"}, {"ctr", "UTO"},
			{"cd", VDSObject{{"p", "+00068765432"}, {"e", "lab@utopia.example"}, {"a", "12 Utopia Street"}}},
		}},
		{"dat", VDSObject{{"sc", "2026-01-14T08:15:00Z"}, {"ri", "2026-01-15T11:30:00+02:00"}}},
		{"tr", VDSObject{{"tc", "molecular(PCR)"}, {"r", "negative"}, {"m", "nasopharyngeal"}}},
		{"opt", "ID12345"},
	})
}

func seal(s Signer, kind string, msg VDSObject) VDSNC {
	return VDSNC{
		Signer: s, Alg: map[Alg]string{ES256: "ES256", ES384: "ES384", ES512: "ES512"}[s.Alg],
		Data: VDSObject{{"hdr", VDSObject{{"t", kind}, {"v", 1}, {"is", "UTO"}}}, {"msg", msg}},
	}
}

// holder is the name as ICAO Doc 9303-3 transliterates it, with blanks for its fillers.
func (p Person) holder() string {
	name := []byte(p.FamilyICAO)
	if p.GivenICAO != "" {
		name = slices.Concat(name, []byte("<<"), []byte(p.GivenICAO))
	}
	for i, c := range name {
		if c == '<' {
			name[i] = ' '
		}
	}
	return string(name)
}
