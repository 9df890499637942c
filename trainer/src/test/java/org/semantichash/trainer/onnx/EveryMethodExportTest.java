// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.semantichash.TextHasher;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.PlainLoops;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/**
 * What each method learns, exported and read back: plain Java with and without the Vector API, ONNX
 * Runtime and the network that was exported give the same bits.
 */
class EveryMethodExportTest {

  private static final int TOPICS = 8;
  private static final int TERMS = TOPICS * 20;
  private static final int DOCUMENTS = 200;
  private static final int TEXTS = Integer.getInteger("tests.encoder.texts", 2000);

  private final TfIdfVectorizer vectorizer = vectorizer();

  @TempDir private Path folder;

  /** Each method without hidden layers up to two; codes that do and do not fill their bytes. */
  static List<Arguments> methods() {
    List<Arguments> methods = new ArrayList<>();
    List<String> names = HashingMethod.names();
    for (int i = 0; i < names.size(); i++) {
      methods.add(Arguments.of(names.get(i), i % 3, i % 2 == 0 ? 16 : 13));
      methods.add(Arguments.of(names.get(i), (i + 1) % 3, 32));
    }
    return methods;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyEngineGivesTheBitsOfTheTrainer(String name, int hiddenLayers, int bits)
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("exported " + name + " with seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    IntegerNetwork network =
        network(HashingMethod.named(name, Map.of()), hiddenLayers, bits, random);
    EncoderModel model = exported(name, network);
    IntegerNetwork plain = PlainLoops.of(model.network().orElseThrow(), TfIdfOptions.Norm.L2);
    Set<BinaryCode> codes = new HashSet<>();
    try (TextHasher java = TextHasher.open(model);
        TextHasher onnxRuntime = TextHasher.openOnnxRuntime(model);
        TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      assertEquals("java", java.encoderName());
      for (int i = 0; i < TEXTS; i++) {
        String text = text(random, random.nextInt(TOPICS), random.nextInt(60));
        SparseVector vector = vectorizer.transform(analyzer.terms(text));
        BinaryCode expected = network.encode(vector);
        codes.add(expected);
        assertEquals(expected, java.hash(text).code(), text);
        assertEquals(expected, plain.encode(vector), text);
        assertEquals(expected, onnxRuntime.hash(text).code(), text);
      }
    }
    // Two epochs may teach a method little; that texts differ at all is what makes this a check.
    assertTrue(codes.size() > 1, "codes " + codes);
  }

  private IntegerNetwork network(
      HashingMethod method, int hiddenLayers, int bits, SplittableRandom random) {
    Dataset documents = documents(random);
    TrainingOptions options =
        new TrainingOptions(bits, 24, hiddenLayers, 2, 2, 50, 0.01, 0.96, 0.9, 5, 7, 2)
            .with(method.trainingDefaults())
            .with(Map.of("epochs", "2", "bits", Integer.toString(bits)));
    TrainingLoop loop = new TrainingLoop(options, trained -> 0, TrainingListener.NONE, () -> false);
    Quantisation quantised =
        Quantisation.of(
            method.learn(documents, options, loop), TfIdfOptions.Norm.L2, documents.vectors());
    return quantised.network();
  }

  private EncoderModel exported(String method, IntegerNetwork network) throws IOException {
    AnalyzerSpec analyzer = AnalyzerSpec.defaults();
    try (TextAnalyzer open = new TextAnalyzer(analyzer)) {
      ModelMetadata metadata =
          ModelMetadata.of(
              network,
              method,
              analyzer,
              vectorizer,
              Map.of(),
              Map.of(),
              new GoldenTexts(network, vectorizer, open, 5).create());
      Path file = folder.resolve("model.onnx");
      new OnnxExporter(network, metadata).write(file, List.of());
      EncoderModel model = EncoderModel.read(file);
      assertEquals(ModelFormat.VERSION, model.metadata().formatVersion());
      return model;
    }
  }

  private Dataset documents(SplittableRandom random) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      for (int i = 0; i < DOCUMENTS; i++) {
        vectors.add(vectorizer.transform(analyzer.terms(text(random, i % TOPICS, 12))));
        labels.add(new int[] {i % TOPICS});
      }
    }
    return new Dataset(vectors, labels, TERMS);
  }

  /** Mostly the words of a topic, some of the others and some that no model knows. */
  private static String text(SplittableRandom random, int topic, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      int word = topic * 20 + random.nextInt(20);
      if (random.nextInt(5) == 0) {
        word = random.nextInt(TERMS + 20);
      }
      text.append("term").append(word).append(' ');
    }
    return text.toString();
  }

  private static TfIdfVectorizer vectorizer() {
    List<String> terms = IntStream.range(0, TERMS).mapToObj(i -> "term" + i).toList();
    int[] frequencies = new int[TERMS];
    Arrays.setAll(frequencies, i -> 1 + i % 30);
    return new TfIdfVectorizer(new Vocabulary(terms, frequencies, DOCUMENTS), TfIdfOptions.DEFAULT);
  }
}
