# The field's questions and the trackers say the same numbers in both languages: what
# counts as no group, what is done, what came of a case doesn't hang on the words.
for name in questions trackers; do
    sitrep render "$SITREP_HOME/templates/$name.md" --language en,ur -o "$name-{language}.txt"
    echo "$name: exit $?"
done
grep 'no known group' questions-en.txt
grep 'کا گروہ معلوم نہیں' questions-ur.txt
