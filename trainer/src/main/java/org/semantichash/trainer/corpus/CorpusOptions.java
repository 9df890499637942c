// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Which fields of a record are what.
 *
 * @param textFields the fields that make the text, joined by a line break
 * @param labelField the field with the label or labels, which a record may lack; {@link #NO_LABELS}
 *     for none
 * @param labelRequired whether some record must have that field
 * @param idField the field with the id; a record that lacks it gets its line number
 * @param duplicateIds what becomes of a record whose id occurred before
 * @param maxDocuments take a uniform random sample of this many documents where there are more
 * @param seed gives the same sample of the same input
 * @param encoding of the bytes of each file
 */
public record CorpusOptions(
    List<String> textFields,
    String labelField,
    boolean labelRequired,
    String idField,
    DuplicateIds duplicateIds,
    int maxDocuments,
    long seed,
    Charset encoding) {

  /** The label field that means: read no labels, whatever there is. */
  public static final String NO_LABELS = "none";

  /** Fields "text", "label" and "id", and all documents; of several with an id the first. */
  public static final CorpusOptions DEFAULTS =
      new CorpusOptions(
          List.of("text"), "label", false, "id", DuplicateIds.FIRST, Integer.MAX_VALUE, 1);

  /** What becomes of a record whose id occurred before. */
  public enum DuplicateIds {
    /** It is left out and counted. */
    FIRST,
    /** It is an error. */
    FAIL
  }

  /** Of files in UTF-8. */
  public CorpusOptions(
      List<String> textFields,
      String labelField,
      boolean labelRequired,
      String idField,
      DuplicateIds duplicateIds,
      int maxDocuments,
      long seed) {
    this(
        textFields,
        labelField,
        labelRequired,
        idField,
        duplicateIds,
        maxDocuments,
        seed,
        StandardCharsets.UTF_8);
  }

  public CorpusOptions {
    textFields = List.copyOf(textFields);
    if (textFields.isEmpty()) {
      throw new IllegalArgumentException("[text_field] must name at least one field");
    }
    if (maxDocuments < 1) {
      throw new IllegalArgumentException(
          "[max_documents] must be at least [1], got [" + maxDocuments + "]");
    }
  }

  /** Whether labels are read at all. */
  boolean hasLabels() {
    return labelField.equals(NO_LABELS) == false;
  }

  /**
   * A note where the labels may be, when no record has the default label field.
   *
   * @param fields of the first record
   */
  List<String> labelNote(Collection<String> fields) {
    return fields.stream()
        .filter(field -> labelRequired == false && hasLabels())
        .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("label"))
        .map(
            field ->
                "no record has the field ["
                    + labelField
                    + "], but the first has ["
                    + field
                    + "]: --label-field "
                    + field
                    + " takes its labels")
        .limit(1)
        .toList();
  }
}
