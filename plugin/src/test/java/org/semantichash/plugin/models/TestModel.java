// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.semantichash.TextHasher;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TokenizerKind;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxWriter;
import org.semantichash.encoder.OnnxWriter.ElementType;
import org.semantichash.encoder.OnnxWriter.Node;
import org.semantichash.encoder.OnnxWriter.Tensor;
import org.semantichash.hash.BinaryCode;

/**
 * A tiny model with random weights, in the real formats: activations = text * term_weights, bit =
 * activation > threshold, in integers (format 2) or in floats (format 1). The same seed gives the
 * same file.
 */
public final class TestModel {

  /** How many words it knows, from [word00] on. */
  public static final int WORDS = 60;

  private static final AnalyzerSpec ANALYZER =
      new AnalyzerSpec(TokenizerKind.WORD, true, List.of("the"), Stemmer.NONE, 2);
  private static final int GOLDEN_TEXTS = ModelFormat.MIN_GOLDEN_TEXTS;

  private final int bits;
  private final boolean inFloats;
  private final TfIdfVectorizer vectorizer;
  private final float[] termWeights;
  private final float[] thresholds;

  private TestModel(int bits, long seed, boolean inFloats) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> words = IntStream.range(0, WORDS).mapToObj(TestModel::word).toList();
    int[] frequencies = IntStream.range(0, WORDS).map(i -> 1 + i).toArray();
    this.bits = bits;
    this.inFloats = inFloats;
    this.vectorizer =
        new TfIdfVectorizer(new Vocabulary(words, frequencies, 100), TfIdfOptions.DEFAULT);
    this.termWeights = randomFloats(random, WORDS * bits);
    this.thresholds = randomFloats(random, bits);
    for (int i = 0; i < bits; i++) {
      thresholds[i] *= 0.1f;
    }
  }

  private static float[] randomFloats(SplittableRandom random, int length) {
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) random.nextDouble(-1, 1);
    }
    return floats;
  }

  /** A word that the model knows. */
  public static String word(int index) {
    return "word" + (char) ('0' + index / 10) + (char) ('0' + index % 10);
  }

  /** A text of some of those words. */
  public static String text(SplittableRandom random) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      words.add(word(random.nextInt(WORDS)));
    }
    return String.join(" ", words);
  }

  /** The file of a model in integers, which runs in plain Java. */
  public static byte[] file(int bits, long seed) {
    return file(new TestModel(bits, seed, false), seed);
  }

  /** The file of a model in floats, which needs ONNX Runtime. */
  public static byte[] floatFile(int bits, long seed) {
    return file(new TestModel(bits, seed, true), seed);
  }

  private static byte[] file(TestModel model, long seed) {
    int bits = model.bits;
    SplittableRandom random = new SplittableRandom(seed + 1);
    List<String> texts = new ArrayList<>(List.of(""));
    while (texts.size() < GOLDEN_TEXTS) {
      texts.add(text(random));
    }
    // The first file claims that all codes are zero; ONNX Runtime then says what they are.
    BinaryCode zero = BinaryCode.of(new byte[BinaryCode.byteLength(bits)], bits);
    List<ModelMetadata.GoldenText> golden =
        texts.stream().map(text -> new ModelMetadata.GoldenText(text, zero)).toList();
    byte[] draft = model.file(golden);
    try (TextHasher hasher = TextHasher.openOnnxRuntime(EncoderModel.read(draft))) {
      golden =
          texts.stream()
              .map(text -> new ModelMetadata.GoldenText(text, hasher.hash(text).code()))
              .toList();
    }
    return model.file(golden);
  }

  /** A file whose golden codes are not those that its graph computes. */
  public static byte[] fileWithWrongGoldenCode(int bits, long seed) {
    TestModel model = new TestModel(bits, seed, false);
    BinaryCode zero = BinaryCode.of(new byte[BinaryCode.byteLength(bits)], bits);
    List<ModelMetadata.GoldenText> golden = new ArrayList<>();
    for (int i = 0; i < GOLDEN_TEXTS; i++) {
      golden.add(new ModelMetadata.GoldenText(word(i), zero));
    }
    return model.file(golden);
  }

  /** Puts the file of a model where a node with this config directory looks for it. */
  public static Path put(Path config, String id, byte[] file) {
    try {
      Path folder = Files.createDirectories(config.resolve(FolderModelSource.NAME));
      return Files.write(folder.resolve(id + ".onnx"), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The codes that a file's model gives, independent of everything in the plugin. */
  public static TextHasher hasher(byte[] file) {
    return TextHasher.open(EncoderModel.read(file));
  }

  private byte[] file(List<ModelMetadata.GoldenText> golden) {
    ModelMetadata metadata =
        new ModelMetadata(
            inFloats ? ModelFormat.FLOAT_VERSION : ModelFormat.VERSION,
            bits,
            "test",
            ANALYZER,
            vectorizer,
            inFloats ? 1 : IntegerNetwork.LARGEST,
            inFloats ? thresholds : new float[bits],
            golden.get(0).code(),
            Map.of(),
            Map.of(),
            golden);
    byte[] graph = (inFloats ? floatGraph() : integerGraph()).graph();
    return OnnxWriter.file("test", graph, new TreeMap<>(metadata.toFileProperties(graph)));
  }

  private OnnxWriter integerGraph() {
    byte[] rows = new byte[termWeights.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) Math.round(termWeights[i] * 127);
    }
    int[] bias = new int[bits];
    for (int bit = 0; bit < bits; bit++) {
      bias[bit] = Math.round(-thresholds[bit] * 127 * 127);
    }
    byte[] packing = new byte[bits * BinaryCode.byteLength(bits)];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * BinaryCode.byteLength(bits) + bit / 8] = (byte) (0x80 >>> (bit % 8));
    }
    Tensor weights =
        Tensor.bytes(
            ModelFormat.TERM_WEIGHTS, ElementType.INT8, ByteBuffer.wrap(rows), WORDS, bits);
    Tensor powers =
        Tensor.bytes(
            "packing",
            ElementType.UINT8,
            ByteBuffer.wrap(packing),
            bits,
            BinaryCode.byteLength(bits));
    OnnxWriter graph = graph(ElementType.INT32);
    graph
        .tensors()
        .addAll(
            List.of(
                weights,
                Tensor.ints("bias", bias, bits),
                Tensor.ints("zero", new int[] {0}, 1),
                powers,
                Tensor.longs("axis", new long[] {1}, 1)));
    graph
        .nodes()
        .addAll(
            List.of(
                Node.of("Gather", "row_bytes", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS),
                Node.cast("rows", ElementType.INT32, "row_bytes"),
                Node.of("Unsqueeze", "weight_rows", ModelFormat.WEIGHTS, "axis"),
                Node.of("MatMul", "products", "weight_rows", "rows"),
                Node.of("Squeeze", "squeezed", "products", "axis"),
                Node.of("Add", "sums", "squeezed", "bias"),
                Node.of("Identity", ModelFormat.ACTIVATIONS, "sums"),
                Node.of("Greater", "truths", ModelFormat.ACTIVATIONS, "zero"),
                Node.cast("ones", ElementType.INT32, "truths"),
                Node.cast("powers", ElementType.INT32, "packing"),
                Node.of("MatMul", "byte_values", "ones", "powers"),
                Node.cast(ModelFormat.CODE, ElementType.UINT8, "byte_values")));
    return graph;
  }

  private OnnxWriter floatGraph() {
    int bytes = BinaryCode.byteLength(bits);
    float[] packing = new float[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = 0x80 >>> (bit % 8);
    }
    OnnxWriter graph = graph(ElementType.FLOAT);
    graph
        .tensors()
        .addAll(
            List.of(
                Tensor.floats(ModelFormat.TERM_WEIGHTS, termWeights, WORDS, bits),
                Tensor.floats("thresholds", thresholds, bits),
                Tensor.floats("packing", packing, bits, bytes),
                Tensor.longs("axis", new long[] {1}, 1)));
    graph
        .nodes()
        .addAll(
            List.of(
                Node.of("Gather", "rows", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS),
                Node.of("Unsqueeze", "weight_rows", ModelFormat.WEIGHTS, "axis"),
                Node.of("MatMul", "products", "weight_rows", "rows"),
                Node.of("Squeeze", ModelFormat.ACTIVATIONS, "products", "axis"),
                Node.of("Greater", "bits", ModelFormat.ACTIVATIONS, "thresholds"),
                Node.cast("ones", ElementType.FLOAT, "bits"),
                Node.of("MatMul", "sums", "ones", "packing"),
                Node.cast(ModelFormat.CODE, ElementType.UINT8, "sums")));
    return graph;
  }

  private OnnxWriter graph(ElementType weights) {
    OnnxWriter graph = new OnnxWriter("test");
    graph.input(ModelFormat.TERM_IDS, ElementType.INT64, "terms");
    graph.input(ModelFormat.WEIGHTS, weights, "terms");
    graph.output(ModelFormat.CODE, ElementType.UINT8, BinaryCode.byteLength(bits));
    graph.output(ModelFormat.ACTIVATIONS, weights, bits);
    return graph;
  }
}
