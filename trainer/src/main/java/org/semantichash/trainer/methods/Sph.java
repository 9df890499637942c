// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.methods.PrincipalComponents.CentredDocuments;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * SpH (Weiss, Torralba and Fergus, "Spectral Hashing", NIPS 2008): documents are taken to be
 * uniform in a box along their principal components, for which the eigenfunctions of the Laplacian
 * are known. Along a component with values in [a, b] they are
 *
 * <pre>
 *   sin(pi/2 + k pi (x - a) / (b - a)),   eigenvalue 1 - exp(-e^2/2 (k pi / (b - a))^2),   k = 1, 2, ...
 * </pre>
 *
 * <p>The [bits] of all components with the smallest eigenvalues, that is with the smallest k / (b -
 * a), make the code: a bit is 1 where its eigenfunction is above 0.
 *
 * <p>A mode with k &gt; 1 is no linear function. The network has a triangular wave in its place,
 * with the same zeros and so the same bits: for each mode two units for its first slope and one for
 * each of its k - 1 turning points, all with the weights of the component. Shapes: first layer
 * [vocabulary, sum of k + 1], second [sum of k + 1, bits].
 *
 * <p>Deviations: below a the wave goes on as on the first slope, above b as on the last, where the
 * sine turns back; the components come from randomised subspace iteration.
 */
final class Sph extends HashingMethod {

  static final String NAME = "sph";

  Sph(OptionReader options) {
    super(NAME, options);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(new PublishedSettings("there is nothing to set", Map.of(), Map.of()));
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    int bits = options.bits();
    Itq.requireAtMost(NAME, "documents", documents.size(), bits);
    Itq.requireAtMost(NAME, "terms", documents.vocabularySize(), bits);
    CentredDocuments centred = new CentredDocuments(documents);
    PrincipalComponents components =
        PrincipalComponents.of(centred, bits, new SplittableRandom(options.seed()));
    List<Mode> modes = modes(components, bits);
    return new Waves(components, centred.meanTimes(components.directions()), modes).network();
  }

  /**
   * An eigenfunction along a component.
   *
   * @param least a, the smallest value of a training document
   * @param range b - a
   * @param k half waves in the range
   */
  record Mode(int component, double least, double range, int k) {

    /** The place of the i-th zero, from 0 to k - 1. */
    double zero(int i) {
      return least + range * (i + 0.5) / k;
    }

    /** The place of the i-th turning point, from 1 to k - 1. */
    double turn(int i) {
      return least + range * i / k;
    }
  }

  /** The modes with the smallest eigenvalues, the smallest first. */
  private static List<Mode> modes(PrincipalComponents components, int bits) {
    List<Mode> all = new ArrayList<>();
    for (int c = 0; c < bits; c++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int d = 0; d < components.projected().numRows; d++) {
        least = Math.min(least, components.projected().get(d, c));
        most = Math.max(most, components.projected().get(d, c));
      }
      for (int k = 1; k <= bits && most > least; k++) {
        all.add(new Mode(c, least, most - least, k));
      }
    }
    if (all.size() < bits) {
      throw new IllegalArgumentException("[sph] needs training documents that differ");
    }
    all.sort(Comparator.comparingDouble(mode -> mode.k() / mode.range()));
    return List.copyOf(all.subList(0, bits));
  }

  /** The modes as a network of two layers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Waves(PrincipalComponents components, double[] means, List<Mode> modes) {

    HashNetwork network() {
      int units = modes.stream().mapToInt(mode -> mode.k() + 1).sum();
      int terms = components.directions().numRows;
      float[] first = new float[Math.multiplyExact(terms, units)];
      float[] bias = new float[units];
      float[] second = new float[units * modes.size()];
      float[] thresholds = new float[modes.size()];
      int unit = 0;
      for (int bit = 0; bit < modes.size(); bit++) {
        Mode mode = modes.get(bit);
        double scale = mode.k() / mode.range(); // a half wave has length 1 then
        // Falling from the first zero on, -(x - zero) as the difference of two units; then turns.
        for (int i = 0; i <= mode.k(); i++, unit++) {
          double sign = i == 0 ? -1 : 1;
          double place = i < 2 ? mode.zero(0) : mode.turn(i - 1);
          fill(first, units, unit, mode.component(), sign * scale);
          bias[unit] = (float) (-sign * scale * (place + means[mode.component()]));
          second[unit * modes.size() + bit] = i == 0 ? 1 : i == 1 ? -1 : i % 2 == 0 ? 2 : -2;
        }
      }
      return new HashNetwork(
          new SparseLayer(first, bias),
          List.of(new DenseLayer(second, new float[modes.size()])),
          thresholds);
    }

    private void fill(float[] first, int units, int unit, int component, double factor) {
      for (int term = 0; term < components.directions().numRows; term++) {
        first[term * units + unit] =
            (float) (factor * components.directions().get(term, component));
      }
    }
  }
}
