/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * oracles DIR: runs every case of every reference file in a folder and prints a line
 * per method; exits with 1 when one disagrees. */
#include "oracle_cases.h"

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: oracles DIR (a folder of reference files, *.json)\n");
        return 2;
    }
    struct oracle_score score = oracle_run_folder(argv[1]);
    printf("%zu passed, %zu failed\n", score.passed, score.failed);
    return score.failed > 0;
}
