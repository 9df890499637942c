// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.elasticsearch.ElasticsearchParseException;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.common.settings.Settings;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.SingleNodeTestCase;
import org.semantichash.plugin.ingest.RecentCodes.NearDuplicate;
import org.semantichash.plugin.models.EmptyCode;

/** Documents that are written one after the other and at the same time, beside brute force. */
public class NearDuplicateProcessorTests extends SingleNodeTestCase {

  private static final int BITS = 64;
  private static final int RADIUS = 6;

  /** An index that nobody refreshes unless a test does. */
  private void create(String action) {
    client()
        .admin()
        .indices()
        .prepareCreate("docs")
        .setSettings(
            Settings.builder()
                .put("index.number_of_shards", randomIntBetween(1, 3))
                .put("index.number_of_replicas", 0)
                .put("index.refresh_interval", -1))
        .setMapping("code", "type=hash_code,bits=" + BITS, "duplicate_of", "type=keyword")
        .get();
    putPipeline(
        "near",
        "{'processors':[{'semantic_near_duplicate':{'field':'code','index':'docs','max_distance':"
            + RADIUS
            + ",'action':'"
            + action
            + "'}}]}");
  }

  private BulkResponse write(Map<String, String> codes) {
    BulkRequest bulk = new BulkRequest();
    codes.forEach(
        (id, code) -> {
          Map<String, Object> source = new HashMap<>(Map.of("duplicate_of", "stale"));
          if (code != null) {
            source.put("code", code);
          }
          bulk.add(new IndexRequest("docs").id(id).setPipeline("near").source(source));
        });
    return client().bulk(bulk).actionGet();
  }

  private void writeAll(Map<String, String> codes) {
    BulkResponse response = write(codes);
    assertFalse(response.buildFailureMessage(), response.hasFailures());
  }

  private void refresh() {
    client().admin().indices().prepareRefresh("docs").get();
  }

  /** By id what each document is a copy of, null for none. */
  private Map<String, String> tags() {
    refresh();
    Map<String, String> tags = new HashMap<>();
    for (Hit hit : hits("docs", "{'size':1000}")) {
      tags.put(hit.id(), (String) hit.source().get("duplicate_of"));
    }
    return tags;
  }

  private static BinaryCode code() {
    return BinaryCode.of(randomByteArrayOfLength(BITS / 8), BITS);
  }

  private static BinaryCode near(BinaryCode code, int flips) {
    byte[] bytes = code.toBytes();
    for (int bit : randomSubsetOf(flips, IntStream.range(0, BITS).boxed().toList())) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    return BinaryCode.of(bytes, BITS);
  }

  /** Each is compared with those before it that are no copies, whether refreshed or not. */
  public void testOneAfterTheOtherAsByBruteForce() {
    create("tag");
    List<BinaryCode> centres = List.of(code(), code(), code());
    Map<String, BinaryCode> kept = new LinkedHashMap<>();
    Map<String, Boolean> copies = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      BinaryCode code = near(randomFrom(centres), randomIntBetween(0, 8));
      String id = "d" + i;
      int least =
          kept.values().stream().mapToInt(other -> other.distance(code)).min().orElse(BITS + 1);
      copies.put(id, least <= RADIUS);
      if (least > RADIUS) {
        kept.put(id, code);
      }
      writeAll(Map.of(id, code.toHex()));
      if (randomBoolean()) {
        refresh();
      }
    }
    Map<String, String> tags = tags();
    assertThat(tags.size(), equalTo(60));
    copies.forEach(
        (id, copy) -> {
          assertThat(id, tags.get(id) != null, equalTo(copy));
          if (copy) {
            assertThat(kept.keySet(), hasItem(tags.get(id)));
          }
        });
  }

  /** A search finds the nearest of those that are refreshed. */
  public void testTheNearestIsTold() {
    create("tag");
    BinaryCode code = code();
    Map<String, String> kept = new LinkedHashMap<>();
    kept.put("far", near(code, RADIUS).toHex());
    writeAll(kept);
    refresh();
    client().prepareIndex("docs").setId("nearer").setSource("code", near(code, 1).toHex()).get();
    refresh();
    writeAll(Map.of("copy", code.toHex()));
    assertThat(tags().get("copy"), equalTo("nearer"));
  }

  /** In one bulk no search finds the others, and more searches are wanted than may run. */
  public void testManyCopiesAtTheSameTimeHaveOneOriginalEach() {
    create(randomFrom("tag", "drop", "fail"));
    Map<String, String> codes = new LinkedHashMap<>();
    for (int family = 0; family < 20; family++) {
      BinaryCode code = code();
      for (int i = 0; i < 10; i++) {
        codes.put(family + "-" + i, near(code, randomIntBetween(0, RADIUS / 2)).toHex());
      }
    }
    writeAll(codes);
    Map<String, String> tags = tags();
    assertThat("none is lost before the first is stored", tags.keySet(), equalTo(codes.keySet()));
    for (int family = 0; family < 20; family++) {
      String prefix = family + "-";
      List<String> originals =
          tags.keySet().stream()
              .filter(id -> id.startsWith(prefix) && tags.get(id) == null)
              .toList();
      assertThat(originals.size(), equalTo(1));
      tags.forEach(
          (id, tag) -> {
            if (id.startsWith(prefix) && tag != null) {
              assertThat(tag, equalTo(originals.get(0)));
            }
          });
    }
  }

  public void testDropAndFailOnceTheOriginalIsStored() {
    create("drop");
    BinaryCode code = code();
    writeAll(Map.of("original", code.toHex()));
    refresh();
    writeAll(Map.of("copy", near(code, 2).toHex(), "other", near(code, 20).toHex()));
    assertThat(tags().keySet(), equalTo(Set.of("original", "other")));
    putPipeline(
        "near",
        "{'processors':[{'semantic_near_duplicate':{'field':'code','index':'docs','max_distance':6,"
            + "'action':'fail'}}]}");
    BulkResponse failed = write(Map.of("copy", near(code, 2).toHex()));
    assertThat(
        failed.buildFailureMessage(),
        containsString(
            "field [code] must differ by more than [6] bits from those of other documents, it is"
                + " within [2] of document [original] of index [docs]"));
  }

  /** A document is no copy of what it was, nor of itself. */
  public void testADocumentThatIsWrittenAgain() {
    create("drop");
    BinaryCode code = code();
    writeAll(Map.of("a", code.toHex()));
    if (randomBoolean()) {
      refresh();
    }
    writeAll(Map.of("a", near(code, 1).toHex()));
    Map<String, String> tags = tags();
    assertTrue(tags.containsKey("a"));
    assertNull("the stale tag is gone", tags.get("a"));
  }

  /** The first document creates the index; what else is wrong with it is told. */
  public void testAnIndexThatIsNotThere() {
    putPipeline(
        "near",
        "{'processors':[{'semantic_near_duplicate':{'field':'code','index':'docs','max_distance':6"
            + "}}]}");
    BinaryCode code = code();
    writeAll(Map.of("a", code.toHex()));
    createIndex("other", 1, "{'properties':{'code':{'type':'hash_code','bits':32}}}");
    putPipeline(
        "near",
        "{'processors':[{'semantic_near_duplicate':{'field':'code','index':'other','max_distance':6"
            + "}}]}");
    assertTrue(write(Map.of("b", code.toHex())).hasFailures());
  }

  public void testWithoutACodeNothingHappens() {
    create("drop");
    Map<String, String> codes = new HashMap<>();
    codes.put("a", null);
    codes.put("b", null);
    writeAll(codes);
    assertThat(tags().keySet(), equalTo(codes.keySet()));
    for (String wrong : List.of("no code", "", "@", "0".repeat(15), "00@", "0".repeat(3000))) {
      assertThat(
          write(Map.of("c", wrong)).buildFailureMessage(),
          containsString(
              "field [code] must be a code in hexadecimal, as [semantic_hash] writes it, got ["
                  + wrong.substring(0, Math.min(100, wrong.length()))
                  + "]"));
    }
  }

  /** Codes of a text without known terms look alike and say nothing. */
  public void testTheEmptyCodeIsLeftAlone() {
    createIndex(
        "docs",
        1,
        "{'properties':{'code':{'type':'hash_code','bits':64,'model':'"
            + "_near_duplicates_64'}}}");
    putPipeline(
        "near",
        "{'processors':[{'semantic_hash':{'model':'_near_duplicates_64','field':'text',"
            + "'target_field':'code','empty':'hash'}},{'semantic_near_duplicate':{'field':'code',"
            + "'index':'docs','max_distance':9,'action':'drop'}}]}");
    Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
    for (String id : List.of("1", "2", "3")) {
      documents.put(id, Map.of("text", ""));
      assertFalse(bulk("docs", "near", documents).hasFailures());
    }
    assertThat(tags().keySet(), equalTo(documents.keySet()));
  }

  /** The code of a few words says little, unless it is the same. */
  public void testShortTextsAreCopiesOnlyOfTheSameCode() {
    create("drop");
    Integer least = randomBoolean() ? null : 3;
    putPipeline(
        "near",
        "{'processors':[{'semantic_near_duplicate':{'field':'code','index':'docs','max_distance':6,"
            + "'text_field':'body','action':'drop'"
            + (least == null ? "" : ",'min_words':" + least)
            + "}}]}");
    String text = "w, ".repeat(least == null ? 9 : least - 1) + ".";
    BinaryCode code = code();
    writeText("original", code, "any");
    refresh();
    writeText("short", near(code, 2), text);
    writeText("two values", near(code, 3), List.of(text.substring(3), "w"));
    writeText("blank", near(code, 4), "");
    writeText("equal", code, text);
    writeText("long", near(code, 2), "w " + text);
    writeText("long of two", near(code, 2), List.of(text, "w"));
    writeText("unknown", near(code, 5), null);
    writeText("number", near(code, 6), 7);
    Set<String> kept = Set.of("original", "short", "two values", "blank");
    assertThat(tags().keySet(), equalTo(kept));
  }

  private void writeText(String id, BinaryCode code, Object text) {
    Map<String, Object> source = new HashMap<>();
    source.put("code", code.toHex());
    source.put("body", text);
    assertFalse(bulk("docs", "near", Map.of(id, source)).hasFailures());
    refresh();
  }

  public void testTheDefaultDistanceIsThatOfTheWidth() {
    create("tag");
    putPipeline(
        "near",
        "{'processors':[{'semantic_near_duplicate':{'field':'code','index':'docs',"
            + "'action':'fail'}}]}");
    BinaryCode code = code();
    int usual = NearDuplicates.defaultMaxDistance(BITS, false);
    writeAll(Map.of("a", code.toHex()));
    refresh();
    writeAll(Map.of("b", near(code, usual + 1).toHex()));
    BulkResponse refused = write(Map.of("c", near(code, usual).toHex()));
    assertThat(
        refused.buildFailureMessage(),
        containsString("must differ by more than [" + usual + "] bits from those of other"));
  }

  public void testWhatAPipelineMustNotSay() {
    NearDuplicateProcessor.Factory factory =
        new NearDuplicateProcessor.Factory(
            () -> null, () -> (EmptyCode.Lookup) (model, digest, bits, listener) -> {});
    for (String[] wrong :
        new String[][] {
          {"field", null, "[field] required property is missing"},
          {"index", null, "[index] required property is missing"},
          {"max_distance", "-1", "must be between [0] and the number of bits of the codes, got"},
          {"target_field", "code", "must be another field than [field], got [code] for both"},
          {"target_field", "_id", "must be a field of the document's source, got metadata [_id]"},
          {"target_field", "", "[target_field] must name a field, got []"},
          {"field", "", "[field] must name a field, got []"},
          {"code_field", "", "[code_field] must name a field, got []"},
          {"index", " ", "[index] must name an index or an alias, got [ ]"},
          {"action", "delete", "must be one of [tag, drop, fail], got [delete]"},
          {"timeout", "soon", "failed to parse setting [timeout] with value [soon]"},
          {"timeout", "0s", "must be longer than nothing, got [0s]"},
          {"text_field", "", "[text_field] must name a field, got []"},
          {"min_words", "8", "[min_words] must come with the [text_field] whose words are"}
        }) {
      Map<String, Object> config = new HashMap<>();
      config.put("field", "code");
      config.put("index", "docs");
      config.put("max_distance", "3");
      if (wrong[1] == null) {
        config.remove(wrong[0]);
      } else {
        config.put(wrong[0], wrong[1]);
      }
      ElasticsearchParseException e =
          expectThrows(ElasticsearchParseException.class, () -> factory.create(null, null, config));
      assertThat(e.getMessage(), containsString(wrong[2]));
    }
  }

  public void testRecentCodesAreForgotten() {
    RecentCodes recent = new RecentCodes();
    BinaryCode code = code();
    long now = randomLong() / 4;
    assertThat(recent.findOrAdd(key("a"), code, 3, now), equalTo(Optional.empty()));
    assertThat("itself", recent.findOrAdd(key("a"), code, 3, now), equalTo(Optional.empty()));
    Optional<NearDuplicate> found = recent.findOrAdd(key("b"), near(code, 2), 3, now);
    assertThat(found, equalTo(Optional.of(new NearDuplicate("a", "docs", 2, 3, false))));
    assertTrue(recent.findOrAdd(key("c"), near(code, 4), 3, now).isEmpty());
    RecentCodes.Key elsewhere = new RecentCodes.Key("other", "code", "d", null);
    assertTrue(recent.findOrAdd(elsewhere, code, 3, now).isEmpty());
    RecentCodes.Key ofAnother = new RecentCodes.Key("docs", "code", "g", "somebody");
    assertTrue("nobody is told of it", recent.findOrAdd(ofAnother, code, 3, now).isEmpty());
    long later = now + RecentCodes.AGE.nanos() + 1;
    assertTrue(recent.findOrAdd(key("e"), code, 3, later).isEmpty());
    List<BinaryCode> others = new ArrayList<>();
    for (int i = 0; i < RecentCodes.CAPACITY; i++) {
      BinaryCode other = BinaryCode.of(ByteBuffer.allocate(8).putLong(-1L - i).array(), 64);
      others.add(other);
      recent.findOrAdd(key("n" + i), other, 0, later);
    }
    assertTrue(recent.findOrAdd(key("last"), others.get(1), 0, later).isPresent());
    assertTrue("the ring is full", recent.findOrAdd(key("f"), code, 0, later).isEmpty());
  }

  private static RecentCodes.Key key(String id) {
    return new RecentCodes.Key("docs", "code", id, null);
  }
}
