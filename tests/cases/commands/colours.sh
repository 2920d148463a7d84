# Colours on a terminal only, and not where NO_COLOR or TERM=dumb asks for none.
script -qec true /dev/null >/dev/null 2>&1 </dev/null || {
    echo "no terminal can be made here"
    exit 77
}
escape=$(printf '\033')
look() { env "$@" script -qec "sitrep render nothing.md -o x.pdf" /dev/null </dev/null; }
count() { grep -c "$escape"; }
look TERM=xterm | count
look TERM=xterm NO_COLOR=1 | count
look TERM=dumb | count
sitrep render nothing.md -o x.pdf 2>&1 | count
