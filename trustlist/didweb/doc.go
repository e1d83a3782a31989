// Package didweb imports the keys of an issuer that publishes them in a DID document at its own address (did:web), as New
// Zealand did for its COVID pass.
//
// Nothing signs such a file. A relying party pins its digest, which it has learnt on another way; a loader takes the digest
// from a file beside, in the form of sha256sum. Where that has an address in place of the name, it must be the one that the
// DID stands for.
//
// Only keys that the document lists for assertions (assertionMethod) are taken: others authenticate the issuer to somebody,
// and seal nothing.
//
// Sources: DID Core §5.2, §5.3.2; did:web method specification §3; NZ COVID Pass Technical Specification §5, §7.
package didweb
