// Package chip is a seeded test issuer of the chips of travel documents, good and bad, of the travel credentials that
// are made of them, and of the lists by which states publish whom to trust: master lists, and the directory of the ICAO.
//
// A Chip is what is on it before it is sealed. Its methods give changed copies; some changes are made by the issuer, before
// the seal, and some by a forger, after it:
//
//	good := chip.Good()                                  // a passport of Utopia
//	swapped := good.Put(2, other.Files()["DG2"])         // after: another portrait
//	flipped := good.FlipDG(1, 40)                        // after: one bit of the zone
//	incomplete := good.WithoutDG(2)                      // after: the file is not given
//	unlisted := good.Inject(15, chip.DG15(key))          // after: a file that the seal does not name
//	weak := good.Hashed(crypto.SHA1)                     // before: a new seal over other hashes
//	strange := good.ResignedBy(stranger)                 // before: the same content, another signer
//	two := good.Sealed(func(m pki.Message) pki.Message { … }) // before: whatever the message should be
//
// A Credential is a chip handed on as one file, with changes to that file of its own:
//
//	handed := chip.CredentialOf(swapped)                 // what the chip has become
//	bound := chip.CredentialOf(good).ForDevice()         // and something of a device
//
// The people are those of package mint; the pictures are drawn here and show nobody. The package reads nothing, and panics
// where it is asked for something that cannot be made.
package chip
