// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Optional;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.Autoencoder.LabelHead;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingListener.Preparation;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingLoop.DivergedException;
import org.semantichash.trainer.training.TrainingLoop.Objective;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * A method that minimises the negative of a variational lower bound: an {@link Autoencoder} and the
 * paper's {@link Equations} about it.
 */
public abstract class VariationalMethod extends HashingMethod {

  private final BoundOptions shared;

  VariationalMethod(String name, OptionReader options, BoundOptions shared) {
    super(name, options);
    this.shared = shared;
  }

  /** The method's equations, about parts that it has made here. */
  abstract Equations equations(Autoencoder parts);

  /** The network of a trained encoder: here, a bit is 1 where its output is above 0. */
  HashNetwork network(Autoencoder parts) {
    return parts.network();
  }

  @Override
  public final boolean isSupervised() {
    return shared.labels().supervised();
  }

  @Override
  public final HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    TrainingOptions inner = options.withBits(trainedBits(options));
    try {
      return finished(
          loop.train(objective(documents, inner, loop::onPreparation), documents),
          documents,
          options,
          loop::onCodeStep);
    } catch (DivergedException e) {
      throw e.withLastGood(network -> finished(network, documents, options, loop::onCodeStep));
    }
  }

  /** The width of the codes that a network is trained with, for codes of another in the end. */
  int trainedBits(TrainingOptions options) {
    return options.bits();
  }

  /**
   * The network whose codes are used, of the one that training has chosen.
   *
   * @param progress once it is false, what remains is left out: there is a model to be saved
   */
  HashNetwork finished(
      HashNetwork trained,
      Dataset documents,
      TrainingOptions options,
      HiddenCodes.Progress progress) {
    return trained;
  }

  /** The objective for these documents, with freshly initialised parameters. */
  public final Objective objective(Dataset documents, TrainingOptions training) {
    return objective(documents, training, Preparation.NONE);
  }

  private Objective objective(
      Dataset documents, TrainingOptions training, Preparation preparation) {
    Autoencoder parts = new Autoencoder(documents, training, preparation, shared);
    return new LowerBound(parts, equations(parts));
  }

  private final class LowerBound implements Objective {

    private final Autoencoder parts;
    private final Equations equations;

    LowerBound(Autoencoder parts, Equations equations) {
      this.parts = parts;
      this.equations = equations;
    }

    @Override
    public List<Parameter> parameters() {
      return parts.parameters();
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      return equations.loss(tape, batch);
    }

    @Override
    public void onEpoch(int epoch) {
      equations.onEpoch(epoch);
    }

    @Override
    public Optional<List<float[]>> memory() {
      return Optional.of(equations.memory());
    }

    @Override
    public void restore(List<float[]> memory) {
      equations.restore(memory);
    }

    @Override
    public boolean isWarm(long steps) {
      return shared.klWeight().isWarm(steps);
    }

    @Override
    public HashNetwork network() {
      return VariationalMethod.this.network(parts);
    }
  }

  /** The part of an objective that is a method's own. */
  @FunctionalInterface
  interface Equations {

    /** The loss of a batch, as {@link Objective#loss} has it. */
    Variable loss(Tape tape, Batch batch);

    /** Called after each epoch, see {@link Objective#onEpoch}. */
    default void onEpoch(int epoch) {}

    /** What they remember, see {@link Objective#memory}. */
    default List<float[]> memory() {
      return List.of();
    }

    /** See {@link Objective#restore}. */
    default void restore(List<float[]> memory) {}
  }

  /**
   * The options that the methods with a lower bound share.
   *
   * @param klWeight of the divergence
   * @param target the words to be predicted
   * @param labels whether and how much they count
   */
  record BoundOptions(KlWeight klWeight, WordDecoder.Target target, LabelHead.Options labels) {

    private static final int WARMUP = 1000;

    /** Reads all of them. */
    static BoundOptions read(OptionReader options, double klWeight) {
      return new BoundOptions(
          KlWeight.read(options, klWeight, WARMUP),
          WordDecoder.Target.read(options, "tf_idf"),
          LabelHead.Options.read(options));
    }

    /** For a method that cannot learn from labels. */
    static BoundOptions withoutLabels(OptionReader options, double klWeight) {
      return new BoundOptions(
          KlWeight.read(options, klWeight, WARMUP),
          WordDecoder.Target.read(options, "tf_idf"),
          LabelHead.Options.NONE);
    }

    /** For a method that predicts TF-IDF weights only. */
    static BoundOptions withoutTarget(OptionReader options, double klWeight) {
      return new BoundOptions(
          KlWeight.read(options, klWeight, WARMUP),
          WordDecoder.Target.TF_IDF,
          LabelHead.Options.read(options));
    }

    /**
     * The weight of the divergence from the prior, which grows from 0: options [kl_weight] and
     * [kl_warmup], in steps. The papers count words, whose number per document is tens to hundreds;
     * L2-normed TF-IDF weights sum to about 7, so a weight of 1 would drown the reconstruction.
     * With [cold_epochs] "count" an epoch from before it has grown may be the best, as in the
     * papers' code; with "skip" it is not, since its codes are hardly of the method.
     *
     * @param weight once it is warmed up
     * @param warmup steps over which it grows
     * @param coldEpochsCount whether an epoch of these steps may be the best
     */
    record KlWeight(double weight, int warmup, boolean coldEpochsCount) {

      static KlWeight read(OptionReader options, double weight, int warmup) {
        return new KlWeight(
            options.number("kl_weight", weight, 0, 1),
            options.integer("kl_warmup", warmup, 0),
            options.choice("cold_epochs", "skip", List.of("skip", "count")).equals("count"));
      }

      boolean isWarm(long steps) {
        return coldEpochsCount || steps >= warmup;
      }

      float at(long step) {
        return (float) (step >= warmup ? weight : weight * step / warmup);
      }
    }
  }
}
