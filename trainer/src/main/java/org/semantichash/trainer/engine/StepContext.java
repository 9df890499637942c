// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.engine.RandomOperations.Noise;

/**
 * What the operations of one step write down and take from: how their gradients are passed back,
 * room for matrices, random numbers, threads.
 */
public abstract class StepContext {

  private final Products products;
  private final Workspace workspace;
  private final long seed;
  private final long step;
  private final List<Runnable> backward = new ArrayList<>();
  private long randomOperations;

  StepContext(Products products, Workspace workspace, long seed, long step) {
    this.products = products;
    this.workspace = workspace;
    this.seed = seed;
    this.step = step;
  }

  Products products() {
    return products;
  }

  Matrix zeros(int rows, int columns) {
    return workspace.zeros(rows, columns);
  }

  /** A matrix to be written before it is read, valid during this step. */
  Matrix scratch(int rows, int columns) {
    return workspace.scratch(rows, columns);
  }

  Variable variable(int rows, int columns) {
    return new Variable(zeros(rows, columns), zeros(rows, columns));
  }

  /** New random numbers for one operation of this step. */
  Noise noise() {
    return Noise.of(seed, step, randomOperations++);
  }

  /** To be run on the way back, after the gradient of the operation's result is complete. */
  void onBackward(Runnable operation) {
    backward.add(operation);
  }

  /** Runs a loop in ranges whose elements do not depend on each other, on the step's threads. */
  public void split(int n, Range body) {
    products.workers().split(n, body);
  }

  /** A part of a loop: from inclusive to exclusive. */
  public interface Range {
    /** Runs it. */
    void run(int from, int to);
  }

  /** The step's number, from 0. */
  public long step() {
    return step;
  }

  /** Adds the derivatives of a loss [1, 1] to the gradients of everything it depends on. */
  public void backward(Variable loss) {
    assert loss.value.data.length == 1 : "a loss is [1, 1]";
    loss.gradient.data[0] = 1;
    for (int i = backward.size() - 1; i >= 0; i--) {
      backward.get(i).run();
    }
  }

  /** Arrays that one step after the other uses again: a batch's scores alone are megabytes. */
  static final class Workspace {

    private final Map<Integer, Deque<float[]>> free = new HashMap<>();
    private final List<float[]> used = new ArrayList<>();

    /** A matrix of zeros, valid until {@link #reset}. */
    Matrix zeros(int rows, int columns) {
      Matrix matrix = scratch(rows, columns);
      matrix.clear();
      return matrix;
    }

    /** A matrix of what was left there, valid until {@link #reset}. */
    Matrix scratch(int rows, int columns) {
      int size = Math.multiplyExact(rows, columns);
      float[] data = free.computeIfAbsent(size, unused -> new ArrayDeque<>()).poll();
      if (data == null) {
        data = new float[size];
      }
      used.add(data);
      return new Matrix(rows, columns, data);
    }

    void reset() {
      used.forEach(data -> free.get(data.length).push(data));
      used.clear();
    }
  }

  /** A matrix that an operation of the running step has computed, with its gradient. */
  public static final class Variable {

    final Matrix value;
    final Matrix gradient;

    Variable(Matrix value, Matrix gradient) {
      assert value.rows == gradient.rows && value.columns == gradient.columns;
      this.value = value;
      this.gradient = gradient;
    }

    /** What was computed. */
    public Matrix value() {
      return value;
    }

    /** The only element of a 1 x 1 matrix: a loss. */
    public float scalar() {
      assert value.data.length == 1 : "only a matrix [1, 1] is a scalar";
      return value.data[0];
    }
  }
}
