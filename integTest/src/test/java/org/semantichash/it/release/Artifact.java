// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A zip of the plugin, or the command line as a folder or an archive.
 *
 * @param path of the archive or folder
 * @param files by name, without the base directory that an archive may have
 */
record Artifact(Path path, Map<String, byte[]> files) {

  private static final Path ROOT = Path.of("..");

  /** A file or directory in an archive. */
  static final class Entry {

    private final String name;
    private final byte[] bytes;
    private final LocalDateTime time;
    private final int mode;
    private final String owner;

    /**
     * Of a header.
     *
     * @param name with a slash at the end if it is a directory
     * @param time when it was changed, in no time zone
     * @param mode its rights, or -1 where the format of the archive is read without them
     * @param owner user and group by number and name, or empty
     */
    Entry(String name, byte[] bytes, LocalDateTime time, int mode, String owner) {
      this.name = name;
      this.bytes = bytes;
      this.time = time;
      this.mode = mode;
      this.owner = owner;
    }

    String name() {
      return name;
    }

    byte[] bytes() {
      return bytes;
    }

    LocalDateTime time() {
      return time;
    }

    int mode() {
      return mode;
    }

    String owner() {
      return owner;
    }

    boolean isDirectory() {
      return name.endsWith("/");
    }
  }

  /** What a build leaves, and the archives of the command line where there are some. */
  static List<Artifact> ofBuild() throws IOException {
    List<Artifact> all = new ArrayList<>();
    for (Path archive : archives()) {
      boolean based = archive.toString().contains("-command-line-");
      Map<String, byte[]> files = new TreeMap<>();
      for (Entry entry : entries(archive)) {
        if (entry.isDirectory() == false) {
          int from = based ? entry.name().indexOf('/') + 1 : 0;
          files.put(entry.name().substring(from), entry.bytes());
        }
      }
      all.add(new Artifact(archive, files));
    }
    if (hasCommandLine()) {
      all.add(folder(ROOT.resolve("trainer/target/semantic-hash")));
    }
    return all;
  }

  /** Whether the command line is released from this build: with Lucene 10 only. */
  static boolean hasCommandLine() {
    return System.getProperty("elasticsearch.version").startsWith("8.") == false;
  }

  /** The zips of the plugin and, where there is a release, the archives of the command line. */
  static List<Path> archives() throws IOException {
    String server = System.getProperty("elasticsearch.version");
    List<Path> archives = list("plugin", "semantic-hash-.*-es" + server + "(-[a-z-]+)?\\.zip");
    if (System.getProperty("semantichash.release") != null) {
      archives.addAll(list("trainer", "semantic-hash-command-line-.*\\.(zip|tar\\.gz)"));
    }
    return archives;
  }

  /** The files in the target folder of a module whose names match a pattern, sorted. */
  static List<Path> list(String module, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(module).resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static Artifact folder(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return new Artifact(folder, files);
  }

  /** What is in a zip, a jar or a tar.gz, in its order. */
  static List<Entry> entries(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return archive.toString().endsWith(".gz") ? ofTar(new GZIPInputStream(in)) : ofZip(in);
    }
  }

  private static List<Entry> ofZip(InputStream in) throws IOException {
    List<Entry> entries = new ArrayList<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entries.add(new Entry(entry.getName(), zip.readAllBytes(), entry.getTimeLocal(), -1, ""));
    }
    return entries;
  }

  /** Blocks of 512 bytes: a header, then the file, rounded up; the end is a block of zeros. */
  private static List<Entry> ofTar(InputStream in) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (byte[] header = in.readNBytes(512); header[0] != 0; header = in.readNBytes(512)) {
      int size = Math.toIntExact(octal(header, 124, 12));
      byte[] bytes = in.readNBytes(size);
      in.skipNBytes((512 - size % 512) % 512);
      String owner = octal(header, 108, 8) + ":" + octal(header, 116, 8) + ":";
      owner += field(header, 265, 32) + ":" + field(header, 297, 32);
      long seconds = octal(header, 136, 12);
      String prefix = field(header, 345, 155);
      String name = prefix.isEmpty() ? field(header, 0, 100) : prefix + "/" + field(header, 0, 100);
      LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      entries.add(new Entry(name, bytes, time, (int) octal(header, 100, 8) & 0777, owner));
    }
    return entries;
  }

  private static long octal(byte[] header, int from, int length) {
    return Long.parseLong(field(header, from, length).strip(), 8);
  }

  private static String field(byte[] header, int from, int length) {
    String field = new String(header, from, length, StandardCharsets.US_ASCII);
    int end = field.indexOf(0);
    return end < 0 ? field : field.substring(0, end);
  }

  /** The files of a jar inside. */
  Map<String, byte[]> jar(String name) throws IOException {
    return ofZip(new ByteArrayInputStream(files.get(name))).stream()
        .filter(entry -> entry.isDirectory() == false)
        .collect(Collectors.toMap(Entry::name, Entry::bytes, (a, b) -> a, TreeMap::new));
  }

  /** The jars of others inside, by the names of their artifacts. */
  Map<String, String> foreignJars() {
    return files.keySet().stream()
        .filter(name -> name.endsWith(".jar"))
        .filter(name -> base(name).startsWith("semantic-hash-") == false)
        .collect(Collectors.toMap(name -> base(name).replaceFirst("-\\d.*", ""), name -> name));
  }

  private static String base(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  String text(String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
