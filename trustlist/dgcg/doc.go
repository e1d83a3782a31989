// Package dgcg imports the trust list of the EU Digital COVID Certificate Gateway: a JSON array with one item for each
// certificate, as the gateway hands it to its members and as national lists pass it on.
//
// The array as a whole is signed by nobody, so that an item that was taken out cannot be missed here. Each item has a
// signature of its own (CMS, detached): the gateway's trust anchor has signed the certificates of a country's authority
// (CSCA) and of the office that uploads (UPLOAD); the office has signed each document signer (DSC), which the authority must
// have issued. A relying party pins the trust anchor, and all three are demanded. A reference implementation logs that an
// office's signature does not hold and goes on; here the signer is dropped.
//
// It reads what the gateway hands out of revoked certificates as well: batches of hashes that an office has signed (CMS around
// JSON), and the list of batches, which nobody signs and which shows whether some are missing. A batch that is broken, unsigned
// or missing stops the loading. One that has expired makes the whole list out of date.
//
// Sources: eHealth Network, "Digital Green Certificates, volume 2: EU Digital Green Certificate Gateway"; EU certificate
// governance §4; the gateway's TrustListDto and RevocationBatchDto.
package dgcg
