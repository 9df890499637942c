# Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
"""Writes a document into an index with codes, and searches by text and by document.

Only Python's own library. With the Elasticsearch client (pip install elasticsearch) the same is:

    client = Elasticsearch(url, basic_auth=(user, password), ca_certs=ca)
    client.index(index=index, id="example", document={"text": TEXT}, refresh=True)
    client.search(index=index, size=3, query={"hamming": {"field": "code", "text": TEXT}})
"""

import base64
import json
import os
import ssl
import urllib.request

URL = os.environ["ES_URL"]
INDEX = os.environ["ES_INDEX"]
TEXT = "a small bird that sings in the morning"

context = ssl.create_default_context(cafile=os.environ["ES_CA"])
login = f"{os.environ['ES_USER']}:{os.environ['ES_PASSWORD']}".encode()
headers = {
    "Authorization": "Basic " + base64.b64encode(login).decode(),
    "Content-Type": "application/json",
}


def ask(method, path, body):
    request = urllib.request.Request(f"{URL}/{path}", json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request, context=context) as answer:
        return json.load(answer)


def nearest(clause):
    """Ids and scores of the three nearest documents; the score is the share of equal bits."""
    query = {"hamming": {"field": "code", **clause}}
    answer = ask("POST", f"{INDEX}/_search", {"size": 3, "query": query})
    return [(hit["_id"], hit["_score"]) for hit in answer["hits"]["hits"]]


# %% The pipeline of the index computes the code.
print(ask("PUT", f"{INDEX}/_doc/example?refresh", {"text": TEXT})["result"])

# %% By text
print("by text:", nearest({"text": TEXT}))

# %% By document
print("by document:", nearest({"like": {"_index": INDEX, "_id": "example"}}))
