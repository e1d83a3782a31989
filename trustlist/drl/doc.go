// Package drl imports Italy's list of revoked certificates (DRL) as its snapshot, in chunks of JSON.
//
// An entry is the SHA-256 of the identifier of a certificate (UVCI) in base64. Its first 16 bytes are the hash that the EU
// gateway has for the type UCI, so that one store serves both. Nobody signs the list: each file must be one whose digest the
// relying party has pinned. All chunks of a version must be there with as many identifiers as they state, as the
// specification asks of its readers; otherwise the loading stops. A list of changes (DIFF) is refused, as it means nothing
// without the version before.
//
// Source: Ministero della Salute, "DGC Revocation List", §§Panoramica, Download.
package drl
