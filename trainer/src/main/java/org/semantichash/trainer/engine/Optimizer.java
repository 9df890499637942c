// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.semantichash.trainer.engine.Products.Workers;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.StepContext.Workspace;

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

  /** Goes on after so many steps, with parameters as they were then. */
  public void resume(long taken) {
    steps = taken;
    adam.steps = taken;
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

  /**
   * Adam (Kingma and Ba, 2015) with beta1 0.9, beta2 0.999 and epsilon 1e-8; the learning rate
   * decays by a factor every 10,000 steps, smoothly. Row-sparse parameters are updated lazily, see
   * {@link Parameter}.
   */
  static final class Adam {

    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final double DECAY_STEPS = 10_000;

    /** Elements whose gradient is cleared while it is still in the first-level cache. */
    private static final int BLOCK = 1024;

    private final double learningRate;
    private final double decay;
    private final double clip;
    private final Kernels kernels;
    private final Workers workers;
    private long steps;

    /**
     * What a step does to every element.
     *
     * @param scale factor on the gradient
     * @param size of the step, with the corrections of both moments in it
     * @param epsilon added to the root of the second moment, which is not corrected
     */
    record Step(float scale, float size, float epsilon) {}

    Adam(Optimizer.Options options, Kernels kernels, Workers workers) {
      this.learningRate = options.learningRate();
      this.decay = options.decay();
      this.clip = options.gradientClip();
      this.kernels = kernels;
      this.workers = workers;
    }

    void step(List<Parameter> parameters) {
      float scale = clipFactor(parameters);
      double rate = learningRate * StrictMath.pow(decay, steps / DECAY_STEPS);
      steps++;
      double correction1 = 1 - StrictMath.pow(BETA1, (double) steps);
      double correction2 = 1 - StrictMath.pow(BETA2, (double) steps);
      float size = (float) (rate * Math.sqrt(correction2) / correction1);
      Step step = new Step(scale, size, (float) (EPSILON * Math.sqrt(correction2)));
      assert parameters.stream().distinct().count() == parameters.size() : "moved once per step";
      for (Parameter parameter : parameters) {
        if (parameter.rowSparse) {
          updateRows(parameter, step);
          parameter.clearGradient();
        } else {
          updateAndClear(parameter, step);
        }
      }
    }

    private void updateAndClear(Parameter parameter, Step step) {
      workers.split(
          parameter.value.data.length,
          (from, to) -> {
            for (int start = from; start < to; start += BLOCK) {
              int end = Math.min(to, start + BLOCK);
              kernels.adam(parameter, start, start, end - start, step);
              Arrays.fill(parameter.gradient.data, start, end, 0);
            }
          });
    }

    private void updateRows(Parameter parameter, Step step) {
      int width = parameter.value.columns;
      workers.split(
          parameter.touchedRows.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              kernels.adam(parameter, parameter.touchedRows[i] * width, i * width, width, step);
            }
          });
    }

    /** What every gradient is multiplied by so that all together are no longer than allowed. */
    private float clipFactor(List<Parameter> parameters) {
      if (clip == 0) {
        return 1;
      }
      double squares = 0;
      for (Parameter parameter : parameters) {
        for (int i = 0; i < parameter.gradientSize(); i++) {
          float g = parameter.gradient.data[i];
          squares += (double) g * g;
        }
      }
      double norm = Math.sqrt(squares);
      return norm > clip ? (float) (clip / norm) : 1;
    }
  }
}
