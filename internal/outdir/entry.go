package outdir

import "crypto/sha256"

// checksum is the first half of a SHA-256 checksum, which is enough to tell contents apart.
type checksum [sha256.Size / 2]byte

func shorten(sum [sha256.Size]byte) checksum { return checksum(sum[:sha256.Size/2]) }

// entry is what is known of a name.
type entry struct {
	name string
	mark mark // guarded by the mutex of the part of marks

	// The rest belongs to whoever has claimed the name for this build.

	hasSum  bool
	brief   bool // line lacks the times of at
	changed bool
	sum     checksum // of the content of the file that at describes
	at      stamp    // which may lack times
	line    string   // of the entry in the manifest of version 2, unless that is changed
}

// note notes the input that the file has been found or made to have.
func (e *entry) note(in input, at stamp) {
	if sum, ok := in.checksum(); ok {
		e.record(sum, at)
	} else {
		e.forget()
	}
}

// record notes the checksum of a file. One without times is of no use.
func (e *entry) record(sum checksum, at stamp) {
	if !at.timed() {
		e.forget()
		return
	}
	if !e.hasSum || e.sum != sum || e.at != at {
		e.hasSum, e.sum, e.at, e.changed = true, sum, at, true
	}
}

// forget notes that the file may have any content.
func (e *entry) forget() {
	if e.hasSum {
		e.hasSum, e.sum, e.at, e.changed = false, checksum{}, stamp{}, true
	}
}
