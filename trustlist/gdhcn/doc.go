// Package gdhcn imports the trust list of the Global Digital Health Certification Network: the DID document, version 2,
// that WHO publishes with the certificates of all participants.
//
// The document is signed by a linked data proof whose key comes from the same servers, carries no expiry, and no number by
// which an old one could be told. The package therefore does not rest on it. When a participant joins, WHO's trust anchor
// signs the certificate of its authority (SCA) by itself, as a CMS message in the file TNG_TA.signed.SCA.json. A relying
// party pins the root of WHO's trust network and holds each authority against these files, and each document signer (DSC)
// against the authorities. What neither reaches is authenticated by its transport only, and a loader drops it.
//
// Keys come from the certificates. The JSON Web Keys beside them are compared, and an entry whose two keys differ is
// dropped; but their integers are written with leading zeros, which RFC 7518 §6.2.1.2 forbids, and some name no curve, so
// that they alone would lose four entries of five.
//
// References to other lists are never followed: the production list of references has named the list of the development
// environment.
//
// Not read: the linked data proof, version 1 of the list, and the certificates for the exchange of data (DECA, DESC).
//
// Sources: WHO SMART Trust 1.3, "DID Trustlist v2"; WHO SMART Trust, "Onboarding"; EU certificate governance §4.3.
package gdhcn
