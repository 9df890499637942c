// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossIndex;

/**
 * Fills an index through the pipeline, and beside it the same index without, bulk by bulk in turn.
 */
final class BulkSpeed {

  private static final int BULK_DOCUMENTS = 1500;
  private static final int WARM_UP_BULKS = 4;

  private final GlossIndex hashed;
  private final GlossIndex plain;
  private final List<Gloss> glosses;

  BulkSpeed(GlossIndex hashed, GlossIndex plain, List<Gloss> glosses) {
    this.hashed = hashed;
    this.plain = plain;
    this.glosses = glosses;
  }

  void measure(Results results) throws IOException {
    for (int bulk = 0; bulk < WARM_UP_BULKS; bulk++) { // loads the model, compiles the code
      hashed.bulk(part(bulk * BULK_DOCUMENTS), Demo.MODEL);
      plain.bulk(part(bulk * BULK_DOCUMENTS), null);
    }
    double with = 0;
    double without = 0;
    for (int from = 0; from < glosses.size(); from += BULK_DOCUMENTS) {
      with += hashed.bulk(part(from), Demo.MODEL);
      without += plain.bulk(part(from), null);
    }
    System.out.printf(
        Locale.ROOT, "%,d documents in %.1f s of bulk requests%n", glosses.size(), with);
    results.add(
        "bulk of " + BULK_DOCUMENTS + " documents, one client",
        "documents_per_second_with_hashing",
        glosses.size() / with,
        "documents_per_second_without",
        glosses.size() / without,
        "bulk_time_ratio",
        with / without);
  }

  private List<Gloss> part(int from) {
    return glosses.subList(from, Math.min(glosses.size(), from + BULK_DOCUMENTS));
  }
}
