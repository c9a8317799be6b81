package jam_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// attackNames are names that lead out of a folder, that some system takes for something else, or that it can't have. Outside is
// the path of a folder with a file secret.txt, beside which is the folder site.
func attackNames(outside string) []string {
	targets := []string{"secret.txt", "etc/passwd", "x.md"}
	var names []string
	for _, up := range []string{
		"../", "../../", "../../../../../../../../../", "a/../../", "./../", "a/b/../../../", "..//", "%2e%2e/", "%2e%2e%2f", "..%2f",
		"..%5c", "%252e%252e%252f", `..\`, `a\..\..\`, `..\/`, "....//", "..;/", "..%00/", "..\x00/", "．．/", "..／", "‥/", "\u2024\u2024/",
		"%c0%ae%c0%ae/", "\xc0\xae\xc0\xae/", "..\u200b/", ". ./", "../ ", " ../", ".../", ".. /", "..\t/", "a/./../../", "~/", "~root/", "$HOME/",
		"/", "//", "///", "/../", "/%2e%2e/", `\`, `\\`, `\\?\`, `\\.\`, "//?/", `\\localhost\c$\`, "//evil.example/", "file:///", "file://../", "file:",
		"C:", "C:/", `C:\`, "c:../", "/C:/", "C|/", "http://evil.example/", "javascript:", "data:,", "{{ . }}/", "${HOME}/", "`id`/",
		".git/", ".git/hooks/", ".GIT/", ".g\u200cit/", "git~1/", ".jam/", ".JAM/", ".jam./", ".j\u200dam/", "jam~1/", "a/.jam/../../",
	} {
		for _, to := range targets[:1+len(up)%len(targets)] {
			names = append(names, up+to)
		}
	}
	for _, device := range []string{"con", "prn", "aux", "nul", "com0", "com1", "com9", "com¹", "lpt1", "lpt³", "conin$", "conout$", "clock$"} {
		names = append(names, device, strings.ToUpper(device)+".txt", device+".tar.gz", "a/"+device+"/b", device+" .html", device+".", device+":")
	}
	long := strings.Repeat("a", 255)
	names = append(names,
		"", ".", "..", "...", "....", "/", "//", "a//b", "a/", "/a", "./a", "a/.", "a/..", " ", "  ", "\t", "\n", "\x00", "a\x00", "a\x00.txt", "\x00/../x", "\x7f",
		"a.", "a..", "a ", "a. ", "a/b./c", "a/b /c", " a", ". a", "a\nb", "a\rb", "a\x1b[2Jb", "\u0085", "\u2028", "\u202egpj.exe", "\u2066x\u2069", "\ufeffx",
		"\ufffd", "\xff", "\xed\xa0\x80", "a\xffb", "\u200b", "\u00ad", "\u00a0", "\u3000", "a:b", "a::$DATA", "index.html::$DATA", "a:$I30:$INDEX_ALLOCATION",
		"<x>", `"x"`, "'x'", "a|b", "a?b", "a*b", "?", "*", "a?b=c#d", "#", "a#b", ";", "a;b", "%", "%zz", "%00", "%2f", "%5c", "a%2fb", "a%00b", "&", "a=b",
		"-rf", "--help", "@x", "~", "~x", "x~", "index.html", "index.html/x", "index.html/", "a/index.html", "404.html", "sitemap.xml",
		".jam", ".jam/manifest", ".jam/lock", ".jam/journal", ".jam/new/x", ".git", ".git/config", ".htaccess", ".env", ".well-known/x", ".DS_Store",
		"Index.HTML", "INDEX.html", "ÉTÉ", "e\u0301te\u0301", "ﬁ", "K", "ſ", "ı", "İ", "ß", "ẞ", "日本語", "🦊", "👩\u200d💻", "a\u0300\u0301\u0302",
		long, long+"a", long+"/"+long, strings.Repeat("é", 127), strings.Repeat("é", 128), strings.Repeat("日", 86), strings.Repeat("a/", 499)+"b", strings.Repeat("a/", 2100)+"b",
		strings.Repeat("ab", 2100), strings.Repeat("../", 2000)+"secret.txt", strings.Repeat("%2e", 3000), strings.Repeat(".", 300), strings.Repeat(" ", 300),
		strings.Repeat("a", 251)+".html", strings.Repeat("a", 250)+"/"+strings.Repeat("b", 300)+"/c",
		outside+"/secret.txt", strings.TrimPrefix(outside, "/")+"/secret.txt", outside+"/../x", "file://"+outside+"/secret.txt", "../secret.txt\x00.md", "../site/../secret.txt",
		"/dev/zero", "/dev/stdin", "/proc/self/environ", "/proc/self/cwd/x", "/etc/passwd", "../../../../../proc/self/environ",
		`{{ readFile "../secret.txt" }}`, `{{< include "../secret.txt" >}}`, "layouts/all.html", "static/../../secret.txt", "content/../../secret.txt",
	)
	slices.Sort(names)
	return slices.Compact(names)
}

var deviceName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)`)

// badOutput says what is wrong with the name of an output file, "" if it may stand on any system. It says in other words what
// package filename says.
func badOutput(name string) string {
	if !fs.ValidPath(name) || name == "." || !utf8.ValidString(name) || len(name) > 1000 {
		return "is no valid path"
	}
	for elem := range strings.SplitSeq(name, "/") {
		plain := strings.NewReplacer("\u200c", "", "\u200d", "", "\u200e", "", "\u200f", "", "\ufeff", "").Replace(strings.ToLower(elem))
		switch {
		case len(elem) > 255:
			return "is too long"
		case deviceName.MatchString(elem):
			return "is a device"
		case plain == ".git", plain == "git~1", strings.HasPrefix(name, elem) && plain == ".jam":
			return "is not the site's"
		case strings.ContainsAny(elem, `<>:"|?*\`+"\u202e\u202d\u2066\u2028\x7f\ufffd"), strings.ContainsFunc(elem, func(r rune) bool { return r < ' ' }):
			return "holds a forbidden character"
		}
	}
	return ""
}
