# Turns tmc2007-500.arff (sparse, 500 words, then 22 classes) into JSON lines: text is the words that
# a report has, labels are its classes. Use: awk -f tmc2007-500.awk tmc2007-500.arff > tmc2007-500.jsonl
/^@attribute/ { names[attributes++] = $2 }
/^\{/ {
  gsub(/[{}]/, "")
  fields = split($0, pairs, ",")
  text = ""
  labels = ""
  for (i = 1; i <= fields; i++) {
    split(pairs[i], pair, " ")
    name = names[pair[1] + 0]
    if (name ~ /^class[0-9]+$/) {
      labels = labels (labels == "" ? "" : ", ") "\"" name "\""
    } else {
      text = text (text == "" ? "" : " ") name
    }
  }
  print "{\"text\": \"" text "\", \"labels\": [" labels "]}"
}
