//go:build race && unix

package bundle_test

// kills is how many installations are killed: under the race detector a process takes ten times as long.
const kills = 20
