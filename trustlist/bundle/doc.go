// Package bundle carries trust material from a headquarters to its posts under signatures that expire: a folder, or one tar
// archive, of data files and of TUF metadata (The Update Framework, specification 1.0.31).
//
// # What a bundle proves
//
// A post pins one root file. Everything else follows from it: the root names the keys and thresholds of the other roles, a
// new root is signed by the old one and by itself (§5.3), and the roles name every data file with its length and SHA-256.
// [Verify] refuses what is altered, incomplete, put together from two publications, or older than what the post has seen.
// A bundle whose time has run out is still authentic: it is read, and [Info] says that it has expired. What follows from
// that, a policy decides.
//
// # Layout
//
//	metadata/1.root.json … N.root.json     every root, so that a post may pin any of them
//	metadata/timestamp.json                names the snapshot, and says when the bundle was made ("created")
//	metadata/N.snapshot.json               names the versions of all roles
//	metadata/N.targets.json                delegates to the three roles below
//	metadata/N.keys.json                   keys.*, keys/*, overlay.*, provenance.*, policy.yaml, crl/*
//	metadata/N.revocation.json             rev/*
//	metadata/N.rules.json                  rules/*, valuesets/*, ref/*
//	targets/…                              the data files, under their own names
//
// "created" is a signed member of the timestamp beside those of the specification, RFC 3339 in UTC. The target of a file
// rev/*.srt has the custom member {"store": hex}, the digest that package revstore calls the store's name. Everything else is
// as the specification has it; members that neither knows are refused. Files that no metadata names are passed over, listed in
// [Content], and never copied.
//
// # At a post
//
// A store is a folder that holds the bundle in force and the one before, the root, and the memory of what was seen.
// [Install] copies, verifies what was copied, and switches in one step; a kill at any moment leaves the old bundle or
// the new one. [Open] verifies the metadata again and the digests of all data files but the large stores rev/*.srt:
// those were verified when they were installed; Open compares their length and their header, which covers every byte with
// digests, and the store itself checks the rows that it answers from.
//
// # At the headquarters
//
// A [Repository] is the folder where drafts are staged, signed by one key after another, and published.
//
// Nothing here uses the network or reads the clock: moments are passed in.
package bundle
