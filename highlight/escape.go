package highlight

import "github.com/yuin/goldmark/util"

// escapes has what stands for a byte in text and attribute values, as in
// internal/markdown.
var escapes = [256]string{0: "\uFFFD", '"': "&quot;", '&': "&amp;", '<': "&lt;", '>': "&gt;"}

func appendEscaped[S []byte | string](dst []byte, s S) []byte {
	done := 0
	for i := range len(s) {
		if e := escapes[s[i]]; e != "" {
			dst = append(append(dst, s[done:i]...), e...)
			done = i + 1
		}
	}
	return append(dst, s[done:]...)
}

func writeEscaped(w util.BufWriter, s []byte) {
	done := 0
	for i, c := range s {
		if e := escapes[c]; e != "" {
			_, _ = w.Write(s[done:i])
			_, _ = w.WriteString(e)
			done = i + 1
		}
	}
	_, _ = w.Write(s[done:])
}
