// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.semantichash.trainer.duplicates.Groups.group;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;

class DuplicateCleanupTest {

  private final FakeIndex index = new FakeIndex();

  private DuplicateCleanup cleanup(DuplicateAction treatment, boolean includeCapped) {
    return new DuplicateCleanup(
        index, Groups.summary(16, new TreeMap<>()), treatment, includeCapped);
  }

  private GroupMember member(String id, int distance) {
    return index.member(id, distance);
  }

  private DuplicateCleanup.Outcome delete(DuplicateGroup... groups) {
    DuplicateCleanup cleanup = cleanup(DuplicateAction.DELETE, false);
    for (DuplicateGroup group : groups) {
      cleanup.add(group);
    }
    return cleanup.finish();
  }

  private static List<String> reasons(DuplicateCleanup.Outcome outcome) {
    return outcome.skipped().stream().map(DuplicateCleanup.SkippedDocument::reason).toList();
  }

  @Test
  void deletesAllButTheKeptDocument() {
    index.put("news", "a", "0000");
    index.put("news", "b", "0001");
    index.put("news", "c", "8001");
    DuplicateCleanup.Outcome outcome =
        delete(group(member("a", 0), member("b", 1), member("c", 2)));
    assertEquals(List.of("a"), index.ids());
    assertEquals(new DuplicateCleanup.Outcome(2, 1, 0, List.of()), outcome);
  }

  @Test
  void tagsAllWithTheirGroup() {
    FakeIndex.Stored a = index.put("news", "a", "0000");
    FakeIndex.Stored b = index.put("news", "b", "0001");
    DuplicateCleanup cleanup = cleanup(DuplicateAction.tag("same", false), false);
    cleanup.add(group(member("a", 0), member("b", 1)));
    assertEquals(2, cleanup.finish().documents());
    String tag = "{\"group\":\"a\",\"group_size\":2,\"kept\":";
    assertEquals(tag + "true}", a.source.get("same"));
    assertEquals(tag + "false}", b.source.get("same"));
    assertEquals(List.of("a", "b"), index.ids());
  }

  @Test
  void aChangedCodeIsSkippedWhoeverHasIt() {
    index.put("news", "a", "0000");
    index.put("news", "b", "00ff");
    index.put("news", "c", "0001");
    DuplicateCleanup.Outcome outcome =
        delete(group(member("a", 0), member("b", 1), member("c", 1)));
    assertEquals(List.of("a", "b"), index.ids());
    assertEquals(List.of("its code, or that of the kept document, has changed"), reasons(outcome));
    assertEquals("b", outcome.skipped().getFirst().document().id());
  }

  /** A text may change and its code stay, as when an update passes no pipeline. */
  @Test
  void whatHasChangedSinceTheSearchStaysWhateverItsCode() {
    index.put("news", "a", "0000");
    FakeIndex.Stored b = index.put("news", "b", "0001");
    index.put("news", "c", "0001");
    FakeIndex.Stored kept = index.put("news", "d", "00ff");
    index.put("news", "e", "00ff");
    DuplicateGroup changed = group(member("a", 0), member("b", 1), member("c", 1));
    DuplicateGroup withoutKept = group(member("d", 0), member("e", 0));
    index.change(b);
    index.change(kept);
    DuplicateCleanup.Outcome outcome = delete(changed, withoutKept);
    assertEquals(List.of("a", "b", "d", "e"), index.ids());
    assertEquals(
        List.of(
            "it has changed since the search",
            "the kept document [d] has changed since the search"),
        reasons(outcome));
    index.change(b);
    DuplicateCleanup tags = cleanup(DuplicateAction.tag("same", false), false);
    tags.add(changed);
    assertEquals(1, tags.finish().documents(), "the kept one only");
    assertEquals(Map.of(), b.source);
  }

  /** As in an index of the mode [columnar]. */
  @Test
  void nothingIsDeletedWithoutSequenceNumbers() {
    index.put("news", "a", "0000").sequenceNumber = -2;
    index.put("news", "b", "0000").sequenceNumber = -2;
    DuplicateCleanup.Outcome outcome = delete(group(member("a", 0), member("b", 0)));
    assertEquals(List.of("a", "b"), index.ids());
    assertEquals(
        List.of("its index keeps no sequence numbers, so nobody can tell whether it changed"),
        reasons(outcome));
  }

  @Test
  void nothingIsDeletedWithoutTheKeptDocument() {
    index.put("news", "b", "0001");
    index.put("news", "c", "0001");
    DuplicateCleanup.Outcome outcome =
        delete(group(member("a", 0), member("b", 1), member("c", 1)));
    assertEquals(List.of("b", "c"), index.ids());
    assertEquals(2, outcome.skipped().size());
    assertTrue(outcome.skipped().getFirst().reason().contains("[a] was deleted"));
    assertEquals(0, outcome.groups());
  }

  @Test
  void aDocumentWithoutACodeIsSkipped() {
    index.put("news", "a", "0000");
    index.put("news", "b", null);
    assertEquals(1, delete(group(member("a", 0), member("b", 0))).skipped().size());
    assertEquals(List.of("a", "b"), index.ids());
  }

  /** Both texts may have been emptied since the groups were found. */
  @Test
  void codesThatSayNothingAreSkippedWhoeverHasThem() {
    index.put("news", "a", "00f0");
    index.put("news", "b", "00f0@aaaaaaaaaaaaaaaa");
    index.put("news", "c", "00f1");
    index.put("news", "d", "00f2");
    var empty = new DuplicateSummary.WithoutTerms(false, 0, Set.of("00f0"), List.of());
    DuplicateCleanup cleanup =
        new DuplicateCleanup(
            index, Groups.summary(16, new TreeMap<>(), empty), DuplicateAction.DELETE, false);
    cleanup.add(group(member("a", 0), member("b", 0)));
    cleanup.add(group(member("c", 0), member("a", 1)));
    cleanup.add(group(member("a", 0), member("d", 1)));
    DuplicateCleanup.Outcome outcome = cleanup.finish();
    assertEquals(List.of("a", "b", "c", "d"), index.ids());
    assertEquals(
        Set.of("its code, or that of the kept document, is that of texts without known terms"),
        Set.copyOf(reasons(outcome)));
  }

  @Test
  void codesOfTwoModelsAreNotCompared() {
    index.put("news", "a", "0000@aaaaaaaaaaaaaaaa");
    index.put("news", "b", "0000@bbbbbbbbbbbbbbbb");
    index.put("news", "c", "0000@aaaaaaaaaaaaaaaa:cccccccccccccccc");
    delete(group(member("a", 0), member("b", 0), member("c", 0)));
    assertEquals(List.of("a", "b"), index.ids());
  }

  @Test
  void whatChangesBetweenReadingAndWritingIsSkipped() {
    index.put("news", "a", "0000");
    FakeIndex.Stored b = index.put("news", "b", "0001");
    FakeIndex.Stored c = index.put("news", "c", "0001");
    index.put("news", "d", "0001");
    index.beforeWriting =
        () -> {
          index.change(b);
          index.documents.remove(c);
        };
    DuplicateCleanup.Outcome outcome =
        delete(group(member("a", 0), member("b", 1), member("c", 1), member("d", 1)));
    assertEquals(List.of("a", "b"), index.ids());
    assertEquals(List.of("it has changed in the meantime", "it was deleted"), reasons(outcome));
    assertEquals(1, outcome.documents());
  }

  @Test
  void cappedGroupsAreLeftAloneUnlessIncluded() {
    index.put("news", "a", "0000");
    index.put("news", "b", "0001");
    DuplicateGroup capped = group(true, member("a", 0), member("b", 1));
    assertEquals(new DuplicateCleanup.Outcome(0, 0, 1, List.of()), delete(capped));
    assertEquals(List.of("a", "b"), index.ids());
    DuplicateCleanup included = cleanup(DuplicateAction.DELETE, true);
    included.add(capped);
    assertEquals(new DuplicateCleanup.Outcome(1, 1, 0, List.of()), included.finish());
    assertEquals(List.of("a"), index.ids());
  }

  @Test
  void theSameIdInAnotherIndexIsAnotherDocument() {
    index.put("news", "a", "0000");
    index.put("old", "a", "0000");
    delete(group(member("a", 0), index.member("old", "a", 0)));
    assertEquals(1, index.documents.size());
    assertEquals("news", index.documents.getFirst().index);
  }

  @Test
  void writesNameTheRouting() {
    index.put("news", "a", "0000");
    index.put("news", "b", "shelf", "0000");
    assertEquals(1, delete(group(member("a", 0), member("b", 0))).documents());
    assertTrue(index.bulkLines.getFirst().contains("\"routing\":\"shelf\""));
  }

  @Test
  void anIdThatTwoDocumentsHaveIsSkipped() {
    index.put("news", "a", "0000");
    index.put("news", "b", "one", "0000");
    index.put("news", "b", "two", "0000");
    String repeated = "is not the only one of its id: another has it with another routing";
    assertEquals(List.of("it " + repeated), reasons(delete(group(member("a", 0), member("b", 0)))));
    assertEquals(
        List.of("the kept document [b] " + repeated),
        reasons(delete(group(member("b", 0), member("a", 0)))));
    assertEquals(3, index.documents.size());
  }

  /** Whatever changes, no kept document goes, and none whose code is not where it was said. */
  @Test
  void manyGroupsWithChangesInBetween() {
    SplittableRandom random = new SplittableRandom(7);
    List<DuplicateGroup> groups = new ArrayList<>();
    Set<String> mustStay = new HashSet<>();
    long mustGo = 0;
    for (int g = 0; g < 700; g++) {
      String kept = "k" + g;
      index.put("news", kept, "0000");
      mustStay.add(kept);
      List<GroupMember> others = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        String id = "o" + g + "-" + i;
        boolean changed = random.nextInt(5) == 0;
        int code = changed ? 0xffff : 1 << random.nextInt(16);
        index.put("news", id, String.format(Locale.ROOT, "%04x", code));
        others.add(member(id, 1));
        if (changed) {
          mustStay.add(id);
        } else {
          mustGo++;
        }
      }
      groups.add(group(member(kept, 0), others.toArray(GroupMember[]::new)));
    }
    DuplicateCleanup.Outcome outcome = delete(groups.toArray(DuplicateGroup[]::new));
    assertEquals(mustStay, new HashSet<>(index.ids()));
    assertEquals(mustGo, outcome.documents());
    assertEquals(mustStay.size() - 700, outcome.skipped().size());
  }
}
