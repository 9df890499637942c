// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.cluster.Retry;

/**
 * Reads a random sample of the texts of an index into a file of JSON lines with the fields [id],
 * [text] and, where asked for, [label]. The same documents and the same seed give the same file, in
 * whatever order the slices are read.
 *
 * <p>Where the index has many more documents than the sample, the cluster itself draws a few more
 * than needed, so that not all are read.
 *
 * @param rest the cluster
 * @param selection which documents
 * @param progress gets the number of documents
 * @param stop whether to give up
 */
public record IndexTexts(
    Rest rest, Selection selection, IndexWalk.Progress progress, BooleanSupplier stop) {

  private static final IndexWalk.Pace PACE = new IndexWalk.Pace(4, 500, 0);

  /** By so many standard deviations the cluster draws more documents than the sample has. */
  private static final int MARGIN = 5;

  /**
   * Which texts are read.
   *
   * @param index the index, a data stream, an alias, or a pattern
   * @param text the field with the text; several strings of a document are joined by line breaks
   * @param label the field with the labels, if they are wanted
   * @param query which documents
   * @param sample the most documents
   * @param seed of the sample
   */
  public record Selection(
      String index,
      FieldPath text,
      Optional<FieldPath> label,
      JsonNode query,
      int sample,
      long seed) {

    public Selection {
      if (sample < 1) {
        throw new IllegalArgumentException("[sample] must be at least [1], got [" + sample + "]");
      }
    }
  }

  /**
   * What was read.
   *
   * @param matching how many documents match the query
   * @param written how many have a text and are in the sample
   */
  public record TextCounts(long matching, int written) {}

  /**
   * The query of [selection] restricted to documents with the field, where the index can tell them:
   * it cannot if the field is not indexed.
   *
   * @param matching how many documents match the query of [selection]
   */
  private JsonNode read(long matching) {
    JsonNode exists = Json.object(Map.of("exists", Map.of("field", selection.text().name())));
    JsonNode both = filtered(List.of(selection.query(), exists));
    long withField = HashPlan.count(rest, selection.index(), both);
    return withField > 0 ? drawn(both, withField) : drawn(selection.query(), matching);
  }

  private static JsonNode filtered(List<JsonNode> filters) {
    return Json.object(Map.of("bool", Map.of("filter", filters)));
  }

  /** A query that each document matches with the same chance, so that a few more than needed do. */
  private JsonNode drawn(JsonNode query, long matching) {
    double wanted = selection.sample() + MARGIN * Math.sqrt(selection.sample()) + MARGIN;
    if (matching <= wanted) {
      return query;
    }
    ObjectNode drawn = Json.object();
    ObjectNode function = drawn.putObject("function_score");
    function.set("query", filtered(List.of(query)));
    function
        .putObject("random_score")
        .put("seed", selection.seed())
        .put("field", "_seq_no"); // needs no memory on the nodes, as [_id] would
    function.put("boost_mode", "replace").put("min_score", 1 - wanted / matching);
    return filtered(List.of(drawn));
  }

  /**
   * Reads, and writes the file, which only its owner can read where the file system knows owners.
   *
   * @throws CancellationException when it is to give up; there is no file then
   * @throws IllegalArgumentException when no document has a text
   */
  public TextCounts writeTo(Path file) throws IOException {
    Path unsorted = file.resolveSibling(file.getFileName() + ".part");
    try (Spool spool = new Spool(unsorted)) {
      long matching = HashPlan.count(rest, selection.index(), selection.query());
      JsonNode query = read(matching);
      new IndexWalk(Retry.usual(stop).over(rest), PACE, progress, stop)
          .through(
              selection.index(),
              query,
              source(),
              spool::clear,
              documents -> progress.done(spool.add(documents)));
      if (stop.getAsBoolean()) {
        throw new CancellationException();
      }
      List<SpooledText> sample = spool.sample();
      if (sample.isEmpty()) {
        throw new IllegalArgumentException(
            "[field] must name a field with text, but none of ["
                + matching
                + "] documents of index ["
                + selection.index()
                + "] that match has a text in field ["
                + selection.text()
                + "]");
      }
      spool.copy(sample, file);
      return new TextCounts(matching, sample.size());
    }
  }

  private ArrayNode source() {
    ArrayNode fields = Json.object().putArray("_source").add(selection.text().name());
    selection.label().ifPresent(label -> fields.add(label.name()));
    return fields;
  }

  /** A line of the file; null for a document without a text. */
  private String line(SourceDocument document) {
    String text = String.join("\n", selection.text().texts(document.source()));
    if (text.isBlank()) {
      return null;
    }
    ObjectNode line = Json.object().put("id", id(document)).put("text", text);
    selection
        .label()
        .map(label -> label.texts(document.source()))
        .filter(labels -> labels.isEmpty() == false)
        .ifPresent(labels -> labels.forEach(line.withArray("label")::add));
    return Json.line(line) + "\n";
  }

  private static String id(SourceDocument document) {
    return document.id().index() + "/" + document.id().id();
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Where a line is.
   *
   * @param rank random; those of the lowest ranks are the sample
   */
  private record SpooledText(String id, long rank, long offset, int length) {}

  /** Lines in the order in which they come. Safe for several threads. */
  private final class Spool implements AutoCloseable {

    private final FileChannel channel;
    private final List<SpooledText> texts = new ArrayList<>();
    private long seen;

    Spool(Path file) throws IOException {
      Files.deleteIfExists(file);
      this.channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE),
              ownerOnly(file));
    }

    /** Called when a walk starts or restarts. */
    synchronized void clear() {
      try {
        texts.clear();
        seen = 0;
        channel.truncate(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Adds those that have a text; returns how many documents were seen so far. */
    synchronized long add(List<SourceDocument> documents) {
      for (SourceDocument document : documents) {
        String line = line(document);
        if (line != null) {
          add(id(document), line.getBytes(StandardCharsets.UTF_8));
        }
      }
      return seen += documents.size();
    }

    private void add(String id, byte[] line) {
      try {
        long offset = channel.position();
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        texts.add(new SpooledText(id, rank(id), offset, line.length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private long rank(String id) {
      long mixed = selection.seed();
      for (int i = 0; i < id.length(); i++) {
        mixed = mixed * 31 + id.charAt(i);
      }
      return new SplittableRandom(mixed).nextLong();
    }

    /** Those of the lowest ranks, by id. */
    synchronized List<SpooledText> sample() {
      return texts.stream()
          .sorted(Comparator.comparingLong(SpooledText::rank).thenComparing(SpooledText::id))
          .limit(selection.sample())
          .sorted(Comparator.comparing(SpooledText::id))
          .toList();
    }

    synchronized void copy(List<SpooledText> sample, Path file) throws IOException {
      Files.deleteIfExists(file);
      Files.createFile(file, ownerOnly(file));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        for (SpooledText text : sample) {
          ByteBuffer line = ByteBuffer.allocate(text.length());
          while (line.hasRemaining()) {
            if (channel.read(line, text.offset() + line.position()) < 0) {
              throw new IOException("the file of texts must not change while it is read");
            }
          }
          out.write(line.array());
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
