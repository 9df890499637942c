// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.SparseBatch;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingLoop.Objective;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * S-RBM, stacked restricted Boltzmann machines (Salakhutdinov and Hinton, "Semantic Hashing",
 * International Journal of Approximate Reasoning 2009): machines are learned one on top of the
 * other by contrastive divergence, then unrolled to an autoencoder that is fine-tuned, with noise
 * on the codes that drives them to 0 and 1. For x = v W + c of the words v and y = h W' + c' of the
 * hidden units h, the free energies are
 *
 * <pre>
 *   F(v) = - sum over units of log(1 + exp(x)) - b'v,   F'(h) = - sum over bits of log(1 + exp(y)) - a'h
 * </pre>
 *
 * <p>and a step goes along F(v) - F(v~), with v~ drawn from units that v has excited: as many words
 * as v has, from softmax(W h + b) for bits h drawn from sigmoid(x); and along F'(h) - F'(h~) for h
 * = sigmoid(x), with h~ = sigmoid(W' s + a) for bits s drawn from sigmoid(y). The first
 * [pretraining] epochs are of the words' machine, as many more of the bits', the rest tunes. A bit
 * of the code is 1 where y &gt; 0. Shapes: W [vocabulary, hidden], W' [hidden, bits].
 *
 * <p>Deviations: hidden units are rectified linear once they are tuned, as in all networks here;
 * one hidden layer of 128, not two of 500; the words are TF-IDF weights; the decoder that is tuned
 * is a softmax linear in the codes, not the unrolled stack; the [noise] on y, of deviation 4 as in
 * the paper, is drawn anew in every step and grows from 0 over [noise_steps], since a decoder that
 * sees nothing but noise teaches nothing.
 */
final class Srbm extends HashingMethod {

  static final String NAME = "s-rbm";

  /** So that a sum of exponentials stays finite. */
  private static final float MOST_SCORE = 50;

  private final int pretraining;
  private final double noise;
  private final int noiseSteps;

  Srbm(OptionReader options) {
    super(NAME, options);
    pretraining = options.integer("pretraining", 2, 0);
    noise = options.number("noise", 4, 1e-3, 100);
    noiseSteps = options.integer("noise_steps", 1000, 1);
  }

  @Override
  Map<String, String> tunedTraining() {
    return Map.of(
        "hidden_layers",
        "1",
        "hidden_units",
        "128",
        "keep",
        "1",
        "gradient_clip",
        "5",
        "learning_rate",
        "0.001");
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    if (options.hiddenLayers() != 1) {
      throw new IllegalArgumentException(
          "[hidden_layers] of [s-rbm] must be [1], got [" + options.hiddenLayers() + "]");
    }
    return loop.train(new Stack(documents, options), documents);
  }

  /** Words drawn by their shares, which together weigh as much as the document's own. */
  static SparseVector words(SparseVector own, double[] sums, SplittableRandom random) {
    float total = 0;
    for (int i = 0; i < own.size(); i++) {
      total += own.weight(i);
    }
    TreeMap<Integer, Float> drawn = new TreeMap<>();
    for (int i = 0; i < own.size(); i++) {
      double place = random.nextDouble() * sums[sums.length - 1];
      int found = Arrays.binarySearch(sums, place);
      drawn.merge(
          Math.min(sums.length - 1, found < 0 ? -found - 1 : found + 1),
          total / own.size(),
          Float::sum);
    }
    float[] weights = new float[drawn.size()];
    int next = 0;
    for (float weight : drawn.values()) {
      weights[next++] = weight;
    }
    return SparseVector.of(drawn.keySet().stream().mapToInt(Integer::intValue).toArray(), weights);
  }

  /** Both machines, and the autoencoder that they become. */
  final class Stack implements Objective {

    private final TrainingOptions options;
    private final SplittableRandom random;
    private final EncoderLayers encoder;
    private final WordDecoder decoder;
    private final Parameter visibleBias;
    private final Parameter noBias = Parameter.dense("no_bias", new Matrix(1, 1));
    private final Parameter hiddenBias;
    private final int stepsAnEpoch;
    private final Dataset documents;

    Stack(Dataset documents, TrainingOptions options) {
      this.options = options;
      this.documents = documents;
      random = new SplittableRandom(options.seed());
      int terms = documents.vocabularySize();
      encoder = new EncoderLayers(terms, options, options.bits(), random);
      decoder = new WordDecoder(documents, options.bits(), WordDecoder.Target.TF_IDF, random);
      Matrix frequencies = new Matrix(terms, 1);
      Matrix logarithms = decoder.parameters().get(1).value();
      for (int term = 0; term < terms; term++) {
        frequencies.set(term, 0, logarithms.get(0, term));
      }
      visibleBias = Parameter.rowSparse("visible_bias", frequencies);
      hiddenBias = Parameter.dense("hidden_bias", new Matrix(options.hiddenUnits(), 1));
      stepsAnEpoch = documents.size() / options.batchSize();
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(encoder.parameters());
      parameters.addAll(decoder.parameters());
      parameters.addAll(List.of(visibleBias, noBias, hiddenBias));
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      long epoch = tape.step() / Math.max(1, stepsAnEpoch);
      return epoch < pretraining
          ? ofWords(tape, batch.vectors())
          : epoch < 2L * pretraining ? ofBits(tape, batch.vectors()) : tuned(tape, batch);
    }

    /** The phases are told by the epochs that this object has seen. */
    @Override
    public Optional<List<float[]>> memory() {
      return Optional.empty();
    }

    @Override
    public void onEpoch(int epoch) {
      if (epoch == 2 * pretraining) {
        standardise();
      }
    }

    /** Makes y of mean 0 and deviation 1 over the documents, so that every bit tells some apart. */
    private void standardise() {
      HashNetwork network = network();
      float[][] y =
          documents.vectors().parallelStream().map(network::activations).toArray(float[][]::new);
      Matrix weights = bitWeights().value();
      for (int bit = 0; bit < weights.columns(); bit++) {
        double sum = 0;
        double squares = 0;
        for (float[] row : y) {
          sum += row[bit];
          squares += (double) row[bit] * row[bit];
        }
        double mean = sum / y.length;
        double factor = 1 / Math.sqrt(Math.max(1e-12, squares / y.length - mean * mean));
        for (int j = 0; j < weights.rows(); j++) {
          weights.set(j, bit, (float) (weights.get(j, bit) * factor));
        }
        float bias = bitBias().value().get(0, bit);
        bitBias().value().set(0, bit, (float) ((bias - mean) * factor));
      }
    }

    @Override
    public boolean isWarm(long steps) {
      return steps > 2L * pretraining * stepsAnEpoch;
    }

    /** F(v) - F(v~). */
    Variable ofWords(Tape tape, SparseBatch words) {
      Variable x = tape.sparseLinear(words, termWeights(), termBias());
      SparseBatch drawn = drawn(tape, words, x.value());
      return tape.combine(
          1,
          wordEnergy(tape, words, x),
          -1,
          wordEnergy(tape, drawn, tape.sparseLinear(drawn, termWeights(), termBias())));
    }

    /** v~: as many words as each document has, drawn from what its units say. */
    SparseBatch drawn(Tape tape, SparseBatch words, Matrix x) {
      float[] weights = termWeights().value().toArray();
      float[] bias = visibleBias.value().toArray();
      SparseVector[] drawn = new SparseVector[words.size()];
      long seed = options.seed() * 1_000_003 + tape.step();
      tape.split(
          drawn.length,
          (from, to) -> {
            double[] sums = new double[bias.length];
            for (int row = from; row < to; row++) {
              SplittableRandom own = new SplittableRandom(seed * 1009 + row);
              float[] h = excited(x, row, own);
              double sum = 0;
              for (int term = 0; term < bias.length; term++) {
                float score = bias[term];
                for (int j = 0; j < h.length; j++) {
                  score += weights[term * h.length + j] * h[j];
                }
                sum += StrictMath.exp(Math.min(score, MOST_SCORE));
                sums[term] = sum;
              }
              drawn[row] = Srbm.words(words.document(row), sums, own);
            }
          });
      return new SparseBatch(Arrays.asList(drawn), bias.length);
    }

    private static float[] excited(Matrix x, int row, SplittableRandom random) {
      float[] h = new float[x.columns()];
      for (int j = 0; j < h.length; j++) {
        double probability = 1 / (1 + StrictMath.exp(-x.get(row, j)));
        h[j] = random.nextDouble() < probability ? 1 : 0;
      }
      return h;
    }

    /** h~ [B, hidden], from bits drawn from sigmoid(y). */
    private Matrix reconstructed(Tape tape, Variable y) {
      Matrix weights = bitWeights().value();
      Variable s = tape.sampleBits(tape.sigmoid(y), 0);
      Matrix h = new Matrix(s.value().rows(), weights.rows());
      for (int row = 0; row < h.rows(); row++) {
        for (int j = 0; j < h.columns(); j++) {
          float sum = hiddenBias.value().get(j, 0);
          for (int i = 0; i < weights.columns(); i++) {
            sum += s.value().get(row, i) * weights.get(j, i);
          }
          h.set(row, j, (float) (1 / (1 + StrictMath.exp(-sum))));
        }
      }
      return h;
    }

    /** The mean of F(v) over the documents [1, 1]. */
    Variable wordEnergy(Tape tape, SparseBatch words, Variable x) {
      Variable units = tape.rowSums(tape.softplus(x));
      return tape.meanOfRowSums(
          tape.combine(-1, units, -1, tape.sparseLinear(words, visibleBias, noBias)));
    }

    /** F'(h) - F'(h~); nothing flows back into the words' machine. */
    Variable ofBits(Tape tape, SparseBatch words) {
      Variable x = tape.sparseLinear(words, termWeights(), termBias());
      Variable h = tape.constant(tape.sigmoid(x).value());
      Variable y = tape.linear(h, bitWeights(), bitBias());
      Variable again = tape.constant(reconstructed(tape, y));
      return tape.combine(
          1,
          bitEnergy(tape, h, y),
          -1,
          bitEnergy(tape, again, tape.linear(again, bitWeights(), bitBias())));
    }

    /** The mean of F'(h) over the documents [1, 1]. */
    Variable bitEnergy(Tape tape, Variable h, Variable y) {
      return tape.meanOfRowSums(
          tape.combine(-1, tape.rowSums(tape.softplus(y)), -1, tape.multiply(h, hiddenBias)));
    }

    private Variable tuned(Tape tape, Batch batch) {
      Variable y = encoder.outputs(tape, batch.vectors());
      long tuned = tape.step() - 2L * pretraining * stepsAnEpoch;
      double deviation = noise * Math.min(1, (tuned + 1.0) / noiseSteps);
      float logVariance = (float) (2 * StrictMath.log(deviation));
      Variable noisy = tape.addNoise(y, tape.affine(y, 0, logVariance));
      return decoder.loss(tape, tape.sigmoid(noisy), batch);
    }

    private Parameter termWeights() {
      return encoder.parameters().get(0);
    }

    private Parameter termBias() {
      return encoder.parameters().get(1);
    }

    private Parameter bitWeights() {
      return encoder.parameters().get(2);
    }

    private Parameter bitBias() {
      return encoder.parameters().get(3);
    }

    @Override
    public HashNetwork network() {
      return encoder.network(options.bits());
    }
  }
}
