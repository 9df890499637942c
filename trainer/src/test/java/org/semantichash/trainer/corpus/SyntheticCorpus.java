// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Writes any number of documents to measure time and memory by: words of a Zipf distribution, of
 * which the less frequent ones belong to one of 20 topics, the label.
 *
 * <p>Arguments: the file, JSON lines with gzip; the number of documents; words a document; words of
 * the vocabulary; seed.
 */
final class SyntheticCorpus {

  private static final int TOPICS = 20;
  private static final int COMMON = 200;

  private final SplittableRandom random;
  private final int words;

  private SyntheticCorpus(int words, long seed) {
    this.random = new SplittableRandom(seed);
    this.words = words;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    int documents = Integer.parseInt(arguments[1]);
    int length = Integer.parseInt(arguments[2]);
    SyntheticCorpus corpus =
        new SyntheticCorpus(Integer.parseInt(arguments[3]), Long.parseLong(arguments[4]));
    try (OutputStream file = Files.newOutputStream(Path.of(arguments[0]));
        PrintStream lines =
            new PrintStream(
                new BufferedOutputStream(new GZIPOutputStream(file, 1 << 16), 1 << 16),
                false,
                StandardCharsets.UTF_8)) {
      for (int i = 0; i < documents; i++) {
        lines.print(corpus.line(i, length));
      }
    }
  }

  private String line(int number, int length) {
    int topic = random.nextInt(TOPICS);
    StringBuilder line = new StringBuilder(length * 8);
    line.append("{\"id\": \"d").append(number).append("\", \"label\": \"t").append(topic);
    line.append("\", \"text\": \"");
    for (int i = 0; i < length; i++) {
      line.append(i == 0 ? "" : " ").append(word(rank(), topic));
    }
    return line.append("\"}\n").toString();
  }

  /** A rank from 0 with a probability of about 1 / (rank + 1). */
  private int rank() {
    return (int) StrictMath.pow(words, random.nextDouble()) - 1;
  }

  /** Letters for a rank; three quarters of the rarer words are moved to the topic's own. */
  private String word(int rank, int topic) {
    int moved = rank;
    if (rank >= COMMON && random.nextInt(4) > 0) {
      moved = Math.min(words - 1, rank - rank % TOPICS + topic);
    }
    return "w" + Integer.toString(moved + 36 * 36, 36);
  }
}
