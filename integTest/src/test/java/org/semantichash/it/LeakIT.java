// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Nobody sees through the plugin what Elasticsearch would not show them. Every request is sent by
 * four users, on every path of a search, when the caches are warm from a user who may see all. What
 * a user with document- or field-level security is told must be what an index tells that never had
 * what is hidden from them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakIT {

  private static final String ALL = "all";
  private static final String SOME = "some_documents";
  private static final String BARE = "hidden_field";
  private static final String MONITOR = "monitor";

  /** Whose answers must be as those of which indices, all of which the user [all] may read. */
  private static final Map<String, String> TWINS =
      new TreeMap<>(Map.of(ALL, "leak", SOME, "only", BARE, "bare"));

  private static final Map<String, String> ROLES =
      Map.of(
          ALL,
          """
          {"indices": [{"names": ["leak-*", "only-*", "bare-*"], "privileges": ["read"]}]}""",
          SOME,
          """
          {"indices": [{"names": ["leak-*"], "privileges": ["read"],
            "query": "{\\"term\\": {\\"part\\": 1}}"}]}"""
              .replace("\n", ""),
          BARE,
          """
          {"indices": [{"names": ["leak-*"], "privileges": ["read"],
            "field_security": {"grant": ["*"], "except": ["code"]}}]}"""
              .replace("\n", ""),
          MONITOR,
          """
          {"cluster": ["monitor"]}""",
          "create_doc",
          """
          {"indices": [{"names": ["new-*"], "privileges": ["create_doc"]}]}""",
          "write",
          """
          {"indices": [{"names": ["new-*"], "privileges": ["write"]}]}""");

  /** How the codes of an index are read: its mapping and its settings. */
  private static final Map<String, String[]> PATHS =
      new TreeMap<>(
          Map.of(
              "scan", new String[] {"", "lazy"},
              "chunks", new String[] {",\"multi_index_hashing\":true", "lazy"},
              "doc_values", new String[] {"", "off"}));

  private static final int DOCUMENTS = 400;
  private static final int OFTEN = 20; // until a filter is cached
  private static final long SEED = 20_261_126;
  private static final String CODE = "00000000ffffffff";
  private static final String SECRET = "secret-";

  /** Searches by name; each has a query, and is sent to every index. */
  private static final Map<String, String> SEARCHES = new LinkedHashMap<>();

  static {
    String hamming = "{'hamming':{'field':'code','code':'" + CODE + "'%s}}";
    String near = String.format(Locale.ROOT, hamming, ",'max_distance':6");
    String groups = "'aggs':{'groups':{'near_duplicates':{'field':'code','max_distance':4}}}";
    String shown = ",'fields':['code'],'docvalue_fields':['code']}";
    SEARCHES.put("code", "{'size':50,'query':" + hamming.replace("%s", "") + shown);
    SEARCHES.put("radius", "{'size':50,'query':" + near + shown);
    SEARCHES.put("k", "{'query':" + hamming.replace("%s", ",'k':5") + "}");
    SEARCHES.put(
        "look-up",
        "{'query':{'bool':{'filter':{'term':{'rare':1}},'must':"
            + hamming.replace("%s", "")
            + "}}}");
    SEARCHES.put(
        "cached",
        "{'size':0,'query':{'bool':{'filter':"
            + near
            + "}},'aggs':{'parts':{'terms':{'field':'part'}}}}");
    for (String id : List.of(SECRET + 0, "visible-1")) {
      String like = "'like':{'_index':'INDEX','_id':'" + id + "'}";
      SEARCHES.put("like " + id, "{'query':{'hamming':{'field':'code'," + like + "}}}");
    }
    SEARCHES.put(
        "text", "{'query':{'hamming':{'field':'code','text':'w1 w2 w3','model':'random'}}}");
    SEARCHES.put("groups", "{'size':0," + groups + "}");
    SEARCHES.put("groups of a query", "{'size':0,'query':" + near + "," + groups + "}");
    SEARCHES.put("codes", "{'size':0,'aggs':{'codes':{'terms':{'field':'code','size':1000}}}}");
    SEARCHES.put("exists", "{'size':0,'query':{'exists':{'field':'code'}}}");
  }

  /** How often each user asked on each path, and how often too much was told. */
  private final Map<String, int[]> counts = new TreeMap<>();

  private final List<String> wrong = new ArrayList<>();
  private Cluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster = Cluster.startSecured("leaks", Distribution.ofBuild().quickStart(), ROLES);
    Files.writeString(
        cluster.home(0).resolve("config/elasticsearch.yml"),
        "\nindices.queries.cache.all_segments: true\n",
        StandardOpenOption.APPEND);
    cluster.restart();
    cluster.http().post("/_license/start_trial?acknowledge=true").ok();
    List<String> words = IntStream.range(0, 100).mapToObj(i -> "w" + i).toList();
    byte[] model = RandomModel.of(words, 8, 64).file();
    cluster.http().putBytes("/_semantic_hash/models/random", model).ok();
    for (String twin : TWINS.values()) {
      for (String path : PATHS.keySet()) {
        create(twin, path);
      }
    }
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private void create(String twin, String path) throws IOException {
    String index = "/" + twin + "-" + path;
    String code = ",'code':{'type':'hash_code','bits':64" + PATHS.get(path)[0] + "}";
    String body =
        "{'settings':{'index.number_of_replicas':0"
            + ",'index.semantic_hash.columns':'"
            + PATHS.get(path)[1]
            + "'},'mappings':{'properties':{'part':{'type':'integer'},'rare':{'type':'integer'}"
            + code
            + "}}}";
    cluster.http().put(index, body.replace('\'', '"')).ok();
    byte[] lines = documents(twin).getBytes(StandardCharsets.UTF_8);
    JsonNode answer = cluster.http().bulk(index + "/_bulk?refresh=true", lines).ok().body();
    assertFalse(answer.path("errors").asBoolean(true), answer.toString());
  }

  /** The secret ones are the nearest, and near to some visible ones. */
  private static String documents(String twin) {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      boolean secret = i % 2 == 0;
      long code = Long.parseUnsignedLong(CODE, 16);
      for (int flips = secret ? random.nextInt(4) : random.nextInt(3, 12); flips > 0; flips--) {
        code ^= 1L << random.nextInt(64);
      }
      if (secret && twin.equals("only")) {
        continue;
      }
      String hex = String.format(Locale.ROOT, ",'code':'%016x'", code);
      lines.append("{'index':{'_id':'").append(secret ? SECRET : "visible-").append(i);
      lines.append("'}}\n{'part':").append(secret ? 0 : 1);
      lines.append(",'rare':").append(i % 40 < 2 ? 1 : 0);
      lines.append(twin.equals("bare") ? "" : hex).append("}\n");
    }
    return lines.toString().replace('\'', '"');
  }

  /** What an answer tells of documents, whatever the indices are called. */
  private static String told(Reply reply, String twin) {
    if (reply.status() >= 300) {
      return Integer.toString(reply.status());
    }
    ObjectNode told = Http.JSON.createObjectNode();
    for (String field :
        List.of(
            "count",
            "aggregations",
            "documents",
            "without_code",
            "pairs",
            "distances",
            "groups",
            "total_groups",
            "grouped_documents",
            "skipped_indices",
            "indices")) {
      if (reply.body().has(field)) {
        told.set(field, reply.body().get(field));
      }
    }
    told.set("failed", reply.body().path("_shards").path("failed"));
    told.set("total", reply.body().path("hits").path("total"));
    told.set("hits", reply.body().path("hits").path("hits"));
    return told.toString().replace(twin + "-", "leak-");
  }

  private Reply ask(Http http, String name, String twin, String path) throws IOException {
    String index = twin + "-" + path;
    String body = SEARCHES.getOrDefault(name, "").replace('\'', '"').replace("INDEX", index);
    return switch (name) {
      case "job" -> http.post("/" + index + "/_semantic_hash/near_duplicates", job());
      case "page of a job" -> page(http, "/" + index + "/_semantic_hash/near_duplicates");
      case "count" -> http.post("/" + index + "/_count", count());
      default -> http.post("/" + index + "/_search", body);
    };
  }

  private static Map<String, Object> count() {
    Map<String, Object> code = Map.of("field", "code", "code", CODE, "max_distance", 6);
    return Map.of("query", Map.of("hamming", code));
  }

  private static Map<String, Object> job() {
    return Map.of("field", "code", "max_distance", 4);
  }

  /** Page by page of what is stored, and deleted then. */
  private static Reply page(Http http, String results) throws IOException {
    Reply begun = http.post(results + "?size=0", job());
    JsonNode id = begun.body().path("id");
    if (id.isMissingNode()) {
      return begun; // there are no groups, or it is refused
    }
    String result = results + "/" + id.asText();
    Reply page = http.get(result + "?size=1000");
    http.delete(result).ok();
    return page;
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(SEARCHES.keySet());
    names.addAll(List.of("count", "job", "page of a job"));
    return names;
  }

  private void count(String user, String path, String failure) {
    int[] count = counts.computeIfAbsent(user + " by " + path, key -> new int[2]);
    count[0]++;
    if (failure != null) {
      count[1]++;
      wrong.add(user + " by " + path + ": " + failure);
    }
  }

  @Test
  void aSearchTellsWhatTheUserMaySee() throws IOException {
    try (Http all = cluster.as(ALL);
        Http some = cluster.as(SOME);
        Http bare = cluster.as(BARE);
        Http monitor = cluster.as(MONITOR)) {
      Map<String, Http> users = new TreeMap<>(Map.of(ALL, all, SOME, some, BARE, bare));
      for (String path : PATHS.keySet()) {
        for (int i = 0; i < OFTEN; i++) {
          ask(all, "cached", "leak", path).ok();
        }
        for (String name : names()) {
          for (int round = 0; round < 2; round++) { // whoever may see all asks first, and again
            users.forEach((user, http) -> compare(user, http, all, name, path));
            Reply refused = ask(monitor, name, "leak", path);
            boolean told = refused.status() != 403 || refused.body().toString().contains(SECRET);
            count(MONITOR, path, told ? name + " " + refused.body() : null);
          }
        }
      }
    }
    report();
  }

  private void compare(String user, Http http, Http all, String name, String path) {
    try {
      String twin = TWINS.get(user);
      Reply reply = ask(http, name, "leak", path);
      String told = told(reply, "leak");
      String expected = told(ask(all, name, twin, path), twin);
      boolean hidden = user.equals(ALL) == false;
      boolean leaks = user.equals(SOME) && reply.status() < 300 && told.contains(SECRET);
      count(
          user,
          path,
          leaks || told.equals(expected) == false
              ? name + " tells " + told + " but must tell " + expected
              : null);
      if (hidden == false && name.equals("k")) {
        assertTrue(told.contains(SECRET), "what must not be seen is there: " + told);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report() {
    counts.forEach(
        (who, count) ->
            SafetyRow.write(
                "requests that leak", count[0], count[1], Map.of("user_and_path", who)));
    System.out.println("LeakIT: seed [" + SEED + "]");
    assertEquals(List.of(), wrong);
  }

  private static Reply send(Http http, String request) throws IOException {
    String path = request.substring(request.indexOf(' ') + 1);
    return switch (request.substring(0, request.indexOf(' '))) {
      case "GET" -> http.get(path);
      case "POST" -> http.post(path);
      case "PUT" -> http.put(path, Map.of("model", "random"));
      default -> http.delete(path);
    };
  }

  /** Requests about models and searches say nothing to readers, and no document to who monitors. */
  @Test
  void aRequestToTheClusterNeedsItsPrivilege() throws IOException {
    String models = "/_semantic_hash/models";
    List<String> watching =
        List.of(
            "GET " + models,
            "GET " + models + "/random",
            "GET " + models + "/random?old_codes=true",
            "GET " + models + "/random/_stats",
            "GET /_semantic_hash/stats",
            "GET /_semantic_hash/aliases",
            "GET /_semantic_hash/near_duplicates");
    String other = "/_semantic_hash/aliases/other";
    List<String> changing =
        List.of(
            "DELETE " + models + "/random",
            "POST " + models + "/random/_warm",
            "POST " + models + "/random/_complete?sha256=" + "0".repeat(64),
            "POST /_semantic_hash/_clear_cache",
            "PUT " + other,
            "DELETE " + other);
    for (String user : List.of(ALL, SOME, BARE, MONITOR)) {
      try (Http http = cluster.as(user)) {
        for (String request : watching) {
          Reply reply = send(http, request);
          int status = user.equals(MONITOR) ? 200 : 403;
          boolean told = reply.status() != status || reply.body().toString().contains(SECRET);
          count(user, "cluster", told ? request + " " + reply.body() : null);
        }
        for (String request : changing) {
          Reply reply = send(http, request);
          count(user, "cluster", reply.status() == 403 ? null : request + " " + reply.body());
        }
      }
    }
    report();
  }

  /** The first code that says which model made it binds the field, which changes the mapping. */
  @Test
  void whoMayOnlyCreateDocumentsMayBindAField() throws IOException {
    for (String user : List.of("create_doc", "write")) {
      String field = "{\"type\": \"hash_code\", \"bits\": 64}";
      String index = "/new-" + user.replace("_", "-");
      cluster.http().put(index, "{\"mappings\":{\"properties\":{\"code\":" + field + "}}}").ok();
      Map<String, ?> document = Map.of("code", CODE + "@0123456789abcdef");
      try (Http http = cluster.as(user)) {
        Reply reply = http.put(index + "/_create/1", document);
        assertEquals(201, reply.status(), user + " " + reply.body());
      }
    }
  }
}
