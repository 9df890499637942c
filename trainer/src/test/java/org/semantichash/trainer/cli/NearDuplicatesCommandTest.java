/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressForbidden("the small server that every JDK has, in place of a cluster")
class NearDuplicatesCommandTest {

  private static final String JOB =
      """
      {"id":"j","task":"n:1","state":"completed","took":1500,"indices":["news"],"field":"code",
       "bits":8,"max_distance":3,"documents":9,"without_code":1,"pairs":2,
       "distances":[{"distance":1,"pairs":2}],"total_groups":2,"grouped_documents":4,
       "capped_groups":1,"group_sizes":[{"size":2,"groups":2}],
       "groups":[{"size":2,"diameter":1,"capped":false,"keep":"a","documents":[
          {"_index":"news","_id":"a","distance":0},{"_index":"news","_id":"b","distance":1}]},
         {"size":2,"diameter":1,"capped":true,"keep":"c","documents":[
          {"_index":"news","_id":"c","distance":0},{"_index":"news","_id":"d","distance":1}]}]}
      """;

  private static final String HITS =
      """
      {"hits":{"hits":[
        {"_index":"news","_id":"a","_seq_no":1,"_primary_term":1,"fields":{"code":["00"]},
         "_source":{"body":"one"}},
        {"_index":"news","_id":"b","_seq_no":2,"_primary_term":1,"fields":{"code":["01"]},
         "_source":{"body":"two"}}]}}
      """;

  @TempDir private Path folder;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** What a call left behind. */
  private record Run(int code, String out, String err) {}

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String answer = JOB;
    if (path.equals("/_bulk")) {
      answer = "{\"items\":[{\"update\":{\"status\":200}}]}";
    } else if (path.endsWith("_search")) {
      answer = HITS;
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Run run(Object... more) {
    String url = "http://localhost:" + server.getAddress().getPort();
    List<String> arguments = new ArrayList<>(List.of("near-duplicates", "--url", url));
    arguments.addAll(List.of("--index", "news", "--field", "code", "--max-distance", "3"));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        SemanticHash.run(
            new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void reportsAndExports() throws IOException {
    Path report = folder.resolve("report.html");
    Path export = folder.resolve("groups.csv");
    Run run = run("--report", report, "--text-field", "body", "--export", export);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().startsWith("9 documents, 1 of them without a code; 2 pairs within distance"));
    assertTrue(Files.readString(report).contains("<del>one</del> <ins>two</ins>"));
    assertEquals(5, Files.readAllLines(export).size());
    assertEquals("DELETE /news/_semantic_hash/near_duplicates/j", requests.getLast());
  }

  @Test
  void withoutYesNothingIsReadOrWritten() {
    Run run = run("--apply", "delete");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("would be deleted: 1 documents of 1 groups; 1 groups that are cut off"),
        run.out());
    assertTrue(
        requests.stream().noneMatch(r -> r.endsWith("_bulk") || r.endsWith("_search")),
        requests.toString());
  }

  @Test
  void withYesDocumentsAreTagged() {
    Run run = run("--apply", "tag", "--tag-field", "same_as", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("tagged: 1 documents of 1 groups;"), run.out());
    assertEquals(
        """
        {"update":{"_index":"news","_id":"b","if_seq_no":2,"if_primary_term":1}}
        {"doc":{"same_as":"a"}}
        """,
        bodies.get(requests.indexOf("POST /_bulk")));
  }

  @Test
  void theQueryIsJsonOrAFileWithIt() throws IOException {
    Path file = Files.writeString(folder.resolve("query.json"), "{\"match_all\":{}}");
    for (Object query : new Object[] {file, "{\"match_all\":{}}"}) {
      bodies.clear();
      assertEquals(0, run("--query", query).code());
      assertTrue(bodies.getFirst().contains("\"query\":{\"match_all\":{}}"), bodies.getFirst());
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
    assertEquals(List.of(), requests);
  }
}
