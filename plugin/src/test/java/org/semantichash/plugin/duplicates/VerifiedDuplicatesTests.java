// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.rest.RestStatus;

/** Verification by text, compared with the exact similarity of all pairs of documents. */
public class VerifiedDuplicatesTests extends DuplicatesTestCase {

  private static final String[] WORDS =
      "rates rose again as the bank met on Monday and growth slowed in May".split(" ", -1);

  /** The ways in which an index may keep a text. */
  private enum Keeping {
    SOURCE("{'type':'text'}", ""),
    KEYWORD("{'type':'keyword','ignore_above':10000}", ""),
    STORED("{'type':'text','store':true}", "'_source':{'enabled':false},"),
    SUBFIELD("{'type':'keyword','fields':{'words':{'type':'text'}}}", "");

    private final String field;
    private final String source;

    Keeping(String field, String source) {
      this.field = field;
      this.source = source;
    }

    String mapping(int bits) {
      return "{"
          + source
          + "'properties':{'code':{'type':'hash_code','bits':"
          + bits
          + "},'body':"
          + field
          + ",'n':{'type':'integer'}}}";
    }
  }

  /** A document; its body is null, a text, or a list of texts. */
  private record Worded(Coded coded, Object body) {

    Map<String, Object> source() {
      Map<String, Object> fields = new HashMap<>();
      if (coded.code() != null) {
        fields.put("code", coded.code().toHex());
      }
      if (body != null) {
        fields.put("body", body);
      }
      return fields;
    }

    List<String> words() {
      String text = body instanceof List<?> all ? String.join(" ", strings(all)) : (String) body;
      return text == null
          ? List.of()
          : Arrays.stream(text.toLowerCase(Locale.ROOT).split("[ ,.]+", -1))
              .filter(word -> word.isEmpty() == false)
              .toList();
    }

    private static List<String> strings(List<?> all) {
      return all.stream().map(String.class::cast).toList();
    }

    Set<List<String>> shingles(int length) {
      List<String> words = words();
      Set<List<String>> shingles = new HashSet<>();
      for (int i = 0; i == 0 || i + length <= words.size(); i++) {
        shingles.add(words.subList(i, Math.min(words.size(), i + length)));
      }
      return shingles;
    }

    double jaccard(Worded other, int length) {
      Set<List<String>> both = shingles(length);
      Set<List<String>> all = other.shingles(length);
      both.retainAll(all);
      all.addAll(shingles(length));
      return (double) both.size() / all.size();
    }

    String name() {
      return coded.index() + "/" + coded.id();
    }
  }

  private List<Worded> worded(String index, int count, int bits) {
    List<Worded> documents = new ArrayList<>();
    for (Coded coded : documents(index, count, bits, randomLong())) {
      Object body = text();
      if (documents.isEmpty() == false && between(0, 3) > 0) {
        Object copied = documents.get(between(0, documents.size() - 1)).body();
        body = copied instanceof String text ? edited(text) : body;
      } else if (between(0, 5) == 0) {
        body = randomFrom(Arrays.<Object>asList(null, "", " .,", List.of(text(), text())));
      }
      documents.add(new Worded(coded, body));
    }
    return documents;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int words = between(1, 12); words > 0; words--) {
      text.append(randomFrom(WORDS)).append(randomFrom(" ", ", ", ". "));
    }
    return text.toString();
  }

  private String edited(String text) {
    return switch (between(0, 3)) {
      case 0 -> text;
      case 1 -> text.toUpperCase(Locale.ROOT);
      case 2 -> text + randomFrom(WORDS);
      default -> randomFrom(WORDS) + " " + text;
    };
  }

  private void create(String index, Keeping keeping, int bits) {
    createIndex(index, between(1, 3), keeping.mapping(bits));
  }

  private void indexAll(List<Worded> documents) {
    for (int bulk = 0; bulk < 3; bulk++) {
      Map<String, Map<String, Map<String, Object>>> byIndex = new TreeMap<>();
      for (int i = bulk; i < documents.size(); i += 3) {
        Worded document = documents.get(i);
        byIndex
            .computeIfAbsent(document.coded().index(), index -> new TreeMap<>())
            .put(document.coded().id(), document.source());
      }
      byIndex.forEach((index, sources) -> assertFalse(bulk(index, null, sources).hasFailures()));
    }
  }

  /** What all pairs of documents with a code and a word give. */
  private static final class AllPairs {
    private final Map<Integer, Long> distances = new TreeMap<>();
    private final List<Set<String>> components = new ArrayList<>();
    private final Set<String> texts = new TreeSet<>(); // near to another
    private final Set<String> withoutText = new TreeSet<>();
    private long candidates;

    AllPairs(List<Worded> documents, int maxDistance, int shingle, double min, int minWords) {
      List<Worded> coded = documents.stream().filter(d -> d.coded().code() != null).toList();
      int[] group = new int[coded.size()];
      Arrays.setAll(group, i -> i);
      Set<Set<Object>> compared = new HashSet<>();
      for (int i = 0; i < group.length; i++) {
        for (int j = 0; j < i; j++) {
          Worded one = coded.get(i);
          Worded other = coded.get(j);
          int distance = one.coded().code().distance(other.coded().code());
          if (distance > maxDistance) {
            continue;
          }
          List.of(one, other)
              .forEach(d -> (d.words().isEmpty() ? withoutText : texts).add(d.name()));
          if (one.words().isEmpty() || other.words().isEmpty()) {
            continue;
          }
          boolean copies = distance == 0 && one.words().equals(other.words());
          if (copies == false && Math.min(one.words().size(), other.words().size()) < minWords) {
            continue;
          }
          if (copies == false
              && compared.add(
                  Set.of(
                      List.of(one.coded().code(), one.words()),
                      List.of(other.coded().code(), other.words())))) {
            candidates++;
          }
          if (copies || one.jaccard(other, shingle) >= min) {
            distances.merge(distance, 1L, Long::sum);
            int from = group[i];
            int to = group[j];
            Arrays.setAll(group, k -> group[k] == from ? to : group[k]);
          }
        }
      }
      Map<Integer, Set<String>> byGroup = new TreeMap<>();
      for (int i = 0; i < group.length; i++) {
        byGroup.computeIfAbsent(group[i], g -> new TreeSet<>()).add(coded.get(i).name());
      }
      byGroup.values().stream().filter(g -> g.size() > 1).forEach(components::add);
    }
  }

  private static Set<String> names(Map<String, Object> group) {
    Set<String> names = new TreeSet<>();
    list(group.get("documents")).forEach(d -> names.add(d.get("_index") + "/" + d.get("_id")));
    return names;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  @SuppressWarnings("unchecked") // as the API says
  private static Map<String, Object> verification(Map<String, Object> answer) {
    return (Map<String, Object>) answer.get("verification");
  }

  private void assertVerified(Keeping keeping, String field) {
    int bits = randomFrom(16, 64, 128);
    List<Worded> documents = new ArrayList<>(worded("news-1", 80, bits));
    documents.addAll(worded("news-2", 40, bits));
    create("news-1", keeping, bits);
    create("news-2", randomFrom(Keeping.SOURCE, keeping), bits);
    indexAll(documents);
    int distance = randomFrom(0, 3, 6);
    int shingle = between(1, 4);
    double min = randomFrom(0.2, 0.4, 0.9);
    Integer minWords = randomBoolean() ? null : randomFrom(0, 3);
    int usual = shingle == 4 ? 11 : 10;
    AllPairs expected =
        new AllPairs(documents, distance, shingle, min, minWords == null ? usual : minWords);
    Map<String, Object> answer =
        find(
            "news-*",
            "{'field':'code','linkage':'single','max_distance':"
                + distance
                + ",'verify':{'field':'"
                + field
                + "','shingle':"
                + shingle
                + ",'min':"
                + min
                + (minWords == null ? "" : ",'min_words':" + minWords)
                + "}}");
    List<Set<String>> groups =
        list(answer.get("groups")).stream().map(VerifiedDuplicatesTests::names).toList();
    assertThat(new HashSet<>(groups), equalTo(new HashSet<>(expected.components)));
    Map<String, Object> verification = verification(answer);
    assertThat(number(verification.get("candidates")), equalTo(expected.candidates));
    assertThat(number(verification.get("texts")), equalTo((long) expected.texts.size()));
    assertThat(
        number(verification.get("without_text")), equalTo((long) expected.withoutText.size()));
    Map<Integer, Long> distances = new TreeMap<>();
    list(answer.get("distances"))
        .forEach(
            each -> distances.put((int) number(each.get("distance")), number(each.get("pairs"))));
    assertThat(distances, equalTo(expected.distances));
    assertSimilarities(answer, documents, shingle);
  }

  private static void assertSimilarities(
      Map<String, Object> answer, List<Worded> documents, int shingle) {
    Map<String, Worded> byName = new HashMap<>();
    documents.forEach(document -> byName.put(document.name(), document));
    for (Map<String, Object> group : list(answer.get("groups"))) {
      Worded kept = null;
      double least = 1;
      for (Map<String, Object> shown : list(group.get("documents"))) {
        Worded member = byName.get(shown.get("_index") + "/" + shown.get("_id"));
        kept = kept == null ? member : kept;
        double similarity = kept.jaccard(member, shingle);
        assertThat((Double) shown.get("similarity"), closeTo(similarity, 1e-4));
        least = Math.min(least, similarity);
      }
      assertThat(kept.coded().id(), equalTo(group.get("keep")));
      assertThat((Double) group.get("min_similarity"), closeTo(least, 1e-4));
    }
  }

  public void testGroupsAreThoseOfAllPairsOfTexts() {
    assertVerified(Keeping.SOURCE, "body");
  }

  public void testTextsOfKeywords() {
    assertVerified(Keeping.KEYWORD, "body");
  }

  public void testTextsOfASubfield() {
    String field = "body.words";
    int bits = 64;
    List<Worded> documents = worded("news-1", 60, bits);
    create("news-1", Keeping.SUBFIELD, bits);
    indexAll(documents);
    Map<String, Object> answer =
        find(
            "news-1",
            "{'field':'code','max_distance':3,'linkage':'single','verify':{'field':'"
                + field
                + "','min':0.3,'min_words':5}}");
    AllPairs expected = new AllPairs(documents, 3, 3, 0.3, 5);
    assertThat(
        Set.copyOf(
            list(answer.get("groups")).stream().map(VerifiedDuplicatesTests::names).toList()),
        equalTo(Set.copyOf(expected.components)));
  }

  public void testStoredTextsWithoutSource() {
    assertVerified(Keeping.STORED, "body");
  }

  public void testCompleteLinkageHasOnlyVerifiedPairs() {
    List<Worded> documents = worded("news-1", 150, 64);
    create("news-1", Keeping.SOURCE, 64);
    indexAll(documents);
    Map<String, Worded> byName = new HashMap<>();
    documents.forEach(document -> byName.put(document.name(), document));
    Map<String, Object> answer =
        find(
            "news-1",
            "{'field':'code','max_distance':5,'verify':{'field':'body','shingle':2,'min':0.5,"
                + "'min_words':0}}");
    Map<String, Worded> alone = new HashMap<>(byName);
    for (Map<String, Object> group : list(answer.get("groups"))) {
      List<Worded> members = names(group).stream().map(alone::remove).toList();
      assertThat(members.size(), greaterThan(1));
      for (Worded one : members) {
        for (Worded other : members) {
          assertTrue(one.coded().code().distance(other.coded().code()) <= 5);
          assertTrue(one.jaccard(other, 2) >= 0.5);
        }
      }
    }
    // Two that are alike and in no group could have been one.
    assertThat(new AllPairs(List.copyOf(alone.values()), 5, 2, 0.5, 0).components, empty());
  }

  /** Each of them alone fills an answer of a shard. */
  public void testLargeTextsAreReadOneByOne() {
    String mapping = Keeping.SOURCE.mapping(64).replace("'text'", "'text','index':false");
    createIndex("large", 1, mapping);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 600_000; i++) {
      text.append(Integer.toString(i, 36)).append(' ');
    }
    for (int i = 0; i < 3; i++) {
      bulk(
          "large",
          null,
          Map.of("d" + i, Map.of("code", "00000000000000ff", "body", text + " end " + (i % 2))));
    }
    Map<String, Object> answer =
        find("large", "{'field':'code','max_distance':3,'verify':{'field':'body','min':0.99}}");
    assertThat(list(answer.get("groups")).size(), equalTo(1));
    assertThat(list(answer.get("groups")).getFirst().get("size"), equalTo(3));
    assertThat(number(verification(answer).get("copies")), equalTo(1L));
    assertThat(number(verification(answer).get("candidates")), equalTo(1L));
  }

  public void testShortTextsAreCopiesOfTheSameWordsOnlyOrLeftOut() {
    createIndex("news", 1, Keeping.SOURCE.mapping(16));
    Map<String, String> texts =
        Map.of("a", "To be, or not", "b", "to be or not!", "c", "to be or", "d", "to be or not to");
    texts.forEach(
        (id, text) -> bulk("news", null, Map.of(id, Map.of("code", "0f0f", "body", text))));
    String verify =
        "{'field':'code','max_distance':3,'verify':{'field':'body','shingle':1,'min':0.5";
    assertThat(
        list(find("news", verify + ",'min_words':0}}").get("groups")).getFirst().get("size"),
        equalTo(4));
    Map<String, Object> exact = find("news", verify + ",'min_words':5}}");
    assertThat(names(list(exact.get("groups")).getFirst()), equalTo(Set.of("news/a", "news/b")));
    assertThat(number(verification(exact).get("short_texts")), equalTo(3L));
    assertThat(number(verification(exact).get("short_copies")), equalTo(1L));
    assertThat(verification(exact).get("exact_groups"), equalTo(1));
    Map<String, Object> usual = find("news", verify + "}}");
    assertThat(usual.get("groups"), equalTo(exact.get("groups")));
    assertThat(number(verification(usual).get("short_texts")), equalTo(4L));
    assertThat(((Map<?, ?>) usual.get("verify")).get("min_words"), equalTo(10));
    Map<String, Object> longer = find("news", verify.replace("'shingle':1", "'shingle':5") + "}}");
    assertThat(((Map<?, ?>) longer.get("verify")).get("min_words"), equalTo(14));
    Map<String, Object> leftOut =
        find("news", verify + ",'min_words':5,'short_texts':'leave_out'}}");
    assertThat(list(leftOut.get("groups")), equalTo(List.of()));
    assertThat(number(verification(leftOut).get("short_texts")), equalTo(3L));
  }

  public void testTooManyCandidatesStopTheSearchWithAdvice() {
    createIndex("news", 2, Keeping.SOURCE.mapping(16));
    for (int i = 0; i < 20; i++) {
      bulk("news", null, Map.of("d" + i, Map.of("code", "0f0f", "body", "text number " + i)));
    }
    String search =
        "{'field':'code','max_distance':3,'verify':{'field':'body','min_words':0,"
            + "'max_candidates':";
    assertFails(
        RestStatus.BAD_REQUEST,
        "[max_candidates] is [189], but more pairs of texts are within [max_distance] [3]: lower"
            + " [max_distance], take fewer documents with [query], or raise [max_candidates]",
        () -> find("news", search + "189}}"));
    assertThat(
        number(verification(find("news", search + "190}}")).get("candidates")), equalTo(190L));
  }

  public void testAFieldWithoutTextsIsRefused() {
    createIndex("news-1", 1, Keeping.SOURCE.mapping(64));
    createIndex(
        "news-2", 1, "{'_source':{'enabled':false}," + Keeping.SOURCE.mapping(64).substring(1));
    createIndex("other", 1, "{'properties':{'code':{'type':'hash_code','bits':64}}}");
    bulk("news-1", null, Map.of("a", Map.of("code", "00000000000000ff", "body", "one two three")));
    bulk("other", null, Map.of("b", Map.of("code", "00000000000000ff")));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[verify.field] must be a field with text, but none of the indices [news-1] has a field"
            + " [text]",
        () -> find("news-1", "{'field':'code','verify':{'field':'text'}}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[verify.field] must be a field with text, but field [n] of index [news-1] is of type"
            + " [integer]",
        () -> find("news-1", "{'field':'code','verify':{'field':'n'}}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[verify.field] must be in the source or stored, but field [body] of index [news-2] has"
            + " no source and is not stored",
        () -> find("news-2", "{'field':'code','verify':{'field':'body'}}"));
    Map<String, Object> answer = find("news-1,other", "{'field':'code','verify':{'field':'body'}}");
    assertThat(answer.get("groups"), equalTo(List.of()));
    assertThat(number(verification(answer).get("without_text")), equalTo(1L));
  }
}
