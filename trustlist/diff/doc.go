// Package diff compares two trust lists: what keys came, went and changed, by source, country and role, and how many documents
// are revoked. What a person must look at before a list is taken, it calls an alarm.
//
// A key is told by the SHA-256 of its SubjectPublicKeyInfo, whatever certificate it is in and whatever list it is on. A report
// is the same for the same lists and options.
package diff
