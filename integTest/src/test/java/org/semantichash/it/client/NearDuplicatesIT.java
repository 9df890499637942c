// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.trainer.cli.SemanticHash;

/** The command near-duplicates against a node: planted groups, and what it makes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearDuplicatesIT {

  private static final int GROUPS = 150; // more than a page
  private static final String HOSTILE = "<script>alert(1)</script>";

  @TempDir private Path folder;

  private Cluster cluster;

  /** The ids of each group, the lowest first, by that one. */
  private final Map<String, List<String>> planted = new TreeMap<>();

  /** What a call left behind. */
  private record Run(int code, String out, String err) {}

  @BeforeAll
  void start() throws IOException {
    cluster = Cluster.start("near-duplicates-client", 1, Distribution.ofBuild().quickStart());
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void fill() throws IOException {
    if (planted.isEmpty() == false) {
      cluster.http().delete("/docs").ok();
      planted.clear();
    }
    Map<String, Object> fields =
        Map.of("code", Map.of("type", "hash_code", "bits", 64), "body", Map.of("type", "text"));
    Map<String, Object> settings =
        Map.of("index.number_of_shards", 3, "index.number_of_replicas", 0);
    Map<String, Object> mappings = Map.of("properties", fields);
    cluster.http().put("/docs", Map.of("settings", settings, "mappings", mappings)).ok();
    SplittableRandom random = new SplittableRandom(11);
    StringBuilder lines = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      long code = random.nextLong(); // far from all others, as 64 random bits are
      List<String> ids = new ArrayList<>();
      int size = random.nextInt(1, 6);
      for (int i = 0; i < size; i++) {
        String id = String.format(Locale.ROOT, "g%03d-%d", group, i);
        ids.add(id);
        add(lines, id, i == 0 ? code : code ^ (1L << random.nextInt(64)), i == 2);
      }
      if (size > 1) {
        planted.put(ids.getFirst(), ids);
      }
    }
    bulk(lines);
  }

  /** A document, some with a routing of their own. */
  private static void add(StringBuilder lines, String id, long code, boolean routed)
      throws IOException {
    Map<String, String> target = new TreeMap<>(Map.of("_id", id));
    if (routed) {
      target.put("routing", "elsewhere");
    }
    String hex = String.format(Locale.ROOT, "%016x", code);
    Map<String, String> source = Map.of("code", hex, "body", HOSTILE + " text of " + id);
    lines.append(Http.JSON.writeValueAsString(Map.of("index", target))).append('\n');
    lines.append(Http.JSON.writeValueAsString(source)).append('\n');
  }

  private void bulk(StringBuilder lines) throws IOException {
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    JsonNode answer = cluster.http().bulk("/docs/_bulk?refresh=true", body).ok().body();
    assertFalse(answer.path("errors").asBoolean(true), answer.toString());
  }

  private Run run(Object... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("near-duplicates", "--url", cluster.address(), "--index", "docs", "--field"));
    arguments.addAll(List.of("code", "--max-distance", "2"));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        SemanticHash.run(
            new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private Set<String> ids(String query) throws IOException {
    cluster.http().post("/docs/_refresh").ok();
    Set<String> ids = new TreeSet<>();
    JsonNode hits =
        cluster.http().get("/docs/_search?size=10000&q=" + query).ok().body().at("/hits/hits");
    hits.forEach(hit -> ids.add(hit.path("_id").asText()));
    return ids;
  }

  private Set<String> superfluous() {
    Set<String> ids = new TreeSet<>();
    planted.forEach((kept, all) -> ids.addAll(all.subList(1, all.size())));
    return ids;
  }

  private String counted(String done) {
    return done + ": " + superfluous().size() + " documents of " + planted.size() + " groups";
  }

  @Test
  void exportsThePlantedGroupsAndReportsThem() throws IOException {
    Path export = folder.resolve("groups.ndjson");
    Path report = folder.resolve("report.html");
    Run run = run("--export", export, "--report", report, "--text-field", "body");
    assertEquals(0, run.code(), run.err());
    Map<String, List<String>> found = new TreeMap<>();
    for (String line : Files.readAllLines(export)) {
      JsonNode group = Http.JSON.readTree(line);
      List<String> ids = new ArrayList<>();
      group.path("documents").forEach(document -> ids.add(document.path("_id").asText()));
      ids.sort(null);
      found.put(group.path("keep").asText(), ids);
    }
    assertEquals(planted, found);
    String page = Files.readString(report);
    assertFalse(page.contains("<script"));
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; text of <del>"), page);
    JsonNode jobs = cluster.http().get("/_semantic_hash/near_duplicates").ok().body();
    assertEquals(0, jobs.path("count").asInt(-1), "the job is deleted: " + jobs);
  }

  @Test
  void countsWithoutYesAndDeletesWithIt() throws IOException {
    Set<String> all = ids("*");
    Run counted = run("--apply", "delete");
    assertTrue(counted.out().contains(counted("would be deleted")), counted.out() + counted.err());
    assertEquals(all, ids("*"));
    Run deleted = run("--apply", "delete", "--yes");
    assertTrue(deleted.out().contains(counted("deleted")), deleted.out() + deleted.err());
    all.removeAll(superfluous());
    assertEquals(all, ids("*"));
    assertTrue(run().out().contains(" 0 groups "));
  }

  /** The groups of the tags, by the id of the kept document. */
  private Map<String, List<String>> tagged(String query) throws IOException {
    cluster.http().post("/docs/_refresh").ok();
    Map<String, List<String>> groups = new TreeMap<>();
    JsonNode hits =
        cluster.http().get("/docs/_search?size=10000&q=" + query).ok().body().at("/hits/hits");
    for (JsonNode hit : hits) {
      JsonNode tag = hit.at("/_source/near_duplicates");
      String id = hit.path("_id").asText();
      String group = tag.path("group").asText();
      assertEquals(id.equals(group), tag.path("kept").asBoolean(), hit.toString());
      groups.computeIfAbsent(group, kept -> new ArrayList<>()).add(id);
    }
    groups.forEach((kept, ids) -> ids.sort(null));
    for (JsonNode hit : hits) {
      JsonNode tag = hit.at("/_source/near_duplicates");
      int size = groups.get(tag.path("group").asText()).size();
      assertEquals(size, tag.path("group_size").asInt(), hit.toString());
    }
    return groups;
  }

  @Test
  void tagsNameTheGroupOfEveryMember() throws IOException {
    Run tagged = run("--apply", "tag", "--yes");
    int members = planted.values().stream().mapToInt(List::size).sum();
    assertTrue(
        tagged.out().contains("tagged: " + members + " documents of " + planted.size() + " groups"),
        tagged.out() + tagged.err());
    assertEquals(planted, tagged("_exists_:near_duplicates.group"));
    assertTrue(run().out().contains(" " + planted.size() + " groups "));
    List<String> first = planted.remove(planted.keySet().iterator().next());
    for (String id : first.subList(1, first.size())) {
      String routing = id.endsWith("-2") ? "?routing=elsewhere" : "";
      cluster.http().delete("/docs/_doc/" + id + routing).ok();
    }
    cluster.http().post("/docs/_refresh").ok();
    Run again = run("--apply", "tag", "--yes");
    assertTrue(again.out().contains("in no group: 0 documents tagged"), again.out());
    assertTrue(again.out().contains("1 untagged, 0 changed"), again.out());
    assertEquals(planted, tagged("_exists_:near_duplicates.group"));
  }

  /** The object of the tag may be one that has other fields. */
  @Test
  void whoLosesATagLosesNothingElse() throws IOException {
    String code = "00".repeat(8);
    Map<String, Object> title = Map.of("title", "a title");
    for (String id : List.of("twin-1", "twin-2")) {
      cluster.http().put("/docs/_doc/" + id, Map.of("code", code, "meta", title)).ok();
    }
    cluster.http().post("/docs/_refresh").ok();
    List<Object> tag = List.of("--apply", "tag", "--tag-field", "meta", "--yes");
    assertTrue(run(tag.toArray()).out().contains("tagged: "));
    assertEquals(Set.of("twin-1", "twin-2"), ids("meta.group:twin-1"));
    cluster.http().delete("/docs/_doc/twin-2?refresh").ok();
    assertTrue(run(tag.toArray()).out().contains("1 untagged, 0 changed"));
    assertEquals(Set.of(), ids("meta.group:twin-1"));
    JsonNode meta = cluster.http().get("/docs/_doc/twin-1").ok().body().at("/_source/meta");
    assertEquals("a title", meta.path("title").asText(), meta.toString());
  }

  @Test
  void everyDocumentHasAGroupToCollapseBy() throws IOException {
    Set<String> all = ids("*");
    Run tagged = run("--apply", "tag", "--tag-singletons", "--yes");
    assertEquals(0, tagged.code(), tagged.err());
    Map<String, List<String>> groups = tagged("*");
    Set<String> kept = new TreeSet<>(all);
    kept.removeAll(superfluous());
    assertEquals(kept, groups.keySet());
    groups.values().removeIf(ids -> ids.size() == 1);
    assertEquals(planted, groups);
    Map<String, Object> collapsed =
        Map.of("size", 10_000, "collapse", Map.of("field", "near_duplicates.group"));
    JsonNode hits = cluster.http().post("/docs/_search", collapsed).ok().body().at("/hits/hits");
    assertEquals(kept.size(), hits.size());
    assertEquals(kept, ids("near_duplicates.kept:true"));
    Run again = run("--apply", "tag", "--tag-singletons", "--yes");
    assertTrue(again.out().contains("in no group: 0 documents tagged"), again.out());
  }

  /** Copies of old documents, chains between old groups, and what is near to nothing. */
  private void addNew(String prefix, SplittableRandom random) throws IOException {
    JsonNode hits =
        cluster
            .http()
            .post("/docs/_search", Map.of("size", 10_000, "fields", List.of("code")))
            .ok()
            .body()
            .at("/hits/hits");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      JsonNode old = hits.path(random.nextInt(hits.size())).at("/fields/code/0");
      long code =
          i % 4 == 0
              ? random.nextLong()
              : Long.parseUnsignedLong(old.asText().substring(0, 16), 16);
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        code ^= 1L << random.nextInt(64);
      }
      add(lines, prefix + i, code, i % 7 == 2);
    }
    bulk(lines);
  }

  private Map<String, JsonNode> tags() throws IOException {
    cluster.http().post("/docs/_refresh").ok();
    Map<String, JsonNode> tags = new TreeMap<>();
    cluster
        .http()
        .get("/docs/_search?size=10000")
        .ok()
        .body()
        .at("/hits/hits")
        .forEach(hit -> tags.put(hit.path("_id").asText(), hit.at("/_source/near_duplicates")));
    return tags;
  }

  /** In each case old groups grow, get another kept document, or break. */
  @Test
  void newDocumentsAreTaggedAsASearchOfAllTagsThem() throws IOException {
    SplittableRandom random = new SplittableRandom(12);
    List<List<String>> cases =
        List.of(
            List.of(),
            List.of("--linkage", "single"),
            List.of("--min-group-size", "3"),
            List.of("--verify=body", "--shingle=1", "--min-words=4", "--min-similarity=0.75"));
    for (int each = 0; each < cases.size(); each++) {
      List<String> options = new ArrayList<>(cases.get(each));
      options.addAll(List.of("--apply", "tag", "--tag-singletons", "--yes"));
      Run first = run(options.toArray());
      assertEquals(0, first.code(), first.err());
      addNew("0" + each, random); // a lower id than all others
      addNew("h" + each, random);
      List<String> since = new ArrayList<>(options);
      since.addAll(List.of("--since", "tag"));
      Run joined = run(since.toArray());
      assertEquals(0, joined.code(), joined.err());
      assertTrue(joined.out().contains("80 documents are new; "), joined.out());
      Map<String, JsonNode> tags = tags();
      Run all = run(options.toArray());
      assertEquals(0, all.code(), all.err());
      assertEquals(tags(), tags, options.toString());
      Run nothing = run(since.toArray());
      assertTrue(nothing.out().contains("0 documents are new; 0, these"), nothing.out());
    }
    Run unsure = run("--since", "tag", "--apply", "tag");
    assertEquals(1, unsure.code());
    assertTrue(unsure.err().contains("[since] with --apply tag must come with --tag-singletons"));
  }

  /** Verified, however few words the texts have. */
  private Run verified(Object... more) {
    List<Object> options = new ArrayList<>(List.of("--verify=body", "--shingle=1"));
    options.add("--min-words=0");
    options.addAll(List.of(more));
    return run(options.toArray());
  }

  /** The texts of a group differ in the last of eight words. */
  @Test
  void textsDecideWhoIsInAGroup() throws IOException {
    Path export = folder.resolve("verified.ndjson");
    Run usual = run("--verify", "body");
    assertTrue(usual.out().contains(" 0 groups "), usual.out());
    String shortTexts =
        "; texts with fewer than 10 words: "
            + planted.values().stream().mapToInt(List::size).sum()
            + ", compared by equal words only: 0 are copies of another one; ";
    assertTrue(usual.out().contains(shortTexts), usual.out());
    Run similar = verified("--export", export);
    assertTrue(similar.out().contains(" " + planted.size() + " groups "), similar.out());
    for (String line : Files.readAllLines(export)) {
      JsonNode documents = Http.JSON.readTree(line).path("documents");
      assertEquals(1, documents.path(0).path("similarity").asDouble());
      double similarity = documents.path(1).path("similarity").asDouble();
      assertEquals(0.8, similarity, 0.1, "six of seven or eight words");
    }
    Run equal = verified("--min-similarity", "1");
    assertTrue(equal.out().contains(" 0 groups "), equal.out());
    Run stopped = verified("--max-candidates", "3");
    assertEquals(1, stopped.code());
    assertTrue(stopped.err().contains("[max_candidates] is [3], but more"), stopped.err());
  }

  @Test
  void theQueryDecidesWhichDocumentsCount() {
    String kept = planted.keySet().iterator().next();
    String query = "{\"ids\":{\"values\":[\"" + String.join("\",\"", planted.get(kept)) + "\"]}}";
    Run run = run("--query", query);
    assertTrue(
        run.out().contains(" 1 groups with " + planted.get(kept).size() + " documents"),
        run.out() + run.err());
  }

  @Test
  void theClustersReasonIsShown() {
    Run run = run("--index", "nix");
    assertEquals(2, run.code(), run.err());
    Run unknown = run("--query", "{\"nonsense\":{}}");
    assertEquals(1, unknown.code());
    assertTrue(unknown.err().contains("failed to parse field [query]"), unknown.err());
  }
}
