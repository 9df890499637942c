#!/bin/sh
# Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
# Writes a document into an index with codes, and searches by text and by document.
set -eu

ask() { # METHOD PATH [BODY]
  curl --silent --show-error --fail-with-body --cacert "$ES_CA" --user "$ES_USER:$ES_PASSWORD" \
    --request "$1" "$ES_URL/$2" --header 'Content-Type: application/json' ${3+--data "$3"}
  echo
}

# The pipeline of the index computes the code.
ask PUT "$ES_INDEX/_doc/example?refresh" '{"text": "a small bird that sings in the morning"}'

echo "by text:"
ask GET "$ES_INDEX/_search?filter_path=hits.hits._id,hits.hits._score" \
  '{"size": 3, "query": {"hamming": {"field": "code", "text": "a small bird that sings in the morning"}}}'

echo "by document:"
ask GET "$ES_INDEX/_search?filter_path=hits.hits._id,hits.hits._score" \
  '{"size": 3, "query": {"hamming": {"field": "code", "like": {"_index": "'"$ES_INDEX"'", "_id": "example"}}}}'
