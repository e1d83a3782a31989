// Package provenance says where a trust list came from, and what a relying party remembers beside it: for every source its
// digest, what vouches for it and what was left out; the alarms that somebody passed over, with the reason; and the keys that
// were removed, which do not come back by themselves.
package provenance
