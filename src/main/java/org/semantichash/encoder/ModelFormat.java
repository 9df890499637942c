// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.Set;

/** The names and limits of the model file; the package documentation tells the whole format. */
public final class ModelFormat {

  /** The format version that this code writes: networks in integers. */
  public static final int VERSION = 2;

  /** The other format version that it reads: networks in floats, run by ONNX Runtime. */
  public static final int FLOAT_VERSION = 1;

  /** ONNX's version of the file's structure. */
  public static final int IR_VERSION = 8;

  /** The version of the standard operators. */
  public static final int OPSET_VERSION = 17;

  /** Graph input: int64 [batch, terms], padded with 0. */
  public static final String TERM_IDS = "term_ids";

  /** Graph input: int32, in format 1 float [batch, terms], padded with 0. */
  public static final String WEIGHTS = "weights";

  /** Graph output: uint8 [batch, bytes], most significant bit first. */
  public static final String CODE = "code";

  /** Graph output: int32, in format 1 float [batch, bits], what decides the bits. */
  public static final String ACTIVATIONS = "activations";

  /** Initializer: int8, in format 1 float [vocabulary, hidden], one row per term. */
  public static final String TERM_WEIGHTS = "term_weights";

  /** The operators that a graph may use; all are bounded in time by the size of their inputs. */
  public static final Set<String> OPERATORS =
      Set.of(
          "Add",
          "Cast",
          "Div",
          "Gather",
          "Gemm",
          "Greater",
          "GreaterOrEqual",
          "Identity",
          "MatMul",
          "Min",
          "Mul",
          "ReduceSum",
          "Relu",
          "Sigmoid",
          "Squeeze",
          "Sub",
          "Tanh",
          "Unsqueeze");

  /** The least number of golden texts in a file. */
  public static final int MIN_GOLDEN_TEXTS = 32;

  /** The largest number of operators in a graph. */
  public static final int MAX_NODES = 256;

  /** The largest number of tensors in a graph. */
  public static final int MAX_TENSORS = 1024;

  /** The largest vocabulary. */
  public static final int MAX_TERMS = 1 << 20;

  /** The largest number of stop words. */
  public static final int MAX_STOP_WORDS = 10_000;

  /** The largest number of metadata properties in a file. */
  public static final int MAX_PROPERTIES = 10_000;

  /** The longest name in a file, in bytes of UTF-8: of operators, tensors and so on. */
  public static final int MAX_NAME_BYTES = 1024;

  /**
   * The largest number of multiply-adds for a text that has every term. A file cannot hold enough
   * weights to need more, if it uses each once.
   */
  public static final long MAX_MULTIPLY_ADDS = 1_000_000_000L;

  /** The largest number of values that the operators give for such a text, all together. */
  public static final long MAX_VALUES = 600_000_000L;

  /** The largest tensor in a file, in bytes. */
  public static final long MAX_TENSOR_BYTES = 1L << 30;

  private ModelFormat() {}
}
