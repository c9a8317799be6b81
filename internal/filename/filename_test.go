package filename

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	long := strings.Repeat("a", 255)
	for _, name := range []string{
		"index.html", "a/b/c.html", ".nojekyll", ".well-known/x", "日本語/語.html", "with space/a b", "a.", "a ", "..a", "a..", "...",
		"'quoted'", "%2e%2e/x", "a/.jam/x", ".jams", "jam", "x.jam", ".gitignore", ".github/x", "a.git", "git", "git~10", "~", "a~1",
		"auxiliary", "com", "com10", "comx", "lpt", "console.html", "xaux", "com.1", "a.con", "nu", "pr n", "می\u200cخواهم.jpg", "👩\u200d💻", "e\u0301",
		long, long + "/" + long + "/" + long, "@#+;=&$!,(){}[]^`", "\u00a0", "\u00ad",
	} {
		if err := Check(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for want, names := range map[string][]string{
		"elements are not allowed": {"", ".", "..", "/", "/a", "a/", "a//b", "./a", "a/.", "../a", "a/../b", "a/..", "a/../../../etc/passwd"},
		"it holds a backslash": {
			"a\x00b", "a\nb", "a\x7f", `a\b`, `..\a`, `C:\x`, `\\host\share`, "a\xffb", "\t", "\x1b[2J", "\u0080", "\u009f", "\u2028", "\ufffd",
			"\u202egpj.exe", "a\u2066b", "a/\u202d", "\xc0\xae\xc0\xae/x", "\xed\xa0\x80",
		},
		"holds the state":             {".jam", ".jam/x", ".JAM/manifest", ".Jam", ".j\u200cam/manifest", "\ufeff.jam/lock"},
		"git's own":                   {".git/config", "a/.git", ".GIT/hooks/x", ".g\u200cit/config", "GIT~1/config", "\u200e.git"},
		"too long for a file name":    {long + "a", "a/" + strings.Repeat("é", 128)},
		"too long for the path":       {strings.Repeat("a/", 500) + "b", strings.Repeat("x", 1_000_000)},
		"it holds the character":      {"C:", "c:/x", "C:x", "x::$DATA", "a:b", "what?", "a*", "a<b", "a>b", "a|b", `"a"`, "a/b?c=d"},
		"is the name of a device":     {"aux", "AUX.html", "a/nul/b", "con.tar.gz", "com1", "Com0.x", "lpt¹", "prn .txt", "conin$", "con.", "aux /x", "LPT9/index.html"},
		"not a valid file name on Wi": {"CONOUT$.txt", "nul"},
	} {
		for _, name := range names {
			if err := Check(name); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%.60q: %v, want %q", name, err, want)
			} else if len(err.Error()) > 1_200 {
				t.Errorf("%.60q: an error of %d bytes", name, len(err.Error()))
			}
		}
	}
}

func TestCheckPath(t *testing.T) {
	for name, ok := range map[string]bool{"wiki/Help:Contents": true, "aux": true, "what?": true, "../x": false, ".git/x": false, "a\nb": false} {
		if err := CheckPath(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestDropped(t *testing.T) {
	for name, want := range map[string]string{
		"a": "", "a.b/c": "", "a.": "a.", "a /b": "a ", "a/b. /c./d": "a/b. ", "...": "...", "": "", "a../b": "a..", "x/etc.": "x/etc.",
	} {
		if got := Dropped(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// FuzzCheck holds what is allowed against what other packages know of names.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"a/b.html", "../x", "con", ".jam/x", "C:/x", "a\\b", "lpt1.txt/x", ".git", "x. /y", "\u202e", "\xff", "a//b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		err := Check(name)
		if err == nil && (!fs.ValidPath(name) || name == "." || !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, "\\:\x00\r\n") || len(name) > longestName) {
			t.Errorf("%q is allowed", name)
		}
		if err == nil && CheckPath(name) != nil {
			t.Errorf("%q is a name and no path", name)
		}
		if up := strings.ToUpper(name); err == nil && strings.ToLower(up) == name && Check(up) != nil {
			t.Errorf("%q is allowed, and %q is not", name, up)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if Check("posts/2024/a-post-with-a-title/index.html") != nil {
			b.Fatal("refused")
		}
	}
}
