// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.TextHasher;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.models.TestModel;

/** Codes in Elasticsearch's own field type {@code binary}, for which an index needs no plugin. */
public class BinaryFieldTests extends SingleNodeTestCase {

  private static final String INDEX = "bytes";
  private static final int DOCUMENTS = 80;

  private final Map<String, BinaryCode> codes = new TreeMap<>();
  // Above 127 bytes the length takes two bytes.
  private final int bytes = randomFrom(1, 2, 3, 8, 16, 32, 127, 128, 512);

  private BinaryCode randomCode() {
    return BinaryCode.of(randomByteArrayOfLength(bytes), 8 * bytes);
  }

  private void index() {
    createIndex(
        INDEX, between(1, 3), "{'properties':{'code':{'type':'binary','doc_values':true}}}");
    Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String id = Integer.toString(i);
      if (rarely()) {
        documents.put(id, randomFrom(List.of(odd(), Map.of("other", 1))));
      } else {
        codes.put(id, randomCode());
        documents.put(id, Map.of("code", codes.get(id).toBase64()));
      }
    }
    documents.put("several", Map.of("code", List.of(base64(bytes, 1), base64(bytes, 2))));
    documents.put("shorter", Map.of("code", base64(bytes - 1, 1)));
    documents.put("longer", Map.of("code", base64(bytes + 1, 1)));
    assertFalse(bulk(INDEX, null, documents).hasFailures());
  }

  private Map<String, Object> odd() {
    return Map.of("code", base64(bytes + between(1, 300), randomByte()));
  }

  private static String base64(int length, int first) {
    byte[] value = new byte[length];
    if (length > 0) {
      value[0] = (byte) first;
    }
    return Base64.getEncoder().encodeToString(value);
  }

  private Map<String, Float> found(String target, int maxDistance, String... context) {
    Map<String, Float> found = new TreeMap<>();
    hits(
            INDEX,
            "{'size':1000,"
                + String.join("", context)
                + "'query':{'hamming':{'field':'code',"
                + target
                + ",'max_distance':"
                + maxDistance
                + "}}}")
        .forEach(hit -> found.put(hit.id(), hit.score()));
    return found;
  }

  private Map<String, Float> expected(BinaryCode wanted, int maxDistance) {
    Map<String, Float> expected = new TreeMap<>();
    codes.forEach(
        (id, code) -> {
          int distance = code.distance(wanted);
          if (distance <= maxDistance) {
            expected.put(id, (code.bits() - distance) / (float) code.bits());
          }
        });
    return expected;
  }

  public void testFindsTheCodesOfTheWidthAndNothingElse() {
    index();
    for (int i = 0; i < 10; i++) {
      BinaryCode wanted = randomCode();
      int max = randomFrom(4 * bytes, 8 * bytes, between(0, 8 * bytes));
      assertThat(found("'code':'" + wanted + "'", max), equalTo(expected(wanted, max)));
      // Without scores the same documents: also where every code is near enough.
      assertThat(
          found("'code':'" + wanted + "'", max, "'sort':['_doc'],").keySet(),
          equalTo(expected(wanted, max).keySet()));
    }
  }

  public void testFindsWhatIsLikeADocument() {
    index();
    String id = randomFrom(codes.keySet());
    int max = between(0, 8 * bytes);
    assertThat(
        found("'like':{'_index':'bytes','_id':'" + id + "'}", max),
        equalTo(expected(codes.get(id), max)));
  }

  public void testADocumentWithSeveralValuesIsLikeNothing() {
    index();
    Refusal refusal =
        refusal(
            INDEX,
            "{'query':{'hamming':{'field':'code','like':{'_index':'bytes','_id':'several'}}}}");
    assertThat(refusal.status(), equalTo(400));
    assertThat(
        refusal.reason(),
        containsString(
            "[like] document [several] of index [bytes] must have one value in field [code], got"
                + " [2]"));
  }

  public void testATextNeedsAModel() {
    byte[] file = TestModel.file(64, 11);
    putModel("news", file);
    createIndex(INDEX, 1, "{'properties':{'code':{'type':'binary','doc_values':true}}}");
    try (TextHasher hasher = TestModel.hasher(file)) {
      BinaryCode code = hasher.hash("word01 word02").code();
      assertFalse(bulk(INDEX, null, Map.of("1", Map.of("code", code.toBase64()))).hasFailures());
    }
    assertThat(found("'text':'word01 word02','model':'news'", 0), equalTo(Map.of("1", 1f)));
    assertThat(
        refusal(INDEX, "{'query':{'hamming':{'field':'code','text':'word01'}}}").reason(),
        equalTo(
            "[hamming] cannot turn [text] into a code here; give the [code], or the [model] of a"
                + " [text] for another cluster or a field of type [binary]"));
  }

  public void testExplainsWhyADocumentDoesNotMatch() {
    index();
    var explained =
        client()
            .prepareExplain(INDEX, "shorter")
            .setQuery(
                source("{'query':{'hamming':{'field':'code','code':'" + randomCode() + "'}}}")
                    .query())
            .get();
    assertFalse(explained.isMatch());
    assertThat(
        explained.getExplanation().getDescription(),
        containsString(
            "the document must have one value of ["
                + bytes
                + "] bytes, as the code searched for, in field [code]"));
  }
}
