// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertResponse;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;
import org.semantichash.plugin.server.ServerTests;

/** What is found, compared with brute force. */
public class NearDuplicatesTests extends DuplicatesTestCase {

  private static int bits(List<Coded> documents) {
    return documents.stream().filter(d -> d.code() != null).findFirst().get().code().bits();
  }

  /** Two indices with some shards and segments, some documents of which were deleted. */
  private List<Coded> indexed(int bits, int count) {
    List<Coded> all = new ArrayList<>(documents("news-1", count, bits, randomLong()));
    all.addAll(documents("news-2", count, bits, randomLong()));
    for (Coded document : documents("news-2", count / 4, bits, randomLong())) {
      // Equal to a document of the other index.
      Coded same = all.get(between(0, count - 1));
      all.add(
          new Coded("news-2", document.id() + "s", same.code(), 1, same.published(), same.body()));
    }
    createIndex("news-1", between(1, 3), mapping(bits));
    createIndex("news-2", between(1, 3), mapping(bits));
    index(all);
    List<Coded> left = new ArrayList<>();
    for (Coded document : all) {
      if (between(0, 9) == 0) {
        client().prepareDelete(document.index(), document.id()).get();
      } else {
        left.add(document);
      }
    }
    client().admin().indices().prepareRefresh("news-*").get();
    return left;
  }

  private static List<Coded> coded(List<Coded> documents) {
    return documents.stream().filter(document -> document.code() != null).toList();
  }

  private static Map<String, Coded> byName(List<Coded> documents) {
    return documents.stream()
        .collect(Collectors.toMap(d -> d.index() + "/" + d.id(), Function.identity()));
  }

  private static Coded document(Map<String, Coded> byName, Map<String, Object> shown) {
    return byName.get(shown.get("_index") + "/" + shown.get("_id"));
  }

  private static Map<Integer, Long> counts(Object list, String key, String value) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Map<String, Object> entry : list(list)) {
      counts.put(((Number) entry.get(key)).intValue(), ((Number) entry.get(value)).longValue());
    }
    return counts;
  }

  private static void assertCounts(
      Map<String, Object> answer, List<Coded> documents, BruteForceDuplicates expected) {
    assertThat(answer.get("state"), equalTo("completed"));
    assertThat(((Number) answer.get("documents")).intValue(), equalTo(documents.size()));
    int without = documents.size() - coded(documents).size();
    assertThat(((Number) answer.get("without_code")).intValue(), equalTo(without));
    assertThat(counts(answer.get("distances"), "distance", "pairs"), equalTo(expected.distances()));
    long pairs = expected.distances().values().stream().mapToLong(Long::longValue).sum();
    assertThat(((Number) answer.get("pairs")).longValue(), equalTo(pairs));
  }

  /** The kept document first, then by id; every distance is right. */
  private static List<Coded> assertGroup(
      Map<String, Object> group, Map<String, Coded> byName, Comparator<Coded> kept) {
    List<Coded> members = new ArrayList<>();
    List<Map<String, Object>> shown = list(group.get("documents"));
    Coded first = document(byName, shown.get(0));
    int diameter = 0;
    for (Map<String, Object> each : shown) {
      Coded member = document(byName, each);
      assertThat(each.get("distance"), equalTo(first.code().distance(member.code())));
      for (Coded other : members) {
        diameter = Math.max(diameter, other.code().distance(member.code()));
      }
      members.add(member);
    }
    assertThat(group.get("size"), equalTo(members.size()));
    assertThat(group.get("diameter"), equalTo(diameter));
    assertThat(group.get("keep"), equalTo(first.id()));
    assertThat(members.stream().min(kept).get(), equalTo(first));
    List<Coded> rest = new ArrayList<>(members.subList(1, members.size()));
    rest.sort(BruteForceDuplicates.byId());
    assertThat(members.subList(1, members.size()), equalTo(rest));
    return members;
  }

  public void testSingleLinkageFindsTheComponents() {
    int bits = randomFrom(20, 64, 100, 128, 4096);
    int max = randomFrom(0, 1, 3);
    List<Coded> documents = indexed(bits, 120);
    BruteForceDuplicates expected = new BruteForceDuplicates(coded(documents), max);
    Map<String, Object> answer =
        find(
            randomFrom("news-*", "news-1,news-2"),
            "{'field':'code','linkage':'single','max_distance':" + max + "}");
    assertCounts(answer, documents, expected);
    assertThat(answer.get("bits"), equalTo(bits(documents)));
    assertThat(answer.get("indices"), equalTo(List.of("news-1", "news-2")));
    List<List<Coded>> groups = new ArrayList<>();
    for (Map<String, Object> group : list(answer.get("groups"))) {
      groups.add(assertGroup(group, byName(documents), BruteForceDuplicates.byId()));
    }
    assertThat(groups, equalTo(expected.components()));
    assertThat(answer.get("total_groups"), equalTo(groups.size()));
    int grouped = groups.stream().mapToInt(List::size).sum();
    assertThat(answer.get("grouped_documents"), equalTo(grouped));
    Map<Integer, Long> sizes =
        groups.stream().collect(Collectors.groupingBy(List::size, Collectors.counting()));
    assertThat(counts(answer.get("group_sizes"), "size", "groups"), equalTo(sizes));
  }

  /** A document that is written again has another version, whatever has changed in it. */
  public void testTellsVersionsOnRequest() {
    List<Coded> documents = indexed(64, 120);
    for (Coded document : documents) {
      if (randomBoolean()) {
        client().prepareUpdate(document.index(), document.id()).setDoc("other", 1).get();
      }
    }
    client().admin().indices().prepareRefresh("news-*").get();
    Map<String, List<Long>> versions = new TreeMap<>();
    assertResponse(
        client().prepareSearch("news-*").setSize(10_000).seqNoAndPrimaryTerm(true),
        response ->
            response
                .getHits()
                .forEach(
                    hit ->
                        versions.put(
                            hit.getIndex() + "/" + hit.getId(),
                            List.of(hit.getSeqNo(), hit.getPrimaryTerm()))));
    boolean verified = randomBoolean();
    String body =
        "{'field':'code','max_distance':12" + (verified ? ",'verify':{'field':'body'}" : "");
    Map<String, Object> answer = find("news-*", body + ",'seq_no_primary_term':true}");
    int told = 0;
    for (Map<String, Object> group : list(answer.get("groups"))) {
      for (Map<String, Object> member : list(group.get("documents"))) {
        assertThat(
            List.of(number(member, "_seq_no"), number(member, "_primary_term")),
            equalTo(versions.get(member.get("_index") + "/" + member.get("_id"))));
        told++;
      }
    }
    assertThat(told, greaterThan(0));
    assertFalse(find("news-*", body + "}").toString().contains("_seq_no"));
  }

  private static long number(Map<String, Object> fields, String name) {
    return ((Number) fields.get(name)).longValue();
  }

  /** A page beyond the last, however far that is. */
  public void testThereIsNothingBehindTheLastGroup() {
    indexed(64, 60);
    DuplicatesRequest request =
        request("news-*", "{'field':'code'}", new Page(Integer.MAX_VALUE, 10_000), true);
    Map<String, Object> far = client().execute(FindDuplicates.TYPE, request).actionGet().fields();
    assertThat(far.get("state"), equalTo("completed"));
    assertThat(far.get("groups"), equalTo(List.of()));
    assertThat(
        get(request.id(), Integer.MAX_VALUE, 1).get("total_groups"),
        equalTo(far.get("total_groups")));
  }

  /** The one rule of all: by width, wider where texts decide. */
  public void testTheDefaultDistanceIsThatOfTheWidth() {
    int bits = randomFrom(20, 64, 128, 4096);
    List<Coded> documents = indexed(bits, 120);
    int usual = NearDuplicates.defaultMaxDistance(bits(documents), false);
    Map<String, Object> answer = find("news-*", "{'field':'code'}");
    assertThat(answer.get("max_distance"), equalTo(usual));
    assertCounts(answer, documents, new BruteForceDuplicates(coded(documents), usual));
    Map<String, Object> verified = find("news-*", "{'field':'code','verify':{'field':'body'}}");
    assertThat(
        verified.get("max_distance"),
        equalTo(NearDuplicates.defaultMaxDistance(bits(documents), true)));
  }

  public void testCompleteLinkageHasNoPairBeyondTheDistanceAndLeavesNoGroupsToMerge() {
    List<Coded> documents = indexed(64, 120);
    Map<String, Object> answer = find("news-*", "{'field':'code','max_distance':4}");
    assertCounts(answer, documents, new BruteForceDuplicates(coded(documents), 4));
    List<List<Coded>> groups = new ArrayList<>();
    Set<Coded> seen = new HashSet<>();
    for (Map<String, Object> group : list(answer.get("groups"))) {
      assertThat((Integer) group.get("diameter"), lessThanOrEqualTo(4));
      groups.add(assertGroup(group, byName(documents), BruteForceDuplicates.byId()));
      groups.getLast().forEach(member -> assertTrue(member.id(), seen.add(member)));
    }
    coded(documents).stream()
        .filter(d -> seen.contains(d) == false)
        .map(List::of)
        .forEach(groups::add);
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertTrue(groups.get(i) + " and " + groups.get(j), apart(groups.get(i), groups.get(j), 4));
      }
    }
  }

  private static boolean apart(List<Coded> one, List<Coded> other, int max) {
    return one.stream()
        .anyMatch(a -> other.stream().anyMatch(b -> a.code().distance(b.code()) > max));
  }

  public void testAQueryAndAFilteredAliasChooseTheDocuments() {
    List<Coded> documents = indexed(64, 100);
    ServerTests.prepareAliases(client())
        .addAlias("news-1", "some", "{\"term\":{\"part\":1}}")
        .get();
    String single = "{'field':'code','max_distance':3,'linkage':'single'";
    String query = ",'query':{'range':{'published':{'lt':10}}}}";
    for (boolean queried : new boolean[] {false, true}) {
      List<Coded> chosen =
          documents.stream()
              .filter(d -> d.index().equals("news-2") || d.part() == 1)
              .filter(d -> queried == false || d.published() < 10)
              .toList();
      Map<String, Object> answer = find("some,news-2", single + (queried ? query : "}"));
      BruteForceDuplicates expected = new BruteForceDuplicates(coded(chosen), 3);
      assertCounts(answer, chosen, expected);
      List<List<Coded>> groups =
          list(answer.get("groups")).stream()
              .map(g -> assertGroup(g, byName(chosen), BruteForceDuplicates.byId()))
              .toList();
      assertThat(groups, equalTo(expected.components()));
    }
  }

  public void testKeepsByRule() {
    List<Coded> documents = indexed(64, 100);
    Map<String, Comparator<Coded>> rules =
        Map.of(
            "'oldest','keep_field':'published'", Comparator.comparingLong(Coded::published),
            "'newest','keep_field':'published'", Comparator.comparingLong(d -> -d.published()),
            "'longest','keep_field':'body'", Comparator.comparingInt(d -> -d.body().length()),
            "'lowest_id'", BruteForceDuplicates.byId());
    rules.forEach(
        (rule, order) -> {
          Map<String, Object> answer =
              find("news-*", "{'field':'code','max_distance':3,'keep':" + rule + "}");
          Comparator<Coded> kept = order.thenComparing(BruteForceDuplicates.byId());
          for (Map<String, Object> group : list(answer.get("groups"))) {
            assertGroup(group, byName(documents), kept);
          }
        });
  }

  public void testAnIndexWithoutCodesHasNoGroups() {
    createIndex("news-1", 2, mapping(64));
    Map<String, Object> empty = find("news-1", ALL);
    assertThat(empty.get("groups"), equalTo(List.of()));
    assertThat(((Number) empty.get("documents")).intValue(), equalTo(0));
    index(List.of(new Coded("news-1", "a", null, 0, 0, "x")));
    assertThat(((Number) find("news-1", ALL).get("without_code")).intValue(), equalTo(1));
  }
}
