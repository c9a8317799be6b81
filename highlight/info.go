package highlight

import "strings"

// fenceParser reads info strings into a fence. There is no standard for what
// follows the language: it takes Hugo's, Zola's and Docusaurus's notations.
type fenceParser struct {
	f      *fence
	offset int      // of the text in the info string
	lines  string   // the option that further line numbers belong to
	seen   []string // the options so far, in lower case
}

// maxOptions is how many options are read from an info string.
const maxOptions = 100

// parseFence reads an info string.
func parseFence(info string) (*fence, *fenceParser) {
	f := &fence{}
	p := &fenceParser{f: f}
	start := len(info) - len(strings.TrimLeft(info, " \t"))
	end := start
	for end < len(info) && !strings.ContainsRune(" \t,{", rune(info[end])) {
		end++
	}
	f.language = info[start:end]
	p.offset = end
	p.options(info[end:])
	return f, p
}

// options reads options: name=value, name, or line numbers in braces, with
// spaces and commas between them, all or some in braces.
func (p *fenceParser) options(s string) {
	for i := 0; i < len(s) && len(p.seen) < maxOptions; {
		switch c := s[i]; {
		case c == ' ' || c == '\t' || c == ',' || c == '}' || c == '\n':
			i++
		case c == '{':
			if n := bracedLines(s[i:]); n > 0 {
				p.option("hl_lines", s[i+1:i+n-1], i)
				i += n
			} else {
				i++
			}
		default:
			i += p.word(s[i:], i)
		}
	}
}

// bracedLines returns the length of {1,3-5} at the start of s, or 0.
func bracedLines(s string) int {
	end := strings.IndexByte(s, '}')
	if end < 2 || strings.Trim(s[1:end], "0123456789-, ") != "" || strings.Trim(s[1:end], ", ") == "" {
		return 0
	}
	return end + 1
}

// word reads an option at the start of s, which is at offset at of the text, and
// returns its length.
func (p *fenceParser) word(s string, at int) int {
	n := strings.IndexAny(s, " \t\n,={}")
	if n < 0 {
		n = len(s)
	}
	name := s[:n]
	if n == 0 || n == len(s) || s[n] != '=' {
		p.bare(name, at)
		return max(n, 1)
	}
	value, length := optionValue(s[n+1:])
	p.option(name, value, at)
	return n + 1 + length
}

// bare takes a word without a value: a switch, or one more line number.
func (p *fenceParser) bare(name string, at int) {
	if p.lines != "" && name != "" && strings.Trim(name, "0123456789-") == "" {
		p.option(p.lines, name, at)
		return
	}
	p.lines = ""
	switch strings.ToLower(name) {
	case "linenos", "showlinenumbers", "linenumbers", "numberlines", "anchorlinenos", "hl_inline", "noclasses":
		p.option(name, "", at)
	}
}

func (p *fenceParser) option(name, value string, at int) {
	low := strings.ToLower(name)
	p.lines = ""
	switch low {
	case "hl_lines", "ins_lines", "del_lines", "ins", "del":
		p.lines = low
	}
	p.seen = append(p.seen, low)
	p.f.set(name, value, p.offset+at)
	p.f.place(low, p.offset+at)
}

// place notes where lines were chosen.
func (f *fence) place(name string, offset int) {
	switch name {
	case "hl_lines":
		f.marked.offset = offset
	case "ins_lines", "ins":
		f.inserted.offset = offset
	case "del_lines", "del":
		f.deleted.offset = offset
	}
}

// optionValue reads "a string", 'a string', [a list], {a list} or a word.
func optionValue(s string) (value string, length int) {
	if s == "" {
		return "", 0
	}
	closing := map[byte]byte{'"': '"', '\'': '\'', '[': ']', '{': '}'}[s[0]]
	if closing != 0 {
		if end := closingIndex(s, closing); end > 0 {
			value = s[1:end]
			if closing == '"' && strings.IndexByte(value, '\\') >= 0 {
				value = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(value)
			}
			return value, end + 1
		}
	}
	n := strings.IndexAny(s, " \t\n,}")
	if n < 0 {
		n = len(s)
	}
	return s[:n], n
}

// closingIndex returns the index of the delimiter that ends what s begins with.
func closingIndex(s string, closing byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && closing == '"':
			i++
		case s[i] == closing:
			return i
		}
	}
	return -1
}
