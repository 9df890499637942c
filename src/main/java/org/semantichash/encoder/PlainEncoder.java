/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

/**
 * Runs an exported network in plain Java, two to two and a half times as fast as ONNX Runtime for
 * one text, with the bits of ONNX Runtime: a text with an activation so near to its threshold that
 * another order of summation could give another bit is handed over to ONNX Runtime itself.
 *
 * <p>The bound on what the order can do is proven for every engine that sums float products, with
 * or without fused multiply-add, in any order, and whose tanh and sigmoid lie within 1e-6 of the
 * true ones. It is the worst case, far above what is seen, and grows with every layer: two hidden
 * layers of 500 leave so few texts certain that ONNX Runtime runs such a network alone. {@link
 * Encoders#open} looks, on the machine at hand, whether ONNX Runtime keeps to the bound.
 */
public final class PlainEncoder implements Encoder {

  /** What {@link #name} returns. */
  public static final String NAME = "java";

  private final PlainNetwork network;
  private final OnnxEncoder reference;
  private final int bits;
  private final LongAdder handedOver = new LongAdder();

  /** Owns, and closes, the reference. */
  PlainEncoder(PlainNetwork network, OnnxEncoder reference) {
    this.network = network;
    this.reference = reference;
    this.bits = network.thresholds().length;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long heapBytes() {
    return network.bytes();
  }

  @Override
  public int bits() {
    return bits;
  }

  /** How many texts ONNX Runtime had to decide. */
  public long handedOver() {
    return handedOver.sum();
  }

  @Override
  public BinaryCode encode(SparseVector vector) {
    reference.requireKnown(vector);
    byte[] code = new byte[BinaryCode.byteLength(bits)];
    if (network.writeBits(vector, code)) {
      return BinaryCode.of(code, bits);
    }
    handedOver.increment();
    return reference.encode(vector);
  }

  /** Those of ONNX Runtime, which count. */
  @Override
  public float[] activations(SparseVector vector) {
    return reference.activations(vector);
  }

  @Override
  public List<BinaryCode> encode(List<SparseVector> batch) {
    List<BinaryCode> codes = new ArrayList<>(batch.size());
    for (SparseVector vector : batch) {
      codes.add(encode(vector));
    }
    return codes;
  }

  @Override
  public void close() {
    reference.close();
  }
}
