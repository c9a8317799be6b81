//go:build !unix

package main

import (
	"os"
	"time"
)

// peakMemory returns 0: it isn't known on this system.
func peakMemory(*os.ProcessState) float64 { return 0 }

// cpuTime returns 0, too.
func cpuTime() time.Duration { return 0 }
