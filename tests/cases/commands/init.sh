# A first template is proposed from a file's columns and prints at once.
sitrep init -o first.md
echo "exit $?"
sed -n '/^measures/,$p' first.md
sitrep render first.md -o first.txt
echo "exit $?"
sed -n 1,6p first.txt
sitrep fmt --check first.md
echo "-- it isn't written over"
sitrep init -o first.md
echo "exit $?"
echo "-- a file that no schema knows"
mkdir -p own
cat >own/parcels.csv <<'CSV'
Date,Depot,kilos,lost per cent
2026-10-05,North,3,1
2026-10-09,South,4,0
2026-10-19,North,5,2
2026-10-24,South,1,0
2026-11-02,North,2,9
2026-11-08,West,2,1
CSV
sitrep init --from own/parcels.csv -o own/parcels.md
cat own/parcels.md
sitrep render own/parcels.md -o parcels.txt
echo "exit $?"
echo "-- a file without days"
printf 'point,status\n1,done\n2,open\n' >points.csv
sitrep init --from points.csv
echo "exit $?"
sitrep init --from nothing.csv
echo "exit $?"
