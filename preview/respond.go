package preview

import (
	"bytes"
	"errors"
	"hash"
	"hash/fnv"
	"mime"
	"net/http"
	"strings"
)

// answer takes what the site answers to a request. What is not text goes through at once.
type answer struct {
	to     http.ResponseWriter // nil if nobody waits for it
	header http.Header
	status int
	text   bool
	body   bytes.Buffer
	passed bool
	size   int
	sum    hash.Hash64 // the same in every process
}

func newAnswer(to http.ResponseWriter) *answer {
	return &answer{to: to, header: make(http.Header), sum: fnv.New64a()}
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status != 0 {
		return
	}
	a.status = status
	a.sum.Write([]byte{byte(status >> 8), byte(status)})
	a.sum.Write([]byte(a.header.Get("Location")))
	a.text = isText(a.header.Get("Content-Type"))
	if a.text || status >= 300 {
		return
	}
	a.passed = true
	if a.to != nil {
		copyHeader(a.to.Header(), a.header)
		a.to.WriteHeader(status)
	}
}

var errTooLong = errors.New("preview: too long to be compared")

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	a.sum.Write(p)
	a.size += len(p)
	switch {
	case !a.passed:
		return a.body.Write(p)
	case a.to != nil:
		return a.to.Write(p)
	case a.size > longest:
		return 0, errTooLong
	}
	return len(p), nil
}

// isPage tells whether there is a document for the browser to show.
func (a *answer) isPage() bool {
	return a.isHTML() && (a.status == http.StatusOK || a.status >= 400)
}

func (a *answer) isHTML() bool { return mediaType(a.header.Get("Content-Type")) == "text/html" }

func mediaType(contentType string) string {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return t
}

// isText tells the media types in which the site's URL may be written out.
func isText(contentType string) bool {
	t := mediaType(contentType)
	switch {
	case strings.HasPrefix(t, "text/"), strings.HasSuffix(t, "+json"), strings.HasSuffix(t, "+xml"):
		return true
	}
	switch t {
	case "application/json", "application/xml", "application/javascript", "application/rss", "application/atom":
		return true
	}
	return false
}

func copyHeader(to, from http.Header) {
	for key, values := range from {
		to[key] = values
	}
	for _, key := range []string{"Last-Modified", "Etag"} { // it may be another page by the same time
		to.Del(key)
	}
	to.Set("Cache-Control", "no-store")
	to.Set("X-Content-Type-Options", "nosniff")
}

// located replaces the host that stands for the server's.
func (h *Handler) located(body []byte, r *http.Request) []byte {
	if !bytes.Contains(body, []byte(placeholder)) {
		return body
	}
	scheme, host := h.origin(r)
	if scheme != "http" {
		for _, slashes := range []string{"://", `:\/\/`} {
			body = bytes.ReplaceAll(body, []byte("http"+slashes+placeholder), []byte(scheme+slashes+host))
		}
	}
	return bytes.ReplaceAll(body, []byte(placeholder), []byte(host))
}

// inject puts an element at the end of a document's body.
func inject(doc []byte, element string) []byte {
	at := bodyEnd(doc)
	out := make([]byte, 0, len(doc)+len(element))
	out = append(out, doc[:at]...)
	out = append(out, element...)
	return append(out, doc[at:]...)
}

// bodyEnd returns where the body of a document ends: before its last tags, and not before what looks like them in a
// comment or a script.
func bodyEnd(doc []byte) int {
	end := len(doc)
	for at := len(doc); ; {
		rest := bytes.TrimRight(doc[:at], " \t\r\n\f")
		if bytes.HasSuffix(rest, []byte("-->")) {
			if at = bytes.LastIndex(rest, []byte("<!--")); at < 0 {
				return end
			}
			continue
		}
		at = bytes.LastIndexByte(rest, '<')
		switch tag := strings.ToLower(string(rest[max(at, 0):])); {
		case isEndTag(tag, "</html"):
			end = at
		case isEndTag(tag, "</body"):
			return at
		default:
			return end
		}
	}
}

func isEndTag(tag, start string) bool {
	rest, ok := strings.CutPrefix(tag, start)
	rest, closed := strings.CutSuffix(rest, ">")
	return ok && closed && strings.TrimSpace(rest) == ""
}

// wantsScript tells whether a document is to be shown as a page, and is not a part of one that a script asked for.
func wantsScript(r *http.Request, doc []byte) bool {
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "", "document", "iframe", "frame", "embed", "object":
		return true
	}
	head := bytes.TrimSpace(doc[:min(len(doc), 1024)])
	return len(head) > 5 && (strings.EqualFold(string(head[:5]), "<!doc") || strings.EqualFold(string(head[:5]), "<html"))
}
