// Package httpapi is the HTTP door: it turns requests into Inputs, has a Verifier check them, and writes its Report.
//
//	POST /v1/verify        200 and a Report whatever the verdict, byte for byte what the command prints
//	GET  /v1/codes         every code with its sentence and next step; /v1/codes/{code} is one of them
//	GET  /v1/formats       the kinds of document that are read, with their tolerances
//	GET  /v1/problems      what can be wrong with a request
//	GET  /openapi.json     all of this as OpenAPI 3.1
//	GET  /healthz /readyz  whether the process lives, and whether it can accept anything
//	GET  /                 the officer's page, of package page
//
// A document that is bad in any way is a verdict. Only a request that could not be run is answered by a problem of
// RFC 9457 (application/problem+json), which says what to do and repeats nothing of what was sent.
//
// What holds for every request:
//
//   - The Host must be one of those that are served, so that a name that a stranger points at this machine reaches
//     nothing (DNS rebinding). A POST must not come from a page of another origin. No answer permits another origin's
//     scripts to read it, and there are no cookies.
//   - No address names a file, no address takes a query, and nothing is fetched on behalf of a request. What stands in an
//     address ends in logs and histories, so documents travel in bodies only.
//   - The length of a body, its time, the documents in it and the requests at one time are bounded. Bodies are not
//     decompressed.
//   - Nothing is kept. The log has the method, the route and the status; bodies, addresses, names and the words of errors
//     and panics do not reach it.
//
// The package asks for no password and speaks no TLS. It is meant for the machine that it runs on; a proxy in front of it
// must do both for anybody else.
package httpapi
