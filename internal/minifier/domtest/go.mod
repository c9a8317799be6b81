module github.com/jam-go/jam/internal/minifier/domtest

go 1.26.0

require (
	github.com/jam-go/jam v0.0.0
	github.com/yuin/goldmark v1.8.7
	golang.org/x/net v0.62.0
)

require (
	github.com/tdewolff/minify/v2 v2.24.25 // indirect
	github.com/tdewolff/parse/v2 v2.8.20 // indirect
)

replace github.com/jam-go/jam => ../../..
