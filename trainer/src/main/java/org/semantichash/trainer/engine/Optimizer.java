// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.List;
import java.util.function.Function;
import org.semantichash.trainer.engine.Recording.Workspace;

/** Minimises a loss: records it on a tape, goes back through it, and moves the parameters. */
public final class Optimizer implements AutoCloseable {

  private final Workers workers;
  private final Products products;
  private final Workspace workspace = new Workspace();
  private final Adam adam;
  private final long seed;
  private long steps;

  /**
   * How to move the parameters.
   *
   * @param learningRate at the start
   * @param decay factor on the learning rate every 10,000 steps
   * @param gradientClip largest norm of all gradients of a step together; 0 for none
   */
  public record Options(double learningRate, double decay, double gradientClip) {}

  /**
   * An optimizer before its first step.
   *
   * @param seed of all random numbers
   * @param threads threads that share each step; the result does not depend on them
   */
  public Optimizer(Options options, long seed, int threads) {
    this.seed = seed;
    workers = new Workers(threads);
    products = new Products(Kernels.best(), workers);
    adam = new Adam(options, products.kernels(), workers);
  }

  /** The number of steps that were taken. */
  public long steps() {
    return steps;
  }

  /**
   * Takes a step. A loss that is not finite moves nothing and is no step.
   *
   * @param loss records the loss [1, 1] on the tape of this step
   * @return the loss before the step
   */
  public float step(List<Parameter> parameters, Function<Tape, Variable> loss) {
    workspace.reset();
    Tape tape = new Tape(products, workspace, seed, steps);
    Variable recorded = loss.apply(tape);
    float value = recorded.scalar();
    if (Float.isFinite(value)) {
      tape.backward(recorded);
      adam.step(parameters);
      steps++;
    }
    return value;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    workers.close();
  }
}
