// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.hash.BinaryCode;

/**
 * The options that all methods are trained with.
 *
 * @param bits width of the codes
 * @param hiddenUnits units of each hidden layer
 * @param hiddenLayers hidden layers, 0 to 2
 * @param epochs the most passes over the documents
 * @param patience epochs without a better validation score after which training ends
 * @param batchSize documents per step
 * @param learningRate of Adam, at the start
 * @param decay factor on the learning rate every 10,000 steps
 * @param keep share of the hidden units that dropout keeps
 * @param gradientClip largest norm of all gradients of a step together; 0 for none
 * @param seed of every random choice
 * @param threads threads that share each step; the result does not depend on them
 */
public record TrainingOptions(
    int bits,
    int hiddenUnits,
    int hiddenLayers,
    int epochs,
    int patience,
    int batchSize,
    double learningRate,
    double decay,
    double keep,
    double gradientClip,
    long seed,
    int threads) {

  /** The defaults. */
  public static final TrainingOptions DEFAULTS =
      new TrainingOptions(64, 500, 1, 25, 4, 100, 0.002, 0.96, 0.5, 0, 1, 2);

  private static final int STEPS_AN_EPOCH = 80;
  private static final int LEAST_BATCH = 10;
  private static final int DOCUMENTS_SEEN = 150_000;
  private static final int LEAST_EPOCHS = 5;
  private static final int MOST_EPOCHS = 60;

  /**
   * The defaults for so many training documents: smaller batches where there are few of them, so
   * that an epoch still makes some steps, and more epochs.
   */
  public static TrainingOptions forDocuments(int documents) {
    int batch = Math.clamp(documents / STEPS_AN_EPOCH, LEAST_BATCH, DEFAULTS.batchSize());
    int epochs = Math.clamp(DOCUMENTS_SEEN / Math.max(1, documents), LEAST_EPOCHS, MOST_EPOCHS);
    return DEFAULTS.with(
        Map.of(
            "batch_size", Integer.toString(Math.max(1, Math.min(batch, documents))),
            "epochs", Integer.toString(epochs)));
  }

  /** Checks every value. */
  public TrainingOptions {
    BinaryCode.byteLength(bits);
    atLeast("hidden_units", hiddenUnits, 1);
    require(
        hiddenLayers >= 0 && hiddenLayers <= 2, "hidden_layers", "[0], [1] or [2]", hiddenLayers);
    atLeast("epochs", epochs, 1);
    atLeast("patience", patience, 1);
    atLeast("batch_size", batchSize, 1);
    require(learningRate > 0 && learningRate < 1, "learning_rate", "in (0, 1)", learningRate);
    require(decay > 0 && decay <= 1, "decay", "in (0, 1]", decay);
    require(keep > 0 && keep <= 1, "keep", "in (0, 1]", keep);
    require(gradientClip >= 0, "gradient_clip", "[0] or more", gradientClip);
    atLeast("threads", threads, 1);
  }

  private static void atLeast(String name, int value, int least) {
    require(value >= least, name, "at least [" + least + "]", value);
  }

  private static void require(boolean condition, String name, String rule, Number value) {
    if (condition == false) {
      throw new IllegalArgumentException(
          "[" + name + "] must be " + rule + ", got [" + value + "]");
    }
  }

  /** Every option that changes the result, by its name, as the model file keeps it. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("bits", Integer.toString(bits));
    properties.put("hidden_units", Integer.toString(hiddenUnits));
    properties.put("hidden_layers", Integer.toString(hiddenLayers));
    properties.put("epochs", Integer.toString(epochs));
    properties.put("patience", Integer.toString(patience));
    properties.put("batch_size", Integer.toString(batchSize));
    properties.put("learning_rate", Double.toString(learningRate));
    properties.put("decay", Double.toString(decay));
    properties.put("keep", Double.toString(keep));
    properties.put("gradient_clip", Double.toString(gradientClip));
    properties.put("seed", Long.toString(seed));
    return properties;
  }

  /**
   * These options with others instead of some.
   *
   * @param values by the names of {@link #toProperties}, and [threads]
   * @throws IllegalArgumentException when a name is unknown or a value is not as it must be
   */
  public TrainingOptions with(Map<String, String> values) {
    OptionReader reader = new OptionReader("training", values);
    TrainingOptions options =
        new TrainingOptions(
            reader.integer("bits", bits),
            reader.integer("hidden_units", hiddenUnits),
            reader.integer("hidden_layers", hiddenLayers),
            reader.integer("epochs", epochs),
            reader.integer("patience", patience),
            reader.integer("batch_size", batchSize),
            reader.number("learning_rate", learningRate),
            reader.number("decay", decay),
            reader.number("keep", keep),
            reader.number("gradient_clip", gradientClip),
            reader.whole("seed", seed),
            reader.integer("threads", threads));
    reader.requireAllKnown();
    return options;
  }

  /** The same options with another width. */
  public TrainingOptions withBits(int other) {
    return with(Map.of("bits", Integer.toString(other)));
  }

  /** The same options with another number of epochs. */
  public TrainingOptions withEpochs(int other) {
    return with(Map.of("epochs", Integer.toString(other)));
  }

  /** The same options with another seed. */
  public TrainingOptions withSeed(long other) {
    return with(Map.of("seed", Long.toString(other)));
  }

  /** The same options with another number of threads. */
  public TrainingOptions withThreads(int other) {
    return with(Map.of("threads", Integer.toString(other)));
  }

  /**
   * Options given by name as text, read one by one; what was read is known afterwards, defaults
   * included.
   */
  public static final class OptionReader {

    private final String owner;
    private final Map<String, String> given;
    private final Map<String, String> read = new TreeMap<>();

    /**
     * A reader.
     *
     * @param owner what the options belong to, for messages
     * @param given values by name
     */
    public OptionReader(String owner, Map<String, String> given) {
      this.owner = owner;
      this.given = Map.copyOf(given);
    }

    /** An integer of 32 bits. */
    public int integer(String name, int otherwise) {
      return (int) whole(name, otherwise, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** An integer that is not below a number. */
    public int integer(String name, int otherwise, int least) {
      int value = integer(name, otherwise);
      require(value >= least, name, "at least [" + least + "]", value);
      return value;
    }

    /** An integer in a closed range. */
    public int integer(String name, int otherwise, int least, int most) {
      int value = integer(name, otherwise);
      require(value >= least && value <= most, name, "in [" + least + ", " + most + "]", value);
      return value;
    }

    /** An integer of 64 bits. */
    public long whole(String name, long otherwise) {
      return whole(name, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long whole(String name, long otherwise, long least, long most) {
      String text = text(name, Long.toString(otherwise));
      try {
        long value = Long.parseLong(text);
        require(value >= least && value <= most, name, "an integer", text);
        return value;
      } catch (NumberFormatException e) {
        throw refused(name, "an integer", text);
      }
    }

    /** A number. */
    public double number(String name, double otherwise) {
      String text = text(name, Double.toString(otherwise));
      try {
        double value = Double.parseDouble(text);
        require(Double.isFinite(value), name, "a number", text);
        return value;
      } catch (NumberFormatException e) {
        throw refused(name, "a number", text);
      }
    }

    /** A number in a closed range. */
    public double number(String name, double otherwise, double least, double most) {
      double value = number(name, otherwise);
      require(value >= least && value <= most, name, "in [" + least + ", " + most + "]", value);
      return value;
    }

    /** true or false. */
    public boolean flag(String name, boolean otherwise) {
      return choice(name, Boolean.toString(otherwise), List.of("true", "false")).equals("true");
    }

    /** One of some words. */
    public String choice(String name, String otherwise, List<String> choices) {
      String text = text(name, otherwise);
      require(choices.contains(text), name, "one of " + choices, text);
      return text;
    }

    private String text(String name, String otherwise) {
      String text = given.getOrDefault(name, otherwise);
      read.put(name, text);
      return text;
    }

    /** What was read so far, by name: the values given, else the defaults. */
    public Map<String, String> values() {
      return Collections.unmodifiableMap(new TreeMap<>(read));
    }

    /** Refuses names that nothing has read. */
    public void requireAllKnown() {
      for (String name : new TreeMap<>(given).keySet()) {
        if (read.containsKey(name) == false) {
          throw new IllegalArgumentException(
              "options of [" + owner + "] must be among " + read.keySet() + ", got [" + name + "]");
        }
      }
    }

    private static void require(boolean condition, String name, String rule, Object value) {
      if (condition == false) {
        throw refused(name, rule, value);
      }
    }

    private static IllegalArgumentException refused(String name, String rule, Object value) {
      return new IllegalArgumentException(
          "[" + name + "] must be " + rule + ", got [" + value + "]");
    }
  }
}
