// Package scan reads pictures of documents: it finds the two-dimensional codes in them and gives the bytes that they
// carry. It is the only package that decodes pictures, and it judges nothing: a Symbol is a claim by a stranger.
//
// What holds for every picture:
//
//   - All codes that can be read are returned, never only the first, in reading order. The search stops early only
//     where the rest of the picture is blank. A picture without a code is ErrNoSymbol, so that nothing read is never
//     mistaken for nothing wrong.
//   - A file is what its first bytes say, not what its name says, and only PNG, JPEG, GIF and WebP are opened.
//   - Dimensions are read and refused before memory for pixels is taken. Peak memory is about sixteen bytes a pixel (a
//     progressive JPEG keeps its coefficients), and most pictures need three.
//   - A payload is bytes. Text is a view of them, made by a fixed rule and never by guessing a charset.
//   - The same bytes give the same symbols in the same order.
//
// QR codes are found wherever they are. DataMatrix and Aztec codes are found where blank paper is around them and they stand
// nearly upright, as documents and screens show them.
//
// What is not read: the further frames of animated PNG (the default picture is), animated WebP (refused as unreadable),
// rectangular and mirrored DataMatrix codes, and codes of other kinds, among them PDF417. Of an Aztec code that declares a
// charset, the bytes are those of ISO 8859-1 where it has the characters, and of UTF-8 where it has not.
package scan
