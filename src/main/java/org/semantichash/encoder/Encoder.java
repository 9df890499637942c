// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.List;
import java.util.Optional;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

/** A learned network that turns term weights into bits. Safe for use by many threads. */
public interface Encoder extends AutoCloseable {

  /** What computes the codes: "java" or "onnxruntime" for a model file. */
  String name();

  /** The bytes of the model that it holds, on the Java heap or outside it; 0 if unknown. */
  default long bytes() {
    return 0;
  }

  /** The width of the codes, in bits. */
  int bits();

  /** The code of one text; the empty vector has a code too. */
  BinaryCode encode(SparseVector vector);

  /**
   * What the bits of a text are decided by: bit i is 1 where activation i is above threshold i of
   * the model's metadata, which is 0 for networks in integers. Shape [bits].
   *
   * @throws UnsupportedOperationException when the encoder has none
   */
  default float[] activations(SparseVector vector) {
    throw new UnsupportedOperationException("[" + name() + "] has no activations");
  }

  /** The codes of several texts, in their order; the same bits as one by one. */
  List<BinaryCode> encode(List<SparseVector> batch);

  @Override
  void close();

  /**
   * Plain Java for a network in integers of the exported form, which gives the bits of every other
   * engine; ONNX Runtime for any other graph and for networks in floats.
   *
   * @throws InvalidModelException when a sum could overflow or ONNX Runtime refuses the graph
   * @throws UnavailableException when ONNX Runtime is needed and cannot be loaded
   */
  static Encoder open(EncoderModel model) {
    Optional<IntegerNetwork> network = model.network();
    return network.isPresent() ? network.get() : OnnxEncoder.open(model);
  }

  /** ONNX Runtime cannot be loaded on this machine; nothing is wrong with the model. */
  public static final class UnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** With the reason and the native library's own complaint. */
    public UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
