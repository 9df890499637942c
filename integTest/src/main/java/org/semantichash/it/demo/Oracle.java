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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.search.BruteForce;
import org.semantichash.search.HammingSimilarity;
import org.semantichash.search.Neighbor;

/** The codes of all glosses, computed here, against which every hit list is held. */
final class Oracle {

  private static final int CODES_CHECKED = 500;

  private final List<Gloss> glosses;
  private final TextHasher hasher;
  private final List<HashedText> hashed;
  private final List<BinaryCode> codes;
  private final Map<String, Integer> positions = new HashMap<>();

  Oracle(List<Gloss> glosses, TextHasher hasher) {
    this.glosses = glosses;
    this.hasher = hasher;
    this.hashed = glosses.parallelStream().map(g -> hasher.hash(g.text())).toList();
    this.codes = hashed.stream().map(HashedText::code).toList();
    for (int i = 0; i < glosses.size(); i++) {
      positions.put(glosses.get(i).id(), i);
    }
  }

  BinaryCode code(String text) {
    return hasher.hash(text).code();
  }

  HashedText hashed(int position) {
    return hashed.get(position);
  }

  Gloss gloss(int position) {
    return glosses.get(position);
  }

  Gloss gloss(String id) {
    return glosses.get(positions.get(id));
  }

  int size() {
    return glosses.size();
  }

  /** The bits that the node stored must be those that are computed here. */
  void checkStoredCodes(GlossIndex index) throws IOException {
    for (int i = 0; i < CODES_CHECKED; i++) {
      String stored = index.source(glosses.get(i).id()).path("code").asText();
      require(
          stored.equals(codes.get(i).toHex()),
          "document [" + glosses.get(i).id() + "] has code [" + stored + "]");
    }
    System.out.println(CODES_CHECKED + " stored codes are those of the trainer");
  }

  /** The hits must be the nearest, in order; of equally near ones any will do. */
  void checkNearest(BinaryCode query, JsonNode hits) {
    List<Neighbor> expected = BruteForce.topK(query, codes, hits.path("hits").size());
    require(
        hits.path("total").path("value").asInt() == codes.size(),
        "total " + hits.path("total") + " instead of all documents");
    checkDistances(query, expected, hits);
  }

  /** The hits must be all documents within the radius. */
  void checkWithin(BinaryCode query, int maxDistance, JsonNode hits) {
    List<Neighbor> expected = BruteForce.radius(query, codes, maxDistance);
    require(
        hits.path("total").path("value").asInt() == expected.size(),
        "total " + hits.path("total") + " instead of " + expected.size());
    checkDistances(query, expected, hits);
  }

  private void checkDistances(BinaryCode query, List<Neighbor> expected, JsonNode hits) {
    List<Integer> distances = new ArrayList<>();
    for (JsonNode hit : hits.path("hits")) {
      int position = positions.get(hit.path("_id").asText());
      int distance = codes.get(position).distance(query);
      require(distance == distance(hit), "score of [" + hit.path("_id") + "]");
      distances.add(distance);
    }
    List<Integer> wanted =
        expected.stream().map(Neighbor::distance).limit(distances.size()).toList();
    require(distances.equals(wanted), "distances " + distances + " instead of " + wanted);
  }

  int distance(JsonNode hit) {
    return HammingSimilarity.distance(hasher.bits(), (float) hit.path("_score").asDouble());
  }

  private static void require(boolean condition, String what) {
    if (condition == false) {
      throw new IllegalStateException("the node and brute force differ: " + what);
    }
  }
}
