/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.demo;

import java.io.IOException;
import org.semantichash.it.node.Cluster;

/** Leaves the node running for a person, with requests to paste. */
final class KeptNode {

  private static final String EXAMPLES =
      """

      The node runs at ADDRESS, without security, on this machine only. For Dev Tools:

      GET glosses/_search
      { "query": { "hamming": { "field": "code", "text": "a ship driven by the wind" } } }

      GET glosses/_search
      { "query": { "bool": {
          "must":   { "hamming": { "field": "code", "text": "a plant with yellow flowers" } },
          "filter": { "term": { "label": "noun.plant" } } } } }

      GET glosses/_search
      { "track_total_hits": true,
        "query": { "hamming": { "field": "code",
                                "like": { "_index": "glosses", "_id": "n02086723" },
                                "max_distance": 12 } },
        "aggs": { "labels": { "terms": { "field": "label" } } } }

      POST _ingest/pipeline/glosses/_simulate
      { "docs": [ { "_source": { "text": "a ship driven by the wind" } } ] }

      With curl: curl -H 'Content-Type: application/json' 'ADDRESS/glosses/_search?pretty' -d '...'

      Enter (or Ctrl-C) stops the node.
      """;

  private final Cluster cluster;

  KeptNode(Cluster cluster) {
    this.cluster = cluster;
  }

  void waitForEnd() throws IOException {
    System.out.println(EXAMPLES.replace("ADDRESS", cluster.address()));
    int key = System.in.read();
    while (key == -1) { // no keyboard: until the process is told to end
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
