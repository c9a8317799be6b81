package funcs

import "sync"

var plainLibrary = sync.OnceValue(func() *library { return newLibrary(Options{}) })

// NewScratch returns an empty Scratch for use outside templates.
func NewScratch() *Scratch { return Collections{plainLibrary()}.NewScratch() }
