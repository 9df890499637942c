// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.languages;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.semantichash.it.http.Http;

/**
 * The descriptions of Debian's packages, translated by volunteers, with the archive section of each
 * package (games, math, web and so on) as its label. Each description is under the terms of its
 * package, so the texts are read from a mirror and never stored beside this source.
 *
 * @param mirror the folder of a suite's component, such as
 *     https://deb.debian.org/debian/dists/bookworm/main/
 * @param folder where its files are kept between runs
 */
record DebianDescriptions(URI mirror, Path folder) {

  private static final String PACKAGE = "Package: ";
  private static final String SECTION = "Section: ";
  private static final String DESCRIPTION = "Description-";
  private static final String DIGEST = "Description-md5: ";

  /** The file of a language, such as "de" or "pt_BR". */
  Path translation(String language) throws IOException {
    return fetch("i18n/Translation-" + language + ".bz2");
  }

  private Path fetch(String name) throws IOException {
    Path file = folder.resolve(name.replace('/', '_'));
    if (Files.exists(file) == false) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve("unfinished");
      try (InputStream in = mirror.resolve(name).toURL().openStream()) {
        Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  /**
   * Writes the descriptions of a language as the trainer reads them, one for each package.
   *
   * @return their number
   */
  int write(String language, Path output) throws IOException {
    Map<String, String> sections = sections();
    Set<String> written = new HashSet<>();
    try (InputStream in = Files.newInputStream(translation(language));
        BufferedReader lines = reader(new BZip2CompressorInputStream(in, true));
        BufferedWriter writer = Files.newBufferedWriter(output)) {
      Stanza stanza = new Stanza();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          stanza.write(sections, written, writer);
          stanza = new Stanza();
        } else {
          stanza.add(line);
        }
      }
      stanza.write(sections, written, writer);
    }
    return written.size();
  }

  /** The section of each package, without that of its component, as in "contrib/games". */
  private Map<String, String> sections() throws IOException {
    Map<String, String> sections = new HashMap<>();
    String[] name = new String[1];
    try (InputStream in = Files.newInputStream(fetch("binary-amd64/Packages.gz"));
        BufferedReader lines = reader(new GZIPInputStream(in))) {
      lines
          .lines()
          .forEach(
              line -> {
                if (line.startsWith(PACKAGE)) {
                  name[0] = line.substring(PACKAGE.length());
                } else if (line.startsWith(SECTION)) {
                  sections.put(
                      name[0], line.substring(line.lastIndexOf('/') + 1).replace(SECTION, ""));
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return sections;
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** What a file says about a package. */
  private static final class Stanza {

    private String name;
    private StringBuilder text;

    void add(String line) {
      if (line.startsWith(PACKAGE)) {
        name = line.substring(PACKAGE.length());
      } else if (line.startsWith(DESCRIPTION) && line.startsWith(DIGEST) == false) {
        text = new StringBuilder(line.substring(line.indexOf(':') + 1).strip());
      } else if (text != null && line.startsWith(" ")) {
        text.append(line.equals(" .") ? "" : line); // a dot stands for an empty line
      }
    }

    void write(Map<String, String> sections, Set<String> written, BufferedWriter writer)
        throws IOException {
      if (text == null || sections.containsKey(name) == false || written.add(name) == false) {
        return;
      }
      Map<String, String> document = new LinkedHashMap<>();
      document.put("id", name);
      document.put("label", sections.get(name));
      document.put("text", text.toString());
      writer.write(Http.JSON.writeValueAsString(document));
      writer.write('\n');
    }
  }
}
