// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;

/**
 * A file or folder with documents: a folder holds text files in one folder per label; a name that
 * ends in .csv or .tsv is a table with a header; everything else is JSON lines. A further .gz means
 * gzip.
 */
record CorpusInput(Path path, CorpusOptions options) {

  /**
   * Hands every document to the sink.
   *
   * @throws IllegalArgumentException when the input does not exist, holds no document, or a record
   *     is not as it must be
   */
  InputDigest read(DocumentSink sink) {
    if (Files.exists(path) == false) {
      throw new IllegalArgumentException("input [" + path + "] does not exist");
    }
    long[] documents = new long[1];
    InputDigest digest = read(counting(sink, documents), reader());
    if (documents[0] == 0) {
      throw new IllegalArgumentException(
          "input [" + path + "] must hold at least one document, got [0]");
    }
    return digest;
  }

  private static DocumentSink counting(DocumentSink sink, long[] documents) {
    return (document, place) -> {
      documents[0]++;
      sink.accept(document, place);
    };
  }

  private InputDigest read(DocumentSink sink, CorpusReader reader) {
    try {
      return reader.read(path, sink);
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          "input [" + path + "] cannot be read: " + e.getMessage(), e);
    }
  }

  private CorpusReader reader() {
    if (Files.isDirectory(path)) {
      return new FolderReader(options);
    }
    String name = path.getFileName().toString().replaceFirst("\\.gz$", "");
    if (name.endsWith(".csv")) {
      return new TableReader(options, ',');
    }
    return name.endsWith(".tsv") ? new TableReader(options, '\t') : new JsonLinesReader(options);
  }

  /** Reads one kind of input. */
  interface CorpusReader {

    /** Hands every document to the sink. */
    InputDigest read(Path input, DocumentSink sink) throws IOException;
  }

  /** Takes the documents of an input one by one, in the order of the input. */
  interface DocumentSink {

    /** Takes a document and its position. */
    void accept(Document document, RecordPosition place);
  }

  /**
   * What was read.
   *
   * @param sha256 of all bytes of the input, in hexadecimal
   * @param bytes the size of the input as it is stored
   * @param notes what a person should know about it
   */
  record InputDigest(String sha256, long bytes, List<String> notes) {

    InputDigest withNotes(List<String> more) {
      return new InputDigest(sha256, bytes, more);
    }
  }

  /**
   * The position of a document, for messages.
   *
   * @param file its file
   * @param unit what is counted in the file, or null when the file is the document
   * @param number from 1
   */
  record RecordPosition(Path file, String unit, long number) {

    /** A document that is a file of its own. */
    static RecordPosition of(Path file) {
      return new RecordPosition(file, null, 0);
    }

    @Override
    public String toString() {
      return unit == null ? "[" + file + "]" : "[" + file + "] " + unit + " [" + number + "]";
    }
  }

  /** Finds documents with the id of an earlier one. */
  static final class UniqueIds {

    private final CorpusOptions options;
    private final Map<String, RecordPosition> places = new HashMap<>();
    private long leftOut;
    private String example;

    UniqueIds(CorpusOptions options) {
      this.options = options;
    }

    /**
     * Whether no earlier document has this id.
     *
     * @throws IllegalArgumentException when one has, and that is not allowed
     */
    boolean isNew(Document document, RecordPosition place) {
      RecordPosition earlier = places.putIfAbsent(document.id(), place);
      if (earlier == null) {
        return true;
      }
      String what =
          place + ": id [" + document.id() + "] must be unique, it occurs already at " + earlier;
      if (options.duplicateIds() == CorpusOptions.DuplicateIds.FAIL) {
        throw new IllegalArgumentException(what);
      }
      example = leftOut == 0 ? what : example;
      leftOut++;
      return false;
    }

    /** Tells what was left out. */
    List<String> notes() {
      return leftOut == 0
          ? List.of()
          : List.of(
              "left out ["
                  + leftOut
                  + "] documents whose id occurred before, the first: "
                  + example
                  + "; --duplicate-ids fail refuses them");
    }
  }

  /** A file of text, plain or gzip, whose bytes are digested as they are read. */
  static final class InputFile implements AutoCloseable {

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final Path path;
    private final Charset encoding;
    private final DigestInputStream bytes;
    private final BufferedReader text;

    InputFile(Path path, Charset encoding) throws IOException {
      this.path = path;
      this.encoding = encoding;
      this.bytes =
          new DigestInputStream(new BufferedInputStream(Files.newInputStream(path)), sha256());
      this.text =
          new BufferedReader(
              new InputStreamReader(
                  unpacked(),
                  encoding
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)));
      try {
        skipByteOrderMark();
      } catch (IOException e) {
        throw broken("line [1]", e);
      }
    }

    /** What a failure in the middle of the file means, and near which line or record it is. */
    IllegalArgumentException broken(String place, IOException e) {
      String rule =
          switch (e) {
            case CharacterCodingException unused -> "must be " + encoding + " text";
            case EOFException unused -> "must be a whole gzip file, it ends too early";
            case ZipException unused -> "must be a gzip file: " + e.getMessage();
            default -> "cannot be read: " + e.getMessage();
          };
      return new IllegalArgumentException("[" + path + "] near " + place + ": " + rule, e);
    }

    private InputStream unpacked() throws IOException {
      if (path.toString().endsWith(".gz") == false) {
        return bytes;
      }
      try {
        return new GZIPInputStream(bytes, 1 << 16);
      } catch (EOFException e) {
        throw new IllegalArgumentException(
            "[" + path + "] must be a gzip file, got a shorter one", e);
      } catch (ZipException e) {
        throw new IllegalArgumentException(
            "[" + path + "] must be a gzip file: " + e.getMessage(), e);
      }
    }

    /** Some editors and spreadsheets begin Unicode with a mark, which is no part of the text. */
    private void skipByteOrderMark() throws IOException {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
    }

    static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e); // every Java platform must have SHA-256
      }
    }

    BufferedReader text() {
      return text;
    }

    /** The digest of the whole file, including what has not been read yet. */
    InputDigest digest() throws IOException {
      bytes.transferTo(OutputStream.nullOutputStream());
      String sha256 = HexFormat.of().formatHex(bytes.getMessageDigest().digest());
      return new InputDigest(sha256, Files.size(path), List.of());
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
