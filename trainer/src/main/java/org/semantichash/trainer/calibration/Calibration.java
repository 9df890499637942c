// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/**
 * Precision and recall of codes by radius.
 *
 * @param bits the width of the codes
 * @param about what was measured on, in sentences
 * @param whole the curve that a radius is chosen from
 * @param parts curves of parts of it, may be empty
 */
public record Calibration(int bits, String about, NamedCurve whole, List<NamedCurve> parts) {

  public Calibration {
    parts = List.copyOf(parts);
  }

  /**
   * Measures on planted near-duplicates. Duplicates are the pairs of a text and its changed copy;
   * other pairs are all pairs of two different texts of the sample. Near-duplicates that the corpus
   * had before count as errors, so the true precision is not lower than the one measured, and it
   * depends on how many duplicates there are: here one per text.
   *
   * @param code computes the code of a text; safe for use by many threads
   */
  public static Calibration planted(
      int bits, PlantedSample sample, List<Edit> edits, Function<String, BinaryCode> code) {
    PackedCodes originals = PackedCodes.of(bits, sample.texts(), code);
    long[] others = originals.allDistances();
    List<NamedCurve> parts = new ArrayList<>();
    for (Edit edit : edits) {
      PackedCodes edited = PackedCodes.of(bits, sample.edited(edit), code);
      RadiusCurve curve = new RadiusCurve(originals.pairedDistances(edited), others);
      parts.add(new NamedCurve(edit.name(), edit.percent(), curve));
    }
    RadiusCurve mixture = RadiusCurve.mixture(parts.stream().map(NamedCurve::curve).toList());
    return new Calibration(bits, about(sample), new NamedCurve("all edits", 0, mixture), parts);
  }

  private static String about(PlantedSample sample) {
    long texts = sample.texts().size();
    return texts
        + " texts, of each a changed copy for every edit; the other pairs are all "
        + texts * (texts - 1) / 2
        + " pairs of two different texts. Left out: "
        + sample.equal()
        + " texts equal to an earlier one, "
        + sample.tooShort()
        + " with fewer than 5 words. Near-duplicates that the corpus had before count as errors,"
        + " and precision is that of one planted copy per text.";
  }

  /**
   * Measures on labelled pairs. Precision depends on their share of duplicates.
   *
   * @param code computes the code of a text; safe for use by many threads
   */
  public static Calibration ofPairs(
      int bits, List<LabelledPair> pairs, Function<String, BinaryCode> code) {
    List<LabelledPair> duplicates = pairs.stream().filter(LabelledPair::duplicate).toList();
    List<LabelledPair> others = pairs.stream().filter(pair -> pair.duplicate() == false).toList();
    RadiusCurve curve =
        new RadiusCurve(distances(bits, duplicates, code), distances(bits, others, code));
    String about =
        duplicates.size() + " pairs of duplicates and " + others.size() + " other pairs.";
    return new Calibration(bits, about, new NamedCurve("pairs", 0, curve), List.of());
  }

  private static long[] distances(
      int bits, List<LabelledPair> pairs, Function<String, BinaryCode> code) {
    PackedCodes one = PackedCodes.of(bits, pairs.stream().map(LabelledPair::a).toList(), code);
    PackedCodes other = PackedCodes.of(bits, pairs.stream().map(LabelledPair::b).toList(), code);
    return one.pairedDistances(other);
  }
}
