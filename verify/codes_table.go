package verify

// The next steps that several codes share.
const (
	askAnother   = "Ask for another copy or another proof, and refer the person to a colleague who can check by other means."
	refer        = "Refer to a trained colleague. The traveller may explain and show other evidence."
	rescan       = "Scan again in good light, flat and close; if it stays unreadable, ask for the original or another copy."
	askHeadOf    = "Tell the office that keeps the trust list; do not hold it against the traveller."
	compareFace  = "Compare the name and birth date with the passport, and the person with the portrait."
	design       = "travelseal, doc/codes.md"
	volume1      = "eHealth Network, Technical Specifications for EU DCC, Volume 1"
	notForgery   = "It does not mean that the document is forged."
	notTraveller = "It says something about the bytes, and nothing about who altered them; the holder may not know."
)

// table holds every code with its effect and its words. The words accuse nobody.
var table = map[Code]entry{
	// Reading.
	"input.too_large":  {Doubt, "The file is larger than the limit.", design, "Use a smaller picture, or cut out the code.", notForgery},
	"input.no_symbol":  {Doubt, "No code was found in the picture or archive.", design, rescan, notForgery},
	"input.unreadable": {Doubt, "The picture or archive cannot be read.", design, rescan, notForgery},
	"input.media_type": {Doubt, "This kind of file is not read here.", design, "Use a PNG, JPEG, GIF or WebP picture, the text of the code, or the files of the chip.", notForgery},

	// Decoding.
	"decode.unknown_format": {Doubt, "This is no kind of document that is known here.", design, askAnother, notForgery},
	"decode.ambiguous":      {Doubt, "This could be read as more than one kind of document.", design, refer, notForgery},
	"decode.version":        {Doubt, "This looks like a known kind of document in a version that is not supported.", design, askAnother, notForgery},
	"decode.truncated":      {Doubt, "The document ends too early; a part of it is missing.", design, rescan, notForgery},
	"decode.encoding":       {Doubt, "The text of the code does not follow its encoding.", design, rescan, notForgery},
	"decode.envelope":       {Doubt, "The signed envelope cannot be read.", design, rescan, notForgery},
	"decode.payload":        {Doubt, "The content of the document cannot be read.", design, rescan, notForgery},
	"decode.noncanonical":   {Doubt, "The document is encoded in a form that its specification rules out.", design, refer, notForgery},
	"decode.trailing":       {Doubt, "There is something after the end of the document.", design, rescan, notForgery},
	"decode.limit":          {Doubt, "The document is larger or deeper than the limits allow.", design, refer, notForgery},
	"decode.internal":       {Doubt, "The program failed on this document.", design, "Refer, and report the failure to those who keep the program.", notForgery},
	DecodeTolerant:          {Inform, "The document departs from its specification in a way that genuine issuers do.", design, "Nothing; it is noted.", ""},
	DecodeDoubtful:          {Doubt, "The document was read only because a tolerance was switched on that is off by default.", design, refer, notForgery},
	ContentSchema:           {Doubt, "The content breaks the rules of its own specification.", design, refer, "An issuer's mistake looks the same as an alteration before signing."},
	ContentHidden:           {Doubt, "A text in the document holds characters that hide or turn around others.", "Unicode Technical Report 36 §3", "Read the text as it is shown here, with the hidden characters spelled out. " + refer, "Joiners that some scripts need are not meant by this."},
	CheckMismatch:           {Doubt, "A check digit does not match.", "ICAO Doc 9303-3 §4.9", "Compare with the printed document; a misread character is the usual cause.", notForgery},

	// Signatures.
	SealNone:            {Doubt, "The document carries no signature.", design, askAnother, "A document without a signature may be genuine; it cannot be proved here."},
	SealNotOfKind:       {Inform, "Documents of this kind carry no signature; it is compared with the others, and proves nothing alone.", "ICAO Doc 9303-3 §4", "Compare it with the document that it is printed on.", ""},
	SealMismatch:        {Disqualify, "The signature does not fit the content: it was altered after signing, or was not signed by the named issuer.", "RFC 9052 §4.4; FIPS 186-5 §6.4.2", "Do not rely on this document. " + refer, notTraveller},
	SealSignerUnknown:   {Doubt, "The trust list has no key for the signer that this document names.", volume1 + " §4.2", "Look whether the trust list is up to date. " + refer, notForgery},
	SealSoundUnknown:    {Inform, "The signature fits the content under the certificate that came with it; whose that is, is not known here.", "RFC 5280 §6.1", "Look whether the trust list is up to date.", "Anyone can bring a certificate of their own: this vouches for nothing."},
	SealUnsound:         {Doubt, "The signature does not fit the content even under the certificate that came with it.", "RFC 5280 §6.1", refer, "The certificate is as unproved as the rest; a damaged copy produces the same."},
	SealNoKeyMatches:    {Doubt, "Keys with the signer's number are on the trust list, but none of them made this signature.", volume1 + " §4.2", refer, "The number is only a hint: the right key may be missing from the list."},
	SealWrongKeyType:    {Doubt, "The document names an algorithm that the signer's key is not made for.", "RFC 9053 §2", refer, notForgery},
	SealUnsupported:     {Doubt, "The signature uses an algorithm or a key that cannot be checked here.", design, askAnother, notForgery},
	SealHeader:          {Doubt, "The signature's own header forbids checking it.", "RFC 9052 §3.1", refer, notForgery},
	SealOutOfScope:      {Doubt, "The signing key is trusted for other kinds of document, not for this one.", design, refer, notForgery},
	SealWrongUse:        {Doubt, "The signing key may not vouch for this kind of event.", "EU DCC certificate governance §4.3", refer, "An issuer that mixes up its keys produces the same."},
	SealWrongRole:       {Doubt, "The signature was made with a key that signs certificates or lists, not documents.", "RFC 5280 §4.2.1.9", refer, notForgery},
	SealCountry:         {Doubt, "The signing key belongs to another country than the document names.", volume1 + " §3.3.1", refer, "Territories and unions share keys; the table of such pairs may be incomplete."},
	SealSignerExpired:   {Doubt, "The signing key's certificate has expired since the document was issued.", volume1 + " §4.2", "Ask for a newer copy; the older one may still be genuine. " + refer, notForgery},
	SealOutsideValidity: {Doubt, "The document says that it was issued at a time when its signing key was not valid.", "RFC 5280 §4.1.2.5", refer, "A wrong clock at the issuer produces the same."},
	SealOutlivesSigner:  {Inform, "The document is dated to last longer than its signing key's certificate.", "RFC 5280 §4.1.2.5", "Nothing; many issuers do this.", ""},
	SealSignerRevoked:   {Disqualify, "The signing key has been withdrawn, and the document does not say that it was issued before that.", "RFC 5280 §5", "Do not rely on this document. " + refer, notTraveller},
	SealSignerWithdrawn: {Doubt, "The signing key was taken off the trust list, and nobody has decided to restore it.", design, "Ask for a newer copy. " + refer, "Keys are retired for many reasons; the document may be genuine."},
	SealAbuseWindow:     {Doubt, "The document says that it was issued at a time when others had its signing key.", design, "Compare with the issuer's register where that is possible. " + refer, "Genuine documents were issued with the same key at the same time."},
	SealChain:           {Doubt, "The signer's certificate does not lead to a certificate authority on the trust list.", "RFC 5280 §6.1", refer, notForgery},
	SealWeakHash:        {Inform, "The signature is sound, over a hash that is out of date (SHA-1).", "ICAO Doc 9303-12 §4.4", "Nothing; only the issuer could have made use of it. A policy may ask for more.", ""},
	SealNullOmitted:     {Inform, "The signature is sound, and its encoding leaves out a field that does not matter.", "RFC 8017 §9.2", "Nothing; it is noted.", ""},
	SealCertificate:     {Inform, "The signer's certificate, or one that it rests on, departs from its specification in a way that genuine issuers do.", "RFC 5280 §4; ICAO Doc 9303-12 §7.1", "Nothing; it is noted.", ""},

	// Parts.
	PartUnsealed:       {Doubt, "A part of the document is not covered by any signature.", design, "Do not rely on that part. " + refer, notForgery},
	PartMissing:        {Doubt, "A part that is needed is missing.", design, rescan, notForgery},
	PartDigestMismatch: {Disqualify, "A part of the document differs from what its issuer signed.", design, "Do not rely on this document. " + refer, notTraveller},

	// Time.
	TimeExpired:      {Disqualify, "The document's own validity has ended.", "RFC 8392 §3.1.4", "Ask for a current document.", "It was genuine; it is out of date."},
	TimeNotYetValid:  {Disqualify, "The document's own validity has not begun.", "RFC 8392 §3.1.5", "Look whether this device's clock is right.", "A wrong clock here or at the issuer produces the same."},
	TimeNoExpiry:     {Doubt, "The document states no end of validity, which its kind must.", volume1 + " §3.3.1", refer, notForgery},
	TimeListStale:    {Doubt, "The trust list is older than the policy allows.", design, "Bring a newer trust list. " + askHeadOf, notForgery},
	TimeClock:        {Doubt, "This device's clock is earlier than the trust list, or than it has been before, so that no date can be judged.", design, "Set the clock.", notForgery},
	TimeSelfDeclared: {Inform, "The time of signing is what the signer itself states; nothing else proves it.", "RFC 5652 §11.3", "Nothing; it is noted.", ""},
	TrustUndated:     {Inform, "The trust list carries no date, so its age is unknown.", design, "Nothing; use a dated list where there is one.", ""},
	TrustEmpty:       {Doubt, "The trust list holds no key at all.", design, "Bring a trust list. " + askHeadOf, notForgery},
	TrustExpired:     {Doubt, "The trust list has expired, so that nothing can be called authentic by it.", design, "Bring a newer trust list. " + askHeadOf, notForgery},
	TrustStateReset:  {Inform, "This post has lost its memory of the trust lists that it has seen; an older one than before would not be noticed.", design, "Compare the version of the trust list with what headquarters names.", ""},

	// Revocation and people.
	DocRevoked:              {Disqualify, "The issuer has revoked this document.", "Implementing Decision (EU) 2021/1073, annex IV", "Do not rely on this document. " + refer, "Issuers also revoke because of their own mistakes."},
	DocAbuseListed:          {Disqualify, "This very document is on a list of those that were made with a stolen or misused key.", design, "Do not rely on this document. " + refer, "The list says how the document was made, and nothing about whether its holder knew."},
	RevocationNotConfigured: {Inform, "No revocation list is configured, so revocation was not checked.", design, "Nothing; it is noted.", ""},
	RevocationUnavailable:   {Doubt, "The revocation list is out of date or cannot be used, so revocation could not be checked.", design, "Bring a newer list. " + askHeadOf, notForgery},
	HolderNotProven:         {Inform, "The data are genuine; that the bearer is the holder is not proved by a code that can be copied.", design, compareFace, ""},
	HolderDeviceProven:      {Inform, "The device holds the key that the issuer bound the document to, so the document is no copy.", "ISO/IEC 18013-5 §9.1.3", compareFace, "Somebody else may carry the device."},
	HolderDeviceMismatch:    {Doubt, "The device did not prove that it holds the key that the issuer bound the document to.", "ISO/IEC 18013-5 §9.1.3", "Ask for the document to be presented again from the holder's device. " + refer, "A session that was mixed up with another produces the same."},
	ChipNotProven:           {Inform, "The data are genuine; that the chip is no copy was not proved.", "ICAO Doc 9303-11 §6", compareFace, ""},
	ChipNotPresented:        {Inform, "The data are genuine, and a copy that was made to be handed on; the chip or device that it is bound to was not read.", "ICAO Technical Report Digital Travel Credentials, Virtual Component 1.2", "Ask for the passport, card or device that it is bound to and read its chip; compare the person with the portrait.", ""},
	DocNotResolved:          {Doubt, "This is a link to a document, and nothing was fetched from where it leads.", design, "Ask for the document itself, or open the link where a network is allowed and check what it gives.", notForgery},
	DocSeveralPeople:        {Doubt, "The document names several people.", design, "Look at each person's entry by itself.", notForgery},

	// Policy and running.
	PolicyFormatRefused:   {Doubt, "The policy in force does not accept this kind of document.", design, askAnother, notForgery},
	PolicyClaimMissing:    {Doubt, "The document lacks something that the policy in force asks for.", design, askAnother, notForgery},
	PolicyKeyUnvouched:    {Doubt, "Less vouches for the signing key on its list than the policy asks for.", design, askHeadOf + " " + refer, notForgery},
	"batch.malformed":     {Doubt, "The line of the archive is not of the form that batch reads.", design, "Mend the line and check it again.", notForgery},
	"batch.line_too_long": {Doubt, "The line of the archive is longer than the limit.", design, "Check the document by itself.", notForgery},
	"batch.timeout":       {Doubt, "The document took longer than the time for one line.", design, "Check the document by itself, and report it to those who keep the program.", notForgery},
	"batch.internal":      {Doubt, "The program failed on this line.", design, "Refer, and report the failure to those who keep the program.", notForgery},
	RunCancelled:          {Doubt, "The check was stopped before it was finished.", design, "Check again.", notForgery},
}
