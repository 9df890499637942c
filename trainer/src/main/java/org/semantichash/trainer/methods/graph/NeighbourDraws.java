// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.semantichash.trainer.training.Dataset.Batch;

/**
 * Draws neighbours of the documents of a batch, each with the same probability: other ones in every
 * step, and the same ones for the same seed. A document without neighbours gets itself.
 */
public final class NeighbourDraws {

  private final NeighbourGraph graph;
  private final long seed;

  /** Draws from the neighbours of this graph. */
  public NeighbourDraws(NeighbourGraph graph, long seed) {
    this.graph = graph;
    this.seed = seed;
  }

  /**
   * A neighbour of each document of a batch, in its order.
   *
   * @param documents the neighbours
   * @param similarities to the documents of the batch; 1 for a document itself
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, never changed
  public record Drawn(int[] documents, float[] similarities) {}

  /**
   * Draws.
   *
   * @param step of the training
   * @param number tells two draws of one step apart
   */
  public Drawn of(Batch batch, long step, int number) {
    SplittableRandom random = new SplittableRandom((seed * 1_000_003 + step) * 31 + number);
    int[] documents = new int[batch.size()];
    float[] similarities = new float[batch.size()];
    for (int row = 0; row < documents.length; row++) {
      int[] neighbours = graph.neighbours(batch.document(row));
      int place = random.nextInt(Math.max(1, neighbours.length));
      documents[row] = neighbours.length == 0 ? batch.document(row) : neighbours[place];
      similarities[row] =
          neighbours.length == 0 ? 1 : graph.similarities(batch.document(row))[place];
    }
    return new Drawn(documents, similarities);
  }

  /** The documents of a batch followed by others. */
  public static int[] joined(Batch batch, int[]... others) {
    int[] all = new int[batch.size() * (others.length + 1)];
    Arrays.setAll(all, i -> i < batch.size() ? batch.document(i) : 0);
    for (int i = 0; i < others.length; i++) {
      assert others[i].length == batch.size();
      System.arraycopy(others[i], 0, all, (i + 1) * batch.size(), batch.size());
    }
    return all;
  }
}
