// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusInput.CorpusReader;
import org.semantichash.trainer.corpus.CorpusInput.DocumentSink;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;
import org.semantichash.trainer.corpus.CorpusInput.InputFile;
import org.semantichash.trainer.corpus.CorpusInput.RecordPosition;

/**
 * Text files in folders: the label of a file is the path of its folder, its id the path of the
 * file, both below the input. Files directly in the input have no label. Hidden files and folders,
 * whose names begin with a dot, are no documents: file managers and version control leave them.
 */
final class FolderReader implements CorpusReader {

  private final CorpusOptions options;

  FolderReader(CorpusOptions options) {
    this.options = options;
  }

  @Override
  public InputDigest read(Path input, DocumentSink sink) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(input)) {
      files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> isHidden(input.relativize(file)) == false)
              .sorted()
              .toList();
    }
    MessageDigest digest = InputFile.sha256();
    long size = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      size += bytes.length;
      sink.accept(document(input, file, bytes, digest), RecordPosition.of(file));
    }
    return new InputDigest(HexFormat.of().formatHex(digest.digest()), size, List.of());
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private Document document(Path input, Path file, byte[] bytes, MessageDigest digest) {
    String id = unixPath(input.relativize(file));
    digest.update((id + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    Path label = input.relativize(file).getParent();
    return new Document(
        id,
        text(file, bytes),
        label == null || options.hasLabels() == false ? List.of() : List.of(unixPath(label)));
  }

  private String text(Path file, byte[] bytes) {
    try {
      return options.encoding().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "[" + file + "] must be " + options.encoding() + " text", e);
    }
  }

  private static String unixPath(Path path) {
    return path.toString().replace('\\', '/');
  }
}
