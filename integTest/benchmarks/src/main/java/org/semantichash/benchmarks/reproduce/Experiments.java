// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.semantichash.benchmarks.english.EnglishCommand;
import org.semantichash.benchmarks.english.LongTextsCommand;
import org.semantichash.benchmarks.languages.LanguagesCommand;
import org.semantichash.trainer.cli.SuppressForbidden;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the script {@code run}: experiments with the methods of the trainer. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run published experiments again, time the methods, and measure languages, long texts and"
          + " the built-in model for English."
    },
    synopsisSubcommandLabel = "(reproduce | epochs | languages | english | long-texts)",
    subcommands = {
      ReproduceCommand.class,
      EpochTimesCommand.class,
      LanguagesCommand.class,
      EnglishCommand.class,
      LongTextsCommand.class
    })
public final class Experiments {

  private Experiments() {}

  /** Runs a verb with the standard streams and exits with its code. */
  @SuppressForbidden("the exit code of the command line")
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /**
   * Runs a verb in this process.
   *
   * @return the exit code: 0 done, 1 failed, 2 a wrong command line, 130 interrupted
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    int code =
        new CommandLine(new Experiments())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((e, command, parsed) -> report(e, command))
            .execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private static int report(Exception e, CommandLine command) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    command.getErr().println(command.getCommandName() + ": " + message);
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
