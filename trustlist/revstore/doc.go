// Package revstore keeps a list of revoked documents that is too large for memory in one file, and looks entries up in it.
//
// An entry is a kind of [formats.Handle] and the first 16 bytes of the SHA-256 digest of the handle's data, optionally with
// the moment before which a document must have been issued to be revoked: what [trustlist.Revocations] holds in memory. A
// lookup answers exactly: there is no filter in front of the rows, and so no false positive. A file that is cut, damaged or
// gone gives an error, which [trustlist.Snapshot.Revoked] answers as "unavailable" and never as "not revoked".
//
// # Reading and building
//
// [Open] checks what costs the same for every size: the header with its digest, the sizes, the fan-out tables and rows at
// known places. [Store.Verify] reads everything once. A [Builder] sorts on disk, in constant memory, and the file appears
// under its name only when it is complete.
//
// On Unix the file is mapped into memory, which spares a system call for each lookup. When somebody cuts a mapped file, the
// next access raises SIGBUS; that becomes an error here, and no lookup of the store gives an answer from then on. Elsewhere
// the file is read. Either way at most 256 rows are copied at a time, checked to be in order, and then searched.
//
// # The file
//
// All numbers are little-endian and unsigned. Times are Unix seconds, 0 for none. Places are bytes from the beginning of the
// file. What is not named is zero. The same entries and dates always give the same bytes.
//
// The header is the first 4096 bytes:
//
//	   0   8  89 54 53 52 0D 0A 1A 0A: "TSR" between bytes that a transfer as text would change
//	   8   4  version of the file format, 1
//	  12   4  number of sections, at most 20
//	  16   8  when the list was made
//	  24   8  when the next one is due
//	  32   8  size of the file in bytes
//	  40   4  1 where the list proves revocations and no more, or 0
//	  64 192  the first section's entry; the others follow
//	4064  32  SHA-256 of the 4064 bytes before
//
// A section holds all rows of one kind and one form. Sections stand in the order of their kinds and, within a kind, of their
// forms; none is empty. The entry of a section:
//
//	  0  48  kind, printable ASCII without spaces
//	 48   4  form: 0 for rows of 16 bytes, 1 for rows of 24 bytes
//	 56   8  number of rows, at most 2³²-1
//	 64   8  place of the section
//	 72  32  SHA-256 of the section
//	104  80  self-test: the hashes of the rows (n-1)·i/4 for i from 0 to 4
//
// A section begins at the next multiple of 4096 and is
//
//	the rows, in strictly ascending order of their hashes, up to the next multiple of 4096;
//	the fan-out: 65,537 numbers of 4 bytes, up to the next multiple of 4096.
//
// A row is the 16 bytes of the hash and, in form 1, 8 bytes with the moment before which documents are revoked. The rows
// whose first two bytes are the big-endian number b are those from fan-out[b] up to, and without, fan-out[b+1].
//
// The digest in the header covers the digests of the sections and thereby every byte. It is the name of the store,
// [Store.SHA256], and known without reading the rows.
package revstore
