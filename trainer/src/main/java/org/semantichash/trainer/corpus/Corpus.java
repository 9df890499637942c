/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The documents of an input.
 *
 * @param documents in the order of the input
 * @param digest the SHA-256 of what was read, in hexadecimal
 */
public record Corpus(List<Document> documents, String digest) {

  /** Copies. */
  public Corpus {
    documents = List.copyOf(documents);
  }

  /**
   * Reads an input: a folder holds text files in one folder a label; a name that ends in .csv or
   * .tsv is a table with a header; everything else is JSON lines. A further .gz means gzip.
   *
   * @throws CorpusException when it does not exist, holds no document, or a record is not as it
   *     must be
   */
  public static Corpus read(Path input, CorpusOptions options) {
    if (Files.exists(input) == false) {
      throw new CorpusException("input [" + input + "] does not exist");
    }
    DocumentCollector collector = new DocumentCollector(options.maxDocuments());
    String digest;
    try {
      digest = reader(input, options).read(input, collector);
    } catch (IOException | UncheckedIOException e) {
      throw new CorpusException("input [" + input + "] cannot be read: " + e.getMessage(), e);
    }
    if (collector.documents().isEmpty()) {
      throw new CorpusException("input [" + input + "] must hold at least one document, got [0]");
    }
    return new Corpus(collector.documents(), digest);
  }

  private static CorpusReader reader(Path input, CorpusOptions options) {
    if (Files.isDirectory(input)) {
      return new FolderReader();
    }
    String name = input.getFileName().toString().replaceFirst("\\.gz$", "");
    if (name.endsWith(".csv")) {
      return new TableReader(options, ',');
    }
    return name.endsWith(".tsv") ? new TableReader(options, '\t') : new JsonLinesReader(options);
  }
}
