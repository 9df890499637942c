// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

/** Whether a person looks at a terminal. */
final class Terminal {

  private Terminal() {}

  /** Whether the person says yes; only to be asked of an interactive terminal. */
  static boolean confirms(PrintWriter err, String question) {
    err.print(question + " [y/N] ");
    err.flush();
    String answer = System.console().readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it does on Java 21, and the method below tells for later ones
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal too, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
