# A file whose column of days has another name: it is taken by its cells, and the template
# that is proposed names it and prints; also where day and month can't be told apart until
# it is said, and where there is none.
try() {
    file=$1
    shift
    rm -f first.md
    printf "$file" >file.csv
    sitrep init --from file.csv -o first.md -q "$@"
    echo "exit $?"
    [ -f first.md ] || return
    sed -n '2,/^#/p' first.md
    sitrep render first.md -q -o - -f txt | sed -n '2,4p'
}
try 'Ref;Tag;Ort\n1;19.03.2024;Quetta\n2;20.03.2024;Chaman\n'
try 'Ref,Entered,Town\n1,03/04/2026,Quetta\n2,05/06/2026,Chaman\n'
try 'Ref,Entered,Town\n1,03/04/2026,Quetta\n2,05/06/2026,Chaman\n' --dates d/M/yyyy
try 'Ref,Stamp,Town\n1,20240319,Quetta\n2,20240320,Chaman\n'
try 'Ref,روز,Town\n1,19 مارچ 2024,Quetta\n2,,Chaman\n'
try 'Ref,Town,Dead\n1,Quetta,3\n'
echo == amounts under headers of any alphabet
printf 'Datum;Ort;Getötete;“x y”\n2026-03-19;Quetta;3;1\n2026-03-20;Chaman;4;2\n' >file.csv
sitrep init --from file.csv -q | sed -n '/^measures:/,/^---/p'
echo == a column that the entry names wrongly
cat >first.md <<'END'
---
title: T
data: {incidents: {file: file.csv, date: Entred}}
---
Text
END
printf 'Ref,Entered,Town\n1,2026-04-03,Quetta\n' >file.csv
sitrep render first.md -o brief.txt
ls
