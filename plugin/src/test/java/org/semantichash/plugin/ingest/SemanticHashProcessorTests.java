// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.elasticsearch.ElasticsearchParseException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.Processor;
import org.elasticsearch.ingest.TestIngestDocument;
import org.elasticsearch.test.ESTestCase;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.ModelStats.ModelCount;
import org.semantichash.plugin.models.PreparedModels;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.server.ServerTests;

public class SemanticHashProcessorTests extends ESTestCase {

  private static PreparedModels models;
  private static TextHasher hasher;
  private static String digest;

  @BeforeClass
  public static void loadModels() {
    byte[] file = TestModel.file(64, 3);
    models = new PreparedModels(Runnable::run).put("news", file).put("broken", new byte[] {1});
    hasher = TestModel.hasher(file);
    digest = StampedCode.digestOfModel(EncoderModel.read(file).digest());
  }

  @AfterClass
  public static void closeModels() {
    models.close();
    hasher.close();
    models = null;
    hasher = null;
    digest = null;
  }

  private static Map<String, Object> config(Object... keysAndValues) {
    Map<String, Object> config =
        new HashMap<>(Map.of("model", "news", "field", "body", "target_field", "code"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return config;
  }

  private static Processor processor(Object... keysAndValues) throws Exception {
    return processor(models, keysAndValues);
  }

  /** Read as from a pipeline: what the factory does not take is refused. */
  private static Processor processor(PreparedModels models, Object... keysAndValues)
      throws Exception {
    return ServerTests.processor(
        Map.of(SemanticHashProcessor.TYPE, new SemanticHashProcessor.Factory(models::models)),
        SemanticHashProcessor.TYPE,
        config(keysAndValues));
  }

  private static IngestDocument document(Map<String, Object> source) {
    return TestIngestDocument.withDefaultVersion(new HashMap<>(source));
  }

  private static Map<String, Object> run(Processor processor, Map<String, Object> source) {
    PlainActionFuture<IngestDocument> future = new PlainActionFuture<>();
    processor.execute(
        document(source),
        (document, e) -> {
          if (e == null) {
            future.onResponse(document);
          } else {
            future.onFailure(e);
          }
        });
    assertTrue("a loaded model answers on the calling thread", future.isDone());
    return future.actionGet().getSource();
  }

  private static BinaryCode bits(String text) {
    return hasher.hash(text).code();
  }

  private static String code(String text) {
    return new StampedCode(bits(text), digest, null).toString();
  }

  public void testWritesHexAndKeepsTheRest() throws Exception {
    Map<String, Object> result =
        run(processor(), Map.of("body", "word01 WORD02, the word03", "other", 1));
    assertThat(
        result,
        equalTo(
            Map.of(
                "body",
                "word01 WORD02, the word03",
                "other",
                1,
                "code",
                code("word01 word02 word03"))));
  }

  public void testWithoutProvenanceTheCodeIsBare() throws Exception {
    assertThat(
        run(processor("provenance", false), Map.of("body", "word09")).get("code"),
        equalTo(bits("word09").toHex()));
  }

  private static String stamped(BinaryCode code, String model, String text) {
    return new StampedCode(code, model, StampedCode.digestOfText(text)).toString();
  }

  private static Object skipping(String text, Object stored) throws Exception {
    Map<String, Object> source = new HashMap<>(Map.of("body", text));
    source.put("code", stored);
    return run(processor("skip_unchanged", true), source).get("code");
  }

  /** The stored code is one that the text does not have, so a second hash would be seen. */
  public void testSkipUnchangedKeepsACodeOfThisModelAndText() throws Exception {
    String kept = stamped(bits("word01"), digest, "word09");
    long before = skipped();
    assertThat(skipping("word09", kept), equalTo(kept));
    assertThat(skipped(), equalTo(before + 1));
  }

  public void testSkipUnchangedHashesEverythingElse() throws Exception {
    String fresh = stamped(bits("word09"), digest, "word09");
    BinaryCode other = bits("word01");
    String textDigest = StampedCode.digestOfText("word09");
    List<Object> stored = new ArrayList<>();
    stored.add(null);
    stored.add(17);
    stored.add("no code");
    stored.add(other.toHex());
    stored.add(other + "@" + digest);
    stored.add(stamped(other, digest, "word08"));
    stored.add(stamped(other, "0123456789abcdef", "word09"));
    stored.add("abcd@" + digest + ":" + textDigest); // of another width
    stored.add("x@" + digest + ":" + textDigest);
    stored.add(List.of(stamped(other, digest, "word09")));
    long before = skipped();
    for (Object value : stored) {
      assertThat(String.valueOf(value), skipping("word09", value), equalTo(fresh));
    }
    assertThat(
        run(processor("skip_unchanged", true), Map.of("body", "word09")).get("code"),
        equalTo(fresh));
    assertThat(skipped(), equalTo(before));
  }

  /** What is hashed without the option is hashed every time. */
  public void testWithoutSkipUnchangedNothingIsKept() throws Exception {
    String stored = stamped(bits("word01"), digest, "word09");
    assertThat(
        run(processor(), Map.of("body", "word09", "code", stored)).get("code"),
        equalTo(code("word09")));
  }

  private static long skipped() {
    return models.models().stats().stream()
        .filter(stats -> stats.id().equals("news"))
        .mapToLong(stats -> stats.get(ModelCount.SKIPPED))
        .sum();
  }

  public void testSkipUnchangedNeedsProvenance() {
    ElasticsearchParseException e =
        expectThrows(
            ElasticsearchParseException.class,
            () -> processor("skip_unchanged", true, "provenance", false));
    assertThat(
        e.getMessage(),
        equalTo("[skip_unchanged] can be [true] only with [provenance] [true], got [false]"));
    assertThat(e.status().getStatus(), equalTo(400));
  }

  public void testOverwritesItsTarget() throws Exception {
    for (Object old : new Object[] {"old", List.of("a", "b"), 17}) {
      assertThat(
          run(processor(), Map.of("body", "word09", "code", old)).get("code"),
          equalTo(code("word09")));
    }
  }

  public void testFieldsMayLieDeep() throws Exception {
    Map<String, Object> result =
        run(
            processor("field", "a.b", "target_field", "c.d"),
            Map.of("a", new HashMap<>(Map.of("b", "word04"))));
    assertThat(result.get("c"), equalTo(Map.of("d", code("word04"))));
  }

  /** A second run would hash the code. */
  public void testTheTextMustNotBeOverwritten() {
    for (String target : List.of("body", "_source.body")) {
      ElasticsearchParseException e =
          expectThrows(ElasticsearchParseException.class, () -> processor("target_field", target));
      assertThat(
          e.getMessage(),
          equalTo(
              "[target_field] must be another field than [field], got [" + target + "] for both"));
    }
  }

  /** What is read, or the id, would be lost. */
  public void testATargetThatWouldLoseSomethingIsRefused() throws Exception {
    assertRefused(
        "[target_field] must not hold [field] [a.b.c], which would be lost, got [a.b]",
        "field",
        "a.b.c",
        "target_field",
        "a.b");
    assertRefused(
        "[target_field] must not hold [field] [_source.a.b], which would be lost, got [a]",
        "field",
        "_source.a.b",
        "target_field",
        "a");
    for (String metadata : List.of("_id", "_index", "_routing", "_version", "_source._id")) {
      assertRefused(
          "[target_field] must be a field of the document's source, got metadata ["
              + metadata
              + "]",
          "target_field",
          metadata);
    }
    for (String none : List.of("", " ", "_source.")) {
      assertRefused("[target_field] must name a field, got [" + none + "]", "target_field", none);
      assertRefused("[field] must name a field, got [" + none + "]", "field", none);
    }
    processor("field", "a.b", "target_field", "ab"); // a name that begins alike is another field
    processor("field", "body", "target_field", "_ids");
  }

  private void assertRefused(String message, Object... parameters) {
    Exception e = expectThrows(ElasticsearchParseException.class, () -> processor(parameters));
    assertThat(e.getMessage(), equalTo(message));
  }

  private static final List<String> EMPTY =
      List.of("", " \n", "the", "completely unknown", "\u0000");

  /** What was the code of the text before must not stay either. */
  public void testTextWithoutKnownTermGetsNoCode() throws Exception {
    for (String text : EMPTY) {
      for (Object[] config : new Object[][] {{}, {"empty", "skip"}, {"provenance", false}}) {
        assertThat(run(processor(config), Map.of("body", text)), equalTo(Map.of("body", text)));
        assertThat(
            run(processor(config), Map.of("body", text, "code", code("word01"))),
            equalTo(Map.of("body", text)));
      }
      Map<String, Object> deep = new HashMap<>(Map.of("d", code("word01"), "e", 1));
      assertThat(
          run(processor("target_field", "c.d"), Map.of("body", text, "c", deep)).get("c"),
          equalTo(Map.of("e", 1)));
    }
  }

  public void testTextWithoutKnownTermGetsTheEmptyCodeWhereThatIsAskedFor() throws Exception {
    for (String text : EMPTY) {
      assertThat(
          run(processor("empty", "hash"), Map.of("body", text)).get("code"), equalTo(code("")));
    }
    assertThat(code(""), not(equalTo(code("word01"))));
  }

  public void testTextWithoutKnownTermFailsTheDocumentWhereThatIsAskedFor() throws Exception {
    for (String text : EMPTY) {
      assertThat(
          failure(processor("empty", "fail"), Map.of("body", text)),
          equalTo(
              "the text must have at least [1] different terms that model [news] knows, got [0]"));
    }
    assertThat(
        run(processor("empty", "fail"), Map.of("body", "word01")).get("code"),
        equalTo(code("word01")));
  }

  public void testTextOfTooFewDifferentTermsIsOneWithoutTerms() throws Exception {
    Map<String, Object> few = Map.of("body", "word01 word02 unknown word01", "code", "old");
    Map<String, Object> enough = Map.of("body", "word01 word02 word03");
    assertFalse(run(processor("min_terms", 3), few).containsKey("code"));
    assertThat(
        run(processor("min_terms", 3), enough).get("code"), equalTo(code("word01 word02 word03")));
    assertThat(run(processor("min_terms", 3, "empty", "hash"), few).get("code"), equalTo(code("")));
    assertThat(failure(processor("min_terms", 3, "empty", "fail"), few), containsString("got [2]"));
  }

  private static Object unchanged(int minTerms, String empty, String text, Object stored)
      throws Exception {
    Processor processor = processor("skip_unchanged", true, "min_terms", minTerms, "empty", empty);
    Map<String, Object> source = new HashMap<>(Map.of("body", text));
    source.put("code", stored);
    return run(processor, source).get("code");
  }

  /** Whatever options a code was made with, it becomes what the options of now make. */
  public void testSkipUnchangedFollowsChangedOptions() throws Exception {
    for (String text : List.of("unknown", "word01", "word01 word02", "word01 word02 word03")) {
      Object stored = null;
      for (int i = 0; i < 200; i++) {
        int minTerms = between(1, 4);
        String empty = randomFrom("hash", "skip");
        Object fresh = unchanged(minTerms, empty, text, null);
        Object kept = unchanged(minTerms, empty, text, stored);
        assertThat(text + " " + minTerms + " " + empty + " " + stored, kept, equalTo(fresh));
        stored = kept;
      }
      Object code = unchanged(2, "hash", text, null);
      long before = skipped();
      assertThat(unchanged(2, "hash", text, code), equalTo(code));
      assertThat("what has not changed is kept", skipped(), equalTo(before + 1));
    }
  }

  /** A code for nothing that an earlier version wrote, of a text that has not changed. */
  public void testSkipUnchangedKeepsNoCodeThatSaysNothing() throws Exception {
    String stored = stamped(bits(""), digest, "unknown");
    assertThat(skipping("unknown", stored), nullValue());
    assertThat(
        run(
                processor("skip_unchanged", true, "empty", "hash"),
                Map.of("body", "unknown", "code", stored))
            .get("code"),
        equalTo(stored));
  }

  public void testWrongRulesForEmptyTexts() {
    assertThat(
        expectThrows(ElasticsearchParseException.class, () -> processor("empty", "drop"))
            .getMessage(),
        equalTo("[empty] must be one of [hash, skip, fail], got [drop]"));
    assertThat(
        expectThrows(ElasticsearchParseException.class, () -> processor("min_terms", 0))
            .getMessage(),
        equalTo("[min_terms] must be at least [1], got [0]"));
  }

  public void testLoneSurrogates() throws Exception {
    assertThat(
        run(processor(), Map.of("body", "\ud83d word01 \udc00 word02")).get("code"),
        equalTo(code("word01 word02")));
  }

  public void testTenMegabytes() throws Exception {
    String text = "word05 unknown ".repeat(700_000);
    assertThat(text.length(), equalTo(10_500_000));
    assertThat(run(processor(), Map.of("body", text)).get("code"), equalTo(code("word05")));
  }

  public void testMissingField() throws Exception {
    assertThat(
        failure(processor(), Map.of("other", "x")),
        equalTo("field [body] not present as part of path [body]"));
    assertThat(
        failure(processor("field", "a.b"), Map.of("a", Map.of())),
        equalTo("field [b] not present as part of path [a.b]"));
  }

  public void testNull() throws Exception {
    Map<String, Object> source = new HashMap<>();
    source.put("body", null);
    assertThat(failure(processor(), source), equalTo("field [body] is null, cannot hash it."));
  }

  public void testIgnoreMissingLeavesTheDocumentAsItIs() throws Exception {
    Processor lenient = processor("ignore_missing", true);
    assertThat(run(lenient, Map.of("code", "old")), equalTo(Map.of("code", "old")));
    Map<String, Object> source = new HashMap<>();
    source.put("body", null);
    assertThat(run(lenient, source), equalTo(source));
    assertThat(run(lenient, Map.of("body", "word01")).get("code"), equalTo(code("word01")));
  }

  public void testOnlyStrings() throws Exception {
    Object[] values = {17, 1.5, true, List.of("a"), Map.of("a", "b"), new byte[] {1}};
    for (Object value : values) {
      for (boolean ignoreMissing : new boolean[] {false, true}) {
        assertThat(
            failure(processor("ignore_missing", ignoreMissing), Map.of("body", value)),
            equalTo(
                "field [body] of type ["
                    + value.getClass().getName()
                    + "] cannot be cast to [java.lang.String]"));
      }
    }
  }

  public void testUnknownModelFailsTheDocument() throws Exception {
    ResourceNotFoundException e =
        expectThrows(
            ResourceNotFoundException.class,
            () -> run(processor("model", "nix"), Map.of("body", "word01")));
    assertThat(e.getMessage(), equalTo("model [nix] not found: test"));
  }

  public void testBrokenModelFailsTheDocument() throws Exception {
    assertThat(
        failure(processor("model", "broken"), Map.of("body", "word01")),
        containsString("model [broken] cannot be used: "));
  }

  private static String failure(Processor processor, Map<String, Object> source) {
    return expectThrows(IllegalArgumentException.class, () -> run(processor, source)).getMessage();
  }

  public void testWhatTheHandlerThrowsIsNotTheProcessorsFailure() throws Exception {
    Processor processor = processor();
    int[] calls = new int[1];
    try {
      processor.execute(
          document(Map.of("body", "word01")),
          (document, e) -> {
            calls[0]++;
            assertThat(e, nullValue());
            throw new IllegalStateException("from the handler");
          });
    } catch (IllegalStateException | AssertionError e) {
      assertThat(e.getMessage(), containsString("from the handler"));
    }
    assertThat(calls[0], equalTo(1));
  }

  /** Documents that come before the model wait without a thread, and each gets its own code. */
  public void testDocumentsWaitForTheModel() throws Exception {
    Queue<Runnable> queue = new ArrayDeque<>();
    try (PreparedModels cold = new PreparedModels(queue::add).put("news", TestModel.file(64, 3))) {
      Processor processor = processor(cold);
      Map<String, String> codes = new HashMap<>();
      for (int i = 0; i < 10; i++) {
        String text = TestModel.word(i);
        processor.execute(
            document(Map.of("body", text)),
            (document, e) -> codes.put(text, document.getFieldValue("code", String.class)));
      }
      assertThat(codes.size(), equalTo(0));
      assertThat(queue.size(), equalTo(1));
      queue.remove().run();
      assertThat("each goes on by itself, and a check", queue.size(), equalTo(11));
      while (queue.isEmpty() == false) {
        queue.remove().run();
      }
      assertThat(codes.size(), equalTo(10));
      codes.forEach((text, code) -> assertThat(code, equalTo(code(text))));
    }
  }

  public void testSameBitsForTheSameText() throws Exception {
    SplittableRandom random = new SplittableRandom(randomLong());
    Processor processor = processor();
    for (int i = 0; i < 200; i++) {
      String text = TestModel.text(random);
      assertThat(text, run(processor, Map.of("body", text)).get("code"), equalTo(code(text)));
    }
  }

  public void testRequiredParameters() {
    for (String name : new String[] {"model", "field", "target_field"}) {
      Map<String, Object> config = config();
      config.remove(name);
      ElasticsearchParseException e =
          expectThrows(
              ElasticsearchParseException.class,
              () -> new SemanticHashProcessor.Factory(models::models).create("tag", null, config));
      assertThat(e.getMessage(), equalTo("[" + name + "] required property is missing"));
      assertThat(e.status().getStatus(), equalTo(400));
    }
  }

  public void testUnknownParameter() {
    ElasticsearchParseException e =
        expectThrows(ElasticsearchParseException.class, () -> processor("fields", "x"));
    assertThat(
        e.getMessage(),
        equalTo(
            "processor [semantic_hash] doesn't support one or more provided configuration"
                + " parameters [fields]"));
  }

  public void testWrongTypes() {
    assertThat(
        expectThrows(ElasticsearchParseException.class, () -> processor("model", 17)).getMessage(),
        containsString("[model] property isn't a string"));
    assertThat(
        expectThrows(ElasticsearchParseException.class, () -> processor("ignore_missing", "maybe"))
            .getMessage(),
        containsString("[ignore_missing]"));
  }

  public void testModelMustBeAnId() {
    ElasticsearchParseException e =
        expectThrows(ElasticsearchParseException.class, () -> processor("model", "../news"));
    assertThat(e.getMessage(), containsString("got [../news]"));
    assertThat(e.status().getStatus(), equalTo(400));
  }

  public void testTagAndDescription() throws Exception {
    Processor processor = processor("tag", "t", "description", "d");
    assertThat(processor, instanceOf(SemanticHashProcessor.class));
    assertThat(processor.getTag(), equalTo("t"));
    assertThat(processor.getDescription(), equalTo("d"));
    assertThat(processor.getType(), equalTo("semantic_hash"));
    assertTrue(processor.isAsync());
  }

  private static Map<String, Object> passage(String text, int start, int end) {
    return Map.of("code", code(text.substring(start, end)), "start", start, "end", end);
  }

  public void testCutsALongTextIntoPassages() throws Exception {
    String text = "word01 word02, word03\nword04 (word05)";
    Map<String, Object> chunk = Map.of("size", 3, "overlap", 1);
    Map<String, Object> result =
        run(processor("chunk", new HashMap<>(chunk)), Map.of("body", text, "code", "old"));
    assertThat(
        result.get("code"),
        equalTo(List.of(passage(text, 0, 21), passage(text, 15, text.length() - 1))));
  }

  public void testPassagesWithoutKnownTermsGetNoCode() throws Exception {
    Map<String, Object> chunk = Map.of("size", 1, "overlap", 0);
    String text = "qqq word01 qqq";
    assertThat(
        run(processor("chunk", new HashMap<>(chunk)), Map.of("body", text)).get("code"),
        equalTo(List.of(passage(text, 4, 10))));
    Map<String, Object> none =
        run(processor("chunk", new HashMap<>(chunk)), Map.of("body", "qqq qqq", "code", "old"));
    assertFalse(none.containsKey("code"));
    Map<String, Object> all =
        run(processor("chunk", new HashMap<>(chunk), "empty", "hash"), Map.of("body", text));
    assertThat(((List<?>) all.get("code")).size(), equalTo(3));
    expectThrows(
        IllegalArgumentException.class,
        () -> run(processor("chunk", new HashMap<>(chunk), "empty", "fail"), Map.of("body", text)));
  }

  public void testRefusesChunksThatMakeNoSense() {
    assertChunk("[chunk.size] must be at least [1] word, got [0]", Map.of("size", 0));
    assertChunk(
        "[chunk.overlap] must be at least [0] and less than [chunk.size] [5], got [5]",
        Map.of("size", 5, "overlap", 5));
    assertChunk(
        "[chunk.overlap] must be at least [0] and less than [chunk.size] [200], got [-1]",
        Map.of("overlap", -1));
    assertChunk("[chunk.size] must be a whole number of words, got [3.5]", Map.of("size", 3.5));
    assertChunk(
        "[chunk] must have the keys [size] and [overlap] only, got [length]", Map.of("length", 3));
    Exception e =
        expectThrows(
            ElasticsearchParseException.class,
            () -> processor("chunk", new HashMap<>(), "skip_unchanged", true));
    assertThat(
        e.getMessage(), equalTo("[skip_unchanged] must be [false] with [chunk], got [true]"));
  }

  private static void assertChunk(String message, Map<String, Object> chunk) {
    Exception e =
        expectThrows(
            ElasticsearchParseException.class, () -> processor("chunk", new HashMap<>(chunk)));
    assertThat(e.getMessage(), equalTo(message));
  }
}
