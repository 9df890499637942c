// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which fields of the input have the text. */
final class TextFieldArguments {

  @Option(
      names = "--text-field",
      split = ",",
      defaultValue = "text",
      paramLabel = "FIELD",
      description = "Field or column with the text; several are joined. Default: ${DEFAULT-VALUE}")
  private List<String> names;

  List<String> names() {
    return names;
  }
}
