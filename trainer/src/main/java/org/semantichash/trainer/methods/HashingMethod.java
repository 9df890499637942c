// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/** A method that makes a network of documents, with its options. */
public abstract class HashingMethod {

  private final String name;
  private final OptionReader options;
  private Preset preset = Preset.TUNED;

  /**
   * A method.
   *
   * @param options what it reads in its constructor, and returns afterwards
   */
  HashingMethod(String name, OptionReader options) {
    this.name = name;
    this.options = options;
  }

  /** The names, in alphabetical order. */
  public static List<String> names() {
    return List.of(
        Ammi.NAME,
        Auto.NAME,
        Bmsh.NAME,
        CorrSh.NAME,
        Doc2hash.NAME,
        Gmsh.NAME,
        Itq.NAME,
        Ksh.NAME,
        Lda.NAME,
        Lsh.NAME,
        Nash.NAME,
        Nash.WITH_NOISE,
        NbrReg.NAME,
        Node2hash.NAME,
        PairRec.NAME,
        Rbsh.NAME,
        Srbm.NAME,
        Shttm.NAME,
        Snuh.NAME,
        Sph.NAME,
        Sth.NAME,
        Vdsh.NAME,
        Wish.NAME);
  }

  /**
   * A method.
   *
   * @param name one of {@link #names}
   * @param options its own options by name; what is not given has its default
   * @throws IllegalArgumentException for another name, an option that it does not have, or a value
   *     that is not as it must be
   */
  public static HashingMethod named(String name, Map<String, String> options) {
    OptionReader reader = new OptionReader(name, options);
    HashingMethod method = create(name, reader);
    reader.requireAllKnown();
    return method;
  }

  /**
   * A method with the settings of a preset.
   *
   * @param options its own options by name; what is not given is as the preset has it
   * @throws IllegalArgumentException as {@link #named(String, Map)} does, and for [published] where
   *     there is no paper
   */
  public static HashingMethod named(String name, Preset preset, Map<String, String> options) {
    if (preset == Preset.TUNED) {
      return named(name, options);
    }
    Map<String, String> all = new TreeMap<>(published(name).options());
    all.putAll(options);
    HashingMethod method = named(name, all);
    method.preset = preset;
    return method;
  }

  private static PublishedSettings published(String name) {
    return named(name, Map.of())
        .published()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[preset] of ["
                        + name
                        + "] must be ["
                        + Preset.TUNED
                        + "], since no paper has this method, got ["
                        + Preset.PUBLISHED
                        + "]"));
  }

  private static HashingMethod create(String name, OptionReader options) {
    return switch (name) {
      case Ammi.NAME -> new Ammi(options);
      case Auto.NAME -> new Auto(options);
      case Bmsh.NAME -> new Bmsh(options);
      case CorrSh.NAME -> new CorrSh(options);
      case Doc2hash.NAME -> new Doc2hash(options);
      case Gmsh.NAME -> new Gmsh(options);
      case Itq.NAME -> new Itq(options);
      case Ksh.NAME -> new Ksh(options);
      case Lda.NAME -> new Lda(options);
      case Lsh.NAME -> new Lsh(options);
      case Nash.NAME -> new Nash(options, false);
      case Nash.WITH_NOISE -> new Nash(options, true);
      case NbrReg.NAME -> new NbrReg(options);
      case Node2hash.NAME -> new Node2hash(options);
      case PairRec.NAME -> new PairRec(options);
      case Rbsh.NAME -> new Rbsh(options);
      case Srbm.NAME -> new Srbm(options);
      case Shttm.NAME -> new Shttm(options);
      case Snuh.NAME -> new Snuh(options);
      case Sph.NAME -> new Sph(options);
      case Sth.NAME -> new Sth(options);
      case Vdsh.NAME -> new Vdsh(options);
      case Wish.NAME -> new Wish(options);
      default ->
          throw new IllegalArgumentException(
              "[method] must be one of " + names() + ", got [" + name + "]");
    };
  }

  /** Its name in options and model files. */
  public final String name() {
    return name;
  }

  /** Its own options by name, as the model file keeps them. */
  public final Map<String, String> toProperties() {
    return options.values();
  }

  /** Where its settings come from unless they are given. */
  public final Preset preset() {
    return preset;
  }

  /** The training options by name that it wants to differ from the defaults, by its preset. */
  public final Map<String, String> trainingDefaults() {
    Map<String, String> all = new TreeMap<>(tunedTraining());
    if (preset == Preset.PUBLISHED) {
      published().ifPresent(settings -> all.putAll(settings.training()));
    }
    return all;
  }

  /** The same of the tuned preset. */
  Map<String, String> tunedTraining() {
    return Map.of();
  }

  /** The settings of its paper and its authors' code; empty where there is no paper. */
  public Optional<PublishedSettings> published() {
    return Optional.of(PublishedSettings.AS_TUNED);
  }

  /** What one should know before choosing it, in one line; empty for most. */
  public Optional<String> remark() {
    return Optional.empty();
  }

  /** Whether it learns from labels, not from texts alone. */
  public boolean isSupervised() {
    return false;
  }

  /**
   * The network for these documents.
   *
   * @param loop trains what has an objective, with the same options
   * @throws IllegalArgumentException when the documents are not what the method needs
   */
  public abstract HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop);

  /** Which settings a method has where none are given. */
  public enum Preset {
    /** What was best on validation documents of the collections measured. */
    TUNED,
    /** What the method's paper and its authors' code have, see {@link PublishedSettings}. */
    PUBLISHED;

    /**
     * By its name.
     *
     * @throws IllegalArgumentException for another one
     */
    public static Preset named(String name) {
      return Arrays.stream(values())
          .filter(preset -> preset.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "[preset] must be one of "
                          + Arrays.toString(values())
                          + ", got ["
                          + name
                          + "]"));
    }

    /** As options and files have it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The settings of a method's paper and of its authors' code, as far as they are known and can be
   * said by options: what differs from the tuned ones. What a paper leaves open is as tuned; what
   * cannot be said by options is among the deviations in the method's Javadoc. Where a paper chose
   * a value anew for each collection and width on validation documents, it is that of 20 Newsgroups
   * at 64 bits.
   *
   * @param source where they come from, in one line
   * @param options of the method by name
   * @param training the options of the training by name
   */
  public record PublishedSettings(
      String source, Map<String, String> options, Map<String, String> training) {

    /** The tuned settings are those of the paper, or no others are known. */
    static final PublishedSettings AS_TUNED =
        new PublishedSettings("as tuned: no other settings are known", Map.of(), Map.of());

    /** Copies the options. */
    public PublishedSettings {
      options = Map.copyOf(options);
      training = Map.copyOf(training);
    }

    /** The same with further options of the method. */
    PublishedSettings with(Map<String, String> more) {
      return new PublishedSettings(source, joined(options, more), training);
    }

    /**
     * Of a lower bound on words, as the papers have it: every term that occurs is predicted once,
     * and the divergence has its whole weight.
     */
    static PublishedSettings ofWords(String source, Map<String, String> training) {
      return new PublishedSettings(
          source, Map.of("target", "words", "kl_weight", "1", "cold_epochs", "count"), training);
    }

    /**
     * The same with the network and the training of NASH, which most papers after it take over: two
     * layers of 500 units.
     */
    static PublishedSettings asNash(String source) {
      return ofWords(
          source,
          Map.of("hidden_layers", "2", "keep", "0.8", "learning_rate", "0.001", "decay", "0.96"));
    }

    private static Map<String, String> joined(
        Map<String, String> first, Map<String, String> second) {
      Map<String, String> all = new TreeMap<>(first);
      all.putAll(second);
      return all;
    }
  }
}
