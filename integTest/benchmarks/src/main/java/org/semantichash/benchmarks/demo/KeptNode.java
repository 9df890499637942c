// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

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
