// Command floor builds the pages of the benchmark's site with package loop, which is the yardstick.
//
//	floor -src DIR -out DIR
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jam-go/jam/_bench/loop"
)

func main() {
	src := flag.String("src", "", "`directory` of the site, whose content is in the folder content")
	out := flag.String("out", "", "`directory` to build")
	flag.Parse()
	err := errors.New("want -src and -out")
	if *src != "" && *out != "" {
		err = loop.Build(filepath.Join(*src, "content"), *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
