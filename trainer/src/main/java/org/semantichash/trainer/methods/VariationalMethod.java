// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.OptionReader;
import org.semantichash.trainer.learning.Parameter;
import org.semantichash.trainer.learning.Preparation;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.learning.Variable;

/**
 * A method that minimises the negative of a variational lower bound: an {@link Autoencoder} and the
 * paper's {@link Equations} about it.
 */
abstract class VariationalMethod extends ConfiguredMethod implements LearnedMethod {

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
  public final Objective objective(Dataset documents, TrainingOptions training) {
    return objective(documents, training, Preparation.NONE);
  }

  @Override
  public final Objective objective(
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
    public HashNetwork network() {
      return VariationalMethod.this.network(parts);
    }
  }
}
