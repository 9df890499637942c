// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file or folder with documents: a folder holds text files in one folder a label; a name that
 * ends in .csv or .tsv is a table with a header; everything else is JSON lines. A further .gz means
 * gzip.
 */
record Input(Path path, CorpusOptions options) {

  /**
   * Hands every document to the sink.
   *
   * @throws CorpusException when the input does not exist, holds no document, or a record is not as
   *     it must be
   */
  InputDigest read(DocumentSink sink) {
    if (Files.exists(path) == false) {
      throw new CorpusException("input [" + path + "] does not exist");
    }
    long[] documents = new long[1];
    InputDigest digest = read(counting(sink, documents), reader());
    if (documents[0] == 0) {
      throw new CorpusException("input [" + path + "] must hold at least one document, got [0]");
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
      throw new CorpusException("input [" + path + "] cannot be read: " + e.getMessage(), e);
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
}
