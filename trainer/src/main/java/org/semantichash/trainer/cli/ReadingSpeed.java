// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.semantichash.trainer.corpus.StreamedCorpus;

/** Says how fast the documents were read and turned into vectors, all passes together. */
final class ReadingSpeed {

  private final PrintWriter err;
  private final long start = System.nanoTime();

  /** The clock starts now. */
  ReadingSpeed(PrintWriter err) {
    this.err = err;
  }

  void report(StreamedCorpus corpus) {
    double seconds = (System.nanoTime() - start) / 1e9;
    err.printf(
        Locale.ROOT,
        "read %d of %d documents in %.1f s: %.0f documents/s, %.1f MB/s%n",
        corpus.size(),
        corpus.available(),
        seconds,
        corpus.available() / seconds,
        corpus.bytes() / 1e6 / seconds);
    err.flush();
  }
}
