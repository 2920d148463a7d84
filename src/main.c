/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sitrep on the command line. */
int main(void)
{
    return 0;
}
