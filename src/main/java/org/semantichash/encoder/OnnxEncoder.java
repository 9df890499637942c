// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

/**
 * Runs a model's graph with ONNX Runtime, in the thread that calls, without threads or memory pools
 * of its own.
 *
 * <p>A text's bits must not depend on its neighbours in a batch, but a matrix product of floats
 * rounds differently for one row and for many. So the graph always sees one text at a time; batches
 * of 64 would gain little.
 */
public final class OnnxEncoder implements Encoder {

  /** What {@link #name} returns. */
  public static final String NAME = "onnxruntime";

  private static final Set<String> CODE = Set.of(ModelFormat.CODE);
  private static final Set<String> ACTIVATIONS = Set.of(ModelFormat.ACTIVATIONS);

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int bits;
  private final long bytes;
  private final int vocabularySize;
  private final boolean ofFloats;
  private final float scale;

  private OnnxEncoder(OrtEnvironment environment, OrtSession session, EncoderModel model) {
    ModelMetadata metadata = model.metadata();
    this.environment = environment;
    this.session = session;
    this.bits = metadata.bits();
    this.bytes = model.sizeInBytes();
    this.vocabularySize = metadata.vectorizer().vocabulary().size();
    this.ofFloats = metadata.formatVersion() == ModelFormat.FLOAT_VERSION;
    this.scale = metadata.scale();
  }

  /**
   * Loads a model into ONNX Runtime.
   *
   * @throws InvalidModelException when ONNX Runtime refuses the graph
   * @throws Encoder.UnavailableException when ONNX Runtime itself cannot be loaded
   */
  public static OnnxEncoder open(EncoderModel model) {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false); // on Windows it would write events
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      OrtSession session = environment.createSession(model.sharedFile(), options);
      return new OnnxEncoder(environment, session, model);
    } catch (OrtException e) {
      throw new InvalidModelException("ONNX Runtime refuses the graph: " + e.getMessage(), e);
    }
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError | RuntimeException e) {
      throw new Encoder.UnavailableException(
          "ONNX Runtime cannot be loaded: " + rootCause(e).toString(), e);
    }
  }

  private static Throwable rootCause(Throwable e) {
    return e.getCause() == null ? e : rootCause(e.getCause());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public BinaryCode encode(SparseVector vector) {
    byte[] code = new byte[BinaryCode.byteLength(bits)];
    run(
        vector,
        CODE,
        output -> {
          ByteBuffer bytes = output.getByteBuffer();
          requireSize(ModelFormat.CODE, bytes.remaining(), code.length);
          bytes.get(code);
        });
    try {
      return BinaryCode.of(code, bits);
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException("the graph's output is no code: " + e.getMessage(), e);
    }
  }

  @Override
  public List<BinaryCode> encode(List<SparseVector> batch) {
    List<BinaryCode> codes = new ArrayList<>(batch.size());
    for (SparseVector vector : batch) {
      codes.add(encode(vector));
    }
    return codes;
  }

  /**
   * The numbers that the graph compares with the thresholds.
   *
   * @return one for each bit
   */
  @Override
  public float[] activations(SparseVector vector) {
    float[] activations = new float[bits];
    run(
        vector,
        ACTIVATIONS,
        output -> {
          requireSize(ModelFormat.ACTIVATIONS, output.getInfo().getNumElements(), bits);
          if (ofFloats) {
            output.getFloatBuffer().get(activations);
          } else {
            IntBuffer sums = output.getIntBuffer();
            for (int bit = 0; bit < bits; bit++) {
              activations[bit] = sums.get(bit);
            }
          }
        });
    return activations;
  }

  private interface OutputReader {
    void read(OnnxTensor output);
  }

  private void run(SparseVector vector, Set<String> wanted, OutputReader reader) {
    long[] shape = {1, vector.size()};
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, ids(vector), shape);
        OnnxTensor weights = weights(vector, shape);
        OrtSession.Result result =
            session.run(Map.of(ModelFormat.TERM_IDS, ids, ModelFormat.WEIGHTS, weights), wanted)) {
      OnnxValue output = result.get(0);
      reader.read((OnnxTensor) output);
    } catch (OrtException e) {
      throw new InvalidModelException("ONNX Runtime cannot run the graph: " + e.getMessage(), e);
    }
  }

  private LongBuffer ids(SparseVector vector) {
    IntegerNetwork.requireKnown(vector, vocabularySize);
    return LongBuffer.wrap(Arrays.stream(vector.ids()).asLongStream().toArray());
  }

  private OnnxTensor weights(SparseVector vector, long[] shape) throws OrtException {
    if (ofFloats) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(vector.weights()), shape);
    }
    int[] factors = new int[vector.size()];
    Arrays.setAll(factors, i -> IntegerNetwork.factor(vector.weight(i), scale));
    return OnnxTensor.createTensor(environment, IntBuffer.wrap(factors), shape);
  }

  private static void requireSize(String output, long actual, int expected) {
    if (actual != expected) {
      throw new InvalidModelException(
          "output ["
              + output
              + "] must have ["
              + expected
              + "] values per text, got ["
              + actual
              + "]");
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session", e);
    }
  }
}
