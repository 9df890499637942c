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

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.Methods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the methods and their options. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    description = "List the methods of `train`, with their options and the defaults of these.")
final class MethodsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : Methods.names()) {
      HashingMethod method = Methods.named(name, Map.of());
      out.println(name);
      method.toProperties().forEach((option, value) -> out.println("  -O " + option + "=" + value));
      method
          .trainingDefaults()
          .forEach((option, value) -> out.println("  --" + option.replace('_', '-') + "=" + value));
    }
    return 0;
  }
}
