// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** How a command ended, and what it said. */
record CommandRun(int code, String out, String err) {

  /** Runs {@code semantic-hash} in this process. */
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int code = SemanticHash.run(new PrintWriter(out), new PrintWriter(err), words);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** The last line of standard error, which says why a command failed. */
  String lastError() {
    return err.lines().reduce((first, last) -> last).orElse("");
  }
}
