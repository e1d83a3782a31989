package cms

import "github.com/travelseal/travelseal/internal/der"

// The departures from RFC 5652 that are read nevertheless.
const (
	// SHA1 is a digest of SHA-1. It is weak, not wrong: states signed passports with it that are still in use.
	SHA1 = "cms.sha1"
	// Version is a version of SignedData or SignerInfo that does not fit the rest (§5.1, §5.3). Nothing depends on it.
	Version = "cms.version"
	// DigestNotListed is a signer's digest that the message does not announce. §5.1 leaves it to the reader.
	DigestNotListed = "cms.digest_not_listed"
	// AttributeOrder is a set of signed attributes in another order than that of DER (§5.3). [SignerInfo.SignedAttrs] is in
	// the order of DER, as §5.4 has it signed.
	AttributeOrder = "cms.attribute_order"
	// AttributeUnknown is a signed attribute that is not understood here. It says nothing that is used.
	AttributeUnknown = "cms.attribute_unknown"
	// SigningTime is a signing time in none of the forms of §11.3. It is taken as absent.
	SigningTime = "cms.signing_time"
	// SerialPadded is a serial number that equals that of the certificate as a number without a sign only.
	SerialPadded = "cms.serial_padded"
	// SignerUnmatched is an identifier of the signer that fits no certificate of the message, as in the passports of some
	// states. The signature decides which of them is the signer's.
	SignerUnmatched = "cms.signer_unmatched"
	// SignerAmbiguous is an identifier of the signer that fits several certificates. The signature decides.
	SignerAmbiguous = "cms.signer_ambiguous"
)

func (sd *SignedData) note(code, where string, offset int) {
	sd.Deviations = append(sd.Deviations, der.Deviation{Code: code, Where: where, Offset: offset})
}
