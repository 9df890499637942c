// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Completes the folder with the artefacts of a release: its notes, from CHANGELOG.md, and the
 * digests of all its files, as {@code sha512sum --check} reads them.
 *
 * @param folder with the artefacts
 * @param version of this project, for example [0.1.0]
 */
public record ReleaseFolder(Path folder, String version) {

  static final String NOTES = "RELEASE_NOTES.md";
  static final String DIGESTS = "SHA512SUMS";

  private static final String HEADING = "## ";
  private static final double MEGABYTE = 1e6;

  /** Arguments: the folder, CHANGELOG.md, and the version. */
  public static void main(String[] args) throws IOException {
    ReleaseFolder release = new ReleaseFolder(Path.of(args[0]), args[2]);
    String notes = release.notes(Files.readString(Path.of(args[1])));
    Files.writeString(release.folder.resolve(NOTES), notes);
    Files.writeString(release.folder.resolve(DIGESTS), release.digests());
  }

  /**
   * The notes: what to download, and what changed.
   *
   * @param changelog the text of CHANGELOG.md
   * @throws IllegalArgumentException if it says nothing about this version
   */
  String notes(String changelog) throws IOException {
    String changes = changes(changelog);
    StringBuilder notes = new StringBuilder("# Semantic Hash for Elasticsearch ").append(version);
    notes.append("\n\n| download | | MB |\n|---|---|---:|\n");
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.equals(NOTES) == false && name.equals(DIGESTS) == false) {
        double megabytes = Files.size(file) / MEGABYTE;
        notes.append("| `").append(name).append("` | ").append(what(name)).append(" | ");
        notes.append(String.format(Locale.ROOT, "%.1f |%n", megabytes));
      }
    }
    notes.append(
        "\nA zip is for exactly one version of Elasticsearch. The digests of all files are in ");
    notes.append('`').append(DIGESTS).append("`: `sha512sum --check ").append(DIGESTS);
    return notes.append("`.\n\n").append(changes).append('\n').toString();
  }

  /** The part of the changelog below the heading of this version. */
  private String changes(String changelog) {
    String changes =
        changelog
            .lines()
            .dropWhile(line -> isHeadingOfVersion(line) == false)
            .skip(1)
            .takeWhile(line -> line.startsWith(HEADING) == false)
            .collect(Collectors.joining("\n"));
    if (changes.isBlank()) {
      throw new IllegalArgumentException(
          "CHANGELOG.md must say below a heading ["
              + HEADING
              + version
              + "] what changed; it says nothing");
    }
    return changes.strip();
  }

  private boolean isHeadingOfVersion(String line) {
    return line.equals(HEADING + version) || line.startsWith(HEADING + version + " ");
  }

  /** What a file is for, by its name. */
  private static String what(String name) {
    if (name.endsWith(".cdx.json")) {
      return "CycloneDX bill of materials";
    } else if (name.endsWith("-sources.jar")) {
      return "sources";
    } else if (name.endsWith("-javadoc.jar")) {
      return "Javadoc";
    } else if (name.endsWith(".jar")) {
      return "classes";
    } else if (name.contains("-command-line-")) {
      return "command line";
    }
    int from = name.indexOf("-es") + "-es".length();
    String server = name.substring(from, name.lastIndexOf('.'));
    int flavour = server.indexOf('-');
    return flavour < 0
        ? "plugin for Elasticsearch " + server
        : "plugin for Elasticsearch "
            + server.substring(0, flavour)
            + ", "
            + (server.endsWith("-linux") ? "native libraries of Linux only" : "no native library");
  }

  /** One line per file: digest, two spaces, name. */
  String digests() throws IOException {
    StringBuilder digests = new StringBuilder();
    for (Path file : files()) {
      if (file.getFileName().toString().equals(DIGESTS) == false) {
        digests.append(sha512(file)).append("  ").append(file.getFileName()).append('\n');
      }
    }
    return digests.toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static String sha512(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
