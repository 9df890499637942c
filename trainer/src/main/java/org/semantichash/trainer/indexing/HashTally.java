// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the documents. Safe for several threads. */
public final class HashTally {

  private static final int SHOWN = 5;

  public enum Outcome {
    /** Written with its code, or as it is when it has no text and is copied. */
    WRITTEN,
    /** Of the written ones: too few terms were known, so the code is that of an empty text. */
    HASHED_WITHOUT_TERMS,
    /** Nothing to hash: the field is missing or no text. */
    WITHOUT_TEXT,
    /** Too few terms were known, and such documents are left without a code. */
    WITHOUT_TERMS,
    /** Had a code of this model already when it was read, or its copy was up to date. */
    DONE_BEFORE,
    /** Changed between reading and writing; not overwritten, read again. */
    CONFLICT,
    /** Deleted meanwhile, or, in a copy, deleted because the source has it no longer. */
    DELETED,
    /** Only in a copy that was finished before: written into it since, or gone from the source. */
    KEPT,
    /** Refused by the cluster. */
    FAILED;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final List<String> failures = new ArrayList<>();
  private long seen;

  synchronized void add(Outcome outcome, long documents) {
    counts.merge(outcome, documents, Long::sum);
  }

  /** Counts a failure; the first few are kept in words. */
  synchronized void fail(String description) {
    add(Outcome.FAILED, 1);
    if (failures.size() < SHOWN) {
      failures.add(description);
    }
  }

  /** Counts documents that are through. */
  synchronized long see(long documents) {
    return seen += documents;
  }

  /** Called when a walk restarts: what it finds again must not be counted twice. */
  synchronized void forgetUnwritten() {
    counts.keySet().removeAll(List.of(Outcome.WITHOUT_TEXT, Outcome.WITHOUT_TERMS));
    counts.remove(Outcome.DONE_BEFORE);
    seen = of(Outcome.WRITTEN);
  }

  public synchronized long of(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }
}
