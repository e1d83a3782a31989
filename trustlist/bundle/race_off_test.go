//go:build !race && unix

package bundle_test

// kills is how many installations are killed.
const kills = 100
