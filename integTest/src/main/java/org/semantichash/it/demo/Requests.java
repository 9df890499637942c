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

/** The requests of the demo, as one would paste them into Dev Tools. */
final class Requests {

  static final String PIPELINE =
      """
      {
        "processors": [
          { "semantic_hash": { "model": "glosses", "field": "text", "target_field": "code" } }
        ]
      }""";

  static final String HASHED_INDEX =
      """
      {
        "settings": { "number_of_shards": 1, "number_of_replicas": 0,
                      "index.default_pipeline": "glosses" },
        "mappings": {
          "properties": {
            "text": { "type": "text" },
            "words": { "type": "text" },
            "label": { "type": "keyword" },
            "code": { "type": "hash_code", "bits": 64, "model": "glosses" }
          }
        }
      }""";

  static final String PLAIN_INDEX =
      """
      {
        "settings": { "number_of_shards": 1, "number_of_replicas": 0 },
        "mappings": {
          "properties": {
            "text": { "type": "text" },
            "words": { "type": "text" },
            "label": { "type": "keyword" }
          }
        }
      }""";

  static final String MATCH_ALL = "{\"size\": 10, \"query\": {\"match_all\": {}}}";

  private Requests() {}

  static String byText(String text, int size) {
    return hamming("\"text\": " + GlossIndex.quoted(text), size);
  }

  static String byCode(String code, int size) {
    return hamming("\"code\": " + GlossIndex.quoted(code), size);
  }

  static String byDocument(String id, int size) {
    return hamming("\"like\": {\"_index\": \"glosses\", \"_id\": \"" + id + "\"}", size);
  }

  static String within(String id, int maxDistance) {
    return hamming(
        "\"like\": {\"_index\": \"glosses\", \"_id\": \""
            + id
            + "\"}, \"max_distance\": "
            + maxDistance,
        100);
  }

  private static String hamming(String target, int size) {
    return "{\"size\": "
        + size
        + ", \"track_total_hits\": true, \"fields\": [\"code\"], \"query\": {\"hamming\":"
        + " {\"field\": \"code\", "
        + target
        + "}}}";
  }
}
