package program_test

const wantHash = "c33e44d10602b263ca0b165d390347add93744c8cea23cad1f204e199fcf174e"

const wantDump = `
program sample HASH
%0 = input "t0" 1x1x3x3 [-8,7] scale 1
%1 = linear conv[1->2 k[2 2] s[1 1] p[0 0][0 0] d[1 1] g1](%0)  # "t1" 1x2x2x2 [-2502,2193] scale 1
%2 = linear window[k[1 1] s[1 1] p[0 0][0 0]](%1)  # "t2" 1x2x2x2 [-10008,8772] scale 1
%3 = max (%2) k[2 2] s[2 2] p[0 0][0 0]  # "t3" 1x2x1x1 [-10008,8772] scale 1
%4 = lookup (%3) >>6 table[-2..3]  # "t4" 1x2x1x1 [0,3] scale 1
%5 = constant [2]  # "t5" 1x2 [-9,9] scale 1
%6 = gather %[4 5] fill 2  # "t6" 1x4 [-9,9] scale 1
%7 = linear dense[1x4](%6)  # "t7" 1x1 [-89,91] scale 1
%8 = linear diagonal[1](%7)  # "t8" 1x1 [-623,637] scale 1
%9 = remainder (%8) mod 10  # "t9" 1x1 [0,9] scale 1
%10 = gather %[6] relabel  # "t10" 4 [-9,9] scale 1
output %9 "t9"
output %10 "t10"
`
