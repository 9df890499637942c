// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticsearch.rest.RestStatus;

/** A search for new documents, with the groups of the old ones, against a search of all. */
public class NewDocumentsTests extends DuplicatesTestCase {

  private static final String NEW = "{'range':{'published':{'gte':18}}}"; // of 0 to 19
  private static final String OLD = "{'bool':{'must_not':" + NEW + "}}";
  private static final List<String> WORDS = List.of("the", "cat", "sat", "on", "a", "mat");

  private List<Coded> indexed(int bits) {
    List<Coded> all = new ArrayList<>();
    for (String index : List.of("news-1", "news-2")) {
      createIndex(index, between(1, 3), mapping(bits));
      for (Coded each : documents(index, 120, bits, 7)) { // the codes of both are the same
        String body = String.join(" ", randomList(1, 4, () -> randomFrom(WORDS)));
        long published = randomLongBetween(0, 19);
        all.add(new Coded(index, each.id(), each.code(), each.part(), published, body));
      }
    }
    index(all);
    client().admin().indices().prepareRefresh("news-*").get();
    return all;
  }

  private static Set<String> names(Map<String, Object> group) {
    return list(group.get("documents")).stream()
        .map(document -> document.get("_index") + "/" + document.get("_id"))
        .collect(Collectors.toSet());
  }

  private Set<Set<String>> groups(String body, String options) {
    return list(find("news-*", "{" + body + options + "}").get("groups")).stream()
        .map(NewDocumentsTests::names)
        .collect(Collectors.toSet());
  }

  /** The old groups that no document of the answer is in, and the groups of the answer. */
  private void assertJoined(String body) {
    Set<Set<String>> joined = new HashSet<>(groups(body, ",'new':" + NEW));
    Set<String> regrouped =
        groups(body, ",'min_group_size':1,'new':" + NEW).stream()
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    for (Set<String> old : groups(body, ",'query':" + OLD)) {
      if (old.stream().noneMatch(regrouped::contains)) {
        joined.add(old);
      } else {
        assertTrue("a whole group is regrouped", regrouped.containsAll(old));
      }
    }
    assertThat(body, joined, equalTo(groups(body, "")));
  }

  public void testOldGroupsWithTheAnswerAreThoseOfASearchOfAll() {
    int bits = randomFrom(20, 64, 128);
    indexed(bits);
    for (String linkage : List.of("complete", "single")) {
      for (int distance : new int[] {0, 3, 6}) {
        String body =
            "'field':'code','linkage':'"
                + linkage
                + "','max_group_size':"
                + randomFrom(4, 1000)
                + ",'max_distance':"
                + distance;
        assertJoined(body);
        double min = randomFrom(0.3, 0.6, 1.0);
        String minWords = randomFrom("", ",'min_words':0");
        assertJoined(body + ",'verify':{'field':'body','shingle':2,'min':" + min + minWords + "}");
      }
    }
  }

  @SuppressWarnings("unchecked") // as the API says
  public void testOnlyWhatNewDocumentsReachIsGroupedAndCounted() {
    List<Coded> documents = indexed(64);
    List<Coded> coded = documents.stream().filter(each -> each.code() != null).toList();
    Map<String, Object> answer =
        find("news-*", "{'field':'code','linkage':'single','max_distance':3,'new':" + NEW + "}");
    Set<Set<String>> expected = new HashSet<>();
    Set<String> regrouped = new HashSet<>();
    coded.stream().filter(each -> each.published() >= 18).forEach(d -> regrouped.add(name(d)));
    int count = regrouped.size();
    List<List<Coded>> components = new BruteForceDuplicates(coded, 3).components();
    for (List<Coded> component : components) {
      if (component.stream().anyMatch(each -> each.published() >= 18)) {
        Set<String> names = names(component);
        expected.add(names);
        regrouped.addAll(names);
      }
    }
    if (2 * regrouped.size() > coded.size()) { // where most are reached, all are grouped anew
      components.forEach(component -> expected.add(names(component)));
      regrouped.addAll(names(coded));
    }
    assertThat(
        list(answer.get("groups")).stream()
            .map(NewDocumentsTests::names)
            .collect(Collectors.toSet()),
        equalTo(expected));
    Map<String, Object> counts = (Map<String, Object>) answer.get("new");
    assertThat(counts.get("documents"), equalTo(count));
    assertThat(counts.get("regrouped"), equalTo(regrouped.size()));
    assertThat(answer.get("documents"), equalTo((long) documents.size()));
    assertThat(answer.get("without_code"), equalTo((long) documents.size() - coded.size()));
  }

  private static Set<String> names(List<Coded> documents) {
    return documents.stream().map(NewDocumentsTests::name).collect(Collectors.toSet());
  }

  private static String name(Coded document) {
    return document.index() + "/" + document.id();
  }

  /** The first run has only new documents; a run without any answers at once. */
  public void testAllOrNoneAreNew() {
    indexed(64);
    String body = "'field':'code','max_distance':3";
    String untagged = ",'new':{'bool':{'must_not':{'exists':{'field':'near_duplicates.group'}}}}";
    assertThat(groups(body, untagged), equalTo(groups(body, "")));
    assertThat(groups(body, ",'new':{'match_none':{}}"), equalTo(Set.of()));
    assertThat(
        groups(body, ",'verify':{'field':'body'},'new':{'match_none':{}}"), equalTo(Set.of()));
  }

  public void testWhatItRefuses() {
    indexed(64);
    assertFails(
        RestStatus.BAD_REQUEST,
        "[min_group_size] must be at least [2], got [1]",
        () -> find("news-1", "{'field':'code','min_group_size':1}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[min_group_size] must be at least [1], got [0]",
        () -> find("news-1", "{'field':'code','min_group_size':0,'new':" + NEW + "}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[max_candidates] is [1], but more pairs of texts are within [max_distance] [6]",
        () ->
            find(
                "news-*",
                "{'field':'code','max_distance':6,'new':"
                    + NEW
                    + ",'verify':{'field':'body','min_words':0,'max_candidates':1}}"));
  }
}
