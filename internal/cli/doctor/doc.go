// Package doctor looks for what would keep a post from answering: an old or missing list, a clock that cannot be right, files
// that others may change, keys and lists of revocations that end soon, and formats that would be refused whatever the document.
//
// Examine is a function of its input. Its caller reads files, the clock and the build.
package doctor
