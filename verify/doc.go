// Package verify says how far a document is proved, and what to do next.
//
// It is the only place where a signature meets a trusted key and a stranger's claim becomes more than that. The short
// way is the safe way: Open succeeds only where the verdict is Accept, and gives a *Verified, which only this package
// can fill. Inspect is for tools: it explains any input, whatever its state, in a Report.
//
// The rules that decide are these. Only proof disqualifies: a document is Invalid where an identified signer's
// signature fails, a digest differs or the issuer has revoked it, and never because something could not be checked;
// what could not be checked is Refer, with the reason. Every zero value denies. There is no clock, no network and no
// global state: the time comes from Config.Now, the list from Config.Trust, the formats from Config.Formats.
//
// The package imports no format, no envelope and no third-party package.
package verify
