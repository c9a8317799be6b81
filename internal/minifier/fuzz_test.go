package minifier

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

// fuzz looks for documents that make the minifier panic, write into its
// source, give an error or another result the second time, or grow.
func fuzz(f *testing.F, mediatype string, seeds []string, more func(t *testing.T, src, out []byte)) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	m := New(Options{})
	f.Fuzz(func(t *testing.T, src []byte) {
		before := bytes.Clone(src)
		out, err := m.Bytes(t.Context(), mediatype, nil, src)
		if !bytes.Equal(src, before) {
			t.Fatalf("%q was changed to %q", before, src)
		}
		if err != nil {
			return
		}
		again, err := m.Bytes(t.Context(), mediatype, nil, out)
		if err != nil || !bytes.Equal(again, out) {
			t.Fatalf("%q became %q and then %q (%v)", src, out, again, err)
		}
		if more != nil {
			more(t, src, out)
		}
	})
}

func FuzzHTML(f *testing.F) {
	fuzz(f, typeHTML, []string{
		string(page()), "<p a='b' c=d/ e>x &amp;  y<!-- z --><pre> a </pre>", "<svg><g/><title>a</title><p>b", "<!--[if x]> y <![endif]-->",
		"<script> a = `b ${ c }` </script><style> a { b : c } </style><script type=application/json> [ 1 ] </script>",
	}, nil)
}

func FuzzCSS(f *testing.F) {
	fuzz(f, typeCSS, []string{
		"a > b , c { d : e ! important ; --f : { g } }", "@media ( a : b ) { c { d : url( e ) \"f\" } }",
		".\\26  b/**/c{d:calc( 1px + 2px )}", "@import url(a) b; <!-- a{} -->",
	}, nil)
}

func FuzzJS(f *testing.F) {
	fuzz(f, typeJS, append([]string{"a = /b[/]/g . c ; `d ${ e } f`", "a\n++b\n<!-- c\n--> d", "1 .a / 2 //! b\n"}, programs...), nil)
}

func FuzzRewrite(f *testing.F) {
	for _, p := range programs {
		f.Add([]byte(p))
	}
	m := New(Options{Rewrite: true})
	f.Fuzz(func(t *testing.T, src []byte) {
		before := bytes.Clone(src)
		for _, mediatype := range []string{typeJS, typeCSS, typeSVG, typeHTML} {
			if _, err := m.Bytes(t.Context(), mediatype, nil, src); err != nil {
				_ = err.Error()
			}
		}
		if !bytes.Equal(src, before) {
			t.Fatalf("%q was changed to %q", before, src)
		}
	})
}

func FuzzJSON(f *testing.F) {
	fuzz(f, typeJSON, []string{`{ "a" : [ 1.0 , -1e400 , null ] }`, " \"\\u003c\" ", "[1,]", "\ufeff1"}, func(t *testing.T, src, out []byte) {
		if len(bytes.TrimPrefix(src, bom)) == 0 || isUTF16(src) {
			return
		}
		if a, b := decoded(t, src), decoded(t, out); !reflect.DeepEqual(a, b) {
			t.Fatalf("%q became %q", src, out)
		}
	})
}

func decoded(t *testing.T, src []byte) (v any) {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(src, bom)))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return v
}

func FuzzSVG(f *testing.F) {
	fuzz(f, typeSVG, []string{"<svg a='b'> <g></g> <text> a <b/> </text><!-- c --></svg>"}, nil)
}

func FuzzXML(f *testing.F) {
	fuzz(f, typeXML, []string{
		"<?xml version=\"1.0\"?><!DOCTYPE a [ <!ENTITY b \"c\"> ]>\n<a> <b c=\"d\"/>\n <![CDATA[ e ]]> <!-- f --></a>",
		"<a xml:space='preserve'>\n <b> </b></a>",
	}, nil)
}
