package image

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const smaps = `00400000-00401000 r--p 00000000 fe:00 7 /bin/assay
Size:                  4 kB
Anonymous:             0 kB
VmFlags: rd mr mw me
00401000-00501000 r-xp 00001000 fe:00 7 /bin/assay
Anonymous:             4 kB
AnonHugePages:         0 kB
00501000-00601000 r--p 00101000 fe:00 7 /bin/assay
Anonymous:             0 kB
AnonHugePages:         8 kB
00601000-00701000 rw-p 00201000 fe:00 7 /bin/assay
Anonymous:             0 kB
c000000000-c000400000 rw-p 00000000 00:00 0
Anonymous:             0 kB
7f0000000000-7f0000001000 r-xp 00000000 fe:00 8 /lib/bin/assay.so
Anonymous:             0 kB
7f0000002000-7f0000003000 r-xp 00000000 fe:00 8 /lib/c
Anonymous:             0 kB
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]
Anonymous:             0 kB
`

func TestUnchanged(t *testing.T) {
	got := unchanged(bufio.NewScanner(strings.NewReader(smaps)), "/bin/assay")
	require.Equal(t, []mapping{{0x400000, 0x401000}, {0x501000, 0x601000}}, got)
	require.Empty(t, unchanged(bufio.NewScanner(strings.NewReader("1-2 r-xp 0 0 0 /bin/assay\nSize: 4 kB\nx r-xp 0 0 0 /bin/assay\n\n1-2 r-xp 0 0 0 /bin/assay\nAnonymous:\n")), "/bin/assay"))
}

// The program goes on without its pages, and takes less memory.
func TestDrop(t *testing.T) {
	before := file(t)
	Drop()
	after := file(t)
	require.Less(t, after, before, "kB of files that are in memory")
}

// file gives the kB of files' pages that the process has.
func file(t *testing.T) (kb int) {
	t.Helper()
	b, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); f[0] == "RssFile:" {
			kb, err = strconv.Atoi(f[1])
			require.NoError(t, err)
		}
	}
	require.Positive(t, kb)
	return kb
}
