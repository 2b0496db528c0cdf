//go:build !purego

#include "textflag.h"

// func zero()
TEXT ·zero(SB), NOSPLIT, $0-0
	VZEROUPPER
	RET
