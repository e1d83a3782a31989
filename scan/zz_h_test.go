package scan
import "image"
func imageRect(g gray) image.Rectangle { return image.Rect(0,0,g.w,g.h) }
