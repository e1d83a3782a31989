package cert

// The codes of deviations that are read nevertheless. testdata/deviations.golden counts them on the published lists. Those
// that no list has say so: they touch what is only shown, compared or narrowed, and refusing them would take a genuine signer
// away without proving anything. A departure without a code here is refused.
const (
	// CodeBoolean is a BOOLEAN of another byte than 00 and FF (X.690 §11.1): CSCAs of two states, and an IACA.
	CodeBoolean = "ber.boolean"
	// CodeDefaultEncoded is a value written out that equals its default (X.690 §11.5): cA FALSE in health signers. RFC 4055
	// §3.1 demands that it be read in the parameters of RSASSA-PSS.
	CodeDefaultEncoded = "der.default_encoded"
	// CodeNamedBits is a list of named bits with zeros behind the last one (X.690 §11.2.2): CSCAs, and the
	// signer of a VICAL.
	CodeNamedBits = "der.named_bits"

	// CodeNullAbsent is an RSA identifier without its NULL (RFC 4055 §1.2 and §5 demand the NULL, and that its absence be
	// accepted): four CSCAs, and health signers.
	CodeNullAbsent = "algorithm.null_absent"
	// CodeNullPresent is an ECDSA identifier with a NULL (RFC 5758 §3.2 forbids it): two dozen CSCAs.
	CodeNullPresent = "algorithm.null_present"
	// CodeExplicitCurve is a curve spelled out instead of named. Doc 9303-12 §4.4.2 has asked for it, so it is common; RFC
	// 5480 §2.1.1 forbids it.
	CodeExplicitCurve = "key.explicit_curve"

	// CodeSerialNegative, CodeSerialZero and CodeSerialLong (more than 20 octets) are serial numbers that RFC 5280 §4.1.2.2
	// forbids. It asks readers to take the first two gracefully, which CSCAs and health signers have. The third is on no list; it
	// is what becomes of 20 random octets, and as a serial number is only compared, nothing depends on its length.
	CodeSerialNegative = "serial.negative"
	CodeSerialZero     = "serial.zero"
	CodeSerialLong     = "serial.long"

	// CodeGeneralizedTime is a GeneralizedTime for a year before 2050 (RFC 5280 §4.1.2.5): a CSCA
	// and a health signer.
	CodeGeneralizedTime = "time.generalized_early"

	// CodeCountryCase and CodeCountryLength are countries that are not two capital letters (Doc 9303-12 §7.1.1): the first is
	// in twenty CSCAs, the second on no list. Neither matters to reading; who compares countries decides.
	CodeCountryCase   = "name.country_case"
	CodeCountryLength = "name.country_length"

	// CodePrintable is a PrintableString with a character that the type does not have (X.680 §41.4), such as an underscore. No
	// list has one, but it is an old habit, and only whoever shows a name meets it.
	CodePrintable = "name.printable"

	// CodePathLength is a path length in a certificate that is not marked as a CA's (RFC 5280 §4.2.1.9): Italian CSCAs, and
	// Spanish health signers.
	CodePathLength = "constraints.path_without_ca"
	// CodeDocumentTypes is a document type list that cannot be read (Doc 9303-12 §7.1.1.6). The extension is never critical
	// and is only there to narrow a signer, so that the certificate is read without it. No list has one.
	CodeDocumentTypes = "extension.document_types"
	// CodeUsageEmpty is an extended key usage without a member (RFC 5280 §4.2.1.12 wants one): signers of Austria's tests.
	CodeUsageEmpty = "extension.empty_key_usage"
	// CodeAltName is a subject's alternative name that cannot be read (RFC 5280 §4.2.1.6). No list has one, and nothing rests
	// on it.
	CodeAltName = "extension.alternative_name"
)

// The codes that [Pool.Path] adds.
const (
	// CodeNotMarkedCA is a trusted CA whose basic constraints are absent or say that it is none, while its key usage says that
	// it signs certificates: CSCAs of Luxembourg, Türkiye and Italy. It is taken from the trusted pool alone.
	CodeNotMarkedCA = "ca.not_marked"
	// CodeUsageAbsent is a certificate without a key usage (Doc 9303-12 §7.1.1 makes it mandatory): a CSCA of China.
	CodeUsageAbsent = "usage.absent"
	// CodeNullOmitted is a signature whose DigestInfo leaves out the NULL: see sig.ErrNullOmitted.
	CodeNullOmitted = "signature.null_omitted"
	// CodeSHA1 is a signature of a SHA-1 hash: see sig.ErrWeakHash.
	CodeSHA1 = "signature.sha1"
)
