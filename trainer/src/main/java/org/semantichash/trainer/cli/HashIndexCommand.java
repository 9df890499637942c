/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.cli;

import java.util.function.IntSupplier;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.HashModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the documents of an index their codes. */
@Command(
    name = "hash-index",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer =
        "cluster:monitor/semantic_hash/* on the cluster; read, view_index_metadata and index on the"
            + " index, and manage to add the field; with --into also create_index, index and manage on"
            + " the new index, and manage on both for --alias or --block-writes.",
    description =
        "Give the documents of an existing index their codes, in place or in a copy. The cluster"
            + " hashes. Documents that others change meanwhile are never overwritten. The same"
            + " command goes on where an earlier one broke off.")
final class HashIndexCommand extends HashingCommand {

  @Option(
      names = "--target",
      defaultValue = "code",
      paramLabel = "FIELD",
      description = "The field for the codes; added if missing. Default: ${DEFAULT-VALUE}")
  private String target;

  @Override
  String target(HashIndexArguments given) {
    return target;
  }

  @Override
  int run(Rest cluster, HashModel model, HashIndexArguments given, IntSupplier hashing) {
    return hashing.getAsInt();
  }
}
