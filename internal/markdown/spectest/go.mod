module github.com/jam-go/jam/internal/markdown/spectest

go 1.26.0

replace github.com/jam-go/jam => ../../..

require (
	github.com/jam-go/jam v0.0.0
	golang.org/x/tools v0.52.0
	rsc.io/markdown v0.0.0-20240306144322-0bf8f97ee8ef
)

require (
	github.com/yuin/goldmark v1.8.7 // indirect
	golang.org/x/text v0.43.0 // indirect
)
