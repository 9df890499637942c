// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import picocli.CommandLine.Option;

/** The seed of a command that trains nothing. */
final class SeedArgument {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is random. Default: ${DEFAULT-VALUE}")
  private long seed;

  long value() {
    return seed;
  }
}
