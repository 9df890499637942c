// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.encoder.OnnxWriter;
import org.semantichash.encoder.OnnxWriter.ElementType;
import org.semantichash.encoder.OnnxWriter.Node;
import org.semantichash.encoder.OnnxWriter.Tensor;
import org.semantichash.hash.BinaryCode;

/** Writes a network and everything that belongs to it as one model file, after the check. */
public final class OnnxExporter {

  private final IntegerNetwork network;
  private final ModelMetadata metadata;

  /** An export of a network with its metadata. */
  public OnnxExporter(IntegerNetwork network, ModelMetadata metadata) {
    this.network = network;
    this.metadata = metadata;
  }

  /** The bytes of the file, unchecked. Equal networks and metadata give equal bytes. */
  public byte[] toBytes() {
    return toBytes(GraphWriter.write(network), metadata);
  }

  static byte[] toBytes(OnnxWriter writer, ModelMetadata metadata) {
    byte[] graph = writer.graph();
    return OnnxWriter.file("semantic-hash", graph, metadata.toFileProperties(graph));
  }

  /**
   * Writes a draft beside the target, reads it back, checks it against the network and only then
   * moves it into place: a file of this name is either complete and proven, or what it was before.
   *
   * @param target the file to write
   * @param validation documents whose bits ONNX Runtime must reproduce
   * @return how many texts were compared
   * @throws IllegalStateException when a bit differs
   * @throws IOException when the file cannot be written
   */
  public int write(Path target, List<SparseVector> validation) throws IOException {
    Path absolute = target.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path draft = absolute.resolveSibling("." + absolute.getFileName() + ".part");
    try {
      Files.write(draft, toBytes());
      int compared = check(EncoderModel.read(draft), validation);
      Files.move(
          draft, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return compared;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private int check(EncoderModel model, List<SparseVector> validation) {
    if (model.metadata().toMap().equals(metadata.toMap()) == false) {
      throw new IllegalStateException("the model's metadata does not read back as it was written");
    }
    return new ExportCheck(network, model).run(validation);
  }

  /**
   * Compares a model file, run by ONNX Runtime and by the encoder that a node uses, with the
   * network it was written from. Integers do not round: a bit that differs refuses the file.
   */
  public static final class ExportCheck {

    private static final int RANDOM_TEXTS = 200;
    private static final int MOST_TERMS = 200;

    private final IntegerNetwork network;
    private final EncoderModel model;

    /** A check of a file against its network. */
    public ExportCheck(IntegerNetwork network, EncoderModel model) {
      this.network = network;
      this.model = model;
    }

    /**
     * Compares every bit of the golden texts, the empty document, random documents and the
     * validation documents.
     *
     * @return how many texts were compared
     * @throws IllegalStateException naming the first document that differs, and both codes
     * @throws org.semantichash.encoder.InvalidModelException when the texts of the file do not give
     *     the codes of the file
     */
    public int run(List<SparseVector> validation) {
      List<ModelMetadata.GoldenText> golden = model.metadata().goldenTexts();
      List<SparseVector> random = randomTexts();
      try (OnnxEncoder reference = OnnxEncoder.open(model);
          Encoder chosen = Encoder.open(model);
          TextHasher hasher = TextHasher.open(model)) {
        for (Encoder encoder : List.of(reference, chosen)) {
          compare(encoder, vectors(golden), "golden text");
          compare(encoder, List.of(SparseVector.EMPTY), "empty document");
          compare(encoder, random, "random document");
          compare(encoder, validation, "validation document");
        }
        hasher.verify(golden);
      }
      return golden.size() + 1 + random.size() + validation.size();
    }

    private List<SparseVector> vectors(List<ModelMetadata.GoldenText> golden) {
      try (TextAnalyzer analyzer = new TextAnalyzer(model.metadata().analyzer())) {
        return golden.stream()
            .map(text -> model.metadata().vectorizer().transform(analyzer.terms(text.text())))
            .toList();
      }
    }

    /** Weights of every size, many of them the largest that there is. */
    private List<SparseVector> randomTexts() {
      SplittableRandom random = new SplittableRandom(1);
      int terms = model.metadata().vectorizer().vocabulary().size();
      float largest = IntegerNetwork.LARGEST / network.scale();
      List<SparseVector> texts = new ArrayList<>();
      for (int text = 0; text < RANDOM_TEXTS; text++) {
        int size = random.nextInt(1, MOST_TERMS);
        int[] ids = random.ints(size, 0, terms).distinct().sorted().toArray();
        double share = random.nextDouble(0, 4);
        float[] weights = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
          weights[i] = largest * (float) Math.min(1, share * random.nextDouble());
        }
        texts.add(SparseVector.of(ids, weights));
      }
      return texts;
    }

    private void compare(Encoder encoder, List<SparseVector> documents, String name) {
      for (int i = 0; i < documents.size(); i++) {
        BinaryCode expected = network.encode(documents.get(i));
        BinaryCode actual = encoder.encode(documents.get(i));
        if (expected.equals(actual) == false) {
          throw new IllegalStateException(
              name
                  + " ["
                  + i
                  + "] must have the same code in ["
                  + encoder.name()
                  + "]: it is ["
                  + expected
                  + "] in the trainer and ["
                  + actual
                  + "] there");
        }
      }
    }
  }

  /**
   * A network in integers as an ONNX graph over sparse input. Weights are int8; everything is
   * computed in int32, where no engine rounds or saturates.
   *
   * <pre>
   *   rows = Cast(Gather(term_weights, term_ids)) [batch, terms, hidden]
   *   sums = Squeeze(MatMul(Unsqueeze(weights), rows)) + bias [batch, hidden]
   *   then for each dense layer: values = Min(Div(Relu(sums), 2^shift), 127),
   *                              sums = MatMul(values, Cast(dense_weights)) + bias
   *   activations = sums, bits = activations &gt; 0
   *   code = bits packed into bytes by a product with powers of two
   * </pre>
   */
  static final class GraphWriter {

    private static final String AXIS = "axis_one";
    private static final String LARGEST = "largest";
    private static final String ZERO = "zero";

    private final OnnxWriter graph = new OnnxWriter("semantic_hash");

    private GraphWriter() {}

    static OnnxWriter write(IntegerNetwork network) {
      GraphWriter writer = new GraphWriter();
      writer.writeNetwork(network);
      return writer.graph;
    }

    private void writeNetwork(IntegerNetwork network) {
      graph.input(ModelFormat.TERM_IDS, ElementType.INT64, "terms");
      graph.input(ModelFormat.WEIGHTS, ElementType.INT32, "terms");
      List<IntegerNetwork.Layer> layers = network.layers();
      if (layers.size() > 1) {
        add(Tensor.ints(LARGEST, new int[] {IntegerNetwork.LARGEST}, 1));
      }
      String sums = termLayer(layers.getFirst());
      for (int i = 1; i < layers.size(); i++) {
        sums = denseLayer(layers.get(i - 1).shift(), layers.get(i), i - 1, sums);
      }
      add(Node.of("Identity", ModelFormat.ACTIVATIONS, sums));
      code(network.bits());
      graph.output(ModelFormat.ACTIVATIONS, ElementType.INT32, network.bits());
      graph.output(ModelFormat.CODE, ElementType.UINT8, BinaryCode.byteLength(network.bits()));
    }

    private String termLayer(IntegerNetwork.Layer layer) {
      weights(ModelFormat.TERM_WEIGHTS, layer);
      add(Tensor.ints("term_bias", layer.bias(), layer.outputs()));
      add(Tensor.longs(AXIS, new long[] {1}, 1));
      add(Node.of("Gather", "row_bytes", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS));
      add(Node.cast("rows", ElementType.INT32, "row_bytes"));
      add(Node.of("Unsqueeze", "weight_row", ModelFormat.WEIGHTS, AXIS));
      add(Node.of("MatMul", "weighted_rows", "weight_row", "rows"));
      add(Node.of("Squeeze", "term_products", "weighted_rows", AXIS));
      add(Node.of("Add", "term_sums", "term_products", "term_bias"));
      return "term_sums";
    }

    private String denseLayer(int shift, IntegerNetwork.Layer layer, int number, String sums) {
      String name = "dense_" + number;
      weights(name + "_weights", layer);
      add(Tensor.ints(name + "_bias", layer.bias(), layer.outputs()));
      add(Tensor.ints(name + "_divisor", new int[] {1 << shift}, 1));
      add(Node.of("Relu", name + "_positive", sums));
      add(Node.of("Div", name + "_shifted", name + "_positive", name + "_divisor"));
      add(Node.of("Min", name + "_values", name + "_shifted", LARGEST));
      add(Node.cast(name + "_rows", ElementType.INT32, name + "_weights"));
      add(Node.of("MatMul", name + "_products", name + "_values", name + "_rows"));
      add(Node.of("Add", name + "_sums", name + "_products", name + "_bias"));
      return name + "_sums";
    }

    private void weights(String name, IntegerNetwork.Layer layer) {
      int size = Math.multiplyExact(layer.inputs(), layer.outputs());
      ByteBuffer rows = ByteBuffer.wrap(layer.weights(), layer.offset(), size);
      add(Tensor.bytes(name, ElementType.INT8, rows, layer.inputs(), layer.outputs()));
    }

    private void code(int bits) {
      int bytes = BinaryCode.byteLength(bits);
      byte[] packing = new byte[bits * bytes];
      for (int bit = 0; bit < bits; bit++) {
        packing[bit * bytes + bit / 8] = (byte) (0x80 >> (bit % 8));
      }
      add(Tensor.ints(ZERO, new int[] {0}, 1));
      add(Tensor.bytes("packing", ElementType.UINT8, ByteBuffer.wrap(packing), bits, bytes));
      add(Node.of("Greater", "truths", ModelFormat.ACTIVATIONS, ZERO));
      add(Node.cast("bits", ElementType.INT32, "truths"));
      add(Node.cast("powers", ElementType.INT32, "packing"));
      add(Node.of("MatMul", "byte_values", "bits", "powers"));
      add(Node.cast(ModelFormat.CODE, ElementType.UINT8, "byte_values"));
    }

    private void add(Node node) {
      graph.nodes().add(node);
    }

    private void add(Tensor tensor) {
      graph.tensors().add(tensor);
    }
  }
}
