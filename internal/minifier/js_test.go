package minifier

import (
	"os/exec"
	"strings"
	"testing"
)

func TestJS(t *testing.T) {
	check(t, New(Options{}), typeJS, [][2]string{
		{"var s = 'a' ; // c\ns = s + 1 ;\n", "var s='a';s=s+1;"},
		{"a\n++b\na++\nb\nreturn\nx\nbreak\nfoo", "a\n++b\na++\nb\nreturn\nx\nbreak\nfoo"},
		{"a = b\n(c)\n[d]\n`e`\n/ f", "a=b\n(c)\n[d]\n`e`\n/f"},
		{"a\n  .b\n  ?.c\n , d\n = e\n ? f\n : g", "a.b?.c,d=e?f:g"},
		{"function f ( a , b )\n{\n return a\n}\nx", "function f(a,b)\n{return a}\nx"},
		{"a + +b - -c + ++d - --e ; f++ + g ; h-- - i ; ! -j", "a+ +b- -c+ ++d- --e;f++ +g;h-- -i;! -j"},
		{"a < ! --b ; c-- > d ; e / /f/ ; x ? .5 : 1", "a< ! --b;c-- >d;e/ /f/;x? .5:1"},
		{"1 .toString() ; 1..b ; 1.5 .c ; 0x1e +1 ; 1e+5 ; 1 in x", "1 .toString();1..b;1.5 .c;0x1e+1;1e+5;1 in x"},
		{"if (x) /a b/ . test(y) ; else while (z) /'/ .q", "if(x)/a b/ .test(y);else while(z)/'/ .q"},
		{"a = (b) / c / d ; e[0] / f ; this / 2 ; g.if (h) / 2 / 1", "a=(b)/c/d;e[0]/f;this/2;g.if(h)/2/1"},
		{"return /\"[/]\\/ /g in x", "return/\"[/]\\/ /g in x"},
		{"for await ( x of y ) /'/ . z ( )", "for await(x of y)/'/ .z()"},
		{"x = `a  ${ b + `c  ${ d } ` + { e : 1 } . e }  f` ; g", "x=`a  ${b+`c  ${d} `+{e:1}.e}  f`;g"},
		{"String.raw `a  \\${ b }` ; 'a\\\n b' ; \"it's  \\\" // x\"", "String.raw`a  \\${ b }`;'a\\\n b';\"it's  \\\" // x\""},
		{"'use strict'\nx", "'use strict'\nx"},
		{"/* a */ x /* b\n */ y /*! c */ z // d\nw", "x\ny/*! c */ z\nw"},
		{"/*! lic */\nx / /*! y */ 2 //! z\n//# sourceMappingURL=a\n", "/*! lic */x/ /*! y */2//! z\n//# sourceMappingURL=a\n"},
		{"a/**/b/**/+/**/+c", "a b+ +c"},
		{"#!/usr/bin/env node\n x = 1", "#!/usr/bin/env node\nx=1"},
		{"class A extends B { # x = 1 ; static y = 2\n get\n *z ( ) { } # w ( ) { } }", "class A extends B{# x=1;static y=2\nget\n*z(){}# w(){}}"},
		{"return # x in y", "return # x in y"},
		{"@dec class A { @dec ( 1 ) b }", "@dec class A{@dec(1)b}"},
		{"x = <!-- y\n  z\n--> w\nv", "x= <!-- y\nz\n--> w\nv"},
		{"a\u00a0=\ufeffb\u2028c\u2003/ d", "a=b\nc/d"},
		{"é = ü ; \\u{61} b", "é=ü;\\u{61} b"},
		{"x = { } / 1", "x = { } / 1"}, // a slash of unsure meaning
		{"  \n ", ""},
	})
}

func TestJSErrors(t *testing.T) {
	checkErrors(t, New(Options{}), typeJS, [][2]string{
		{"a\n  /* x", "2:3: JavaScript: comment is not closed with */"},
		{"é = 'x\n'", "1:5: JavaScript: string is not closed"},
		{"a = `x ${ b } y", "1:5: JavaScript: template is not closed with `"},
		{"a = `x ${ b ", "1:5: JavaScript: '`' is not closed"},
		{"a = /x\n/", "1:5: JavaScript: regular expression is not closed"},
		{"f(\n a", "1:2: JavaScript: '(' is not closed"},
		{"f(\n a]", "2:3: JavaScript: ']' where ')' should close the bracket before"},
		{"}", "1:1: JavaScript: '}' has no opening bracket"},
	})
	checkErrors(t, New(Options{Rewrite: true}), typeJS, [][2]string{
		{"\ufeff\nvar é = ;", "2:9: JavaScript: unexpected ; in expression"},
		{"a\r\nb\u2028c d", "2:5: JavaScript: unexpected d in expression"},
	})
}

// programs print something that depends on every token of theirs.
var programs = []string{
	`let s = "a"; s = s + 1
	;[s, 2].forEach((x) => console.log(x))
	const f = function (a, b, c) { return a }
	console.log(f.length, Math.trunc(1e12 + .5), Math.abs("-3"), Math.sqrt(-0))`,
	"console.log(`a  ${ [1, 2].map(x => `<${ x }>`).join( ' ' ) }  b`, String.raw`\\n  ${ 1 }`)",
	`var a = 7, g = 1, re = /[/"]  \/'/g, i = 2
	console.log(a / i / g, "x/\"  /'".replace(re, "y"), a++ + ++i, a - -i, +a + +i, a-- > --i)
	if (a) /x y/.test("x y") && console.log("yes")
	else console.log("no")`,
	`function f() {
		return
		1
	}
	var x = f
	(1)
	console.log(f(), x, typeof /a/ , void 0 in {undefined: 1}, 1 .toFixed(1), 1..toFixed(2), 0x1e+1)`,
	`class A { #x = 1; static y = 2
		get
		z() { return this.#x }
		static { console.log(#x in new A, A.y, new A().z) }
	}
	label: for (const [k, v] of Object.entries({ if: 1, "a b": 2 })) { if (v > 1) continue label; console.log(k) }
	do console.log(a => a) ; while (0) console.log("done")
	var x = 1
	++x
	console.log(x) // end
	<!-- comment
	console.log("last")
	--> comment`,
}

// TestNode runs programs and their minified forms.
func TestNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node to run JavaScript with")
	}
	m := New(Options{})
	run := func(code string) string {
		cmd := exec.CommandContext(t.Context(), node, "-")
		cmd.Stdin = strings.NewReader(code)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v: %s", code, err, out)
		}
		return string(out)
	}
	for _, p := range programs {
		min, err := m.Bytes(t.Context(), typeJS, nil, []byte(p))
		if err != nil {
			t.Fatal(err)
		}
		if len(min) >= len(p) {
			t.Errorf("%q isn't shorter", min)
		}
		// What code looks like may change, what it does not.
		want := strings.ReplaceAll(run(p), "a => a", "a=>a")
		if got := run(string(min)); got != want {
			t.Errorf("%s\nprints %q, not %q", min, got, want)
		}
	}
}

func TestRewrite(t *testing.T) {
	m := New(Options{Rewrite: true})
	for _, tt := range [][2]string{
		{"function f ( long ) { return long + 1 ; }", "function f(e){return e+1}"},
		{"var t = '<\\/script>'", `var t="<\/script>"`},
		{"a ?. b ; x == null ? y : x", "a?.b,x==null?y:x"},
		{"a = 1\x00 b = 2 ", "a = 1\x00 b = 2 "},
	} {
		got, err := m.Bytes(t.Context(), typeJS, nil, []byte(tt[0]))
		if err != nil || string(got) != tt[1] {
			t.Errorf("%q: got %q (%v), want %q", tt[0], got, err, tt[1])
		}
	}
	for _, tt := range [][3]string{
		{typeCSS, "a { color : #ff0000 ; margin : 0px 0px }", "a{color:red;margin:0}"},
		{typeSVG, `<svg> <path d="M 10 10 L 20 20"/> </svg>`, `<svg><path d="M10 10 20 20"/></svg>`},
		{typeHTML, "<style>a { color : #ff0000 }</style>", "<style>a{color:red}</style>"},
	} {
		got, err := m.Bytes(t.Context(), tt[0], nil, []byte(tt[1]))
		if err != nil || string(got) != tt[2] {
			t.Errorf("%q: got %q (%v), want %q", tt[1], got, err, tt[2])
		}
	}
	src := []byte("<script type=module> const Long = (parameter) => '<\\/script>' + parameter </script>")
	got, err := m.Bytes(t.Context(), typeHTML, nil, src)
	if want := `<script type=module>const Long=e=>"<\/script>"+e</script>`; err != nil || string(got) != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}
