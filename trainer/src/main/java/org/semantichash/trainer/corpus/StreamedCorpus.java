// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;
import org.semantichash.trainer.corpus.CorpusInput.UniqueIds;

/**
 * The documents of an input that stay where they are: every pass reads them again, one at a time.
 * The first pass, when it is opened, checks all records, counts them and draws the sample.
 */
public final class StreamedCorpus implements DocumentSource {

  private final CorpusInput input;
  private final InputDigest digest;
  private final long available;
  private final List<String> notes;
  private final BitSet sampled = new BitSet();

  private StreamedCorpus(
      CorpusInput input, InputDigest digest, ReservoirSample<Integer> sample, List<String> notes) {
    this.input = input;
    this.digest = digest;
    this.available = sample.seen();
    this.notes = notes;
    sample.inOrder().forEach(sampled::set);
  }

  /**
   * Looks through an input; formats as in {@link Corpus#read}.
   *
   * @throws IllegalArgumentException when it is no file or folder, holds no document, or a record
   *     is not as it must be
   */
  public static StreamedCorpus open(Path path, CorpusOptions options) {
    if (Files.exists(path)
        && Files.isRegularFile(path) == false
        && Files.isDirectory(path) == false) {
      throw new IllegalArgumentException(
          "input [" + path + "] must be a file or a folder, because it is read several times");
    }
    CorpusInput input = new CorpusInput(path, options);
    UniqueIds ids = new UniqueIds(options);
    ReservoirSample<Integer> sample = new ReservoirSample<>(options.maxDocuments(), options.seed());
    int[] number = new int[1];
    InputDigest digest =
        input.read(
            (document, place) -> {
              if (ids.isNew(document, place)) {
                sample.add(number[0]);
              }
              number[0] = Math.incrementExact(number[0]);
            });
    return new StreamedCorpus(input, digest, sample, Corpus.notes(digest, ids));
  }

  @Override
  public int size() {
    return sampled.cardinality();
  }

  /** How many different documents the input has, of which {@link #size} are in the sample. */
  public long available() {
    return available;
  }

  /** What a person should know about the input, one per line. */
  public List<String> notes() {
    return notes;
  }

  /** What is read from where. */
  public CorpusOptions options() {
    return input.options();
  }

  /** The SHA-256 of the whole input, in hexadecimal. */
  public String digest() {
    return digest.sha256();
  }

  /** The size of the input as it is stored. */
  public long bytes() {
    return digest.bytes();
  }

  /**
   * Reads the sample in the order of the input.
   *
   * @throws IllegalArgumentException when the input is not what it was when it was opened
   */
  @Override
  public void forEach(Consumer<Document> sink) {
    int[] number = new int[1];
    InputDigest now =
        input.read(
            (document, place) -> {
              if (sampled.get(number[0]++)) {
                sink.accept(document);
              }
            });
    if (now.equals(digest) == false) {
      throw new IllegalArgumentException(
          "input ["
              + input.path()
              + "] must not change while it is read: its SHA-256 was ["
              + digest.sha256()
              + "] and is now ["
              + now.sha256()
              + "]");
    }
  }

  /**
   * A uniform random sample of a stream of unknown length, by a reservoir (Vitter, "Random Sampling
   * with a Reservoir", 1985, algorithm R). Which places of the stream are taken depends on limit,
   * seed and length alone.
   */
  static final class ReservoirSample<T> {

    private record NumberedItem<T>(long number, T item) {}

    private final int limit;
    private final SplittableRandom random;
    private final List<NumberedItem<T>> taken = new ArrayList<>();
    private long seen;

    ReservoirSample(int limit, long seed) {
      this.limit = limit;
      this.random =
          new SplittableRandom(seed).split(); // the split into parts takes the seed itself
    }

    void add(T item) {
      NumberedItem<T> numbered = new NumberedItem<>(seen, item);
      seen++;
      if (taken.size() < limit) {
        taken.add(numbered);
      } else {
        long place = random.nextLong(seen);
        if (place < limit) {
          taken.set((int) place, numbered);
        }
      }
    }

    long seen() {
      return seen;
    }

    /** The sample in the order of the stream. */
    List<T> inOrder() {
      assert taken.size() == Math.min(seen, limit);
      taken.sort(Comparator.comparingLong(NumberedItem::number));
      return taken.stream().map(NumberedItem::item).toList();
    }
  }
}
