package matter

import (
	"strings"
	"time"
)

// setPlain takes the node's text, a plain scalar of YAML, as setYAML does; false
// if it is one whose kind the library has to find out.
func (n *Node) setPlain() bool {
	s := n.text
	n.Kind = String
	switch c := s[0]; {
	case c >= '0' && c <= '9', c == '-', c == '+':
		return n.setPlainNumber()
	case c == '.', c == '<':
		return false
	case len(s) > len("false") || strings.IndexByte("tTfFnN~", c) < 0:
		return true
	}
	switch s {
	case "true", "True", "TRUE":
		n.setBool(true)
	case "false", "False", "FALSE":
		n.setBool(false)
	case "~", "null", "Null", "NULL":
		n.Kind = Null
	}
	return true
}

// setPlainNumber takes a text that begins with a digit or a sign.
func (n *Node) setPlainNumber() bool {
	s := n.text
	if t, zoned, ok := exactTime(s); ok {
		n.setTime(t, zoned)
		return true
	}
	switch rest := strings.TrimLeft(s[1:], "0123456789"); {
	case rest == "" && s[0] >= '0' && s[0] <= '9' && len(s) < 19:
		return n.setInt(s, 10)
	case strings.IndexFunc(s, isNoNumber) >= 0:
		return true
	case strings.Trim(rest, "0123456789.") == "" && strings.Count(rest, ".") > 1: // a version
		return true
	}
	// The date of a version control system, which is none in YAML.
	const zone = len("2006-01-02 15:04:05 ")
	if len(s) > zone && s[zone-1] == ' ' && (s[zone] == '-' || s[zone] == '+') {
		_, _, ok := exactTime(s[:zone-1])
		return ok
	}
	return false
}

// isNoNumber tells the characters that stand in neither numbers nor dates, of
// whatever notation.
func isNoNumber(r rune) bool {
	switch {
	case r >= '0' && r <= '9', r >= 'a' && r <= 'f', r >= 'A' && r <= 'F', strings.ContainsRune("+-.,:_xXoOpPtTzZiInN ", r):
		return false
	}
	return true
}

// exactTime reads the dates that are most common, as parseTime does at more
// cost: 2006-01-02 alone, or followed by T15:04:05 and Z or an offset such as
// +01:00, or by a blank and 15:04:05.
func exactTime(s string) (t time.Time, zoned, ok bool) {
	if len(s) < len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return t, false, false
	}
	year, month, day := 100*digits(s)+digits(s[2:]), digits(s[5:]), digits(s[8:])
	hour, minute, second, zone := 0, 0, 0, time.UTC
	switch {
	case len(s) == len("2006-01-02"):
	case len(s) < len("2006-01-02 15:04:05") || s[13] != ':' || s[16] != ':':
		return t, false, false
	default:
		hour, minute, second = digits(s[11:]), digits(s[14:]), digits(s[17:])
		if zone, zoned, ok = exactZone(s[10], s[19:]); !ok {
			return t, false, false
		}
	}
	if min(year, hour, minute, second) < 0 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 {
		return t, false, false
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)
	return t, zoned, t.Day() == day
}

// exactZone reads what follows the seconds of a date, which separator stands
// before the hours of.
func exactZone(separator byte, s string) (zone *time.Location, zoned, ok bool) {
	switch {
	case s == "":
		return time.UTC, false, separator == ' '
	case separator != 'T':
		return nil, false, false
	case s == "Z":
		return time.UTC, true, true
	case len(s) != len("+01:00") || s[0] != '+' && s[0] != '-' || s[3] != ':':
		return nil, false, false
	}
	hours, minutes := digits(s[1:]), digits(s[4:])
	if hours < 0 || hours > 14 || minutes < 0 || minutes > 59 {
		return nil, false, false
	}
	offset := (60*hours + minutes) * 60
	if s[0] == '-' {
		offset = -offset
	}
	if offset == 0 {
		return time.UTC, true, true
	}
	return time.FixedZone("", offset), true, true
}

// digits returns the number of the two digits that a text begins with; one less
// than -9900 if they are none.
func digits(s string) int {
	tens, ones := s[0]-'0', s[1]-'0'
	if tens > 9 || ones > 9 {
		return -10000
	}
	return int(10*tens + ones)
}
