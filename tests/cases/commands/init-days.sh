# A file whose column of days has another name: it is named, with how its days are
# written; also where day and month can't be told apart, and where there is none.
try() {
    printf "$1" >file.csv
    sitrep init --from file.csv -o first.md
    echo "exit $?"
}
try 'Ref;Tag;Ort\n1;19.03.2024;Quetta\n2;20.03.2024;Chaman\n'
try 'Ref,Entered,Town\n1,03/04/2026,Quetta\n2,05/06/2026,Chaman\n'
try 'Ref,Stamp,Town\n1,20240319,Quetta\n2,20240320,Chaman\n'
try 'Ref,روز,Town\n1,19 مارچ 2024,Quetta\n2,,Chaman\n'
try 'Ref,Town,Dead\n1,Quetta,3\n'
ls
