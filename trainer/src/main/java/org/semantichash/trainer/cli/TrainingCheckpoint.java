// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.features.Features.FeatureOptions;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingState;

/**
 * The file beside a model from which its training goes on, [news.training] for [news.onnx]. It is
 * there only where going on makes sense: after Ctrl-C, and where the score still rose at the last
 * epoch. It holds what the model is made of in floats, and no text.
 */
final class TrainingCheckpoint {

  private static final String TEXTS = "texts";

  /** What may differ when a training goes on. */
  private static final List<String> MAY_DIFFER = List.of("epochs", "patience");

  private final Path model;
  private final Path file;
  private final Map<String, String> origin;
  private final Optional<TrainingState> from;
  private boolean written;

  private TrainingCheckpoint(Path model, Map<String, String> origin, Optional<TrainingState> from) {
    this.model = model;
    this.file = beside(model);
    this.origin = origin;
    this.from = from;
  }

  /**
   * The checkpoint of a model.
   *
   * @param output the model file to write
   * @param continued the model whose training goes on; empty to begin
   * @param origin of {@link #origin}
   * @param epochs how many there are to be in all
   * @param lenient where to say that it begins again, since texts or options have changed; empty to
   *     refuse
   * @throws IllegalArgumentException when there is nothing to go on from, or something else
   */
  static TrainingCheckpoint of(
      Path output,
      Optional<Path> continued,
      Map<String, String> origin,
      int epochs,
      Optional<PrintWriter> lenient)
      throws IOException {
    if (continued.isEmpty()) {
      return new TrainingCheckpoint(output, origin, Optional.empty());
    }
    Path file = beside(continued.get());
    if (Files.isRegularFile(file) == false) {
      throw new IllegalArgumentException(
          "[continue] needs file ["
              + file
              + "], which train leaves after Ctrl-C or where the score still rises at the last"
              + " epoch, but there is none");
    }
    TrainingState state = TrainingState.read(file);
    Optional<String> difference =
        difference(state.origin(), origin).or(() -> noneLeft(state.epochs().size(), epochs));
    if (difference.isPresent() && lenient.isPresent()) {
      lenient.get().println("NOTE: the training begins again: " + difference.get());
      return new TrainingCheckpoint(output, origin, Optional.empty());
    }
    if (difference.isPresent()) {
      throw new IllegalArgumentException(difference.get());
    }
    return new TrainingCheckpoint(output, origin, Optional.of(state));
  }

  private static Optional<String> noneLeft(int run, int epochs) {
    return epochs > run
        ? Optional.empty()
        : Optional.of(
            "[epochs] must be more than the [" + run + "] that were run, got [" + epochs + "]");
  }

  /** Whether there is this model, and its training can go on. */
  static boolean isBeside(Path model) {
    return Files.isRegularFile(model) && Files.isRegularFile(beside(model));
  }

  private static Path beside(Path model) {
    String name = model.getFileName().toString();
    return model.resolveSibling(name.replaceFirst("\\.onnx$", "") + ".training");
  }

  /**
   * Everything that decides what is learned, by name, but for the number of epochs.
   *
   * @param digest of the texts
   * @param others options of the command
   */
  static Map<String, String> origin(
      String digest,
      HashingMethod method,
      TrainingOptions options,
      FeatureOptions features,
      Map<String, String> others) {
    Map<String, String> origin = new TreeMap<>(options.toProperties());
    origin.putAll(method.toProperties());
    origin.putAll(features.toProperties());
    origin.putAll(others);
    origin.put("method", method.name());
    origin.put("analyzer", features.analyzer().toString());
    origin.keySet().removeAll(MAY_DIFFER);
    origin.put(TEXTS, digest);
    return origin;
  }

  /** The first thing that is not as it was. */
  private static Optional<String> difference(Map<String, String> was, Map<String, String> is) {
    TreeMap<String, String> names = new TreeMap<>(was);
    names.putAll(is);
    return names.keySet().stream()
        .filter(name -> was.getOrDefault(name, "").equals(is.getOrDefault(name, "")) == false)
        .findFirst()
        .map(
            name ->
                "[continue] needs the same ["
                    + name
                    + "] as before, ["
                    + was.getOrDefault(name, "none")
                    + "], got ["
                    + is.getOrDefault(name, "none")
                    + "]");
  }

  /**
   * Lets a loop go on from here, and keeps where it ends.
   *
   * @param wanted whether what it ends with is worth going on from
   */
  void attach(TrainingLoop loop, BooleanSupplier wanted) {
    from.ifPresent(loop::resume);
    loop.onEnd(
        state -> {
          if (wanted.getAsBoolean()) {
            write(state.of(origin));
          }
        });
  }

  private void write(TrainingState state) {
    try {
      FileArguments.makeFolders(file);
      state.write(file);
      written = true;
    } catch (IOException e) {
      throw new UncheckedIOException("file [" + file + "] cannot be written", e);
    }
  }

  /**
   * Says how the training goes on, or deletes what is left of an earlier one.
   *
   * @param arguments of this command
   * @param more how many epochs there are to be then; empty for as many as now
   */
  void print(PrintWriter err, List<String> arguments, OptionalInt more) throws IOException {
    if (written == false) {
      Files.deleteIfExists(file);
      return;
    }
    err.printf(
        Locale.ROOT,
        "wrote %s, %.1f MB, with which the training goes on:%n  semantic-hash train %s%n",
        file,
        Files.size(file) / 1e6,
        String.join(" ", continuing(arguments, more)));
    err.flush();
  }

  /** The arguments that go on, as a shell takes them, without passwords. */
  List<String> continuing(List<String> arguments, OptionalInt more) {
    List<String> all = new ArrayList<>();
    String option = "";
    boolean isVerb = arguments.getFirst().equals("train");
    for (String argument : arguments.subList(isVerb ? 1 : 0, arguments.size())) {
      String name = argument.startsWith("--") ? argument.replaceFirst("=.*", "") : option;
      boolean ends = argument.startsWith("--") == false || argument.contains("=");
      option = ends ? "" : name;
      switch (name) {
        case "--continue" -> {}
        case "--epochs" -> {
          if (more.isEmpty()) {
            all.add(argument);
          }
        }
        case "--user", "--api-key" -> {
          if (ends) {
            all.add(name + "=" + (name.equals("--user") ? "NAME:PASSWORD" : "KEY"));
          }
        }
        default -> all.add(quoted(argument));
      }
    }
    more.ifPresent(epochs -> all.add("--epochs=" + epochs));
    all.add("--continue=" + quoted(model.toString()));
    return all;
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
