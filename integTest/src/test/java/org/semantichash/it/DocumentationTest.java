// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README is short, and the pages say what is so. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int README_WORDS = 1200;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?s)\n```.*?\n```");
  private static final Pattern DEMO = Pattern.compile("(?s)<!-- demo.*<!-- /demo -->");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final int PART = 12;
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 5)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> isOurs(ROOT.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : file) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<Path> pages = pages();
    assertTrue(pages.size() > 15, pages.toString());
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      String text = CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        if (link.group(1).contains("://") == false && leads(page, link.group(1)) == false) {
          broken.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leads(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.getParent().resolve(parts[0]).normalize();
    if (target.startsWith(ROOT) == false || Files.exists(target) == false) {
      return false;
    }
    return parts.length == 1 || anchors(Files.readString(target)).contains(parts[1]);
  }

  /** As the hosts of repositories make them from headings. */
  private static Set<String> anchors(String page) {
    return HEADING
        .matcher(CODE_BLOCK.matcher(page).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** Without the table that the demo writes. */
  @Test
  void theReadmeIsShort() throws IOException {
    String text = DEMO.matcher(Files.readString(ROOT.resolve("README.md"))).replaceAll("");
    int words = text.strip().split("\\s+").length;
    assertTrue(words <= README_WORDS, "README.md has [" + words + "] words");
  }

  /** A message that was reworded is found by nobody who looks for it. */
  @Test
  void theMessagesOfTroubleshootingAreThoseOfTheCode() throws IOException {
    String sources = sources("") + sources("plugin") + sources("trainer");
    String page = Files.readString(ROOT.resolve("plugin/docs/troubleshooting.md"));
    List<String> unknown = new ArrayList<>();
    int looked = 0;
    for (String row : page.lines().filter(line -> line.startsWith("| ")).toList()) {
      for (MatchResult message : QUOTED.matcher(row.split(" \\| ", -1)[0]).results().toList()) {
        for (String part : message.group(1).split("\\[[^\\]]*\\]|\\.\\.\\.", -1)) {
          if (part.length() >= PART) {
            looked++;
            if (sources.contains(part) == false) {
              unknown.add(part);
            }
          }
        }
      }
    }
    assertTrue(looked > 20, "[" + looked + "] parts of messages");
    assertEquals(List.of(), unknown);
  }

  /** The main code of a module, with the parts of each text joined. */
  private static String sources(String module) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return JOINT.matcher(all).replaceAll("");
  }
}
