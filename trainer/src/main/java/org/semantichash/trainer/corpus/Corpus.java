// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;
import org.semantichash.trainer.corpus.CorpusInput.UniqueIds;
import org.semantichash.trainer.corpus.StreamedCorpus.ReservoirSample;

/**
 * The documents of an input, all in memory; {@link StreamedCorpus} is for more than fit there.
 *
 * @param documents in the order of the input
 * @param digest the SHA-256 of what was read, in hexadecimal
 * @param notes what a person should know about them, one per line
 */
public record Corpus(List<Document> documents, String digest, List<String> notes) {

  public Corpus {
    documents = List.copyOf(documents);
    notes = List.copyOf(notes);
  }

  /**
   * Reads an input, once: a folder holds text files in one folder per label; a name that ends in
   * .csv or .tsv is a table with a header; everything else is JSON lines. A further .gz means gzip.
   *
   * @throws IllegalArgumentException when it does not exist, holds no document, or a record is not
   *     as it must be
   */
  public static Corpus read(Path input, CorpusOptions options) {
    UniqueIds ids = new UniqueIds(options);
    ReservoirSample<Document> sample =
        new ReservoirSample<>(options.maxDocuments(), options.seed());
    InputDigest digest =
        new CorpusInput(input, options)
            .read(
                (document, place) -> {
                  if (ids.isNew(document, place)) {
                    sample.add(document);
                  }
                });
    return new Corpus(sample.inOrder(), digest.sha256(), notes(digest, ids));
  }

  static List<String> notes(InputDigest digest, UniqueIds ids) {
    List<String> notes = new ArrayList<>(digest.notes());
    notes.addAll(ids.notes());
    return notes;
  }

  /**
   * A text.
   *
   * @param id unique within its corpus
   * @param text the text, may be empty
   * @param labels what it is about; used to measure only, may be empty
   */
  public record Document(String id, String text, List<String> labels) {

    public Document {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(text, "text");
      labels = List.copyOf(labels);
    }
  }

  /** Documents that can be read again and again, without being held. */
  public interface DocumentSource {

    int size();

    /** Hands over every document, each time the same ones in the same order. */
    void forEach(Consumer<Document> sink);

    static DocumentSource of(List<Document> documents) {
      return new DocumentSource() {
        @Override
        public int size() {
          return documents.size();
        }

        @Override
        public void forEach(Consumer<Document> sink) {
          documents.forEach(sink);
        }
      };
    }
  }
}
