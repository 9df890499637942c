// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.List;
import java.util.Locale;

/**
 * The data set of an experiment, which the reader brings.
 *
 * @param file its name; a path relative to the folder with the data
 * @param sha256 of the file, in hexadecimal
 * @param description where to get it and under which licence
 * @param textFields the fields that make the text
 * @param labelField the field with the label or labels
 */
public record InputSpec(
    String file, String sha256, String description, List<String> textFields, String labelField) {

  /** Checks. */
  public InputSpec {
    SpecCheck.requirePresent("file", file);
    SpecCheck.requirePresent("sha256", sha256);
    sha256 = sha256.toLowerCase(Locale.ROOT);
    SpecCheck.require(sha256.matches("[0-9a-f]{64}"), "sha256", "be 64 hexadecimal digits", sha256);
    description = description == null ? "" : description.strip();
    textFields = textFields == null ? List.of("text") : List.copyOf(textFields);
    labelField = labelField == null ? "label" : labelField;
  }
}
