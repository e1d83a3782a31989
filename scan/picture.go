package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// A codec is one kind of picture that is opened. Everything else is refused by its media type.
type codec struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) ([]gray, error)
	// frames and scans count, without decoding, what multiplies the work; nil is one.
	frames, scans func(data []byte) int
}

var codecs = map[string]codec{
	"image/png":  {config: png.DecodeConfig, decode: single(png.Decode)},
	"image/jpeg": {config: jpeg.DecodeConfig, decode: single(jpeg.Decode), scans: countScans},
	"image/gif":  {config: gif.DecodeConfig, decode: gifFrames, frames: countFrames},
	"image/webp": {config: webp.DecodeConfig, decode: single(webp.Decode)},
}

func single(decode func(io.Reader) (image.Image, error)) func(io.Reader) ([]gray, error) {
	return func(r io.Reader) ([]gray, error) {
		m, err := decode(r)
		if err != nil {
			return nil, err
		}
		return []gray{toGray(m)}, nil
	}
}

// openPicture decodes a file to the luminance of its frames. Size, media type, dimensions, frames and scans are checked
// before a pixel is decoded.
func openPicture(ctx context.Context, data []byte, l Limits) ([]gray, error) {
	if len(data) > l.FileBytes {
		return nil, tooLarge("bytes of the file", int64(len(data)), l.FileBytes)
	}
	media := Media(data)
	c, known := codecs[media]
	if !known {
		return nil, mediaError(media)
	}
	config, err := c.config(contextReader{ctx, bytes.NewReader(data)})
	if err != nil {
		return nil, decodeError(ctx, media, err)
	}
	if err := c.checkWork(config, data, l); err != nil {
		return nil, err
	}
	frames, err := c.decode(contextReader{ctx, bytes.NewReader(data)})
	if err != nil {
		return nil, decodeError(ctx, media, err)
	}
	return frames, nil
}

// checkWork refuses what would take too much memory or time to decode.
func (c codec) checkWork(config image.Config, data []byte, l Limits) error {
	if config.Width <= 0 || config.Height <= 0 {
		return unreadable(fmt.Errorf("%d x %d pixels", config.Width, config.Height))
	}
	frames, scans := 1, 1
	if c.frames != nil {
		frames = max(1, c.frames(data))
	}
	if c.scans != nil {
		scans = c.scans(data)
	}
	// Neither side exceeds 2³¹ in any of the formats, nor the frames 2²⁶ in a file of any sensible limit; the division
	// keeps their product from overflowing.
	pixels := int64(config.Width) * int64(config.Height)
	switch {
	case frames > l.Frames:
		return tooLarge("frames", int64(frames), l.Frames)
	case pixels > int64(l.Pixels):
		return tooLarge("pixels", pixels, l.Pixels)
	case pixels > int64(l.Pixels)/int64(frames):
		return tooLarge("pixels of all frames", pixels*int64(frames), l.Pixels)
	case scans > maxScans:
		return tooLarge("scans of a JPEG", int64(scans), maxScans)
	}
	return nil
}

func mediaError(media string) error {
	if media == "" {
		return &Error{CodeMediaType, errors.New("not a picture, by its first bytes")}
	}
	return &Error{CodeMediaType, fmt.Errorf("this looks like %s; PNG, JPEG, GIF and WebP are read", media)}
}

func decodeError(ctx context.Context, media string, err error) error {
	if err := ended(ctx); err != nil {
		return err
	}
	return unreadable(fmt.Errorf("%s: %w", media, err))
}

// A contextReader stops a decoder that is at work when the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p[:min(len(p), 4096)])
}
