// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.duplicates.NearDuplicates;

class NearDuplicatesCommandTest {

  private static final String JOB =
      """
      {"id":"j","task":"n:1","state":"completed","took":1500,"indices":["news"],"field":"code",
       "bits":8,"max_distance":3,"documents":9,"without_code":1,"without_terms":3,
       "include_without_terms":false,"empty_codes":["ff"],"pairs":2,
       "distances":[{"distance":1,"pairs":2}],"total_groups":2,"grouped_documents":4,
       "capped_groups":1,"group_sizes":[{"size":2,"groups":2}],
       "groups":[{"size":2,"diameter":1,"capped":false,"keep":"a","documents":[
          {"_index":"news","_id":"a","_seq_no":1,"_primary_term":1,"distance":0},
         {"_index":"news","_id":"b","_seq_no":2,"_primary_term":1,"distance":1}]},
         {"size":2,"diameter":1,"capped":true,"keep":"c","documents":[
          {"_index":"news","_id":"c","_seq_no":3,"_primary_term":1,"distance":0},
          {"_index":"news","_id":"d","_seq_no":4,"_primary_term":1,"distance":1}]}]}
      """;

  private static final String HITS =
      """
      {"hits":{"hits":[
        {"_index":"news","_id":"a","_seq_no":1,"_primary_term":1,"sort":[1],"fields":{"code":["00"]},
         "_source":{"body":"one"}},
        {"_index":"news","_id":"b","_seq_no":2,"_primary_term":1,"sort":[1],"fields":{"code":["01"]},
         "_source":{"body":"two"}}]}}
      """;

  @TempDir private Path folder;

  private StubCluster cluster;
  private String job = JOB;
  private String mapping = "{\"news\":{\"mappings\":{}}}";

  @BeforeEach
  void serve() throws IOException {
    cluster = StubCluster.start(this::answer);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private StubCluster.Answer answer(String request, String body) {
    if (request.contains("/_security")) { // as of a cluster without it
      return new StubCluster.Answer(400, "");
    }
    if (request.endsWith("/_bulk")) {
      String written = "{\"update\":{\"status\":200},\"delete\":{\"status\":200}}";
      return StubCluster.Answer.ok("{\"items\":[" + written + "," + written + "]}");
    }
    if (request.endsWith("_search")) {
      return StubCluster.Answer.ok(body.contains("search_after") ? "{}" : HITS);
    }
    return StubCluster.Answer.ok(request.endsWith("_mapping") ? mapping : job);
  }

  private CommandRun run(Object... more) {
    List<Object> within = new ArrayList<>(List.of("--max-distance", 3));
    within.addAll(List.of(more));
    return runByDefault(within.toArray());
  }

  private CommandRun runByDefault(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("near-duplicates", "--url", cluster.url()));
    arguments.addAll(List.of("--index", "news", "--field", "code"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void theSearchIsWhatTheOptionsSay() {
    run("--keep", "newest", "--keep-field", "day", "--linkage", "single", "--max-group-size", 50);
    assertEquals(
        "{'field':'code','max_distance':3,'linkage':'single','min_group_size':2,"
            + "'max_group_size':50,'keep':'newest','keep_field':'day'}",
        cluster.body("POST /news/_semantic_hash/near_duplicates").replace('"', '\''));
  }

  /** So that there is one default, whoever asks. */
  @Test
  void theClusterChoosesTheDistance() {
    runByDefault("--verify", "body");
    assertEquals(
        "{'field':'code','linkage':'complete','min_group_size':2,'max_group_size':1000,"
            + "'keep':'lowest_id','verify':{'field':'body'}}",
        cluster.body("POST /news/_semantic_hash/near_duplicates").replace('"', '\''));
    CommandRun help = CommandRun.of("near-duplicates", "--help");
    String text = help.out().replaceAll("\\s+", " ");
    for (int bits : new int[] {64, 128}) {
      assertTrue(text.contains(NearDuplicates.defaultMaxDistance(bits, false) + " for "), text);
    }
    assertTrue(text.contains("with --verify 16 and 38"), text);
  }

  @Test
  void newDocumentsAreWhatTheOptionsSay() {
    String untagged = "{'bool':{'must_not':{'exists':{'field':'dup.group'}}}}";
    run("--since", "tag", "--tag-field", "dup");
    assertEquals(
        "{'field':'code','max_distance':3,'new':"
            + untagged
            + ",'linkage':'complete','min_group_size':2,'max_group_size':1000,'keep':'lowest_id'}",
        cluster.body("POST /news/_semantic_hash/near_duplicates").replace('"', '\''));
    run("--since", "{\"term\":{\"day\":3}}", "--apply", "tag", "--tag-singletons");
    assertTrue(
        cluster
            .body("POST /news/_semantic_hash/near_duplicates")
            .replace('"', '\'')
            .contains(",'new':{'term':{'day':3}},'linkage':'complete','min_group_size':1,"));
    CommandRun unsure = run("--since", "tag", "--apply", "tag");
    assertEquals(1, unsure.code());
    assertTrue(
        unsure.err().contains("[since] with --apply tag must come with --tag-singletons"),
        unsure.err());
  }

  @Test
  void verificationIsWhatTheOptionsSay() {
    run("--verify", "body");
    assertTrue(
        cluster
            .body("POST /news/_semantic_hash/near_duplicates")
            .replace('"', '\'')
            .endsWith(",'verify':{'field':'body'}}"));
    String all = "--similarity containment --min-similarity 0.9 --shingle 5 --min-words 8";
    run(
        (Object[])
            ("--verify body " + all + " --leave-out-short --max-candidates 77").split(" ", -1));
    assertTrue(
        cluster
            .body("POST /news/_semantic_hash/near_duplicates")
            .replace('"', '\'')
            .endsWith(
                ",'verify':{'field':'body','similarity':'containment','min':0.9,'shingle':5,"
                    + "'min_words':8,'short_texts':'leave_out','max_candidates':77}}"));
    CommandRun without = run("--shingle", 5);
    assertEquals(1, without.code());
    assertTrue(
        without.err().contains("[verify] must name a field for --similarity"), without.err());
  }

  @Test
  void whatWasVerifiedIsSaidShownAndExported() throws IOException {
    String verified =
        """
        "verify":{"field":"body","similarity":"jaccard","shingle":3,"min":0.4,"min_words":5},
        "verification":{"candidates":7,"verified":3,"texts":6,"without_text":2,"short_texts":3,
         "short_copies":1,"copies":4,"exact_groups":1,"took":900,"distances":[
           {"distance":1,"candidates":4,"verified":3},{"distance":3,"candidates":3,"verified":0}]},
        """;
    job =
        JOB.replace("\"pairs\":2,\n", "\"pairs\":2," + verified)
            .replace(
                "\"_seq_no\":1,\"_primary_term\":1,\"distance\":0",
                "\"_seq_no\":1,\"_primary_term\":1,\"distance\":0,\"similarity\":1")
            .replace(
                "\"_seq_no\":2,\"_primary_term\":1,\"distance\":1",
                "\"_seq_no\":2,\"_primary_term\":1,\"distance\":1,\"similarity\":0.4567");
    Path report = folder.resolve("report.html");
    Path export = folder.resolve("groups.ndjson");
    CommandRun run =
        run("--verify", "body", "--report", report, "--export", export, "--apply", "delete");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out()
            .contains(
                "verified by jaccard of 3-word shingles of [body] at least 0.4: 6 texts read, 7"
                    + " pairs of different texts compared, 3 similar; 4 copies word for word, 1"
                    + " groups of them only; 2 documents without text; texts with fewer than 5"
                    + " words: 3, compared by equal words only: 1 are copies of another one;"
                    + " 0.9 s"),
        run.out());
    assertTrue(run.out().contains("1 bits apart, similarity at least 0.45:"), run.out());
    assertTrue(run.out().contains("goes  news/b (distance 1, similarity 0.45)  two"), run.out());
    String page = Files.readString(report);
    assertTrue(page.contains("<del>one</del> <ins>two</ins>"), "the field of --verify is shown");
    assertTrue(page.contains("distance 1, similarity 0.45"), page);
    assertTrue(page.contains("<td>7, similar 3</td>"), page);
    assertTrue(page.contains("<td>3, compared by equal words only: 1 are copies"), page);
    assertTrue(page.contains("the radius is wide enough"), page);
    assertTrue(Files.readString(export).contains("\"similarity\":0.4567"));
  }

  @Test
  void reportsAndExports() throws IOException {
    Path report = folder.resolve("report.html");
    Path export = folder.resolve("groups.csv");
    CommandRun run = run("--report", report, "--text-field", "body", "--export", export);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out()
            .startsWith(
                "9 documents, 1 of them without a code, 3 left out without known terms; 2 pairs"));
    assertTrue(Files.readString(report).contains("<del>one</del> <ins>two</ins>"));
    assertEquals(5, Files.readAllLines(export).size());
    assertEquals("DELETE /news/_semantic_hash/near_duplicates/j", cluster.requests.getLast());
  }

  @Test
  void withoutYesNothingIsReadOrWritten() {
    CommandRun run = run("--apply", "delete");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("would be deleted: 1 documents of 1 groups; 1 groups that are cut off"),
        run.out());
    assertTrue(
        cluster.requests.stream().noneMatch(r -> r.endsWith("_bulk") || r.endsWith("_search")),
        cluster.requests.toString());
  }

  /** Since the search; the code, which is as it was, cannot tell. */
  @Test
  void aDocumentThatHasChangedStays() {
    job = JOB.replace("\"_seq_no\":2", "\"_seq_no\":1");
    CommandRun run = run("--apply", "delete", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("deleted: 0 documents of 0 groups;"), run.out());
    assertTrue(run.out().contains("  [news/b]: it has changed since the search"), run.out());
    assertTrue(cluster.requests.stream().noneMatch(r -> r.endsWith("_bulk")));
  }

  @Test
  void withYesDocumentsAreTagged() {
    CommandRun run = run("--apply", "tag", "--tag-field", "same_as", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("tagged: 2 documents of 1 groups;"), run.out());
    String search = cluster.body("POST /news/_semantic_hash/near_duplicates");
    assertTrue(search.endsWith(",\"seq_no_primary_term\":true}"), search);
    assertTrue(run.out().contains("in no group: 0 documents tagged"), run.out());
    assertEquals(
        """
        {"update":{"_index":"news","_id":"a","if_seq_no":1,"if_primary_term":1}}
        {"doc":{"same_as":{"group":"a","group_size":2,"kept":true}}}
        {"update":{"_index":"news","_id":"b","if_seq_no":2,"if_primary_term":1}}
        {"doc":{"same_as":{"group":"a","group_size":2,"kept":false}}}
        """,
        cluster.body("POST /_bulk"));
  }

  @Test
  void theCommandAddsTheFieldsOfTheTagToTheMapping() {
    assertEquals(0, run("--apply", "tag").code());
    assertFalse(cluster.requests.contains("PUT /news/_mapping"));
    assertEquals(0, run("--apply", "tag", "--yes").code());
    assertEquals(
        "{'properties':{'near_duplicates':{'properties':{'group':{'type':'keyword'},"
            + "'group_size':{'type':'integer'},'kept':{'type':'boolean'}}}}}",
        cluster.body("PUT /news/_mapping").replace('"', '\''));
    assertTrue(
        cluster.requests.indexOf("PUT /news/_mapping") < cluster.requests.indexOf("POST /_bulk"));
  }

  @Test
  void aTagFieldOfAnotherTypeIsRefusedBeforeTheSearch() {
    String fields =
        "{'group':{'type':'%s'},'group_size':{'type':'long'},'kept':{'type':'boolean'}}";
    for (String type : List.of("keyword", "text")) {
      cluster.requests.clear();
      mapping =
          ("{'news':{'mappings':{'properties':{'near_duplicates':{'properties':"
                  + fields.replace("%s", type)
                  + "}}}}}")
              .replace('\'', '"');
      CommandRun run = run("--apply", "tag", "--yes");
      assertFalse(cluster.requests.contains("PUT /news/_mapping"));
      assertEquals(type.equals("text") ? 1 : 0, run.code(), run.err());
      if (type.equals("text")) {
        assertTrue(
            run.err()
                .contains(
                    "[tag_field] must have type [keyword] for field [near_duplicates.group], but"
                        + " in index [news] that is of type [text]; name another object with"
                        + " --tag-field"),
            run.err());
        assertEquals(
            "GET /news/_mapping", cluster.requests.getLast(), "nothing is searched in vain");
      }
    }
    mapping =
        "{\"news\":{\"mappings\":{\"properties\":{\"near_duplicates\":{\"type\":\"keyword\"}}}}}";
    assertTrue(
        run("--apply", "tag").err().contains("must have type [object] for field"), "an old tag");
  }

  @Test
  void aDryRunShowsWhatStaysAndWhatGoes() {
    CommandRun run = run("--apply", "delete", "--text-field", "body", "--include-capped");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out()
            .contains(
                """
                group of 2 documents, at most 1 bits apart:
                  stays news/a  one
                  goes  news/b  two
                group of 2 documents, at most 1 bits apart:
                  stays news/c
                  goes  news/d
                would be deleted: 2 documents of 2 groups;\
                """),
        run.out());
    assertTrue(
        cluster.requests.stream().noneMatch(r -> r.endsWith("_bulk")), cluster.requests.toString());
    assertTrue(run("--apply", "delete").out().contains("--text-field FIELD shows their texts"));
  }

  @Test
  void aLargeGroupIsWarnedOf() {
    String warning = "warning: the largest group holds 2 of 9 documents, more than 1 %";
    assertTrue(run("--apply", "delete").err().contains(warning));
    assertEquals("", run().err());
    job = JOB.replace("\"documents\":9", "\"documents\":200");
    assertEquals("", run("--apply", "delete").err());
  }

  @Test
  void moreDeletionsThanNamedAreRefusedBeforeAnything() {
    CommandRun refused = run("--apply", "delete", "--yes", "--max-delete", "0");
    assertEquals(1, refused.code());
    assertTrue(
        refused
            .err()
            .contains(
                "[max-delete] must be at least [1], the documents that would be deleted, got [0];"
                    + " nothing was deleted"),
        refused.err());
    assertFalse(cluster.requests.contains("POST /_bulk"));
    assertEquals("DELETE /news/_semantic_hash/near_duplicates/j", cluster.requests.getLast());
    assertTrue(run("--apply", "delete", "--max-delete", "0").out().contains("--max-delete 1"));
    assertEquals(0, run("--apply", "delete", "--yes", "--max-delete", "1").code());
    assertTrue(cluster.requests.contains("POST /_bulk"));
    assertTrue(
        run("--apply", "tag", "--max-delete", "1").err().contains("come with --apply delete"));
  }

  /** As many as one must not delete by mistake. */
  @Test
  void tenThousandDeletionsAreNamed() {
    String version = "\"_seq_no\":1,\"_primary_term\":1,\"distance\":0}";
    StringBuilder members = new StringBuilder("{\"_index\":\"news\",\"_id\":\"a\"," + version);
    for (int i = 0; i < 10_001; i++) {
      members.append(",{\"_index\":\"news\",\"_id\":\"b" + i + "\"," + version);
    }
    job =
        JOB.substring(0, JOB.indexOf("\"total_groups\""))
            + "\"total_groups\":1,\"grouped_documents\":10002,\"group_sizes\":[],\"groups\":[{\"size\":"
            + "10002,\"keep\":\"a\",\"documents\":["
            + members
            + "]}]}";
    CommandRun refused = run("--apply", "delete", "--yes");
    assertTrue(refused.err().contains("[max-delete] must be at least [10001]"), refused.err());
    assertFalse(cluster.requests.contains("POST /_bulk"));
    assertTrue(run("--apply", "delete").out().contains("--max-delete 10001"));
  }

  @Test
  void nothingIsClearedAwayWhileTheCodeThatSaysNothingIsUnknown() {
    job =
        JOB.replace(
            "\"empty_codes\":[\"ff\"]",
            "\"empty_codes\":[],\"empty_code_unknown\":[{\"index\":\"news\",\"reason\":\"gone\"}]");
    for (String apply : List.of("delete", "tag")) {
      CommandRun refused = run("--apply", apply, "--yes");
      assertEquals(1, refused.code());
      assertTrue(refused.err().contains("is unknown [[news]: gone]"), refused.err());
      assertTrue(refused.err().contains("--include-without-terms"), refused.err());
    }
    assertFalse(cluster.requests.contains("POST /_bulk"));
    assertTrue(run("--apply", "delete").err().contains("warning: the code of texts"));
    job = JOB.replace("\"empty_codes\":[\"ff\"],", ""); // as an older plugin answers
    assertEquals(1, run("--apply", "delete", "--yes").code());
    assertFalse(cluster.requests.contains("POST /_bulk"));
  }

  @Test
  void theCodeThatSaysNothingIsIncludedByName() {
    job = JOB.replace("\"include_without_terms\":false", "\"include_without_terms\":true");
    assertEquals(0, run("--apply", "tag", "--yes", "--include-without-terms").code());
    assertTrue(
        cluster
            .body("POST /news/_semantic_hash/near_duplicates")
            .contains("\"include_without_terms\":true"));
    assertTrue(cluster.requests.contains("POST /_bulk"));
  }

  /** A misspelt field looks like an index without duplicates. */
  @Test
  void aFieldThatNoIndexHasIsAnError() {
    job =
        """
        {"id":"j","state":"completed","indices":[],"skipped_indices":["news"],"field":"code",
         "documents":0,"total_groups":0,"empty_codes":[]}
        """;
    CommandRun none = run("--apply", "delete", "--yes");
    assertEquals(1, none.code());
    assertEquals(
        "semantic-hash near-duplicates: [field] must name a field of type [hash_code], but no index"
            + " of [news] has a field [code]; without it are [news]",
        none.err().strip());
    assertEquals("", none.out());
    assertEquals("DELETE /news/_semantic_hash/near_duplicates/j", cluster.requests.getLast());
    job = JOB.replace("\"field\":", "\"skipped_indices\":[\"old\"],\"field\":");
    CommandRun some = run();
    assertEquals(0, some.code());
    assertEquals("warning: left out without a field [code]: [old]", some.err().strip());
  }

  @Test
  void theQueryIsJsonOrAFileWithIt() throws IOException {
    Path file = Files.writeString(folder.resolve("query.json"), "{\"match_all\":{}}");
    for (Object query : new Object[] {file, "{\"match_all\":{}}"}) {
      assertEquals(0, run("--query", query).code());
      String asked = cluster.body("POST /news/_semantic_hash/near_duplicates");
      assertTrue(asked.contains("\"query\":{\"match_all\":{}}"), asked);
    }
  }

  @Test
  void wrongArgumentsAskNothingOfTheCluster() {
    assertTrue(run("--query", "{\"a\"").err().contains("[query] must be JSON"));
    assertTrue(run("--query", "[1]").err().contains("[query] must be a JSON object"));
    assertTrue(run("--keep", "newest").err().contains("[keep-field] must be given"));
    assertTrue(run("--keep-field", "day").err().contains("[keep-field] must be given"));
    assertTrue(run("--export", "groups.txt").err().contains("[export] must end in"));
    assertTrue(run("--yes").err().contains("[yes] must come with --apply"));
    assertTrue(run("--report", folder).err().contains("must be a file, got a folder"));
    assertEquals(List.of(), cluster.requests);
  }
}
