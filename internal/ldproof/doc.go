// Package ldproof takes a JSON-LD document with a Linked Data proof apart into its objects and a formats.Seal: the exact
// bytes signed, the signature, the algorithm and the hints about the signer. It checks no signature.
//
// What a Linked Data proof signs is not the text but the graph that the text means: the text is expanded to statements by
// its contexts (JSON-LD 1.1), the statements are written in canonical form (URDNA2015), and hashed. Whatever yields no
// statement can be changed, removed or added without the signature noticing: a member that no context defines, and
// every member of an object whose "id" is no absolute IRI. Two members that one context maps to one property can be
// exchanged. A genuine national certificate on which the holder's whole name can be replaced was measured.
//
// So this package does not leave the expansion to a library that silently drops things. It expands by itself, and only
// the plain part of JSON-LD that credentials use: names of members and types come from contexts that are built in as
// tables and never fetched; keywords, contexts in the text, compact IRIs and labels of blank nodes are refused. Each
// object says whether the signature covers it. Only the canonical form is left to a library.
package ldproof
