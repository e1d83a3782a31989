// Package jwks imports the keys that one issuer of SMART Health Cards publishes at its own address: a JSON Web Key Set.
//
// Nothing signs such a file. The connection on which it came is all that speaks for it, and a library that reads files has
// not seen the connection. A relying party therefore pins the digest of the file, which it has learnt on another way. A
// loader takes the digest from a file beside, in the form of sha256sum, in which the address of the key set may stand in
// place of its name:
//
//	<64 hexadecimal digits>  https://issuer.example/.well-known/jwks.json
//
// The address names the issuer. Where the file of digests has a name only, the key set itself must name its issuer, by a
// member of that name. Certificates beside a key (x5c) are passed over.
//
// Sources: RFC 7517 §5; SMART Health Cards Framework 1.4, "Determining keys associated with an issuer".
package jwks
