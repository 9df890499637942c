// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Retry;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import org.semantichash.trainer.indexing.IndexWalk.Progress;

class InPlaceHasherTest {

  private static final HashModel MODEL =
      new HashModel(new ModelName("m"), 32, FakeIndex.DIGEST, FakeIndex.code(""));
  private static final String STAMP = "@" + FakeIndex.DIGEST.substring(0, 16);
  private static final int DOCUMENTS = 200;

  private final FakeIndex index = new FakeIndex();
  private volatile boolean stop;

  private void fill() {
    for (int i = 0; i < DOCUMENTS; i++) {
      index.put("d" + i, "{\"body\":\"text " + i + "\"}");
    }
  }

  private InPlaceHasher hashing(HashPlan.Empty empty, int minTerms, boolean replaceBare) {
    HashPlan plan =
        new HashPlan(
            "news",
            new FieldPath("body"),
            new FieldPath("code"),
            false,
            empty,
            minTerms,
            replaceBare,
            3,
            7,
            0,
            4);
    return new InPlaceHasher(
        index, new Retry(50, 1, 1, () -> stop), plan, MODEL, Progress.NONE, () -> stop);
  }

  private InPlaceHasher run() {
    InPlaceHasher hashing = hashing(HashPlan.Empty.SKIP, 1, false);
    hashing.run();
    return hashing;
  }

  private void assertCodesAgree() {
    index.documents.forEach(
        (id, stored) ->
            assertEquals(
                FakeIndex.code(stored.source().path("body").asText()) + STAMP,
                stored.source().path("code").asText(),
                id));
  }

  @Test
  void writesOnceWhateverFails() {
    for (long seed = 0; seed < 20; seed++) {
      index.documents.clear();
      index.written.clear();
      fill();
      SplittableRandom random = new SplittableRandom(seed);
      index.before = request -> failSometimes(random);
      index.after = request -> failSometimes(random);
      index.refused = id -> random.nextInt(4) == 0 ? 429 : 0;
      InPlaceHasher hashing = run();
      assertEquals(List.of(), hashing.conflicts());
      assertEquals(0, hashing.tally().of(Outcome.FAILED));
      assertCodesAgree();
      assertEquals(DOCUMENTS, index.written.size());
      assertTrue(index.written.values().stream().allMatch(times -> times == 1));
    }
  }

  private static void failSometimes(SplittableRandom random) {
    if (random.nextInt(5) == 0) {
      throw new ClusterException(429, "not now");
    }
  }

  @Test
  void neverOverwritesAChangedDocument() {
    fill();
    AtomicInteger changes = new AtomicInteger();
    index.before =
        request -> {
          int n = changes.incrementAndGet();
          if (request.equals("BULK") && n % 2 == 0) {
            index.put("d" + n % DOCUMENTS, "{\"body\":\"changed " + n + "\"}");
          }
        };
    InPlaceHasher hashing = hashing(HashPlan.Empty.SKIP, 1, false);
    hashing.run();
    index.before = request -> {};
    run();
    assertTrue(
        index.documents.values().stream()
            .anyMatch(stored -> stored.source().path("body").asText().startsWith("changed")));
    assertCodesAgree();
  }

  @Test
  void takesTheCodeThatAnotherHasWritten() {
    fill();
    String other = FakeIndex.code("other") + STAMP;
    AtomicInteger bulks = new AtomicInteger();
    index.before =
        request -> {
          if (request.equals("BULK") && bulks.incrementAndGet() == 1) {
            for (int i = 0; i < DOCUMENTS; i++) {
              index.put("d" + i, "{\"body\":\"other\",\"code\":\"" + other + "\"}");
            }
          }
        };
    HashTally tally = run().tally();
    assertEquals(DOCUMENTS, tally.of(Outcome.DONE_BEFORE));
    assertEquals(DOCUMENTS, tally.of(Outcome.CONFLICT));
    assertEquals(0, tally.of(Outcome.WRITTEN));
    assertTrue(index.written.isEmpty());
  }

  @Test
  void listsWhatIsChangedEveryTime() {
    fill();
    index.before =
        request -> {
          if (request.equals("BULK")) {
            index.put("d7", "{\"body\":\"text 7\"}");
          }
        };
    InPlaceHasher hashing = run();
    assertEquals(List.of("d7"), hashing.conflicts());
    assertEquals(4, hashing.tally().of(Outcome.CONFLICT));
    assertEquals(DOCUMENTS - 1, hashing.tally().of(Outcome.WRITTEN));
  }

  @Test
  void countsRefusedDocumentsAndWritesTheOthers() {
    fill();
    index.refused = id -> id.endsWith("3") ? 400 : 0;
    HashTally tally = run().tally();
    assertEquals(DOCUMENTS / 10, tally.of(Outcome.FAILED));
    assertEquals(DOCUMENTS * 9 / 10, tally.of(Outcome.WRITTEN));
    assertEquals(5, tally.failures().size());
    assertTrue(tally.failures().get(0).contains("status [400]"), tally.failures().toString());
  }

  @Test
  void aLostPointInTimeIsMadeAnewAndNothingCountsTwice() {
    fill();
    for (int i = 0; i < 30; i++) {
      index.put("n" + i, "{\"body\":" + (i % 2 == 0 ? i : "\"\"") + "}");
    }
    AtomicInteger searches = new AtomicInteger();
    index.before =
        request -> {
          if (request.equals("POST _search") && searches.incrementAndGet() == 20) {
            throw new ClusterException(404, "no search context");
          }
        };
    HashTally tally = run().tally();
    assertEquals(DOCUMENTS, tally.of(Outcome.WRITTEN));
    assertEquals(15, tally.of(Outcome.WITHOUT_TEXT));
    assertEquals(15, tally.of(Outcome.WITHOUT_TERMS));
    assertTrue(index.written.values().stream().allMatch(times -> times == 1));
  }

  @Test
  void aStoppedRunIsTakenUpAndNothingIsHashedTwice() {
    fill();
    AtomicInteger bulks = new AtomicInteger();
    index.after =
        request -> {
          if (request.equals("BULK") && bulks.incrementAndGet() == 9) {
            stop = true;
          }
        };
    run();
    long written = index.written.size();
    assertTrue(written > 0 && written < DOCUMENTS, "stopped too late");
    index.after = request -> {};
    stop = false;
    assertEquals(DOCUMENTS - written, run().tally().of(Outcome.WRITTEN));
    assertCodesAgree();
    assertTrue(index.hashed.values().stream().allMatch(times -> times == 1));
  }

  @Test
  void aReplacedModelEndsTheWork() {
    fill();
    index.digest = "f".repeat(64);
    ClusterException e = assertThrows(ClusterException.class, this::run);
    assertTrue(e.getMessage().startsWith("model [m] was replaced"), e.getMessage());
    assertTrue(index.written.isEmpty());
  }

  @Test
  void textsWithoutKnownTermsAsAsked() {
    index.put("a", "{\"body\":\"? ?\"}");
    index.put("b", "{\"body\":\"\"}");
    assertEquals(2, run().tally().of(Outcome.WITHOUT_TERMS));
    assertTrue(index.written.isEmpty());
    InPlaceHasher failing = hashing(HashPlan.Empty.FAIL, 1, false);
    failing.run();
    assertEquals(2, failing.tally().of(Outcome.FAILED));
    List<String> reasons = failing.tally().failures(); // texts are hashed side by side
    String reason =
        "[a]: the text must have at least [1] different terms that model [m] knows, got [0]";
    assertTrue(reasons.contains(reason), reasons.toString());
    assertTrue(index.written.isEmpty());
    InPlaceHasher hashing = hashing(HashPlan.Empty.HASH, 1, false);
    hashing.run();
    assertEquals(2, hashing.tally().of(Outcome.HASHED_WITHOUT_TERMS));
    String empty = FakeIndex.code("") + STAMP;
    assertEquals(empty, index.documents.get("a").source().path("code").asText());
    assertEquals(empty, index.documents.get("b").source().path("code").asText());
  }

  @Test
  void textsOfTooFewTermsCountAsWithoutTerms() {
    index.put("a", "{\"body\":\"text\"}"); // of which the fake index knows one
    InPlaceHasher hashing = hashing(HashPlan.Empty.SKIP, 2, false);
    hashing.run();
    assertEquals(1, hashing.tally().of(Outcome.WITHOUT_TERMS));
    assertTrue(index.written.isEmpty());
    hashing = hashing(HashPlan.Empty.HASH, 2, false);
    hashing.run();
    assertEquals(
        FakeIndex.code("") + STAMP, index.documents.get("a").source().path("code").asText());
  }

  /** Else the code of what the text was before would stay. */
  @Test
  void aBareCodeOfATextWithoutTermsIsTakenAway() {
    index.put("a", "{\"body\":\"?\",\"code\":\"00000000\"}");
    InPlaceHasher hashing = hashing(HashPlan.Empty.SKIP, 1, true);
    hashing.run();
    assertTrue(index.documents.get("a").source().path("code").isNull());
    assertEquals(Map.of("a", 1), index.written);
    hashing(HashPlan.Empty.SKIP, 1, true).run();
    assertEquals(Map.of("a", 1), index.written);
  }

  @Test
  void refusesAFieldOfAnotherModelOrDigest() {
    for (String wrong : List.of("type=keyword", "bits=64", "model=x", "digest=" + "f".repeat(16))) {
      String[] pair = wrong.split("=", -1);
      index.mapping.removeAll();
      index
          .mapping
          .putObject("properties")
          .putObject("code")
          .put("type", "hash_code")
          .put("bits", 32)
          .put("model", "m")
          .put(pair[0], pair[1]);
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, this::run);
      assertTrue(
          e.getMessage().contains("has [" + pair[0] + "] [" + pair[1] + "], must be"),
          e.getMessage());
    }
  }
}
