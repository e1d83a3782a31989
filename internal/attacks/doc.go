// Package attacks scratch.
package attacks
