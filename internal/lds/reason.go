package lds

import "errors"

// The ways in which the files of a chip can be wrong, beside those of package der. They are the causes of a *der.Error.
var (
	ErrVersion      = errors.New("its version is not one that is read")
	ErrVersionInfo  = errors.New("version 1 has the versions of the structure and of Unicode, and version 0 has not")
	ErrHash         = errors.New("its hash algorithm is none of SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512")
	ErrDigestLength = errors.New("a digest has not the length of its hash algorithm")
	ErrGroup        = errors.New("there is no data group of this number or tag")
	ErrRepeated     = errors.New("it is there twice")
	ErrEmpty        = errors.New("there is nothing in it")
	ErrCount        = errors.New("it announces another number than there is")
	ErrImage        = errors.New("the picture is neither JPEG nor JPEG 2000")
	ErrText         = errors.New("its text is not of the characters that it may have")
	ErrDate         = errors.New("it is no date of the calendar")
)
