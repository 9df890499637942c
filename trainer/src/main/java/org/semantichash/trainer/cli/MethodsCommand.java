// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.semantichash.trainer.methods.HashingMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the methods and their options. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    description = "List the methods of `train` with their options and defaults.")
final class MethodsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : HashingMethod.names()) {
      HashingMethod method = HashingMethod.named(name, Map.of());
      out.println(name);
      method.remark().ifPresent(remark -> out.println("  " + remark));
      method.toProperties().forEach((option, value) -> out.println("  -O " + option + "=" + value));
      method
          .trainingDefaults()
          .forEach((option, value) -> out.println("  --" + option.replace('_', '-') + "=" + value));
    }
    return 0;
  }
}
