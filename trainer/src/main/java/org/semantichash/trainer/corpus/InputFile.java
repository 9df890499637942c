// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;

/** A file of UTF-8 text, plain or gzip, whose bytes are digested as they are read. */
final class InputFile implements AutoCloseable {

  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final Path path;
  private final DigestInputStream bytes;
  private final BufferedReader text;

  InputFile(Path path) throws IOException {
    this.path = path;
    this.bytes =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(path)), sha256());
    this.text =
        new BufferedReader(
            new InputStreamReader(
                unpacked(),
                StandardCharsets.UTF_8
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
          case CharacterCodingException unused -> "must be UTF-8 text";
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

  /** Some editors and spreadsheets begin UTF-8 with a mark, which is no part of the text. */
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
