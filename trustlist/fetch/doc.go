// Package fetch brings published lists from the network into a folder, from an allow-list of addresses. It is the one
// place of this project that asks the network for trust material, it is called by the command "trust fetch" alone, and
// nothing else needs it: everything works from files.
//
// It authenticates nothing. A connection over TLS says who runs a server, and not that the list on it is the publisher's;
// so what is fetched is a file like any other, and the keys, certificates and digests that a relying party has pinned decide
// when the folder is loaded. How each file came stands in a record beside it, for people.
//
// What it refuses, it refuses before it asks: an address that is not on the list, that is not https, or that is written in
// another than its one form; and where the connection is made: an address that is not of the open network, whatever name
// led there (addresses of this machine, private, link-local, unique-local, multicast, mapped). Redirects lead within one
// host, and only to addresses that the list has for them. Answers are read up to a limit, uncompressed, and a web page in
// place of a list is not kept. There is no proxy: behind one nobody would see which address is asked in the end.
package fetch
