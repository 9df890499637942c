// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code semantic-hash} with its verbs. */
@Command(
    name = "semantic-hash",
    description = "Learn short binary codes for texts, for the Elasticsearch plugin semantic-hash.",
    mixinStandardHelpOptions = true,
    versionProvider = SemanticHash.Versions.class,
    synopsisSubcommandLabel =
        "(setup | train | evaluate | encode | inspect | methods | upload | models | delete | bulk |"
            + " hash-index | rehash | near-duplicates | calibrate | sizing | generate-completion)",
    subcommands = {
      SetupCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      EncodeCommand.class,
      InspectCommand.class,
      MethodsCommand.class,
      UploadCommand.class,
      ModelsCommand.class,
      DeleteCommand.class,
      BulkCommand.class,
      HashIndexCommand.class,
      RehashCommand.class,
      NearDuplicatesCommand.class,
      CalibrateCommand.class,
      SizingCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:failed; the reason is on standard error",
      " 2:the command line is wrong",
      "130:interrupted; train has written the best model so far"
    })
public final class SemanticHash {

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean stacktrace;

  /**
   * Runs a verb in this process, with the standard streams.
   *
   * @return the exit code
   */
  public static int run(String... args) {
    return run(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        args);
  }

  /**
   * Runs a verb in this process.
   *
   * @param out gets results
   * @param err gets progress and errors
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    SemanticHash root = new SemanticHash();
    int code =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((e, unused) -> misused(cause(e)))
            .setExecutionExceptionHandler((e, command, parsed) -> root.report(e, command))
            .execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** One line instead of the whole help, in which the line would be lost. */
  private static int misused(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .println(name + ": " + e.getMessage() + suggestion(e) + "; see " + name + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String suggestion(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      Optional<String> file =
          unmatched.getUnmatched().stream()
              .filter(argument -> argument.startsWith("@"))
              .findFirst();
      if (file.isPresent()) {
        return "; no file [" + file.get().substring(1) + "] with options can be read";
      }
    }
    List<String> near =
        e instanceof CommandLine.UnmatchedArgumentException unknown
            ? unknown.getSuggestions()
            : List.of();
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  /**
   * The error that a person can act on: where an option is missing because its name is misspelt,
   * that there is no option of that name.
   */
  private static CommandLine.ParameterException cause(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    List<String> unknown =
        command.getUnmatchedArguments().stream().filter(word -> word.startsWith("-")).toList();
    return e instanceof CommandLine.MissingParameterException && unknown.isEmpty() == false
        ? new CommandLine.UnmatchedArgumentException(command, unknown)
        : e;
  }

  private int report(Exception e, CommandLine command) {
    if (stacktrace) {
      e.printStackTrace(command.getErr());
    } else {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      command.getErr().println("semantic-hash " + command.getCommandName() + ": " + message);
    }
    return 1;
  }

  /** Versions as the build wrote them into the jar. */
  public static final class Versions implements IVersionProvider {

    private static final Properties BUILT = load();

    private static Properties load() {
      Properties properties = new Properties();
      try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties;
    }

    /** The version of the trainer. */
    public static String trainer() {
      return BUILT.getProperty("trainer");
    }

    static String onnxRuntime() {
      return BUILT.getProperty("onnxruntime");
    }

    static String lucene() {
      return BUILT.getProperty("lucene");
    }

    @Override
    public String[] getVersion() {
      return new String[] {
        "semantic-hash "
            + trainer()
            + " (ONNX Runtime "
            + onnxRuntime()
            + ", Lucene "
            + lucene()
            + ")"
      };
    }
  }
}
