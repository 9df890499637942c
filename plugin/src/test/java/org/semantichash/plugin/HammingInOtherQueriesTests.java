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
package org.semantichash.plugin;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.hash.BinaryCode;

/** The query inside other queries, on random codes, against brute force. */
public class HammingInOtherQueriesTests extends SingleNodeTestCase {

  private static final String INDEX = "codes";
  private static final int DOCUMENTS = 60;

  private static final String MAPPING =
      """
      {'properties':{
        'code':{'type':'hash_code','bits':16},
        'parts':{'type':'nested','properties':{'code':{'type':'hash_code','bits':16}}}}}""";

  private final Map<String, BinaryCode> codes = new TreeMap<>();
  private final Map<String, List<BinaryCode>> parts = new TreeMap<>();
  private BinaryCode wanted;

  private BinaryCode randomCode() {
    return BinaryCode.of(randomByteArrayOfLength(2), 16);
  }

  private void index() {
    createIndex(INDEX, between(1, 3), MAPPING);
    wanted = randomCode();
    Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String id = Integer.toString(i);
      codes.put(id, randomCode());
      parts.put(id, randomList(0, 3, this::randomCode));
      List<Map<String, Object>> nested = new ArrayList<>();
      parts.get(id).forEach(part -> nested.add(Map.of("code", part.toHex())));
      documents.put(id, Map.of("code", codes.get(id).toBase64(), "parts", nested));
    }
    assertFalse(bulk(INDEX, null, documents).hasFailures());
  }

  private String hamming(String field, int maxDistance) {
    return "{'hamming':{'field':'"
        + field
        + "','code':'"
        + wanted.toHex()
        + "','max_distance':"
        + maxDistance
        + "}}";
  }

  private Map<String, Float> scores(String query) {
    Map<String, Float> scores = new TreeMap<>();
    hits(INDEX, "{'size':1000," + query + "}").forEach(hit -> scores.put(hit.id(), hit.score()));
    return scores;
  }

  /** Not that the document has no code: it has several. */
  public void testLikeOnANestedFieldSaysSo() {
    index();
    assertThat(
        refusal(
                INDEX,
                "{'query':{'nested':{'path':'parts','query':{'hamming':{'field':'parts.code',"
                    + "'like':{'_index':'"
                    + INDEX
                    + "','_id':1}}}}}}")
            .reason(),
        equalTo(
            "[like] takes the code of a whole document, so that it cannot take field [parts.code]"
                + " in the nested object [parts]"));
  }

  private Map<String, Float> expected(int maxDistance, float factor) {
    Map<String, Float> expected = new TreeMap<>();
    codes.forEach(
        (id, code) -> {
          int distance = code.distance(wanted);
          if (distance <= maxDistance) {
            expected.put(id, factor * (16 - distance) / 16);
          }
        });
    return expected;
  }

  private static void assertScores(Map<String, Float> expected, Map<String, Float> actual) {
    assertThat(actual.keySet(), equalTo(expected.keySet()));
    expected.forEach((id, score) -> assertThat((double) actual.get(id), closeTo(score, 1e-5)));
  }

  public void testNestedCodesScoreByTheNearest() {
    index();
    for (int max : new int[] {0, 5, 8, 16}) {
      Map<String, Float> expected = new TreeMap<>();
      parts.forEach(
          (id, list) -> {
            int nearest = list.stream().mapToInt(wanted::distance).min().orElse(17);
            if (nearest <= max) {
              expected.put(id, (16 - nearest) / 16f);
            }
          });
      String nested = "{'nested':{'path':'parts','score_mode':'max','query':";
      assertScores(expected, scores("'query':" + nested + hamming("parts.code", max) + "}}"));
    }
  }

  public void testConstantScoreBoostAndFunctionScore() {
    index();
    int max = between(4, 12);
    Map<String, Float> constant = new TreeMap<>();
    expected(max, 1).keySet().forEach(id -> constant.put(id, 1f));
    assertScores(
        constant, scores("'query':{'constant_score':{'filter':" + hamming("code", max) + "}}"));
    assertScores(
        expected(max, 2.5f),
        scores("'query':" + hamming("code", max).replace("}}", ",'boost':2.5}}")));
    assertScores(
        expected(max, 3),
        scores("'query':{'function_score':{'query':" + hamming("code", max) + ",'weight':3}}"));
  }

  public void testShouldAndMustNot() {
    index();
    int max = between(4, 12);
    assertScores(
        expected(max, 2),
        scores(
            "'query':{'bool':{'should':["
                + hamming("code", max)
                + ","
                + hamming("code", max)
                + "]}}"));
    Map<String, Float> outside = new TreeMap<>();
    codes.keySet().forEach(id -> outside.put(id, 0f));
    outside.keySet().removeAll(expected(max, 1).keySet());
    assertScores(outside, scores("'query':{'bool':{'must_not':[" + hamming("code", max) + "]}}"));
  }

  public void testRescoreAndMinScore() {
    index();
    assertScores(
        expected(16, 1),
        scores(
            "'query':{'constant_score':{'filter':"
                + hamming("code", 16)
                + ",'boost':0}},'rescore':{'window_size':1000,'query':{'rescore_query':"
                + hamming("code", 16)
                + "}}"));
    assertScores(expected(8, 1), scores("'min_score':0.5,'query':" + hamming("code", 16)));
  }
}
