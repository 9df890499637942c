// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.elasticsearch.common.util.CollectionUtils;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.duplicates.DuplicatesActions;

class RestSpecificationsTest {

  private static final Path SPECIFICATIONS = Path.of("src", "rest-api-spec", "api");

  private static final Pattern PARAMETER =
      Pattern.compile("(?:\\bparam\\w*\\(|\\brequired\\(request, )\"([a-z0-9_]+)\"");

  /** Every endpoint is specified, and nothing else is. */
  @Test
  void theSpecificationsAreThoseOfTheRoutes() throws IOException {
    Set<String> routes = new TreeSet<>();
    for (RestHandler handler :
        CollectionUtils.concatLists(ModelActions.endpoints(), DuplicatesActions.endpoints())) {
      handler.routes().forEach(route -> routes.add(route.getMethod() + " " + route.getPath()));
    }
    Set<String> specified = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(SPECIFICATIONS)) {
      for (Path file : files) {
        specified.addAll(paths(file));
      }
    }
    assertEquals(routes, specified);
  }

  /** As far as the code names them in a literal. */
  @Test
  void everyParameterIsSpecified() throws IOException {
    StringBuilder specifications = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(SPECIFICATIONS)) {
      for (Path file : files) {
        specifications.append(Files.readString(file));
      }
    }
    Set<String> missing = new TreeSet<>();
    int found = 0;
    for (String folder : List.of("api", "duplicates")) {
      Path sources = Path.of("src/main/java/org/semantichash/plugin").resolve(folder);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(sources, "*.java")) {
        for (Path file : files) {
          for (MatchResult parameter :
              PARAMETER.matcher(Files.readString(file)).results().toList()) {
            found++;
            if (specifications.indexOf('"' + parameter.group(1) + "\":") < 0) {
              missing.add(parameter.group(1));
            }
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(found > 20, "found only [" + found + "]");
  }

  private static Set<String> paths(Path file) throws IOException {
    Set<String> paths = new TreeSet<>();
    String name = file.getFileName().toString().replace(".json", "");
    Map<?, ?> url = (Map<?, ?>) ((Map<?, ?>) read(file).get(name)).get("url");
    for (Object entry : (List<?>) url.get("paths")) {
      Map<?, ?> path = (Map<?, ?>) entry;
      for (Object method : (List<?>) path.get("methods")) {
        paths.add(method + " " + path.get("path"));
      }
    }
    return paths;
  }

  private static Map<String, Object> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        XContentParser parser =
            JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, in)) {
      return parser.map();
    }
  }
}
