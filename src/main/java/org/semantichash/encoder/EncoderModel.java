// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One self-contained model file, read and checked, not yet run. Its identity is the SHA-256 of its
 * bytes.
 */
public final class EncoderModel {

  private final byte[] file;
  private final String digest;
  private final ModelMetadata metadata;
  private final Optional<IntegerNetwork> network;

  private EncoderModel(byte[] file, Validator.Content content) {
    this.file = file;
    this.metadata = content.metadata();
    this.network = content.network();
    this.digest = FileDigests.sha256(file);
  }

  /**
   * A model from the bytes of its file, which are copied.
   *
   * @throws InvalidModelException when the file breaks a rule of the format; the message says which
   */
  public static EncoderModel read(byte[] file) {
    byte[] copy = file.clone();
    return new EncoderModel(copy, Validator.validate(copy));
  }

  /**
   * A model from its file.
   *
   * @throws InvalidModelException as {@link #read(byte[])}
   * @throws IOException when the file cannot be read
   */
  public static EncoderModel read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new EncoderModel(bytes, Validator.validate(bytes));
  }

  /** Everything in the file that is not its graph. */
  public ModelMetadata metadata() {
    return metadata;
  }

  /** The SHA-256 of the file, in hexadecimal: what makes two models the same. */
  public String digest() {
    return digest;
  }

  /** The size of the file, in bytes. */
  public long sizeInBytes() {
    return file.length;
  }

  /** A copy of the file's bytes. */
  public byte[] file() {
    return file.clone();
  }

  /** The file's bytes themselves, for the encoder, which does not change them. */
  byte[] sharedFile() {
    return file;
  }

  /**
   * The network of the file in plain Java, which shares the file's bytes; empty when the file is of
   * format 1 or its graph not of the form that the trainer exports.
   */
  public Optional<IntegerNetwork> network() {
    return network;
  }

  /**
   * Reads a model file without ONNX Runtime and refuses everything that the format does not allow:
   * other versions, data outside the file, operators of other domains, tensors that are larger than
   * allowed or than their data.
   */
  static final class Validator {

    private final Map<String, String> metadata = new HashMap<>();
    private OnnxGraph graph;
    private ByteBuffer graphBytes;

    private Validator() {}

    /**
     * A file that keeps the rules.
     *
     * @param metadata everything that is not the graph
     * @param network the network in plain Java, sharing the file's bytes, where the graph has the
     *     form that the trainer exports
     */
    record Content(ModelMetadata metadata, Optional<IntegerNetwork> network) {}

    /**
     * Checks a file and returns what is in it.
     *
     * @throws InvalidModelException with the reason
     */
    static Content validate(byte[] file) {
      Validator validator = new Validator();
      validator.readModel(new ProtoReader(file));
      ModelMetadata metadata = validator.checked();
      return new Content(metadata, validator.network(metadata));
    }

    private void readModel(ProtoReader proto) {
      while (proto.next()) {
        switch (proto.field()) {
          case 1 -> atMost("IR version", proto.integer(), ModelFormat.IR_VERSION);
          case 2, 3, 4, 5, 6 -> proto.skip(); // producer, domain, model_version, doc_string
          case 7 -> readGraph(proto.message());
          case 8 -> readOperatorSet(proto.message());
          case 14 -> readProperty(proto.message());
          case 20 -> throw new InvalidModelException("a model must not have [training_info]");
          case 25 -> throw new InvalidModelException("a model must not have [functions]");
          default ->
              throw new InvalidModelException(
                  "the file is no ONNX model: unexpected field [" + proto.field() + "]");
        }
      }
    }

    private void readGraph(ProtoReader proto) {
      if (graph != null) {
        throw new InvalidModelException("a model must have one graph");
      }
      graphBytes = proto.rest();
      graph = OnnxGraph.read(proto);
    }

    private static void readOperatorSet(ProtoReader proto) {
      while (proto.next()) {
        switch (proto.field()) {
          case 1 -> OnnxGraph.Node.checkDomain(proto.name());
          case 2 -> atMost("operator set", proto.integer(), ModelFormat.OPSET_VERSION);
          default -> proto.skip();
        }
      }
    }

    private void readProperty(ProtoReader proto) {
      String key = "";
      String value = "";
      while (proto.next()) {
        switch (proto.field()) {
          case 1 -> key = proto.name();
          case 2 -> value = proto.string();
          default -> proto.skip();
        }
      }
      if (metadata.size() == ModelFormat.MAX_PROPERTIES) {
        throw new InvalidModelException(
            "a model must have at most [" + ModelFormat.MAX_PROPERTIES + "] metadata properties");
      }
      if (metadata.put(key, value) != null) {
        throw new InvalidModelException("metadata [" + key + "] stands twice in the file");
      }
    }

    private static void atMost(String what, long version, int limit) {
      if (version < 1 || version > limit) {
        throw new InvalidModelException(
            "[" + what + "] must be between [1] and [" + limit + "], got [" + version + "]");
      }
    }

    private ModelMetadata checked() {
      if (graph == null) {
        throw new InvalidModelException("the file is no ONNX model: it has no graph");
      }
      FileDigests.check(metadata, graphBytes);
      GraphCost.check(graph);
      String terms = metadata.get(MetadataProperties.Keys.PREFIX + MetadataProperties.Keys.TERMS);
      if (terms != null) {
        checkRows(MetadataProperties.count(terms, '\n'));
      }
      return ModelMetadata.fromMap(metadata);
    }

    /** Refuses a graph of other numbers than the format's, and sums that could overflow. */
    private Optional<IntegerNetwork> network(ModelMetadata read) {
      if (read.formatVersion() == ModelFormat.FLOAT_VERSION) {
        graph.requireNumbers(StoredTensor.FLOAT, "float");
        return Optional.empty();
      }
      graph.requireNumbers(StoredTensor.INT32, "int32");
      return IntegerGraph.read(graph, read.scale(), read.vectorizer().options().norm());
    }

    /** Before the terms become objects, which take much more memory than they do in the file. */
    private void checkRows(int terms) {
      StoredTensor weights = graph.tensor(ModelFormat.TERM_WEIGHTS);
      if (weights.dimensions().size() != 2 || weights.dimensions().get(0) != terms) {
        throw new InvalidModelException(
            "tensor ["
                + ModelFormat.TERM_WEIGHTS
                + "] must have a row for each of the ["
                + terms
                + "] terms, got shape "
                + weights.dimensions());
      }
    }
  }
}
