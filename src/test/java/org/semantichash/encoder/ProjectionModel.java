// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.hash.BinaryCode;

/**
 * A model file of format 1 without training: seeded random projections of the terms "word0",
 * "word1", ... The expected bits are computed here by plain loops. What a test wants broken it
 * changes before {@link #file}.
 */
final class ProjectionModel {

  final int bits;
  final int terms;
  final float[] weights;
  final float[] thresholds;
  final Map<String, String> metadata;

  long irVersion = ModelFormat.IR_VERSION;
  long opset = ModelFormat.OPSET_VERSION;
  String opsetDomain = "";
  String nodeDomain = "";
  String outputName = "code";
  Consumer<ProtoWriter> moreModel = w -> {};
  Consumer<ProtoWriter> moreGraph = w -> {};
  Consumer<ProtoWriter> moreTermWeights = w -> {};
  Consumer<ProtoWriter> moreNode = w -> {};
  long[] termWeightDimensions;

  ProjectionModel(int terms, int bits, long seed) {
    this.terms = terms;
    this.bits = bits;
    SplittableRandom random = new SplittableRandom(seed);
    weights = floats(random, terms * bits);
    thresholds = floats(random, bits);
    termWeightDimensions = new long[] {terms, bits};
    metadata = new TreeMap<>(metadata(random).toMap());
  }

  private static float[] floats(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private ModelMetadata metadata(SplittableRandom random) {
    List<String> words = new ArrayList<>();
    int[] frequencies = new int[terms];
    for (int i = 0; i < terms; i++) {
      words.add("word" + i);
      frequencies[i] = 1 + i % 10;
    }
    TfIdfVectorizer vectorizer =
        new TfIdfVectorizer(new Vocabulary(words, frequencies, 10), TfIdfOptions.DEFAULT);
    List<ModelMetadata.GoldenText> golden = new ArrayList<>();
    for (int i = 0; i < ModelFormat.MIN_GOLDEN_TEXTS; i++) {
      String text = randomText(random, i % 7);
      golden.add(new ModelMetadata.GoldenText(text, expected(vectorizer, text)));
    }
    return new ModelMetadata(
        ModelFormat.FLOAT_VERSION,
        bits,
        "projection",
        AnalyzerSpec.defaults(),
        vectorizer,
        1,
        thresholds,
        expected(SparseVector.EMPTY),
        Map.of("seed", "7"),
        Map.of("data_sha256", "none"),
        golden);
  }

  /** A text of this many terms, some in capitals, with words that the model does not know. */
  String randomText(SplittableRandom random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(random.nextBoolean() ? "Word" : "word").append(random.nextInt(terms)).append(' ');
      text.append(random.nextInt(3) == 0 ? "unheard-of, " : "");
    }
    return text.toString();
  }

  private BinaryCode expected(TfIdfVectorizer vectorizer, String text) {
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      return expected(vectorizer.transform(analyzer.terms(text)));
    }
  }

  /** The code of a vector by plain loops. */
  BinaryCode expected(SparseVector vector) {
    byte[] code = new byte[BinaryCode.byteLength(bits)];
    for (int bit = 0; bit < bits; bit++) {
      double activation = 0;
      for (int i = 0; i < vector.size(); i++) {
        activation += (double) vector.weight(i) * weights[vector.id(i) * bits + bit];
      }
      if (activation > thresholds[bit]) {
        code[bit / 8] |= (byte) (0x80 >>> (bit % 8));
      }
    }
    return BinaryCode.of(code, bits);
  }

  EncoderModel read() {
    return EncoderModel.read(file());
  }

  /** A file without digests of itself, as the first trainers wrote them. */
  byte[] file() {
    return file(metadata);
  }

  /** A file that says what the digests of its graph and of its metadata are. */
  byte[] fileWithDigests() {
    ProtoWriter graph = new ProtoWriter();
    graph(graph);
    Map<String, String> properties = new TreeMap<>(metadata);
    FileDigests.addTo(properties, graph.toBytes());
    return file(properties);
  }

  private byte[] file(Map<String, String> properties) {
    ProtoWriter model =
        new ProtoWriter()
            .integer(1, irVersion)
            .string(2, "test")
            .message(7, this::graph)
            .message(8, set -> set.string(1, opsetDomain).integer(2, opset));
    properties.forEach((key, value) -> model.message(14, p -> p.string(1, key).string(2, value)));
    moreModel.accept(model);
    return model.toBytes();
  }

  private void graph(ProtoWriter graph) {
    int bytes = BinaryCode.byteLength(bits);
    node(graph, "Gather", List.of("term_weights", "term_ids"), "rows", 0);
    node(graph, "Unsqueeze", List.of("weights", "one"), "row", 0);
    node(graph, "MatMul", List.of("row", "rows"), "products", 0);
    node(graph, "Squeeze", List.of("products", "one"), "activations", 0);
    node(graph, "Greater", List.of("activations", "thresholds"), "truths", 0);
    node(graph, "Cast", List.of("truths"), "bits", 1);
    node(graph, "MatMul", List.of("bits", "packing"), "sums", 0);
    node(graph, "Cast", List.of("sums"), "code", 2);
    graph.string(2, "projection");
    graph.message(
        5,
        tensor -> {
          tensor(tensor, "term_weights", termWeightDimensions, weights);
          moreTermWeights.accept(tensor);
        });
    graph.message(5, t -> tensor(t, "thresholds", new long[] {bits}, thresholds));
    graph.message(5, t -> tensor(t, "packing", new long[] {bits, bytes}, packing(bytes)));
    graph.message(5, t -> t.integer(1, 1).integer(2, 7).string(8, "one").bytes(9, longs(1)));
    value(graph, 11, "term_ids", 7);
    value(graph, 11, "weights", 1);
    value(graph, 12, outputName, 2);
    value(graph, 12, "activations", 1);
    moreGraph.accept(graph);
  }

  private float[] packing(int bytes) {
    float[] packing = new float[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = 1 << (7 - bit % 8);
    }
    return packing;
  }

  private void node(ProtoWriter graph, String op, List<String> in, String out, long castTo) {
    graph.message(
        1,
        node -> {
          in.forEach(name -> node.string(1, name));
          node.string(2, out).string(4, op).string(7, nodeDomain);
          if (castTo != 0) {
            node.message(5, a -> a.string(1, "to").integer(3, castTo).integer(20, 2));
          }
          moreNode.accept(node);
        });
  }

  private static void tensor(ProtoWriter tensor, String name, long[] shape, float[] values) {
    Arrays.stream(shape).forEach(dimension -> tensor.integer(1, dimension));
    ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    tensor.integer(2, 1).string(8, name).bytes(9, data.array());
  }

  private static byte[] longs(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static void value(ProtoWriter graph, int field, String name, long type) {
    graph.message(
        field,
        value ->
            value.string(1, name).message(2, t -> t.message(1, tensor -> tensor.integer(1, type))));
  }
}
