// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.HashingMethod.PublishedSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the methods and their options. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    description = {
      "List the methods of `train` with their options and defaults.",
      "After the tuned settings come those that --preset published has instead, and where they are"
          + " from."
    })
final class MethodsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : HashingMethod.names()) {
      HashingMethod method = HashingMethod.named(name, Map.of());
      out.println(name);
      method.remark().ifPresent(remark -> out.println("  " + remark));
      print(out, "  ", method.toProperties(), method.trainingDefaults());
      method.published().ifPresent(published -> print(out, published));
    }
    return 0;
  }

  private static void print(PrintWriter out, PublishedSettings published) {
    out.println("  --preset published: " + published.source());
    print(out, "    ", published.options(), published.training());
  }

  /** Options of a method and of its training, by name. */
  private static void print(
      PrintWriter out, String indent, Map<String, String> options, Map<String, String> training) {
    new TreeMap<>(options)
        .forEach((option, value) -> out.println(indent + "-O " + option + "=" + value));
    new TreeMap<>(training)
        .forEach(
            (option, value) -> out.println(indent + "--" + option.replace('_', '-') + "=" + value));
  }
}
