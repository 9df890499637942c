// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds documents whose id stood before. */
final class UniqueIds {

  private final CorpusOptions options;
  private final Map<String, Place> places = new HashMap<>();
  private long leftOut;
  private String example;

  UniqueIds(CorpusOptions options) {
    this.options = options;
  }

  /**
   * Whether nobody had this id before.
   *
   * @throws CorpusException when somebody had, and that is not allowed
   */
  boolean isNew(Document document, Place place) {
    Place earlier = places.putIfAbsent(document.id(), place);
    if (earlier == null) {
      return true;
    }
    String what =
        place + ": id [" + document.id() + "] must be unique, it stands already at " + earlier;
    if (options.duplicateIds() == CorpusOptions.DuplicateIds.FAIL) {
      throw new CorpusException(what);
    }
    example = leftOut == 0 ? what : example;
    leftOut++;
    return false;
  }

  /** Tells what was left out. */
  List<String> notes() {
    return leftOut == 0
        ? List.of()
        : List.of(
            "left out ["
                + leftOut
                + "] documents whose id stood before, the first: "
                + example
                + "; --duplicate-ids fail refuses them");
  }
}
