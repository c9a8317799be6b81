package minifier

import "testing"

func TestCSS(t *testing.T) {
	check(t, New(Options{}), typeCSS, [][2]string{
		{"a { color : red ; }\n\n/* c */\n.b  .c { }", "a{color:red}.b .c{}"},
		{"a > b , c + d ~ e , > f { g : h }", "a>b,c+d~e,>f{g:h}"},
		{"a :hover , b:not( .c ) d, e:is(f > g) { h : i }", "a :hover,b:not(.c) d,e:is(f > g){h:i}"},
		{"[ a = \"b\" i ] , :nth-child( 2n + 1 ) { c : d }", "[ a = \"b\" i ],:nth-child(2n + 1){c:d}"},
		{"a { b : c ! important ; ; d : e !important }", "a{b:c! important;d:e!important}"},
		{"a{border-color:red currentColor transparent;flex:1 1 0px;order:1000;color:hsl(120 50 50)}",
			"a{border-color:red currentColor transparent;flex:1 1 0px;order:1000;color:hsl(120 50 50)}"},
		{"a{width:calc( 1px + ( 2px * 3 ) - -1em ) ; margin : -1px  0% .5em 0.50em}",
			"a{width:calc(1px + (2px * 3) - -1em);margin:-1px 0% .5em 0.50em}"},
		{"a{b:var(--x, );c:var(--x , 1px)}", "a{b:var(--x, );c:var(--x,1px)}"},
		{":root{ --a : { b : c ; } ; --b:; --c: ;--d:  x /* y */  z ; --e : a } ", ":root{--a:{ b : c ; };--b:;--c: ;--d:x /* y */  z;--e:a}"},
		{"a{--b: c\\ ;--d:\n;--e: \\26 ;}", "a{--b: c\\ ;--d:\n;--e:\\26}"},
		{"@media ( min-width : 1px ) and (a:b) , print { a { b : c } }", "@media (min-width :1px) and (a:b),print{a{b:c}}"},
		{"@media (width >= 400px) and (a < b){a{b:c}}", "@media (width >= 400px) and (a < b){a{b:c}}"},
		{"@import url( a ) screen ;@import \"b  c\";", "@import url( a ) screen;@import \"b  c\";"},
		{"@charset \"utf-8\"; a{}", "@charset \"utf-8\";a{}"},
		{"/* c */ @charset \"utf-8\";", "/**/@charset \"utf-8\";"},
		{"@layer a , b ; @layer c { } @keyframes d { from { e : f } 50.5% { g : h } }", "@layer a,b;@layer c{}@keyframes d{from{e:f}50.5%{g:h}}"},
		{"@font-face { unicode-range : U+0025-00FF , u+4?? ; src : url( a b ) }", "@font-face{unicode-range:U+0025-00FF,u+4??;src:url( a b )}"},
		{".a { color : red ; & > .b { c : d } ; .e :hover { f : g } @media (x) { h : i ; } j : k }",
			".a{color:red;&>.b{c:d};.e :hover{f:g}@media (x){h:i}j:k}"},
		{"a/**/b{c:d/**/e;f:g/* */,/* */h}", "a/**/b{c:d/**/e;f:g,h}"},
		{".\\26  b, .\\,  c, .a\\  b { x : \\; ; }", ".\\26  b,.\\, c,.a\\  b{x:\\;}"},
		{"a{b:url(a;b c/*d*/)  e;f:url( \"g  h\" )  i;c:URL(x\\)y ) z}", "a{b:url(a;b c/*d*/) e;f:url(\"g  h\") i;c:URL(x\\)y ) z}"},
		{"a{background:url(\"data:image/svg+xml,%3Csvg d='M0+1'/%3E\")}", "a{background:url(\"data:image/svg+xml,%3Csvg d='M0+1'/%3E\")}"},
		{"a{b:\"x  \\\"  /* y */ \\\n z\"}", "a{b:\"x  \\\"  /* y */ \\\n z\"}"},
		{"a{*zoom : 1 ; _b : c ; filter : progid:DXImageTransform.Microsoft.Alpha( Opacity = 50 )}",
			"a{*zoom:1;_b:c;filter:progid:DXImageTransform.Microsoft.Alpha(Opacity = 50)}"},
		{"/*! a  b */ a { } /*# sourceMappingURL=x */", "/*! a  b */a{}/*# sourceMappingURL=x */"},
		{"<!-- a { b : c } --> d { e : f }", "<!-- a{b:c}-->d{e:f}"},
		{"a{} ; b {} } c { d : e", "a{};b{}}c{d:e"}, // mistakes that browsers see the same way
		{"linearGradient stop, x::part( Foo ) { y : z }", "linearGradient stop,x::part(Foo){y:z}"},
		{"\ufeffa { b : c }", "\ufeffa{b:c}"},
		{"  \n ", ""},
	})
}

func TestCSSErrors(t *testing.T) {
	checkErrors(t, New(Options{}), typeCSS, [][2]string{
		{"a{b:c}\n  /* x", "2:3: CSS: comment is not closed with */"},
		{"a{\n é:\"x\n}", "2:4: CSS: string is not closed"},
		{"a{b:\"x", "1:5: CSS: string is not closed"},
		{"a{b:calc(1px;}", "1:9: CSS: '(' is not closed"},
		{"a[b {}", "1:2: CSS: '[' is not closed"},
		{"a{b:url(x;}", "1:5: CSS: url( is not closed"},
		{"a{--x:\"y\n}", "1:7: CSS: string is not closed"},
	})
}
