// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.util.List;
import java.util.Objects;

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
