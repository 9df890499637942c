// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.List;
import java.util.function.IntSupplier;
import org.semantichash.trainer.cli.HashCommand.HashIndexArguments;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.TargetField;
import org.semantichash.trainer.indexing.TargetField.Pipelines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves an index to the new codes of a model that was replaced. */
@Command(
    name = "rehash",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = HashCommand.PRIVILEGES,
    description =
        "Rehash an index whose codes come from an older file of its model: into another field, or"
            + " with --into in a copy. A field never changes its model.")
final class RehashCommand extends HashCommand {

  @Option(
      names = "--code-field",
      defaultValue = "code",
      paramLabel = "FIELD",
      description = "The field with the old codes. Default: ${DEFAULT-VALUE}")
  private String codeField;

  @Option(
      names = "--new-code-field",
      paramLabel = "FIELD",
      description =
          "The field for the new codes. Default with --into: the field with the old codes")
  private String newCodeField;

  @Override
  String target(HashIndexArguments given) {
    if (newCodeField == null && given.into == null) {
      throw new IllegalArgumentException(
          "[new-code-field] must name a new field, or [into] a new index: a field never changes its"
              + " model");
    }
    if (codeField.equals(newCodeField) && given.into == null) {
      throw new IllegalArgumentException(
          "[new-code-field] must be another field than [code-field], got [" + newCodeField + "]");
    }
    return newCodeField == null ? codeField : newCodeField;
  }

  @Override
  int run(Rest cluster, HashModel model, HashIndexArguments given, IntSupplier hashing) {
    List<TargetField.FieldState> states =
        new TargetField(cluster, new FieldPath(codeField), model).states(given.index);
    states.forEach(state -> err().println(describe(state, model)));
    if (states.stream().allMatch(state -> state.digest().equals(model.shortDigest()))) {
      err().println("nothing to do");
      return 0;
    }
    int exitCode = hashing.getAsInt();
    if (exitCode == 0 && target(given).equals(codeField) == false) {
      err().println(advice(new Pipelines(cluster).writing(model.name(), new FieldPath(codeField))));
    }
    return exitCode;
  }

  private String describe(TargetField.FieldState state, HashModel model) {
    String field = "index [" + state.index() + "]: field [" + codeField + "] ";
    if (state.exists() == false) {
      return field + "does not exist";
    }
    if (state.digest().isEmpty()) {
      return field + "does not say which model made its codes";
    }
    return field
        + (state.isOld(model) ? "has old codes, of digest [" : "is up to date, digest [")
        + state.digest()
        + "]; model ["
        + model.name()
        + "] has ["
        + model.shortDigest()
        + "]";
  }

  private String advice(List<String> pipelines) {
    return "now change ["
        + codeField
        + "] to ["
        + newCodeField
        + "] in queries and in the target_field of pipelines "
        + pipelines
        + ", and run this command once more for what was written meanwhile";
  }
}
