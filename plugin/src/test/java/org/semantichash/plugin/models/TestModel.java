// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.semantichash.encoder.GoldenText;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.encoder.ModelMetadata;
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
    List<GoldenText> golden = texts.stream().map(text -> new GoldenText(text, zero)).toList();
    byte[] draft = model.file(golden);
    try (TextHasher hasher = TextHasher.openOnnxRuntime(EncoderModel.read(draft))) {
      golden = texts.stream().map(text -> new GoldenText(text, hasher.hash(text).code())).toList();
    }
    return model.file(golden);
  }

  /** A file whose golden codes are not those that its graph computes. */
  public static byte[] fileWithWrongGoldenCode(int bits, long seed) {
    TestModel model = new TestModel(bits, seed, false);
    BinaryCode zero = BinaryCode.of(new byte[BinaryCode.byteLength(bits)], bits);
    List<GoldenText> golden = new ArrayList<>();
    for (int i = 0; i < GOLDEN_TEXTS; i++) {
      golden.add(new GoldenText(word(i), zero));
    }
    return model.file(golden);
  }

  /** Puts the file of a model where a node with this config directory looks for it. */
  public static Path put(Path config, String id, byte[] file) {
    try {
      Path folder = Files.createDirectories(config.resolve(ModelFolder.NAME));
      return Files.write(folder.resolve(id + ".onnx"), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The codes that a file's model gives, independent of everything in the plugin. */
  public static TextHasher hasher(byte[] file) {
    return TextHasher.open(EncoderModel.read(file));
  }

  private byte[] file(List<GoldenText> golden) {
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
    GraphProto graph = inFloats ? floatGraph() : integerGraph();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(ModelFormat.IR_VERSION)
            .setProducerName("test")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(ModelFormat.OPSET_VERSION))
            .setGraph(graph);
    new TreeMap<>(metadata.toFileProperties(graph.toByteArray()))
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private GraphProto integerGraph() {
    int bytes = BinaryCode.byteLength(bits);
    byte[] packing = new byte[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = (byte) (0x80 >>> (bit % 8));
    }
    byte[] rows = new byte[termWeights.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) Math.round(termWeights[i] * 127);
    }
    ByteBuffer bias = littleEndian(bits * Integer.BYTES);
    for (float threshold : thresholds) {
      bias.putInt(Math.round(-threshold * 127 * 127));
    }
    TensorProto.DataType int32 = TensorProto.DataType.INT32;
    ByteBuffer zero = littleEndian(Integer.BYTES).putInt(0);
    return GraphProto.newBuilder()
        .setName("test")
        .addInput(value(ModelFormat.TERM_IDS, TensorProto.DataType.INT64, "batch", "terms"))
        .addInput(value(ModelFormat.WEIGHTS, int32, "batch", "terms"))
        .addOutput(value(ModelFormat.CODE, TensorProto.DataType.UINT8, "batch", "bytes"))
        .addOutput(value(ModelFormat.ACTIVATIONS, int32, "batch", "bits"))
        .addInitializer(
            bytes(ModelFormat.TERM_WEIGHTS, TensorProto.DataType.INT8, rows, WORDS, bits))
        .addInitializer(tensor("bias", int32, bias, bits))
        .addInitializer(tensor("zero", int32, zero, 1))
        .addInitializer(bytes("packing", TensorProto.DataType.UINT8, packing, bits, bytes))
        .addInitializer(axis("axis", 1))
        .addNode(node("Gather", "row_bytes", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS))
        .addNode(cast("row_bytes", "rows", int32))
        .addNode(node("Unsqueeze", "weight_rows", ModelFormat.WEIGHTS, "axis"))
        .addNode(node("MatMul", "products", "weight_rows", "rows"))
        .addNode(node("Squeeze", "squeezed", "products", "axis"))
        .addNode(node("Add", "sums", "squeezed", "bias"))
        .addNode(node("Identity", ModelFormat.ACTIVATIONS, "sums"))
        .addNode(node("Greater", "truths", ModelFormat.ACTIVATIONS, "zero"))
        .addNode(cast("truths", "ones", int32))
        .addNode(cast("packing", "powers", int32))
        .addNode(node("MatMul", "byte_values", "ones", "powers"))
        .addNode(cast("byte_values", ModelFormat.CODE, TensorProto.DataType.UINT8))
        .build();
  }

  private GraphProto floatGraph() {
    int bytes = BinaryCode.byteLength(bits);
    float[] packing = new float[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = 0x80 >>> (bit % 8);
    }
    return GraphProto.newBuilder()
        .setName("test")
        .addInput(value(ModelFormat.TERM_IDS, TensorProto.DataType.INT64, "batch", "terms"))
        .addInput(value(ModelFormat.WEIGHTS, TensorProto.DataType.FLOAT, "batch", "terms"))
        .addOutput(value(ModelFormat.CODE, TensorProto.DataType.UINT8, "batch", "bytes"))
        .addOutput(value(ModelFormat.ACTIVATIONS, TensorProto.DataType.FLOAT, "batch", "bits"))
        .addInitializer(floats(ModelFormat.TERM_WEIGHTS, termWeights, WORDS, bits))
        .addInitializer(floats("thresholds", thresholds, bits))
        .addInitializer(floats("packing", packing, bits, bytes))
        .addInitializer(axis("axis", 1))
        .addNode(node("Gather", "rows", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS))
        .addNode(node("Unsqueeze", "weight_rows", ModelFormat.WEIGHTS, "axis"))
        .addNode(node("MatMul", "products", "weight_rows", "rows"))
        .addNode(node("Squeeze", ModelFormat.ACTIVATIONS, "products", "axis"))
        .addNode(node("Greater", "bits", ModelFormat.ACTIVATIONS, "thresholds"))
        .addNode(cast("bits", "ones", TensorProto.DataType.FLOAT))
        .addNode(node("MatMul", "sums", "ones", "packing"))
        .addNode(cast("sums", ModelFormat.CODE, TensorProto.DataType.UINT8))
        .build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static NodeProto cast(String input, String output, TensorProto.DataType type) {
    AttributeProto to =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(type.getNumber())
            .build();
    return node("Cast", output, input).toBuilder().addAttribute(to).build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, String... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (String dimension : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(dimension));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorProto floats(String name, float[] values, long... shape) {
    ByteBuffer data = littleEndian(values.length * Float.BYTES);
    for (float value : values) {
      data.putFloat(value);
    }
    return tensor(name, TensorProto.DataType.FLOAT, data, shape);
  }

  private static TensorProto bytes(
      String name, TensorProto.DataType type, byte[] values, long... shape) {
    return tensor(name, type, littleEndian(values.length).put(values), shape);
  }

  private static TensorProto axis(String name, long axis) {
    ByteBuffer data = littleEndian(Long.BYTES).putLong(axis);
    return tensor(name, TensorProto.DataType.INT64, data, 1);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, ByteBuffer data, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(data.flip()));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }
}
