package jam

import (
	"io/fs"
	"time"

	"github.com/jam-go/jam/internal/digest"
)

// racy is how long after a change of a file another one may leave its times as they are: file systems count in steps
// of up to two seconds.
const racy = 2 * time.Second

// stampOf returns a number that is another one when the file has been changed, by what the operating system says of it
// without its being read. It is 0, which says nothing, for what is no file of the operating system, or was changed so
// shortly before it was read that it may change again unnoticed.
func stampOf(info fs.FileInfo, read time.Time) uint64 {
	changed, node, ok := statOf(info)
	if !ok || read.Sub(info.ModTime()) < racy || read.Sub(changed) < racy {
		return 0
	}
	h := digest.Hash(0).Uint(uint64(info.Size())).Uint(uint64(info.ModTime().UnixNano())).Uint(uint64(changed.UnixNano())).Uint(node)
	return max(h.Sum(), 1)
}
