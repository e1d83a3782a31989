package chip

import (
	"slices"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A Credential is the virtual component of a digital travel credential: the files of a chip in one structure (ICAO Technical
// Report Digital Travel Credentials, DTCContentInfo). The chip decides what is sealed and what is changed after it.
type Credential struct {
	Chip    Chip
	Version der.Value // default: 1
	// Data works on the elements of dtcData, which are those of the files in the order of their tags, and Whole on what follows
	// the version: dtcData, and what a device is bound by.
	Data, Whole func([]der.Value) []der.Value
	// Loose writes the outermost value in another form than that of DER.
	Loose func(der.TLV) der.Value
}

// The numbers of the elements that are for a device.
const (
	credentialSecurity = 22
	credentialOthers   = 23
)

// CredentialOf puts a chip into a credential that is bound to it.
func CredentialOf(c Chip) Credential { return Credential{Chip: c} }

// Encode writes the credential. EF.COM has no place in one.
func (c Credential) Encode() []byte {
	files := c.Chip.Files()
	var data []der.Value
	if sod, given := files["EF.SOD"]; given {
		data = append(data, der.Implicit(0, sod))
	}
	for n := range groupTags {
		if content, given := files[DGName(n+1)]; given {
			data = append(data, der.Implicit(n+1, content))
		}
	}
	if c.Data != nil {
		data = c.Data(data)
	}
	version := c.Version
	if version == nil {
		version = der.Int(1)
	}
	whole := []der.Value{der.Seq(data...)}
	if c.Whole != nil {
		whole = c.Whole(whole)
	}
	v := der.Seq(append([]der.Value{version}, whole...)...)
	if c.Loose != nil {
		return c.Loose(v).Encode()
	}
	return v.Encode()
}

// With adds an element at the end of dtcData.
func (c Credential) With(elements ...der.Value) Credential {
	before := c.Data
	c.Data = func(list []der.Value) []der.Value {
		if before != nil {
			list = before(list)
		}
		return append(slices.Clone(list), elements...)
	}
	return c
}

// Behind adds an element behind dtcData.
func (c Credential) Behind(elements ...der.Value) Credential {
	before := c.Whole
	c.Whole = func(list []der.Value) []der.Value {
		if before != nil {
			list = before(list)
		}
		return append(slices.Clone(list), elements...)
	}
	return c
}

// Security is dtcSecurityInfo. What stands within its tag, and those of the following, is invented, as the form of it is not
// public.
func Security() der.Value {
	return der.Explicit(credentialSecurity, der.Seq(der.Octets([]byte("UT-DTC-1"))))
}

// OtherInfos is dtcOtherInfos, which is for the issuing State itself.
func OtherInfos() der.Value { return der.Explicit(credentialOthers, der.Seq(der.Null())) }

// TBS is dtcTBS, a list of a number of values.
func TBS(values int) der.Value {
	list := der.Seq()
	for n := range values {
		list = der.And(list, der.Seq(der.Int(int64(n)), der.Octets(make([]byte, 32))))
	}
	return der.Explicit(0, list)
}

// SignerInfo is dtcSignerInfo, the signature of a DTC signer.
func SignerInfo() der.Value {
	return der.Explicit(1, der.Seq(der.Int(1), der.OID(pki.UseDTCSigner), der.Octets(make([]byte, 64))))
}

// ForDevice binds a credential to a device besides, as one of type 2.
func (c Credential) ForDevice() Credential { return c.With(Security()).Behind(TBS(4), SignerInfo()) }
