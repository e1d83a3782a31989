// Package cms takes a SignedData message of CMS (RFC 5652 §5) apart into its content and a formats.Seal: the exact bytes
// signed, the signature, the algorithm and the certificates that may be the signer's. It checks no signature.
//
// An EF.SOD, a master list and the lists of the health gateways are such messages. They may be written in BER, which is
// turned into DER first, within limits. Whatever an issuer does otherwise than the specification wants, and is read
// nevertheless, has the name of a deviation. What must not be checked becomes the seal's Problem.
//
// [Parse] reads the message, whoever uses it; a [Profile] says what one use demands, and [SignedData.Seal] holds the
// message against it.
package cms
