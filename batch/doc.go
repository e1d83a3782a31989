// Package batch verifies archives again: one document or case a line in, one line out, in the same order, with constant
// memory, on several workers, and so that a run that is killed at any moment goes on where it was.
//
// Nothing is lost and nothing counted twice. The moment of the check and the age of the trust list are fixed once a run. A
// journal beside the output says how far it has come and what the lines up to there are; it is written only after they
// have reached the disk. On resumption the part of input and output that was done is compared with the journal's
// digests before anything is added.
//
// A line of the output says what was found, by code. What is the same for the whole run (the trust list, the policy, the
// moments) stands once, in the journal. Claims are left out unless Job.Claims asks for them.
package batch
