// Package heuristics holds rules of thumb that look at a traveller's documents after their signatures were checked: for
// dates that cannot be, for names that are no one's, for two documents that seem to be of two people, and for children
// who may need help.
//
// A rule never changes what cryptography has proved. It can ask a person to look again (Doubt), tell something (Inform) or
// offer help (Protect), and nothing else. None of them knows nationality, sex, religion, origin or route; a test changes
// these fields and demands the same findings. Every finding says what it does not mean, and most have an innocent cause
// far more often than any other.
//
// # Which documents are looked at
//
// The rules about dates and placeholders look at documents whose seal holds, and at what the seal covers: a document
// without a trusted seal is referred anyway, and doubts about what nobody vouched for would add nothing.
//
// The rules about identity compare a document whose seal holds with every other document that names a person, sealed or
// not, because the printed passport beside a certificate is what officers compare. What has been disproved is compared
// with nothing. Where a document names several people, each of them is compared, and no difference is reported as long as
// one of them agrees; people are never merged.
//
// The rule about children looks at every document, proved or not: help must not depend on proof.
//
// # A rule is a file
//
// It holds what the rule can say (code, effect, sentence, citation, next step, limits) and one pure function over a
// verify.Case. A new rule is one file and one line in [All]. A rule whose findings change gets a new version in its
// citation. Where names the place in the report, Detail names fields; neither holds a value of the document.
package heuristics
