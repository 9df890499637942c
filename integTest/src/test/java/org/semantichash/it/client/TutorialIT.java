// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.node.Security;

/**
 * Does what the tutorial says, in its order, as the user whose role it shows: its commands and its
 * requests.
 */
class TutorialIT {

  private static final Path PAGE = Path.of("..", "plugin", "docs", "tutorial.md");
  private static final String USER = "news-setup";
  private static final int DOCUMENTS = 1000;

  private static final Pattern BLOCK = Pattern.compile("(?s)\n```(\\w*)\n(.*?)\n```\n");
  private static final Pattern REQUEST =
      Pattern.compile("(?s)(GET|POST|PUT|DELETE) (\\S+)\n?(.*?)\\s*");
  private static final Pattern NEXT_REQUEST = Pattern.compile("\n\n(?=(GET|POST|PUT|DELETE) )");

  private final Path work = Path.of(System.getProperty("semantichash.work"), "tutorial-files");

  /** A thing to do: words of a command, or a request. */
  private record Action(List<String> command, MatchResult request) {

    boolean isOfSecurity() {
      return request != null && request.group(2).startsWith("_security/");
    }
  }

  private static List<Action> actions() throws IOException {
    List<Action> actions = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      if (block.group(1).equals("bash")) {
        block
            .group(2)
            .lines()
            .filter(line -> line.startsWith("semantic-hash "))
            .forEach(line -> actions.add(new Action(List.of(line.split(" +")), null)));
      } else {
        for (String text : NEXT_REQUEST.splitAsStream(block.group(2)).toList()) {
          Matcher request = REQUEST.matcher(text);
          assertTrue(request.matches(), text);
          actions.add(new Action(List.of(), request.toMatchResult()));
        }
      }
    }
    return actions;
  }

  /** The test server keeps roles and users in files, so these are made before it starts. */
  private static Map<String, String> roles(List<Action> actions) {
    return actions.stream()
        .filter(Action::isOfSecurity)
        .filter(action -> action.request().group(2).startsWith("_security/role/"))
        .collect(
            Collectors.toMap(
                action -> action.request().group(2).replaceFirst(".*/", ""),
                action -> action.request().group(3)));
  }

  @Test
  void everyCommandAndRequestWorksForTheUserOfTheRole() throws IOException {
    List<Action> actions = actions();
    assertEquals(List.of(USER), List.copyOf(roles(actions).keySet()));
    Files.createDirectories(work);
    Files.deleteIfExists(work.resolve("news.onnx"));
    writeTexts();
    int commands = 0;
    int requests = 0;
    try (Cluster cluster =
            Cluster.startSecured("tutorial", Distribution.ofBuild().quickStart(), roles(actions));
        Http http = cluster.as(USER)) {
      writeConnection(cluster);
      for (Action action : actions) {
        if (action.request() == null) {
          run(action.command());
          commands++;
        } else if (action.isOfSecurity() == false) {
          send(http, action.request());
          requests++;
        }
      }
    }
    assertTrue(commands >= 4 && requests >= 4, commands + " commands, " + requests + " requests");
  }

  private void writeTexts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Gloss gloss : WordNet.shuffled(WordNet.nouns(), 5).subList(0, DOCUMENTS)) {
      String id = lines.isEmpty() ? "42" : gloss.id();
      lines.add(Http.JSON.writeValueAsString(Map.of("id", id, "text", gloss.text())));
    }
    Files.write(work.resolve("news.jsonl"), lines);
  }

  /** As the page does, with the address of this node. */
  private void writeConnection(Cluster cluster) throws IOException {
    Files.write(
        work.resolve("cluster.txt"),
        List.of(
            "--url=" + cluster.address(),
            "--user=" + USER + ":" + Security.PASSWORD,
            "--ca=" + cluster.security().certificate()));
  }

  /** With files of the page in the folder of this test, and few epochs. */
  private void run(List<String> command) {
    List<String> words = new ArrayList<>();
    for (String word : command.subList(1, command.size())) {
      boolean file = word.matches("news\\.jsonl|report\\.html|@cluster\\.txt");
      words.add(
          file
              ? word.replaceFirst("^(@?)(.*)", "$1" + Matcher.quoteReplacement(work + "/") + "$2")
              : word);
    }
    if (command.get(1).equals("setup")) {
      words.addAll(List.of("--epochs=1", "--hidden-units=50"));
      words.add("--output=" + work.resolve("news.onnx"));
    }
    new CommandLine(List.of()).run(words.toArray(String[]::new)).ok();
  }

  private static void send(Http http, MatchResult request) throws IOException {
    String path = "/" + request.group(2);
    String body = request.group(3);
    Reply reply =
        switch (request.group(1)) {
          case "GET" -> body.isEmpty() ? http.get(path) : http.post(path, body);
          case "PUT" -> http.put(path, body);
          case "DELETE" -> http.delete(path);
          default -> http.post(path, body);
        };
    assertTrue(reply.status() < 300, request.group() + " is answered by " + reply.body());
    if (path.endsWith("_search")) {
      assertTrue(reply.body().at("/hits/hits").size() > 0, request.group() + reply.body());
    }
  }
}
