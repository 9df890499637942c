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

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.results.Results;
import org.semantichash.it.results.Row;

/** The glosses in an index whose pipeline hashes them, and beside it the same without hashing. */
final class GlossIndex {

  static final String NAME = "glosses";
  static final String FIELD = "code";

  private static final String PLAIN = "glosses-plain";
  private static final int BULK_DOCUMENTS = 1500;
  private static final int WARM_UP_BULKS = 4;

  private final Http http;
  private final List<Gloss> glosses;

  GlossIndex(Http http, List<Gloss> glosses) {
    this.http = http;
    this.glosses = glosses;
  }

  /** Makes both indices and fills them bulk by bulk in turn. */
  void fill(Results results) throws IOException {
    http.put("/_ingest/pipeline/glosses", Requests.PIPELINE).ok();
    http.put("/" + NAME, Requests.HASHED_INDEX).ok();
    http.put("/" + PLAIN, Requests.PLAIN_INDEX).ok();
    warmUp();
    double hashed = 0;
    double plain = 0;
    for (int from = 0; from < glosses.size(); from += BULK_DOCUMENTS) {
      List<Gloss> part = part(from);
      boolean hashedFirst = from / BULK_DOCUMENTS % 2 == 0;
      hashed += hashedFirst ? seconds(NAME, part) : 0;
      plain += seconds(PLAIN, part);
      hashed += hashedFirst ? 0 : seconds(NAME, part);
    }
    http.post("/" + NAME + "," + PLAIN + "/_refresh").ok();
    System.out.printf(
        Locale.ROOT, "%,d documents in %.1f s of bulk requests%n", glosses.size(), hashed);
    results.add(
        Row.of(
            "bulk of " + BULK_DOCUMENTS + " documents, one client",
            "documents_per_second_with_hashing",
            glosses.size() / hashed,
            "documents_per_second_without",
            glosses.size() / plain,
            "bulk_time_ratio",
            hashed / plain));
  }

  /** The model is loaded and the code compiled before anything counts. */
  private void warmUp() throws IOException {
    for (int bulk = 0; bulk < WARM_UP_BULKS; bulk++) {
      for (String index : List.of(NAME, PLAIN)) {
        seconds(index, part(bulk * BULK_DOCUMENTS));
      }
    }
  }

  private List<Gloss> part(int from) {
    return glosses.subList(from, Math.min(glosses.size(), from + BULK_DOCUMENTS));
  }

  private double seconds(String index, List<Gloss> part) throws IOException {
    byte[] lines = lines(part);
    long start = System.nanoTime();
    JsonNode reply = http.bulk("/" + index + "/_bulk", lines).ok().body();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (reply.path("errors").asBoolean()) {
      throw new IllegalStateException("a document was refused: " + reply);
    }
    return seconds;
  }

  private static byte[] lines(List<Gloss> part) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Gloss gloss : part) {
      Map<String, Object> action = Map.of("index", Map.of("_id", gloss.id()));
      Map<String, Object> document =
          Map.of("text", gloss.text(), "words", gloss.words(), "label", gloss.label());
      lines.writeBytes(Http.JSON.writeValueAsBytes(action));
      lines.write('\n');
      lines.writeBytes(Http.JSON.writeValueAsBytes(document));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  /** The hits of a search in the hashed index. */
  JsonNode search(String body) throws IOException {
    return http.post("/" + NAME + "/_search", body).ok().body().path("hits");
  }

  /** A document's source. */
  JsonNode source(String id) throws IOException {
    Reply reply = http.get("/" + NAME + "/_doc/" + id).ok();
    return reply.body().path("_source");
  }

  static String quoted(String text) {
    try {
      return new String(Http.JSON.writeValueAsBytes(text), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
