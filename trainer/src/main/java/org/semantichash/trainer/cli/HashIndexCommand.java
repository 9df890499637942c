// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.function.IntSupplier;
import org.semantichash.trainer.cli.HashCommand.HashIndexArguments;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.HashModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the documents of an index their codes. */
@Command(
    name = "hash-index",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = HashCommand.PRIVILEGES,
    description =
        "Add codes to the documents of an existing index, in place or in a copy. The cluster"
            + " hashes the texts. Documents that others change in the meantime are never"
            + " overwritten. The same"
            + " command resumes an interrupted run.")
final class HashIndexCommand extends HashCommand {

  @Option(
      names = "--code-field",
      defaultValue = "code",
      paramLabel = "FIELD",
      description = "The field for the codes, added if it is missing. Default: ${DEFAULT-VALUE}")
  private String codeField;

  @Override
  String target(HashIndexArguments given) {
    return codeField;
  }

  @Override
  int run(Rest cluster, HashModel model, HashIndexArguments given, IntSupplier hashing) {
    return hashing.getAsInt();
  }
}
